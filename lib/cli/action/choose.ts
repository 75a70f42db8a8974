import { failure } from "../../errors";
import { tryParseComment } from "../../github/comment-command";
import { assertNever } from "../../model/exhaustive";
import type { ActionEvent } from "./event";
import type { ActionInputs } from "./inputs";

/** What a run of the Action does. */
export type Choice =
  | {
      readonly kind: "run";
      /** `none`: what runs may be somebody's branch, so nothing secret may be there. */
      readonly trust: "none" | "default branch";
      /** Command lines, in order; each is run whatever the ones before it said. */
      readonly commands: readonly (readonly string[])[];
      /** The commit that has to be checked out: what is checked is what the check is about. */
      readonly checkedOut?: string;
      /** A commit that must not be checked out here: it may be anybody's. */
      readonly notCheckedOut?: string;
    }
  | { readonly kind: "nothing"; readonly why: string };

/** Where a run of the Action is. */
export interface Place {
  readonly event: ActionEvent;
  readonly inputs: ActionInputs;
  /** `owner/name` */
  readonly repository: string;
}

/** Chooses the command lines of an event; throws E800 where a command may not run for it. */
export function chooseCommands(place: Place): Choice {
  const { event, inputs } = place;
  switch (inputs.command) {
    case "auto":
      return byEvent(place);
    case "check":
      return check(event);
    case "plan":
      return plan(place);
    case "apply":
      return apply(place);
    case "reconcile":
      return onDefaultBranch(event, ["reconcile"]);
    case "tidy":
      return onDefaultBranch(event, ["tidy", "--pull-request", "--repo", place.repository]);
    case "comment":
      return event.name === "issue_comment" ? comment(event, place) : refused("comment", event);
    default:
      return assertNever(inputs.command);
  }
}

function byEvent(place: Place): Choice {
  const { event } = place;
  switch (event.name) {
    case "pull_request":
      return check(event);
    case "pull_request_review":
      return afterwards;
    case "workflow_run":
    case "merge_group":
      return plan(place);
    case "issue_comment":
      return comment(event, place);
    case "push":
      return apply(place);
    case "schedule":
      return onDefaultBranch(event, ["reconcile"]);
    case "workflow_dispatch":
    case "other":
      throw failure("E800", {
        detail: `nothing is chosen by itself for ${nameOf(event)}`,
        fix: "set the input `command`",
      });
    default:
      return assertNever(event);
  }
}

/** Looks at a commit without anything secret: requests, rules, and the committed Manifest. */
function check(event: ActionEvent): Choice {
  const change = event.name === "pull_request" || event.name === "merge_group" ? event : undefined;
  if (event.name === "pull_request_review") return afterwards;
  return {
    kind: "run",
    trust: "none",
    commands: [
      ["validate", "--format", "json", ...(change === undefined ? [] : ["--base", change.base])],
      ["synth", "--check"],
    ],
    ...(change === undefined ? {} : { checkedOut: change.head }),
  };
}

/** The run itself is the signal: `workflow_run` starts the one from the default branch. */
const afterwards = nothing("the workflow that runs after this one, from the default branch, looks at the review");

function plan(place: Place): Choice {
  const { event, repository, inputs } = place;
  const planOf = (...of: readonly string[]): readonly string[] => ["pr", "plan", "--repo", repository, ...of];
  switch (event.name) {
    case "workflow_run": {
      const { head, pulls } = event;
      if (event.of === "merge_group") return trusted([planOf("--queue", head)], head);
      // GitHub lists no pull request of a fork here, nor one that was just closed: asked for by its commit.
      const plans = pulls.length === 0 ? [planOf("--head", head)] : pulls.map((one) => planOf("--number", String(one)));
      return trusted(plans, head);
    }
    case "merge_group":
      return trusted([planOf("--queue", event.head, "--queue-base", event.base)], event.head);
    case "issue_comment":
      return event.isOnPull ? trusted([planOf("--number", String(event.pull))]) : nothing("not on a pull request");
    case "push":
    case "schedule":
    case "workflow_dispatch":
      if (inputs.pullRequest !== undefined) return onDefaultBranch(event, planOf("--number", inputs.pullRequest));
      throw failure("E800", { detail: "no pull request to plan", fix: "set the input `pull-request` to its number" });
    case "pull_request":
    case "pull_request_review":
    case "other":
      return refused("plan", event);
    default:
      return assertNever(event);
  }
}

function comment(event: Extract<ActionEvent, { name: "issue_comment" }>, place: Place): Choice {
  if (!event.isOnPull) return nothing("not on a pull request");
  // A comment that was edited would be carried out a second time.
  if (!event.isNew) return nothing("only a new comment is a command");
  const asked = tryParseComment(event.body);
  if (asked === undefined) return nothing("the comment is no command");
  if (asked.kind === "plan") return plan(place);
  const where = ["--repo", place.repository, "--number", String(event.pull)];
  return trusted([["pr", "comment", ...where, "--comment", String(event.comment)]]);
}

function apply(place: Place): Choice {
  const { event, inputs, repository } = place;
  const confirmed = inputs.confirmRemovals === undefined ? [] : ["--confirm-removals", inputs.confirmRemovals];
  return onDefaultBranch(event, ["pr", "apply", "--repo", repository, ...confirmed]);
}

/** What needs the credentials of the default branch runs for nothing else. */
function onDefaultBranch(event: ActionEvent, command: readonly string[]): Choice {
  switch (event.name) {
    case "schedule":
      // GitHub runs schedules of the default branch only.
      return trusted([command]);
    case "push":
    case "workflow_dispatch":
      if (event.isDefaultBranch) return trusted([command]);
      throw failure("E800", {
        detail: `\`${command.slice(0, 2).join(" ")}\` was started on another branch than the default one`,
        fix: "start it on the default branch: only what is merged may meet a credential",
      });
    default:
      return refused(command.slice(0, 2).join(" "), event);
  }
}

function trusted(commands: readonly (readonly string[])[], notCheckedOut?: string): Choice {
  return {
    kind: "run",
    trust: "default branch",
    commands,
    ...(notCheckedOut === undefined ? {} : { notCheckedOut }),
  };
}

function nothing(why: string): Choice {
  return { kind: "nothing", why };
}

function refused(command: string, event: ActionEvent): never {
  throw failure("E800", {
    detail: `\`${command}\` does not run for ${nameOf(event)}: its workflow may be anybody's`,
    fix: "run it as `leasehold init --github` writes it: after `leasehold-check`, from the default branch",
  });
}

function nameOf(event: ActionEvent): string {
  return `the event ${event.name === "other" ? event.event : event.name}`;
}
