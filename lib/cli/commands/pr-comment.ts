import { exitCodes, strongestExitCode } from "../../errors";
import type { CommentOutcome, CommentPlace } from "../../workspace/pull-comment";
import type { OnGitHub } from "../../workspace/pull-plan";
import type { Workspace } from "../../workspace/workspace";
import type { CommandCall, CommandSpec } from "../command";

/** `leasehold pr comment`: carries out what a comment on a pull request asks. */
export const comment: CommandSpec = {
  name: "comment",
  summary: "carry out `/revoke` or `/plan`, as a comment on a pull request says",
  examples: [["leasehold pr comment --repo acme/access --number 12 --comment 3456", "what the Action runs"]],
  formats: ["text", "json"],
  options(command) {
    command
      .option("--repo <owner/name>", "the repository on GitHub; GITHUB_REPOSITORY when left out")
      .requiredOption("--number <n>", "the pull request")
      .requiredOption("--comment <id>", "the comment's numeric id");
  },
  async run(call) {
    const { withinWorkspace } = await import("../within.js");
    const { repositoryOption } = await import("../repository-option.js");
    const { carryOutComment } = await import("../../workspace/pull-comment.js");
    const { withGitHub } = await import("../with-github.js");
    const { numberOption } = await import("../number-option.js");
    const [number, commentId] = [numberOption(call, "number"), numberOption(call, "comment")];
    return withGitHub(call, ({ github, environment }) =>
      withinWorkspace(call, async (workspace) => {
        const repository = repositoryOption(call, environment);
        const place = { repository, number, comment: commentId };
        const outcome = await carryOutComment(workspace, { github, place });
        return tell(call, { workspace, on: { github, repository }, place }, outcome);
      }),
    );
  },
};

interface Answering {
  readonly workspace: Workspace;
  readonly on: OnGitHub;
  readonly place: CommentPlace;
}

/** Answers on the pull request and here. An answer that cannot be given takes nothing back. */
async function tell(call: CommandCall, answering: Answering, outcome: CommentOutcome): Promise<number> {
  const { output, clock } = call.shell;
  const say = (text: string): void =>
    output.result(call.global.format === "json" ? JSON.stringify({ commentVersion: 1, outcome: outcome.kind }) : text);
  switch (outcome.kind) {
    case "nothing":
      say(`Nothing to do: ${outcome.why}.`);
      return 0;
    case "plan": {
      const { leavingRed, planPull } = await import("../../workspace/pull-plan.js");
      const { on, place, workspace } = answering;
      const planned = await leavingRed(on, { dryRun: false }, (onHead) =>
        planPull(workspace, { ...on, number: place.number, dryRun: false, onHead }),
      );
      say(`Planned pull request ${place.number} again: ${planned.check.title}.`);
      return planned.exitCode;
    }
    case "refused": {
      const { refusedReply } = await import("../../render/pull-replies.js");
      const { by, why, fix } = outcome;
      say(`Nothing ended: ${why}. ${fix}.`);
      await answer(answering, refusedReply({ login: by, now: clock.now() }, { why, fix }));
      return exitCodes.refused;
    }
    case "revoked": {
      const { revokeReply } = await import("../../render/pull-replies.js");
      const { renderEnded } = await import("../../render/ended.js");
      const now = clock.now();
      say(renderEnded(outcome.report, { format: "text", now, colour: output.colour }));
      await answer(answering, revokeReply({ login: outcome.by.id, now }, outcome.report));
      return strongestExitCode(outcome.report.exitCodes);
    }
  }
}

async function answer({ on, place }: Answering, text: string): Promise<void> {
  const { commentOn } = await import("../../github/comments.js");
  await commentOn(on.github, on.repository, { number: place.number, text });
}
