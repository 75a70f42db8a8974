import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { decidePull } from "../../lib/approval";
import type { Manifest } from "../../lib/model/manifest";
import type { Snapshot } from "../../lib/model/snapshot";
import { request, rule } from "../support/core";
import { account, added, content, email, review, rules, snapshot } from "../approval/support/snapshots";
import { bench, root } from "./support/bench";
import { measured, percentile } from "./support/result";

/** P11: one decision about a pull request, for 50 rules and 100 reviews by 100 people on two commits. */
const people = Array.from({ length: 200 }, (_, index) => `p${index}`);
const house: Manifest = rules({
  users: people.map((login) => ({ email: email(login), github: { login } })),
  groups: [
    { name: "backend", members: people.slice(0, 50).map(email), groups: [] },
    { name: "leads", members: people.slice(50).map(email), groups: [] },
  ],
  serviceAccounts: [],
  policyApproval: [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }],
  rules: Array.from({ length: 50 }, (_, index) =>
    rule(`rule-${index}`, {
      approval: { steps: [2, 3, 5].map((approvals) => ({ approvals, from: { kind: "groups", groups: ["leads"] } })) },
    }),
  ),
});

bench(() => {
  const same = pullRequest();
  if (decidePull(same).verdict !== "approved") throw new Error("Expected it to be approved");
  for (let round = 0; round < 500; round += 1) decidePull(same);
  const fresh = Array.from({ length: 500 }, pullRequest);
  const rounds = Array.from({ length: 25 }, () => ({
    again: p99(Array.from({ length: 1000 }, () => same)),
    first: p99(fresh.map((one) => structuredClone(one))),
  }));
  const again = measured(
    "p99 of 1,000 decisions",
    "ms",
    rounds.map((one) => one.again),
  );
  const first = measured(
    "p99 of 500 about a Snapshot just read",
    "ms",
    rounds.map((one) => one.first),
  );
  const { calls, writes } = countCalls();
  return [
    {
      row: "P11",
      checks: [
        { what: "p99", figure: again.median, unit: "ms", bar: 1, is: "at most" },
        { what: "most calls of one evaluation", figure: calls, unit: "calls", bar: 6, is: "at most" },
        { what: "writes when nothing changed", figure: writes, unit: "writes", bar: 0, is: "at most" },
      ],
      measured: [again, first],
      method:
        "One decision about a pull request with 100 reviews by 100 people on two commits, under 50 rules with three steps each; every review asks anew about a Snapshot that is known. Beside it a Snapshot that was just read, its YAML parsed in the decision. The calls are counted by the double of GitHub in test/cli/pull-costs.test.ts, for the first evaluation, one after a new review, and one where nothing changed.",
    },
  ];
});

function pullRequest(): Snapshot {
  const asked = added(request("r1", { for: [email("p0")], rule: "rule-49" }));
  const reviewers = people.slice(60, 160);
  return snapshot({
    rules: house,
    subject: { requestChanges: [asked] },
    reviewed: [content("first", { requestChanges: [asked] })],
    pull: {
      author: account("p1"),
      reviews: reviewers.map((login, index) => review(login, { on: index % 2 === 0 ? "first" : "head" })),
    },
  });
}

function p99(snapshots: readonly Snapshot[]): number {
  const times = snapshots.map((one) => {
    const from = performance.now();
    decidePull(one);
    return performance.now() - from;
  });
  return percentile(
    times.toSorted((a, b) => a - b),
    0.99,
  );
}

interface Calls {
  readonly calls: number;
  readonly writes: number;
}

/** Runs the test that counts them, which prints `calls of an evaluation: {...}`. */
function countCalls(): Calls {
  const args = [join(root, "node_modules/jest/bin/jest.js"), "test/cli/pull-costs.test.ts", "-t", "one evaluation"];
  const { stderr, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "--experimental-vm-modules" },
  });
  const line = /calls of an evaluation: (\{.*\})/.exec(stderr)?.[1];
  if (status !== 0 || line === undefined) throw new Error(`test/cli/pull-costs.test.ts failed:\n${stderr}`);
  const { first, changed, again } = JSON.parse(line) as Record<"first" | "changed" | "again", Calls>;
  return { calls: Math.max(first.calls - first.writes, changed.calls, again.calls), writes: again.writes };
}
