import { failure, strongestExitCode } from "../errors";
import type { Snapshot } from "../model/snapshot";
import type { OpenGitHub } from "../workspace/ports";
import type { OnGitHub, PlannedPull } from "../workspace/pull-plan";
import type { CommandCall } from "./command";
import { commitOption, numberOption } from "./number-option";
import { pathOption } from "./options";

/** What `pr plan` is about. */
type Target =
  | { readonly kind: "pull"; readonly number: number; readonly head?: string }
  | { readonly kind: "queue"; readonly head: string; readonly base?: string };

/** Plans what the options or the event name, one after the other; one that fails keeps no other from it. */
export async function planPulls(call: CommandCall, { github, environment }: OpenGitHub): Promise<number> {
  const { repositoryOption } = await import("./repository-option.js");
  const on: OnGitHub = { github, repository: repositoryOption(call, environment) };
  const targets = await targetsOf(call, on);
  if (targets.length === 0) {
    call.shell.output.result("There is no open pull request to plan.");
    return 0;
  }
  const codes: number[] = [];
  const [only, ...others] = targets;
  if (only !== undefined && others.length === 0) return planTarget(call, on, only);
  for (const target of targets) codes.push(await planOrTell(call, on, target));
  return strongestExitCode(codes);
}

async function planOrTell(call: CommandCall, on: OnGitHub, target: Target): Promise<number> {
  const { LeaseholdError } = await import("../errors.js");
  const { tellFailure } = await import("./tell.js");
  try {
    return await planTarget(call, on, target);
  } catch (thrown) {
    if (!(thrown instanceof LeaseholdError)) throw thrown;
    return tellFailure(thrown, call.shell);
  }
}

/** What to plan: by the options, else by the event; of an event only numbers and commit ids are taken. */
async function targetsOf(call: CommandCall, on: OnGitHub): Promise<readonly Target[]> {
  const head = commitOption(call, "head");
  const queue = commitOption(call, "queue");
  const base = commitOption(call, "queueBase");
  if (call.options["number"] !== undefined) {
    const known = head ?? (await tryEventHead(call));
    return [{ kind: "pull", number: numberOption(call, "number"), ...(known === undefined ? {} : { head: known }) }];
  }
  if (queue !== undefined) return [{ kind: "queue", head: queue, ...(base === undefined ? {} : { base }) }];
  if (head !== undefined) return pullsWithHead(on, head);
  return targetsOfEvent(call, on);
}

async function pullsWithHead(on: OnGitHub, head: string): Promise<readonly Target[]> {
  const { openPullsOf } = await import("../workspace/pull-heads.js");
  const { leavingRed } = await import("../workspace/pull-plan.js");
  const numbers = await leavingRed(on, { head, dryRun: false }, () => openPullsOf(on, head));
  return numbers.map((number) => ({ kind: "pull", number, head }));
}

async function targetsOfEvent(call: CommandCall, on: OnGitHub): Promise<readonly Target[]> {
  const event = await tryReadEvent(call);
  switch (event?.name) {
    case "workflow_run":
      if (event.of === "merge_group") return [{ kind: "queue", head: event.head }];
      if (event.pulls.length === 0) return pullsWithHead(on, event.head);
      return event.pulls.map((number) => ({ kind: "pull", number, head: event.head }));
    case "merge_group":
      return [{ kind: "queue", head: event.head, base: event.base }];
    case "pull_request":
      return pullsWithHead(on, event.head);
    case "issue_comment":
      return event.isOnPull ? [{ kind: "pull", number: event.pull }] : [];
    default:
      throw failure("E800", {
        detail: "which pull request is meant?",
        fix: "name it: `--number 12`; or run it as the Action does, with GITHUB_EVENT_PATH",
      });
  }
}

/** The head that the event is about: where the check run fails if GitHub cannot be read at all. */
async function tryEventHead(call: CommandCall): Promise<string | undefined> {
  const event = await tryReadEvent(call);
  return event?.name === "workflow_run" || event?.name === "pull_request" ? event.head : undefined;
}

