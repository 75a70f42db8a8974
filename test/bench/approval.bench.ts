import { cpus } from "node:os";
import { decidePull } from "../../lib/approval";
import type { Manifest } from "../../lib/model/manifest";
import type { Snapshot } from "../../lib/model/snapshot";
import { request, rule } from "../support/core";
import { account, added, content, email, review, rules, snapshot } from "../approval/support/snapshots";

/**
 * Bar P11: one decision about a pull request within 1 ms (p99), for 50 rules and 100 reviews by 100 people on
 * two commits. What is asked again about the same Snapshot is measured (a check is evaluated at every review),
 * and beside it a Snapshot that was just read, YAML and all.
 */
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

process.stdout.write(`${cpus().length} x ${cpus()[0]?.model ?? "?"}, Node ${process.version}\n`);
const warm = pullRequest();
if (decidePull(warm).verdict !== "approved") throw new Error("Expected it to be approved");
for (let round = 0; round < 300; round += 1) decidePull(warm);
tell(
  "decision, 50 rules x 100 reviews",
  measure(2000, () => warm),
  1,
);
const fresh = Array.from({ length: 300 }, pullRequest);
tell(
  "the same, just read",
  measure(300, (round) => fresh[round] ?? warm),
);

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

function measure(count: number, of: (round: number) => Snapshot): readonly number[] {
  return Array.from({ length: count }, (_, round) => {
    const made = of(round);
    const from = performance.now();
    decidePull(made);
    return performance.now() - from;
  });
}

function tell(what: string, times: readonly number[], bar?: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [median = Number.NaN, p99 = Number.NaN] = [0.5, 0.99].map((part) => sorted[Math.floor(sorted.length * part)]);
  const verdict = bar === undefined ? "" : `  bar ${bar} ms: ${p99 <= bar ? "reached" : "NOT REACHED"}`;
  process.stdout.write(`${what}  median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms${verdict}\n`);
}
