import { chainRecords } from "../../lib/log";
import { shapeFlaw } from "../../lib/log/shape";
import { reconcilerActor as by } from "../../lib/model/actor";
import type { RecordBody, RecordType } from "../../lib/model/record";
import { schemaProblems } from "../support/schemas";
import { at, facts, lifeOf, opened } from "./bodies";

const digest = "a".repeat(64);
const { grant } = facts(1);
const tree = { kind: "rule", verdict: "met", sentence: "x", children: [] } as const;
const decision = { grant, request: "r", verdict: "approved", by: "people", approvers: ["a"], tree } as const;
const optOut = { id: "o", person: "p", from: { kind: "rule", rule: "r" }, by, at: at(0) } as const;
const subject = { kind: "user", name: "x" } as const;
const approval = { request: "r", person: "p", by, at: at(0), source: "local", items: [], policy: digest } as const;

/** One body of each type, with what every one of its kind must have. */
const samples: { readonly [T in RecordType]: Extract<RecordBody, { readonly type: T }> } = {
  "log.opened": opened as Extract<RecordBody, { type: "log.opened" }>,
  "epoch.taken": { type: "epoch.taken", epoch: 1, holder: "h" },
  "policy.accepted": { type: "policy.accepted", manifest: digest, by, bootstrap: true, spent: ["x"] },
  "merge.decided": {
    type: "merge.decided",
    merge: { commit: "c", authors: [], unverified: false, widening: digest, policy: digest, rosters: [], requests: [] },
    verdict: "approved",
  },
  "merge.told": { type: "merge.told", commit: "c" },
  "requests.merged": {
    type: "requests.merged",
    set: digest,
    by,
    added: [{ name: "a", digest }],
    narrowed: [],
    removed: [],
  },
  "request.refused": { type: "request.refused", request: "r", why: "w", final: true },
  "approval.given": { type: "approval.given", approval },
  "decision.made": { type: "decision.made", decision, policy: digest },
  "grant.rejected": { type: "grant.rejected", facts: facts(1), reason: "too late", detail: "" },
  "activation.intended": lifeOf(1)[0] as Extract<RecordBody, { type: "activation.intended" }>,
  "activation.done": lifeOf(1)[1] as Extract<RecordBody, { type: "activation.done" }>,
  "activation.failed": { type: "activation.failed", grant, detail: "", retry: true },
  "change.intended": { type: "change.intended", grant, generation: 1, leaseEnd: at(1) },
  "change.done": { type: "change.done", grant, generation: 1, observedEnd: at(1) },
  "change.failed": { type: "change.failed", grant, generation: 1, detail: "" },
  "ending.intended": { type: "ending.intended", grant, reason: "expired", by },
  "ending.done": lifeOf(1)[3] as Extract<RecordBody, { type: "ending.done" }>,
  "ending.refused": { type: "ending.refused", grant, day: "2026-11-25", detail: "" },
  "stray.ended": { type: "stray.ended", gateway: "g", person: "p", gatewayName: "n" },
  "configuration.intended": { type: "configuration.intended", gateway: "g", subject, value: null },
  "configuration.done": { type: "configuration.done", gateway: "g", subject, value: null },
  "configuration.failed": { type: "configuration.failed", gateway: "g", subject, detail: "" },
  "optout.set": { type: "optout.set", optOut },
  "optout.lifted": { type: "optout.lifted", id: "o", by },
  "freeze.set": { type: "freeze.set", by, note: "" },
  "freeze.lifted": { type: "freeze.lifted", by },
  "removals.confirmed": { type: "removals.confirmed", count: 1, by },
  "drift.seen": { type: "drift.seen", gateway: "g", sentences: [] },
  "recovery.started": { type: "recovery.started", why: "" },
  "recovery.adopted": { type: "recovery.adopted", facts: facts(1), end: at(1), activatedAt: at(0), generation: 0 },
  "recovery.completed": { type: "recovery.completed", by, spent: [] },
};

describe.each(Object.entries(samples))("the body of %s", (type, sample) => {
  it("has the right shape", () => {
    expect(shapeFlaw({ ...sample })).toBeUndefined();
  });

  it("is what the published schema says too", () => {
    const [record] = chainRecords(undefined, 1, at(0), [sample]);
    expect(schemaProblems("log-record.v1", JSON.parse(JSON.stringify(record)))).toEqual([]);
  });

  it("needs each of its fields, and each of the right kind", () => {
    for (const [name, value] of Object.entries(sample)) {
      if (name === "type") continue;
      const { [name]: _gone, ...without } = { ...sample } as Record<string, unknown>;
      expect(shapeFlaw(without)).toBe(`\`${name}\` of \`${type}\` is missing or wrong`);
      for (const other of [null, [], {}, "", "x", -1, 1.5, true]) {
        if (typeof other === typeof value && Array.isArray(other) === Array.isArray(value)) continue;
        if (value === null && other === null) continue;
        expect([name, other, shapeFlaw({ ...sample, [name]: other })]).toEqual([name, other, expect.any(String)]);
      }
    }
  });
});

it("lets fields be that it does not know, and no types", () => {
  expect(shapeFlaw({ ...samples["freeze.set"], later: 1 })).toBeUndefined();
  expect(shapeFlaw({ type: "toString" })).toContain("no type of record");
});

it.each([
  ["an instant that is none", { ...samples["ending.done"], at: "2026-11-25" }],
  ["a reason that is none", { ...samples["ending.done"], reason: "bored" }],
  ["a grant id that is none", { ...samples["ending.refused"], grant: "A".repeat(26) }],
  ["facts without a person", { ...samples["grant.rejected"], facts: { ...facts(1), person: undefined } }],
  ["an actor that nobody vouches for", { ...samples["freeze.set"], by: { id: "x", authenticatedBy: "me" } }],
  ["a waiver of nothing", { ...samples["optout.set"], optOut: { ...optOut, from: { kind: "all" } } }],
  ["a decision too deep to be one", { ...samples["decision.made"], decision: { ...decision, tree: deep(40) } }],
])("does not take %s", (_name, body) => {
  expect(shapeFlaw({ ...body })).toEqual(expect.any(String));
});

function deep(levels: number): unknown {
  return levels === 0 ? tree : { ...tree, children: [deep(levels - 1)] };
}
