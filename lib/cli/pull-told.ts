import type { AppliedMerges } from "../workspace/pull-apply";
import type { CommandCall } from "./command";
import { tellReport } from "./pass-told";
import { tellDiagnostics } from "./told-diagnostics";

/** Tells what became of each merge, then what the pass did: as lines, or as one JSON document. */
export async function tellMerges(call: CommandCall, applied: AppliedMerges): Promise<void> {
  const { renderMerges, renderMergesDocument } = await import("../render/pull-merges.js");
  const { output } = call.shell;
  for (const { notices } of applied.merges) for (const notice of notices) output.problem(notice);
  tellDiagnostics(call, applied.diagnostics);
  if (call.global.format === "json") {
    output.result(renderMergesDocument(applied));
    return;
  }
  if (applied.merges.length > 0) output.result(renderMerges(applied.merges));
  tellReport(call, applied.report);
}
