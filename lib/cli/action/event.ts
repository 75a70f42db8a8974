import { failure } from "../../errors";

/** What a run of the Action reads of the event that started it; everything else of a payload is left alone. */
export type ActionEvent =
  | { readonly name: "pull_request"; readonly head: string; readonly base: string }
  | { readonly name: "pull_request_review" }
  | {
      readonly name: "workflow_run";
      /** The event of the workflow that has run. */
      readonly of: string;
      readonly head: string;
      /** Open pull requests of this repository with that head, as GitHub tells them; none for a fork's. */
      readonly pulls: readonly number[];
    }
  | { readonly name: "merge_group"; readonly head: string; readonly base: string }
  | {
      readonly name: "issue_comment";
      readonly isNew: boolean;
      readonly isOnPull: boolean;
      readonly pull: number;
      readonly comment: number;
      readonly body: string;
    }
  | { readonly name: "push" | "workflow_dispatch"; readonly isDefaultBranch: boolean }
  | { readonly name: "schedule" }
  | { readonly name: "other"; readonly event: string };

/** What the runner says besides the payload. */
export interface EventOptions {
  /** GITHUB_EVENT_NAME */
  readonly name: string;
  /** The text of GITHUB_EVENT_PATH. */
  readonly payload: string;
  /** GITHUB_REF: the branch whose workflow runs. */
  readonly ref: string;
}

/**
 * Reads an event. Numbers and commit ids are checked for their form, since they become arguments; a
 * payload without them throws E800. Shapes: "Webhook events and payloads" in GitHub's documentation.
 */
export function readEvent(options: EventOptions): ActionEvent {
  const payload = new Part(parseJson(options.payload), "");
  switch (options.name) {
    case "pull_request": {
      const pull = payload.part("pull_request");
      return { name: "pull_request", head: pull.part("head").sha("sha"), base: pull.part("base").sha("sha") };
    }
    case "pull_request_review":
      return { name: "pull_request_review" };
    case "workflow_run":
      return workflowRun(payload);
    case "merge_group": {
      const group = payload.part("merge_group");
      return { name: "merge_group", head: group.sha("head_sha"), base: group.sha("base_sha") };
    }
    case "issue_comment":
      return issueComment(payload);
    case "push":
    case "workflow_dispatch": {
      const branch = payload.part("repository").text("default_branch");
      return { name: options.name, isDefaultBranch: options.ref === `refs/heads/${branch}` };
    }
    case "schedule":
      return { name: "schedule" };
    default:
      return { name: "other", event: options.name };
  }
}

function workflowRun(payload: Part): ActionEvent {
  const run = payload.part("workflow_run");
  const repository = payload.part("repository").number("id");
  const pulls = run
    .list("pull_requests")
    .filter((one) => one.part("base").part("repo").number("id") === repository)
    .map((one) => one.number("number"));
  return { name: "workflow_run", of: run.text("event"), head: run.sha("head_sha"), pulls: [...new Set(pulls)] };
}

function issueComment(payload: Part): ActionEvent {
  const issue = payload.part("issue");
  const comment = payload.part("comment");
  return {
    name: "issue_comment",
    isNew: payload.text("action") === "created",
    isOnPull: issue.has("pull_request"),
    pull: issue.number("number"),
    comment: comment.number("id"),
    body: comment.text("body"),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw misshapen("the event's payload", "JSON");
  }
}

/** A part of a payload and where it stands. */
class Part {
  constructor(
    private readonly value: unknown,
    private readonly at: string,
  ) {}

  has(key: string): boolean {
    return typeof this.#member(key) === "object" && this.#member(key) !== null;
  }

  part(key: string): Part {
    if (!this.has(key)) throw misshapen(`${this.at}${key}`, "an object");
    return new Part(this.#member(key), `${this.at}${key}.`);
  }

  list(key: string): readonly Part[] {
    const found = this.#member(key);
    if (!Array.isArray(found)) throw misshapen(`${this.at}${key}`, "a list");
    return found.map((one, index) => new Part(one, `${this.at}${key}[${index}].`));
  }

  text(key: string): string {
    const found = this.#member(key);
    if (typeof found !== "string") throw misshapen(`${this.at}${key}`, "a text");
    return found;
  }

  sha(key: string): string {
    const found = this.text(key);
    if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(found)) throw misshapen(`${this.at}${key}`, "a commit's id");
    return found;
  }

  number(key: string): number {
    const found = this.#member(key);
    if (typeof found === "number" && Number.isSafeInteger(found) && found > 0) return found;
    throw misshapen(`${this.at}${key}`, "a number");
  }

  #member(key: string): unknown {
    if (typeof this.value !== "object" || this.value === null) return undefined;
    return Object.getOwnPropertyDescriptor(this.value, key)?.value;
  }
}

function misshapen(what: string, expected: string): Error {
  return failure("E800", {
    summary: "this event cannot be read",
    detail: `${what} is not ${expected}`,
    fix: "start the workflow with one of the events of docs/github.md",
  });
}
