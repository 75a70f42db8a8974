import { failure } from "../../errors";
import type { OnGitHub } from "../../workspace/pull-plan";
import type { OpenGitHub } from "../../workspace/ports";
import { addLogOption } from "../log-option";
import type { CommandCall, CommandSpec } from "../command";
import { withGitHub } from "../with-github";
import { comment } from "./pr-comment";
import { removalsOption } from "./plan";

const repoOption = ["--repo <owner/name>", "the repository on GitHub; GITHUB_REPOSITORY when left out"] as const;

const plan: CommandSpec = {
  name: "plan",
  summary: "decide an open pull request, and say so in its comment and check run",
  examples: [
    ["leasehold pr plan --repo acme/access --number 12", "plan it, decide it, publish both"],
    ["leasehold pr plan --repo acme/access --number 12 --dry-run", "print what would be published"],
    ["leasehold pr plan --repo acme/access --queue SHA", "a commit of a merge queue: its check run"],
    ["leasehold pr plan --from-snapshot snapshot.json", "decide it again, without network, years later"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option(...repoOption)
      .option("--number <n>", "the pull request; what the event of GITHUB_EVENT_PATH is about when left out")
      .option("--head <sha>", "every open pull request with this head")
      .option("--queue <sha>", "a commit of a merge queue")
      .option("--queue-base <sha>", "what that commit is to be merged into")
      .option("--snapshot <file>", "also save everything that it was decided by")
      .option("--from-snapshot <file>", "decide what was saved; asks nobody and publishes nothing")
      .option("--dry-run", "print what would be published; write nothing");
  },
  async run(call) {
    const { planFromSnapshot, planPulls } = await import("../pull-plans.js");
    if (call.options["fromSnapshot"] !== undefined) return planFromSnapshot(call);
    return withGitHub(call, (opened) => planPulls(call, opened));
  },
};

const apply: CommandSpec = {
  name: "apply",
  summary: "decide every merge since the last one, carry out what was approved, make receipts of the comments",
  examples: [
    ["leasehold pr apply --repo acme/access", "in a clone of the default branch; what the apply workflow runs"],
    [
      "leasehold pr apply --repo acme/access --confirm-removals 12",
      "let exactly 12 active grants end through removed files",
    ],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option(...repoOption)
      .option("--confirm-removals <n>", "let exactly this many active grants end through removed files");
    addLogOption(command);
  },
  async run(call) {
    const { takeTurns } = await import("../take-turns.js");
    return withGitHub(call, (opened) => takeTurns(call, () => applyOnGitHub(call, opened)));
  },
};

const show: CommandSpec = {
  name: "show",
  summary: "how a pull request is decided now, and why; writes nothing",
  examples: [
    ["leasehold pr show --repo acme/access --number 12", "who has to approve it, and who did"],
    ["leasehold pr show --repo acme/access --number 12 --what-if-approved-by carol", "would her approval be enough?"],
  ],
  formats: ["text", "json"],
  options(command) {
    command
      .option(...repoOption)
      .requiredOption("--number <n>", "the pull request")
      .option("--what-if-approved-by <login>", "take this account to have approved its head");
  },
  async run(call) {
    return withGitHub(call, (opened) => showOnGitHub(call, opened));
  },
};

/** `leasehold pr`: the same for a pull request on GitHub. */
export const pr: CommandSpec = {
  name: "pr",
  summary: "pull requests on GitHub: plan and decide one, apply what was merged",
  examples: [...plan.examples.slice(0, 1), ...apply.examples.slice(0, 1), ...show.examples.slice(1)],
  subcommands: [plan, apply, show, comment],
};

async function onGitHub(call: CommandCall, { github, environment }: OpenGitHub): Promise<OnGitHub> {
  const { repositoryOption } = await import("../repository-option.js");
  return { github, repository: repositoryOption(call, environment) };
}

async function applyOnGitHub(call: CommandCall, opened: OpenGitHub): Promise<number> {
  const { withinWorkspace } = await import("../within.js");
  return withinWorkspace(call, async (workspace) => {
    const { applyMerges } = await import("../../workspace/pull-apply.js");
    const { tellingOf } = await import("../pass-told.js");
    const telling = await tellingOf(call);
    const { tellMerges } = await import("../pull-told.js");
    const { reconcilerActor } = await import("../../model/actor.js");
    refuseForgetfulStore(call, workspace.repository.config.log.store);
    const applied = await applyMerges(workspace, {
      ...(await onGitHub(call, opened)),
      ...removalsOption(call),
      by: reconcilerActor,
      onEvent: telling.onEvent,
    });
    telling.onReport(applied.report);
    await tellMerges(call, applied);
    return applied.exitCode;
  });
}

/** A hosted runner is thrown away with its disk: a Log on it would be forgotten, and everything would be new again. */
function refuseForgetfulStore(call: CommandCall, store: string): void {
  const { environment } = call.shell;
  const isHosted = environment["GITHUB_ACTIONS"] === "true" && environment["RUNNER_ENVIRONMENT"] !== "self-hosted";
  if (store !== "file" || !isHosted) return;
  throw failure("E406", {
    summary: "a Log in files is lost with a hosted runner",
    detail: "`log: { store: file }` in leasehold.yaml, on a runner that GitHub hosts",
    fix: "write `log: { store: git, remote: origin, ref: refs/leasehold/log }`, or use a runner of your own",
  });
}

async function showOnGitHub(call: CommandCall, opened: OpenGitHub): Promise<number> {
  const { withinWorkspace } = await import("../within.js");
  const { numberOption } = await import("../number-option.js");
  const whatIf = call.options["whatIfApprovedBy"] as string | undefined;
  return withinWorkspace(call, async (workspace) => {
    const { showPull } = await import("../../workspace/pull-show.js");
    const { inputOf } = await import("../../workspace/pull-told.js");
    const { pullText } = await import("../../render/pull-text.js");
    const { pullDecisionDocument } = await import("../../render/pull-document.js");
    const { canonicalJsonText } = await import("../../render/json.js");
    const { snapshot, decision } = await showPull(workspace, {
      ...(await onGitHub(call, opened)),
      number: numberOption(call, "number"),
      ...(whatIf === undefined ? {} : { whatIfApprovedBy: whatIf }),
    });
    const { output } = call.shell;
    const input = inputOf({ snapshot, decision, trouble: [], now: snapshot.asOf }, "");
    output.result(
      call.global.format === "json"
        ? canonicalJsonText(pullDecisionDocument(snapshot, decision))
        : pullText(input, { colour: output.colour, ...(whatIf === undefined ? {} : { whatIfApprovedBy: [whatIf] }) }),
    );
    return 0;
  });
}
