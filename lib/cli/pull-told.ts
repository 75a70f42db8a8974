import type { AppliedMerges } from "../workspace/pull-apply";
import type { CommandCall } from "./command";
import { tellReport } from "./pass-told";
import { tellDiagnostics } from "./told-diagnostics";

/** Tells what became of each merge, then what the pass did. */
export async function tellMerges(call: CommandCall, applied: AppliedMerges): Promise<void> {
  const { renderMerges } = await import("../render/pull-merges.js");
  const { output } = call.shell;
  for (const { notices } of applied.merges) for (const notice of notices) output.problem(notice);
  tellDiagnostics(call, applied.diagnostics);
  const told = renderMerges(applied.merges, { format: call.global.format === "json" ? "json" : "text" });
  if (told !== "") output.result(told);
  tellReport(call, applied.report);
}
