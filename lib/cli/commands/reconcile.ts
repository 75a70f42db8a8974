import { exitCodeOf, exitCodes, failure, isFailure, strongestExitCode } from "../../errors";
import type { PassReport } from "../../reconcile/report";
import type { CommandCall, CommandSpec } from "../command";
import { addLogOption } from "../log-option";

/** `leasehold reconcile`: one pass from the Log alone, or one after the other. */
export const reconcile: CommandSpec = {
  name: "reconcile",
  summary: "one pass from the Log alone: end what is due, start what is approved",
  examples: [
    ["leasehold reconcile", "one pass, for a scheduled job"],
    ["leasehold reconcile --every 30s", "keep going; access ends within a second of its end"],
    ["leasehold reconcile --every 30s --log json", "the same as a service: JSON lines on stderr"],
    ["leasehold reconcile --dry-run", "only tell what it would do"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option("--every <duration>", "keep going, with a whole pass this often")
      .option("--dry-run", "change nothing, only tell");
    addLogOption(command);
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    const { takeTurns } = await import("../take-turns.js");
    const every = call.options["every"] as string | undefined;
    return every === undefined
      ? takeTurns(call, () => withinWorkspace(call, (workspace) => once(call, workspace)))
      : withinWorkspace(call, (workspace) => keepGoing(call, workspace, every));
  },
};

type Workspace = import("../../workspace/workspace").Workspace;

async function once(call: CommandCall, workspace: Workspace): Promise<number> {
  const { runPass } = await import("../../reconcile/pass.js");
  const { openWorldOf } = await import("../../workspace/world.js");
  const { tellReport, tellingOf } = await import("../pass-told.js");
  const telling = await tellingOf(call);
  const report = await runPass({
    ...(await openWorldOf(workspace)),
    mode: "reconcile",
    dryRun: call.options["dryRun"] === true,
    signal: call.shell.signal,
    onEvent: telling.onEvent,
  });
  telling.onReport(report);
  tellReport(call, report);
  const untold = call.options["dryRun"] === true ? [] : await tellOnGitHub(call, workspace, report);
  return strongestExitCode([...report.exitCodes, ...untold]);
}

/** In a workflow, the comments of merged pull requests are brought up to date; gives the exit codes of what keeps it from that. */
async function tellOnGitHub(call: CommandCall, workspace: Workspace, report: PassReport): Promise<readonly number[]> {
  const { environment } = call.shell;
  if ((environment["GITHUB_TOKEN"] ?? "") === "" || (environment["GITHUB_REPOSITORY"] ?? "") === "") return [];
  // Without the Log there is nothing that could be told.
  if (report.exitCodes.includes(exitCodes.unreachable) || report.exitCodes.includes(exitCodes.log)) return [];
  const policy = await workspace.tryPolicyInForce();
  if (policy?.manifest.approvals !== "github") return [];
  const { updateReceipts } = await import("../../workspace/pull-receipts.js");
  const { repositoryOption } = await import("../repository-option.js");
  const { tellDiagnostics } = await import("../told-diagnostics.js");
  const { github, environment: runner, close } = await call.shell.openGitHub();
  try {
    const repository = repositoryOption(call, runner);
    const { trouble } = await updateReceipts(workspace, { github, repository, merges: [], report });
    tellDiagnostics(call, trouble);
    return trouble.length === 0 ? [] : [exitCodeOf(trouble)];
  } finally {
    await close();
  }
}

async function keepGoing(call: CommandCall, workspace: Workspace, every: string): Promise<number> {
  const { runEvery } = await import("../../reconcile/run-every.js");
  const { openWorldOf } = await import("../../workspace/world.js");
  const { tellReport, tellingOf } = await import("../pass-told.js");
  const telling = await tellingOf(call);
  let codes: readonly number[] = [];
  const world = await openWorldOf(workspace);
  await refuseWrongLog(workspace);
  await runEvery({
    ...world,
    intervalMs: await intervalOf(every),
    signal: call.shell.signal,
    onEvent: telling.onEvent,
    onReport: (report, { error, scope }) => {
      codes = report?.exitCodes ?? [1];
      if (scope === "all" || report === undefined || report.outcomes.length > 0) telling.onReport(report, error);
      if (isFailure(error)) call.shell.output.problem(error.message);
      if (report !== undefined && (report.outcomes.length > 0 || report.exitCodes.length > 0)) tellReport(call, report);
    },
  });
  // Being told to stop is how this one ends: only what is overdue then is worth an exit code.
  return codes.includes(8) ? 8 : 0;
}

/** A Log that is not ours or does not verify stops it at the start; one that cannot be reached may come back. */
async function refuseWrongLog(workspace: Workspace): Promise<void> {
  try {
    await workspace.log();
  } catch (thrown) {
    if (!isFailure(thrown, "unreachable")) throw thrown;
  }
}

async function intervalOf(text: string): Promise<number> {
  const { tryParseDuration } = await import("../../model/duration.js");
  const seconds = tryParseDuration(text);
  if (seconds !== undefined && seconds <= 86_400) return seconds * 1000;
  throw failure("E800", {
    detail: `expected --every to be a duration of up to a day such as 30s, got \`${text.slice(0, 50)}\``,
    fix: "write --every 30s",
  });
}
