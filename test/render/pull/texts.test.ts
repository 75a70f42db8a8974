import { pullDecisionAsJson } from "../../../lib/render/pull-document";
import { requestPullText, tidyPullText } from "../../../lib/render/pull-bodies";
import { unapprovedMergeIssue } from "../../../lib/render/pull-issue";
import { planReply, refusedReply, revokeReply } from "../../../lib/render/pull-replies";
import { pullText } from "../../../lib/render/pull-text";
import { diagnostic } from "../../../lib/errors";
import type { PassOutcome } from "../../../lib/model/pass";
import { hostileTexts } from "../../attacks/support/hostile-texts";
import { loadReaders, type Readers } from "../../attacks/support/acts";
import { hours, now, request } from "../../support/core";
import { schemaProblems } from "../../support/schemas";
import { expectGolden } from "../support/golden";
import { readMarkdown } from "./support/outline";
import { situations, unapproved, write } from "./support/situations";

const to = { login: "alice", now };
const ended = (more: Partial<PassOutcome> = {}): PassOutcome => ({
  kind: "ended",
  result: "done",
  gateway: "main",
  person: "alice@example.com",
  connection: "orders-db/write",
  reason: "given back",
  sessionsCut: 1,
  ...more,
});

/** Every text but the comment, with one text of somebody in it. */
const texts: Readonly<Record<string, (text: string) => string>> = {
  "opened request": (text) =>
    requestPullText({
      request: { ...write, reason: text, ticket: text, extends: text },
      path: `requests/${text}.yaml`,
      steps: ["1 of leads", text],
      reviewers: ["carol", text],
      now,
    }).body,
  tidying: (text) =>
    tidyPullText([
      { request: text, path: `requests/${text}.yaml`, to: `archive/${text}.yaml`, why: text, endedAt: hours(-2) },
      { request: "old", path: "requests/old.yaml", why: text },
    ]).body,
  "answer to a revoke": (text) =>
    revokeReply(
      { ...to, login: text },
      {
        outcomes: [ended(), ended({ person: text, connection: text })],
        overdue: [{ gateway: "main", person: text, connection: text, since: now, why: text }],
        errors: [diagnostic("E500", { detail: text, fix: text })],
        neverStart: ["a"],
      },
    ),
  "answer to a revoke of nothing": (text) =>
    revokeReply({ ...to, login: text }, { outcomes: [], overdue: [], errors: [] }),
  "answer to somebody who may not": (text) => refusedReply({ ...to, login: text }, { why: text, fix: text }),
  "answer to a plan": (text) => planReply({ ...to, login: text }, { verdict: text, trouble: [] }),
  "answer to a plan that failed": (text) =>
    planReply(to, { verdict: text, trouble: [diagnostic("E520", { detail: text, fix: text })] }),
};

describe("what else is written on GitHub", () => {
  let readers: Readers;
  beforeAll(async () => {
    readers = await loadReaders();
  });

  test.each(Object.keys(texts))("%s is what its golden file says", (name) => {
    expectGolden(`pull/text-${name.replaceAll(" ", "-")}.txt`, texts[name]!("INC-4711"));
  });

  test.each(Object.keys(texts))("%s has the same structure whatever people wrote", (name) => {
    const { outline } = readMarkdown(texts[name]!("x"), readers);
    for (const { text } of hostileTexts) {
      expect(readMarkdown(texts[name]!(text), readers)).toEqual({ outline, acts: [] });
    }
  });

  test.each(Object.keys(unapproved))("the issue about %s is what its golden file says", (name) => {
    const { title, body } = unapprovedMergeIssue(unapproved[name]!());
    expectGolden(`pull/issue-${name}.txt`, `${title}\n\n${body}`);
    expect(readMarkdown(body, readers).acts).toEqual([]);
  });

  test("an issue is the same text at any time, so that it is written once", () => {
    const input = unapproved["direct-push"]!();
    expect(unapprovedMergeIssue({ ...input, now: hours(5) })).toEqual(unapprovedMergeIssue(input));
  });

  test("titles and messages of commits hold names only, and are bounded", () => {
    const access = Array.from({ length: 100 }, (_, index) => `database-${index}/read`);
    const { title, message } = requestPullText({
      request: request("many", { access, reason: "@security\n\nfixes #1" }),
      path: "x",
      steps: [],
      reviewers: [],
      now,
    });
    for (const text of [title, message]) {
      expect(text).toMatch(/^Request many: database-0\/read, [^@#\n]*…$/);
      expect(text.length).toBeLessThanOrEqual(120);
    }
    expect(tidyPullText([]).title).toBe("Archive 0 ended requests");
  });

  test("a short answer stays short", () => {
    const outcomes = Array.from({ length: 5_000 }, (_, index) => ended({ person: `p${index}@example.com` }));
    expect(revokeReply(to, { outcomes, overdue: [], errors: [] }).split("\n").length).toBeLessThan(40);
  });
});

describe("a pull request in a terminal", () => {
  test.each(["waiting-half", "void-after-push", "wrong-approvers", "refused", "rule-edit", "direct push"])(
    "%s is what its golden file says",
    (name) => {
      const input = name === "direct push" ? unapproved["direct-push"]!() : situations[name]!();
      expectGolden(`pull/show-${name.replaceAll(" ", "-")}.txt`, pullText(input));
    },
  );

  test("says whose approval was only supposed", () => {
    expect(pullText(situations["approved"]!(), { whatIfApprovedBy: ["erin"] })).toMatch(
      /^.*\n~ If erin approved [0-9a-f]{7}:/,
    );
  });

  test("differs with colour only in colour", () => {
    const input = situations["wrong-approvers"]!();
    // oxlint-disable-next-line no-control-regex -- it is what colour is made of
    expect(pullText(input, { colour: true }).replace(/\u001b\[\d+m/g, "")).toBe(pullText(input));
  });
});

describe("a decision as JSON", () => {
  test.each(Object.keys(situations))("%s is valid against its schema", (name) => {
    const { snapshot, decision } = situations[name]!();
    expect(schemaProblems("pull-decision.v1", JSON.parse(pullDecisionAsJson(snapshot, decision)))).toEqual([]);
  });
});
