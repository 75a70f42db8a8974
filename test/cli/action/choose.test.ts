import * as fc from "fast-check";
import { chooseCommands, type Choice } from "../../../lib/cli/action/choose";
import { readEvent } from "../../../lib/cli/action/event";
import { actionCommands, readInputs } from "../../../lib/cli/action/inputs";
import { LeaseholdError } from "../../../lib/errors";
import { examplesOf, payloadOf, type Payload } from "../../support/webhook-payloads";

const head = "3f2a91c0".padEnd(40, "0");
const base = "9be10000".padEnd(40, "0");

function choose(event: string, payload: Payload, given: { with?: Record<string, string>; ref?: string } = {}): Choice {
  const inputs = Object.entries(given.with ?? {}).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return chooseCommands({
    event: readEvent({ name: event, payload: JSON.stringify(payload), ref: given.ref ?? "refs/heads/main" }),
    inputs: readInputs(Object.fromEntries(inputs) as Record<string, string>),
    repository: "lanternworks/access",
  });
}

function lines(choice: Choice): readonly string[] {
  return choice.kind === "run" ? choice.commands.map((one) => one.join(" ")) : [`nothing: ${choice.why}`];
}

const pull = payloadOf("pull_request", "opened", { pull_request: { head: { sha: head }, base: { sha: base } } });
const onMain = { repository: { id: 7, default_branch: "main" } };
const run = (over: Payload): Payload =>
  payloadOf("workflow_run", "completed", {
    ...onMain,
    workflow_run: { head_sha: head, event: "pull_request", pull_requests: [], ...over },
  });
const listed = (number: number, repository = 7): Payload => ({ number, base: { repo: { id: repository } } });
const commented = (body: string, over: Payload = {}): Payload =>
  payloadOf("issue_comment", "created", {
    issue: { number: 12, pull_request: { url: "…" } },
    comment: { id: 99, body },
    ...over,
  });
const push = payloadOf("push", undefined, onMain);
const dispatched = payloadOf("workflow_dispatch", undefined, onMain);

describe("by the event alone", () => {
  test("a pull request is checked without anything secret, at its head, against its base", () => {
    const choice = choose("pull_request", pull);
    expect(choice).toMatchObject({ kind: "run", trust: "none", checkedOut: head });
    expect(lines(choice)).toEqual([`validate --format json --base ${base}`, "synth --check"]);
  });

  test("a review does nothing by itself: the run that follows from the default branch reads it", () => {
    expect(choose("pull_request_review", payloadOf("pull_request_review", "submitted")).kind).toBe("nothing");
  });

  test.each(["pull_request", "pull_request_review"])("after a check of %s its pull requests are planned", (of) => {
    const choice = choose("workflow_run", run({ event: of, pull_requests: [listed(12), listed(13), listed(12)] }));
    expect(choice).toMatchObject({ trust: "default branch", notCheckedOut: head });
    expect(lines(choice)).toEqual([
      "pr plan --repo lanternworks/access --number 12",
      "pr plan --repo lanternworks/access --number 13",
    ]);
  });

  test("pull requests of another repository are left out, and those not listed are looked for by their commit", () => {
    const other = run({ pull_requests: [listed(12, 8)] });
    expect(lines(choose("workflow_run", other))).toEqual([`pr plan --repo lanternworks/access --head ${head}`]);
  });

  test("after a check of a merge queue its commit is planned", () => {
    const queued = run({ event: "merge_group" });
    expect(lines(choose("workflow_run", queued))).toEqual([`pr plan --repo lanternworks/access --queue ${head}`]);
  });

  test("a merge queue's own event is planned with its base", () => {
    const group = payloadOf("merge_group", "checks_requested", { merge_group: { head_sha: head, base_sha: base } });
    expect(lines(choose("merge_group", group))).toEqual([
      `pr plan --repo lanternworks/access --queue ${head} --queue-base ${base}`,
    ]);
    expect(choose("merge_group", group, { with: { command: "check" } })).toMatchObject({
      trust: "none",
      checkedOut: head,
    });
  });

  test.each([
    ["/plan", "pr plan --repo lanternworks/access --number 12"],
    ["/plan\nplease", "pr plan --repo lanternworks/access --number 12"],
    ["/revoke", "pr comment --repo lanternworks/access --number 12 --comment 99"],
    ["/revoke orders-look", "pr comment --repo lanternworks/access --number 12 --comment 99"],
    ["/planned", "nothing: the comment is no command"],
    ["thanks! /plan", "nothing: the comment is no command"],
    ["> /revoke", "nothing: the comment is no command"],
  ])("the comment %j", (body, expected) => {
    expect(lines(choose("issue_comment", commented(body)))).toEqual([expected]);
  });

  test("an edited comment and one on an issue do nothing", () => {
    expect(choose("issue_comment", commented("/revoke", { action: "edited" })).kind).toBe("nothing");
    const { issue, ...rest } = commented("/revoke");
    const { pull_request: _gone, ...onlyIssue } = issue as Record<string, unknown>;
    expect(choose("issue_comment", { ...rest, issue: onlyIssue }).kind).toBe("nothing");
  });

  test("a push to the default branch is applied, one elsewhere refused", () => {
    expect(lines(choose("push", push))).toEqual(["pr apply --repo lanternworks/access"]);
    expect(() => choose("push", push, { ref: "refs/heads/feature" })).toThrow(/another branch than the default one/);
    expect(() => choose("push", push, { ref: "refs/tags/main" })).toThrow(/another branch/);
  });

  test("a schedule reconciles", () => {
    expect(lines(choose("schedule", { schedule: "*/5 * * * *" }))).toEqual(["reconcile"]);
  });

  test.each(["workflow_dispatch", "pull_request_target", "release"])("nothing is guessed for %s", (event) => {
    expect(() => choose(event, dispatched)).toThrow(/nothing is chosen by itself/);
  });
});

