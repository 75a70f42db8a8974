import * as fc from "fast-check";
import { isFailure } from "../../lib/errors";
import { canonicalJson } from "../../lib/model/canonical";
import type { Snapshot } from "../../lib/model/snapshot";
import { planSnapshot } from "../../lib/workspace/pull-plan";
import { parseSnapshotFile } from "../../lib/workspace/snapshot-file";
import { anySnapshot } from "../approval/support/arbitrary-snapshots";
import { added, review, ruleEdit, rules, snapshot } from "../approval/support/snapshots";
import { pointersOf } from "../doubles/github";
import { replaceAt } from "../doubles/github/http/faults";
import { request } from "../support/core";
import { schemaProblems } from "../support/schemas";

const file = "saved/snapshot.json";
const usual = snapshot({ subject: { requestChanges: [added(request("look"))] }, pull: { reviews: [review("bob")] } });

/** What is said of a text that is no Snapshot. */
function problemOf(text: string | undefined) {
  try {
    parseSnapshotFile(text, file);
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    const [problem, ...others] = thrown.diagnostics;
    expect([problem?.code, others]).toEqual(["E407", []]);
    return problem;
  }
  return undefined;
}

const edited = (pointer: string, value?: unknown) => JSON.stringify(replaceAt(usual, pointer, value), null, 2);

test("what was saved is read back, whatever the pull request, and fits its schema", () => {
  fc.assert(
    fc.property(anySnapshot, (made) => {
      const plain = JSON.parse(JSON.stringify(made)) as Snapshot;
      expect(parseSnapshotFile(`${canonicalJson(made)}\n`, file)).toEqual(plain);
      expect(schemaProblems("snapshot.v1", plain)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test.each<[what: string, text: string | undefined, line: number | undefined, detail: string]>([
  ["no file", undefined, undefined, "saved/snapshot.json: there is no such file"],
  ["an empty file", "", 1, "this is not JSON, or it is cut short"],
  ["a file that is cut", canonicalJson(usual).slice(0, -20), 1, "this is not JSON, or it is cut short"],
  ["a letter too many", '{\n  "snapshotVersion": 1,\n  x\n}', 3, "this is not JSON, or it is cut short"],
  ["a list", "[]", 1, "the file must be object"],
  ["another version", edited("/snapshotVersion", 2), 2, "another snapshotVersion seen, 1 expected"],
  ["no version", "{}", 1, "no snapshotVersion seen, 1 expected"],
])("%s is told with its place", (_, text, line, detail) => {
  const problem = problemOf(text);
  expect(problem).toMatchObject({ detail, fix: expect.stringContaining("--snapshot FILE") });
  expect(problem?.where).toEqual(line === undefined ? undefined : expect.objectContaining({ file, line }));
});

test.each<[pointer: string, value: unknown, marked: string, detail: string]>([
  ["/pull/reviews/0/state", "Approved", '"Approved"', "pull.reviews.0.state: one of"],
  ["/pull/reviews/0/by/id", "1", '"1"', "pull.reviews.0.by.id must be integer"],
  ["/pull/reviews/0/by/id", 1.5, "1.5", "a whole number expected"],
  ["/policy/manifest/limits/maxDurationSeconds", -1e300, "-1e+300", "a whole number expected"],
  ["/pull/reviews/0/by/id", undefined, "{", "pull.reviews.0.by has no id"],
  ["/pull/approvedBySecurity", true, "true", "pull may not have this key"],
  ["/subject/sha", null, "null", "subject.sha must be string"],
  ["/asOf", "today", '"today"', "asOf must match pattern"],
  ["/teams", {}, "{}", "teams must be array"],
  ["/log/names", [], "[]", "log.names must be object"],
])("%s as %j is told at its line and column", (pointer, value, marked, detail) => {
  const text = edited(pointer, value);
  const { where, detail: told } = problemOf(text) ?? {};
  expect(told).toContain(detail);
  const line = text.split("\n")[(where?.line ?? 0) - 1] ?? "";
  expect(line.slice((where?.column ?? 0) - 1).startsWith(marked)).toBe(true);
  expect(where?.source).toBe(line);
});

test.each([100, 100_000])("what nests %d deep is told where it does, before anybody follows it down", (depth) => {
  const step = { approvals: 1, from: { kind: "groups", groups: ["leads"] }, when: "HERE" };
  const nested = `${'{"kind":"not","of":'.repeat(depth)}{"kind":"class","classes":[]}${"}".repeat(depth)}`;
  const text = edited("/policy/manifest/policyApproval", [step]).replace('"HERE"', nested);
  expect(problemOf(text)).toMatchObject({
    detail: "it nests more than 64 deep",
    where: { source: text.split("\n").find((line) => line.includes(nested)) },
  });
});

test("groups that hold each other are decided about as well", () => {
  const { manifest } = usual.policy ?? snapshot().policy ?? {};
  const groups = manifest?.groups.map((one, at, all) => ({ ...one, groups: [all[(at + 1) % all.length]?.name ?? ""] }));
  expect(
    planSnapshot(parseSnapshotFile(edited("/policy/manifest/groups", groups), file)).decision.verdict,
  ).toBeDefined();
});

test("the last of two equal keys counts, as for whoever reads it", () => {
  const text = edited("/base/branch", 1).replace('"base": {', '"base": { "branch": "\\"}",');
  const { where } = problemOf(text) ?? {};
  expect(text.split("\n")[(where?.line ?? 0) - 1]).toBe('    "branch": 1,');
});

test("whatever is put into a place, it is refused or decided, and nothing breaks", () => {
  const bases = [usual, snapshot({ subject: ruleEdit("edit", rules()), pull: { reviews: [review("carol")] } })];
  const places = bases.map((one) => pointersOf(one));
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(undefined, null, -1, 1e300, "", "__proto__"));
  let refused = 0;
  fc.assert(
    fc.property(fc.nat(1), fc.nat(), value, (which, at, put) => {
      const all = places[which] ?? [];
      const text = JSON.stringify(replaceAt(bases[which], all[at % all.length] ?? "", put)) ?? "";
      if (problemOf(text) !== undefined) return void (refused += 1);
      expect(planSnapshot(parseSnapshotFile(text, file)).check.conclusion).toMatch(
        /^(success|failure|action_required)$/,
      );
    }),
    { numRuns: 3_000 },
  );
  expect(refused).toBeGreaterThan(1_000);
});