async function tryReadEvent(call: CommandCall) {
  const { environment, files } = call.shell;
  const path = environment["GITHUB_EVENT_PATH"];
  const name = environment["GITHUB_EVENT_NAME"];
  if (path === undefined || path === "" || name === undefined || name === "") return undefined;
  const { readEvent } = await import("./action/event.js");
  const payload = await files.tryReadText(path, mostEventBytes);
  if (payload === undefined) return undefined;
  return readEvent({ name, payload, ref: environment["GITHUB_REF"] ?? "" });
}

/** GitHub's own bound on a payload. */
const mostEventBytes = 26_214_400;

async function planTarget(call: CommandCall, on: OnGitHub, target: Target): Promise<number> {
  const { withinWorkspace } = await import("./within.js");
  const { leavingRed, planPull } = await import("../workspace/pull-plan.js");
  const dryRun = call.options["dryRun"] === true;
  const of = { dryRun, ...(target.head === undefined ? {} : { head: target.head }) };
  return leavingRed(on, of, (onHead) =>
    withinWorkspace(call, async (workspace) => {
      if (target.kind === "pull") {
        const planned = await planPull(workspace, { ...on, number: target.number, dryRun, onHead });
        await saveSnapshot(call, planned.snapshot);
        await tellPlanned(call, planned, { dryRun });
        return planned.exitCode;
      }
      const { planQueue } = await import("../workspace/pull-queue.js");
      const { head, base } = target;
      const { check } = await planQueue(workspace, {
        ...on,
        headSha: head,
        ...(base === undefined ? {} : { baseSha: base }),
        dryRun,
      });
      call.shell.output.result(`${check.summary}\n\n${check.conclusion}: ${check.title}`);
      return 0;
    }),
  );
}

async function saveSnapshot(call: CommandCall, snapshot: Snapshot): Promise<void> {
  const path = call.options["snapshot"] as string | undefined;
  if (path === undefined) return;
  const { canonicalJson } = await import("../model/canonical.js");
  await call.shell.files.writeText(pathOption(path, call.global), `${canonicalJson(snapshot)}\n`);
}

async function tellPlanned(
  call: CommandCall,
  planned: Pick<PlannedPull, "snapshot" | "decision" | "comment" | "check" | "writes" | "trouble">,
  options: { readonly dryRun: boolean },
): Promise<void> {
  const { output } = call.shell;
  const { snapshot, decision, check, writes, trouble } = planned;
  const { tellDiagnostics } = await import("./told-diagnostics.js");
  tellDiagnostics(call, trouble);
  if (call.global.format === "json") {
    const { pullDecisionDocument } = await import("../render/pull-document.js");
    const { canonicalJsonText } = await import("../render/json.js");
    output.result(canonicalJsonText(pullDecisionDocument(snapshot, decision)));
    return;
  }
  if (options.dryRun) output.result(planned.comment);
  const number = snapshot.pull === undefined ? "" : `#${snapshot.pull.number} `;
  const done = writes === undefined ? "" : `, published with ${writes} ${writes === 1 ? "write" : "writes"}`;
  output.result(`${number}${snapshot.subject.sha.slice(0, 7)}: ${check.conclusion}, ${check.title}${done}`);
}

/** `--from-snapshot`: the same Decision and words again, out of the file alone. */
export async function planFromSnapshot(call: CommandCall): Promise<number> {
  const { limits } = await import("../model/limits.js");
  const { parseSnapshotFile } = await import("../workspace/snapshot-file.js");
  const { planSnapshot } = await import("../workspace/pull-plan.js");
  const path = String(call.options["fromSnapshot"]);
  const text = await call.shell.files.tryReadText(pathOption(path, call.global), limits.blobBytes);
  const snapshot = parseSnapshotFile(text, path);
  await tellPlanned(call, { ...planSnapshot(snapshot), trouble: [] }, { dryRun: true });
  return 0;
}
