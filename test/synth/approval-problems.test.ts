import * as fc from "fast-check";
import type { Manifest } from "../../lib/model/manifest";
import type { ApprovalStep } from "../../lib/model/rule";
import { findApprovalProblems } from "../../lib/synth/approval-problems";
import { People } from "../../lib/synth/people";
import { synthesize } from "../../lib/index";
import { governed } from "../support/governed";
import { issueExample } from "./issue-example";

const people = ["a@example.com", "b@example.com", "c@example.com", "d@example.com"];
const sound = synthesize(issueExample(), governed).manifest;

/** One rule with these groups as its steps, each asking for so many. */
function manifestOf(steps: readonly { readonly members: readonly string[]; readonly approvals: number }[]): Manifest {
  const groups = steps.map(({ members }, index) => ({ name: `g${index}`, members, groups: [] }));
  const asked: ApprovalStep[] = steps.map(({ approvals }, index) => ({
    approvals,
    from: { kind: "groups", groups: [`g${index}`] },
  }));
  return {
    ...sound,
    users: people.map((email) => ({ email })),
    groups,
    rules: sound.rules.slice(0, 1).map((rule) => ({ ...rule, approval: { steps: asked } })),
    policyApproval: [],
  };
}

/** Tries every way to give the places to people. */
function canBeFilled(places: readonly (readonly string[])[], taken: readonly string[] = []): boolean {
  const [first, ...rest] = places;
  return first === undefined || first.some((one) => !taken.includes(one) && canBeFilled(rest, [...taken, one]));
}

test("a rule is refused for its steps exactly when no assignment of people fills all places", () => {
  const step = fc.record({
    members: fc.uniqueArray(fc.constantFrom(...people)),
    approvals: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 4 }), (steps) => {
      const manifest = manifestOf(steps);
      const places = steps.flatMap(({ members, approvals }) => Array.from({ length: approvals }, () => members));
      const problems = findApprovalProblems(manifest, new People(manifest));
      expect(problems.length === 0).toBe(canBeFilled(places));
    }),
    { numRuns: 500 },
  );
});

test("ten steps of a hundred out of thousands are looked through at once", () => {
  const users = Array.from({ length: 5_000 }, (_, n) => ({ email: `u${n}@example.com` }));
  const members = users.map((user) => user.email);
  const steps = Array.from({ length: 10 }, () => ({ members, approvals: 100 }));
  const manifest = { ...manifestOf(steps), users };
  expect(findApprovalProblems(manifest, new People(manifest))).toEqual([]);
});
