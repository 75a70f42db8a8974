import { failure } from "../../errors";
import type { CommandCall, CommandSpec } from "../command";
import { addIdentityOptions } from "../identity";
import { addLogOption } from "../log-option";
import { removalsOption } from "./plan";

/** `leasehold apply`: carry out what is approved. */
export const apply: CommandSpec = {
  name: "apply",
  args: "[planfile]",
  summary: "carry out what is approved: merge the working tree's requests, then one pass",
  examples: [
    ["leasehold apply", "plan, show it, ask, carry it out"],
    ["leasehold apply --yes", "without asking"],
    ["leasehold apply plan.json", "exactly that plan, refused when the world has moved"],
    ["leasehold apply --yes --confirm-removals 12", "let exactly 12 active grants end through removed files"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option("--yes", "do not ask")
      .option("--confirm-removals <n>", "let exactly this many active grants end through removed files");
    addIdentityOptions(command);
    addLogOption(command);
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    return withinWorkspace(call, async (workspace) => {
      const { applyTree } = await import("../../workspace/apply.js");
      const { tryEndAsSeen } = await import("../../workspace/end-as-seen.js");
      const { tellReport, tellingOf } = await import("../pass-told.js");
      const telling = await tellingOf(call);
      const cutOff = await tryEndAsSeen(workspace, { onEvent: telling.onEvent });
      if (cutOff !== undefined) {
        telling.onReport(cutOff.report);
        tellReport(call, cutOff.report);
        return cutOff.exitCode;
      }
      const planned = await readPlanFile(call);
      if (call.options["yes"] !== true && !(await isAgreed(call, workspace, planned))) return 0;
      const applied = await applyTree(workspace, {
        by: await applier(call, workspace),
        ...(planned === undefined ? {} : { planned }),
        ...removalsOption(call),
        onEvent: telling.onEvent,
      });
      const { tellDiagnostics } = await import("../told-diagnostics.js");
      tellDiagnostics(call, applied.diagnostics);
      telling.onReport(applied.report);
      tellReport(call, applied.report);
      return applied.exitCode;
    });
  },
};

type Workspace = import("../../workspace/workspace").Workspace;
type Plan = import("../../model/plan").Plan;

async function applier(call: CommandCall, workspace: Workspace) {
  const { claimOf } = await import("../identity.js");
  const { actorOf } = await import("../../workspace/actor.js");
  const claim = await claimOf(call);
  const { reconcilerActor } = await import("../../model/actor.js");
  return claim.token === undefined && claim.as === undefined ? reconcilerActor : actorOf(workspace, claim);
}

async function readPlanFile(call: CommandCall): Promise<Plan | undefined> {
  const path = call.args[0];
  if (path === undefined) return undefined;
  const { parsePlanFile } = await import("../../workspace/plan-file.js");
  const { pathOption } = await import("../options.js");
  const { limits } = await import("../../model/limits.js");
  const file = pathOption(path, call.global);
  const text = await call.shell.files.tryReadText(file, limits.blobBytes);
  if (text === undefined) {
    throw failure("E303", { detail: `there is no file ${path}`, fix: "make one with `leasehold plan --out FILE`" });
  }
  return parsePlanFile(text, path);
}

/** Shows what would be done and asks; a plan with nothing to do needs no answer. */
async function isAgreed(call: CommandCall, workspace: Workspace, planned: Plan | undefined): Promise<boolean> {
  const { planTree } = await import("../../workspace/plan.js");
  const { renderPlan } = await import("../../render/plan.js");
  const { shell } = call;
  const now = shell.clock.now();
  const plan = planned ?? (await planTree(workspace, { asOf: now, offline: false, ...removalsOption(call) })).plan;
  // What is wrong with the input is told by the apply itself, which then only ends what is due.
  if (plan === undefined) return true;
  shell.output.progress(renderPlan(plan, { format: "text", colour: shell.output.colour, now }));
  const answer = call.global.input ? await shell.ask("\nApply this? Only `yes` does: ") : undefined;
  if (answer === undefined) {
    throw failure("E802", {
      detail: "apply asks before it changes anything",
      fix: "run `leasehold apply --yes`, or `leasehold apply PLANFILE --yes`",
    });
  }
  if (answer.trim() === "yes") return true;
  shell.output.progress("Nothing was applied.");
  return false;
}