describe("by the input `command`", () => {
  test("apply takes the number of removals that somebody confirmed", () => {
    expect(
      lines(choose("workflow_dispatch", dispatched, { with: { command: "apply", "confirm-removals": "7" } })),
    ).toEqual(["pr apply --repo lanternworks/access --confirm-removals 7"]);
  });

  test("tidy and reconcile run on a schedule, plan takes a number", () => {
    const schedule = { schedule: "23 4 * * 1" };
    expect(lines(choose("schedule", schedule, { with: { command: "tidy" } }))).toEqual([
      "tidy --pull-request --repo lanternworks/access",
    ]);
    expect(lines(choose("workflow_dispatch", dispatched, { with: { command: "reconcile" } }))).toEqual(["reconcile"]);
    const numbered = { with: { command: "plan", "pull-request": "12" } };
    expect(lines(choose("workflow_dispatch", dispatched, numbered))).toEqual([
      "pr plan --repo lanternworks/access --number 12",
    ]);
  });

  const events: readonly (readonly [string, Payload])[] = [
    ["pull_request", pull],
    ["pull_request_review", payloadOf("pull_request_review", "submitted")],
    ["pull_request_target", pull],
  ];
  const trusted = actionCommands.filter((one) => one !== "auto" && one !== "check");
  test.each(events.flatMap(([event, payload]) => trusted.map((command) => ({ event, command, payload }))))(
    "$command never runs for $event: its workflow may be anybody's",
    ({ event, command, payload }) => {
      expect(() => choose(event, payload, { with: { command } })).toThrow(/may be anybody's/);
    },
  );

  test.each(["apply", "reconcile", "tidy"])("%s runs from the default branch alone", (command) => {
    const given = { with: { command }, ref: "refs/heads/feature" };
    expect(() => choose("workflow_dispatch", dispatched, given)).toThrow(/another branch than the default one/);
    expect(() => choose("workflow_run", run({}), { with: { command } })).toThrow(/may be anybody's/);
    expect(() => choose("issue_comment", commented("/plan"), { with: { command } })).toThrow(/may be anybody's/);
  });
});

test.each([
  ["command", "destroy"],
  ["confirm-removals", "7 --yes"],
  ["pull-request", "-1"],
  ["pull-request", "0x10"],
  ["directory", "--config=/tmp/x"],
])("the input %s = %j is refused", (name, value) => {
  expect(() => choose("schedule", {}, { with: { [name]: value } })).toThrow(`the input \`${name}\``);
});

test("every real payload of an event that the workflows use is read", () => {
  for (const event of ["pull_request", "pull_request_review", "workflow_run", "merge_group", "issue_comment", "push"]) {
    for (const payload of examplesOf(event)) {
      expect(readEvent({ name: event, payload: JSON.stringify(payload), ref: "refs/heads/main" }).name).toBe(event);
    }
  }
});

test.each(["--config=/tmp/x", "main", head.slice(1), `${head}\n--queue`])(
  "a commit that is called %j is refused",
  (sha) => {
    expect(() => choose("workflow_run", run({ head_sha: sha }))).toThrow("a commit's id");
    expect(() => choose("merge_group", { merge_group: { head_sha: head, base_sha: sha } })).toThrow("a commit's id");
    expect(() => choose("pull_request", { pull_request: { head: { sha }, base: { sha: base } } })).toThrow(
      "a commit's id",
    );
  },
);

test("whatever a payload holds, what is chosen is made of numbers, commit ids and words of ours, or it is refused", () => {
  const names = fc.constantFrom("pull_request", "workflow_run", "merge_group", "issue_comment", "push", "schedule");
  const hostile = fc.oneof(fc.string(), fc.integer(), fc.constant("--config=x"), fc.constant(head), fc.constant(null));
  const key = fc.constantFrom(
    ..."pull_request head base sha number workflow_run merge_group head_sha base_sha event issue comment id body action repository default_branch pull_requests".split(
      " ",
    ),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      hostile,
      fc.dictionary(key, tie("tree"), { maxKeys: 6 }),
      fc.array(tie("tree"), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(names, tree, (event, payload) => {
      try {
        const choice = choose(event, payload as Payload);
        if (choice.kind === "nothing") return;
        for (const word of choice.commands.flat())
          expect(word).toMatch(/^(?:--)?[a-z]+(?:-[a-z]+)*$|^[0-9a-f]{40}$|^\d+$|^lanternworks\/access$/);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(LeaseholdError);
      }
    }),
    { numRuns: 2_000 },
  );
});
