import { failure } from "../../errors";
import { asOfOption, pathOption } from "../options";
import type { CommandCall, CommandSpec } from "../command";

/** `leasehold plan`: what would change. */
export const plan: CommandSpec = {
  name: "plan",
  summary: "say in words what would change, against the gateway; changes nothing",
  examples: [
    ["leasehold plan", "what an apply would do, once it is approved"],
    ["leasehold plan --offline", "against the Log alone, no gateway is asked"],
    ["leasehold plan --out plan.json", "keep it, for `leasehold apply plan.json`"],
    ["leasehold plan --detailed-exitcode", "exit 2 when there is something to do"],
  ],
  formats: ["text", "json", "markdown"],
  options(command) {
    command
      .option("--offline", "plan against the Log alone")
      .option("--out <file>", "write the plan to a file for `apply`")
      .option("--detailed-exitcode", "exit 2 when the plan has changes")
      .option("--confirm-removals <n>", "let exactly this many active grants end through removed files")
      .option("--as-of <time>", "plan for this time instead of now");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { planExitCode, planTree } = await import("../../workspace/plan.js");
      const asOf = asOfOption(call.options["asOf"] as string | undefined, call.shell);
      const planned = await planTree(workspace, {
        asOf,
        offline: call.options["offline"] === true,
        ...removalsOption(call),
      });
      await tellPlanned(call, planned, asOf);
      return planExitCode(planned, { detailed: call.options["detailedExitcode"] === true });
    });
  },
};

/** `--confirm-removals N`; throws E800 for what is no whole number. */
export function removalsOption(call: CommandCall): { readonly confirmRemovals?: number } {
  const text = call.options["confirmRemovals"] as string | undefined;
  if (text === undefined) return {};
  if (/^\d{1,6}$/.test(text)) return { confirmRemovals: Number(text) };
  throw failure("E800", {
    detail: `expected --confirm-removals to be a whole number, got \`${text}\``,
    fix: "run `leasehold plan`: it says how many",
  });
}

async function tellPlanned(
  call: CommandCall,
  planned: import("../../workspace/plan").PlannedTree,
  asOf: string,
): Promise<void> {
  const { tellDiagnostics } = await import("../told-diagnostics.js");
  const { output, files } = call.shell;
  const { renderPrinted } = await import("../../render/printed.js");
  if (planned.declared.printed !== "") output.progress(renderPrinted(planned.declared.printed));
  tellDiagnostics(call, planned.diagnostics);
  if (planned.plan === undefined) return;
  const { planAsJson, renderPlan } = await import("../../render/plan.js");
  const { format } = call.global;
  const out = call.options["out"] as string | undefined;
  if (out !== undefined) await files.writeText(pathOption(out, call.global), `${planAsJson(planned.plan)}\n`);
  output.result(
    renderPlan(planned.plan, {
      format: format === "json" || format === "markdown" ? format : "text",
      colour: output.colour,
      now: asOf,
    }),
  );
}
