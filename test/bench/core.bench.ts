import { cpus } from "node:os";
import { decide } from "../../lib/approval";
import type { ApprovalGiven } from "../../lib/model/approval";
import type { DesiredState } from "../../lib/model/desired";
import type { Manifest } from "../../lib/model/manifest";
import type { AccessRequest } from "../../lib/model/request";
import { makePlan } from "../../lib/plan";
import { desiredState, grantItem } from "../../lib/policy";
import {
  activeGrant,
  grantsById,
  hours,
  installation,
  manifest,
  merged,
  now,
  request,
  rule,
  state,
} from "../support/core";

/**
 * The pure core: desired state and plan of 10,000 and of 100,000 grants that are all active, in turn with
 * the floor, a diff of as many against as many in a Map; and bar P11, one approval decision within 1 ms
 * (p99) for 50 rules and 100 reviews.
 */
const people = Array.from({ length: 40_000 }, (_, index) => `p${index}@example.com`);
const house = manifest({
  users: people.map((email) => ({ email })),
  groups: [{ name: "backend", members: people, groups: [] }],
  gateways: { main: { provider: "memory", users: "existing" } },
});
const rounds = 5;

process.stdout.write(
  `${cpus().length} x ${cpus()[0]?.model ?? "?"}, Node ${process.version}, ${rounds} rounds in turn\n`,
);
for (const count of [10_000, 100_000]) benchPlan(count);
benchDecision();

function benchPlan(count: number): void {
  const requests = Array.from({ length: count }, (_, index) =>
    request(`r-${index}`, { for: [people[index % people.length] ?? ""] }),
  );
  const desired = desire(requests);
  const grants = desired.grants.map((one, index) => activeGrant(one, hours(-0.5), { lastSequence: index }));
  const log = state({ grants: grantsById(...grants), names: merged(...requests) });
  const times = { map: [] as number[], desired: [] as number[], plan: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.map.push(timed(() => diff(desired)));
    times.desired.push(timed(() => desire(requests)));
    times.plan.push(timed(() => plan(requests, desired, log)));
  }
  tell(`diff of ${count} in a Map`, times.map);
  tell(`desired state of ${count}`, times.desired);
  tell(`plan of ${count}, no change`, times.plan);
}

function desire(requests: readonly AccessRequest[]): DesiredState {
  return desiredState({ installation, manifest: house, requests: { requests }, asOf: now, state: state() });
}

function diff({ grants }: DesiredState): number {
  const there = new Map(grants.map((grant) => [grant.id, grant.startBefore]));
  return grants.filter((grant) => there.get(grant.id) !== grant.startBefore).length;
}

function plan(requests: readonly AccessRequest[], desired: DesiredState, log: ReturnType<typeof state>): void {
  const made = makePlan({
    asOf: now,
    state: log,
    installation,
    manifest: house,
    manifestDigest: desired.policy,
    policyInForce: desired.policy,
    requests: { requests },
    requestsDigest: desired.policy,
    desired,
    observed: "log",
    descriptions: new Map(),
    spool: [],
    repairs: "narrowing",
    protectedPrincipals: [],
  });
  const changes = made.actions.filter((action) => action.family === "lease");
  if (changes.length > 0) throw new Error(`Expected no change, got ${changes.length}`);
}

function benchDecision(): void {
  const steps = [2, 3, 5].map((approvals) => ({ approvals, from: { kind: "groups", groups: ["backend"] } }) as const);
  const rules = Array.from({ length: 50 }, (_, index) => rule(`rule-${index}`, { approval: { steps } }));
  const many: Manifest = { ...house, rules };
  const requests = [request("r1", { for: [people[0] ?? ""], rule: "rule-49" })];
  const [desired] = desiredState({
    installation,
    manifest: many,
    requests: { requests },
    asOf: now,
    state: state(),
  }).grants;
  if (desired === undefined) throw new Error("Expected a grant to decide");
  const approvals = people.slice(1, 101).map((person): ApprovalGiven => ({
    request: "r1",
    person,
    by: { id: person, authenticatedBy: "unauthenticated" },
    at: now,
    source: "local",
    items: [grantItem(desired)],
    policy: "another",
  }));
  const times = Array.from({ length: 2000 }, () =>
    timed(() => decide({ desired, manifest: many, approvals, usage: [], asOf: now })),
  );
  const sorted = times.slice(200).sort((a, b) => a - b);
  const [median, p99] = [0.5, 0.99].map((part) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN);
  const verdict = (p99 ?? 9) <= 1 ? "reached" : "NOT REACHED";
  process.stdout.write(
    `decision, 50 rules x 100 reviews  median ${median?.toFixed(2)} ms, p99 ${p99?.toFixed(2)} ms  bar 1 ms: ${verdict}\n`,
  );
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function tell(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [least, median, most] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((at) =>
    Math.round(sorted[at] ?? 0),
  );
  process.stdout.write(`${what.padEnd(32)}  median ${median} ms (${least} to ${most})\n`);
}
