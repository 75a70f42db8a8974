import * as fc from "fast-check";
import { chainRecords, emptyState, foldAll, foldRecord, type FoldState } from "../../../lib/log";
import { legalityState } from "../../../lib/log/fold/legality-state";
import { rehearsed } from "../../../lib/log/fold/state";
import { reconcilerActor } from "../../../lib/model/actor";
import type { LogState } from "../../../lib/model/log-state";
import type { LogRecord, RecordBody } from "../../../lib/model/record";
import { at, facts, opened } from "../bodies";
import { referenceOf, type ReferenceGrant } from "./reference";

const by = reconcilerActor;
const grants = [0, 1, 2].map((n) => facts(n));

/** Any record about one of a few Grants, likely or not. */
const anyBody: fc.Arbitrary<RecordBody> = fc
  .record({
    its: fc.constantFrom(...grants),
    end: fc.integer({ min: 100, max: 104 }).map((seconds) => at(seconds)),
    generation: fc.integer({ min: 0, max: 4 }),
    coin: fc.boolean(),
  })
  .chain(({ its, end, generation, coin }) => fc.constantFrom(...bodiesOf(its, end, generation, coin)));

const anyName = fc.constantFrom("first", "second", "third");

/** Any record about the house or its requests. */
const anyHouseBody: fc.Arbitrary<RecordBody> = fc
  .record({ name: anyName, other: anyName, coin: fc.boolean(), its: fc.constantFrom(...grants) })
  .chain(({ name, other, coin, its }) => {
    const digest = "b".repeat(64);
    const named = { name, digest };
    const optOut = { id: name, person: "x", from: { kind: "rule", rule: "r" }, by, at: at(0) } as const;
    const subject = { kind: "user", name } as const;
    const value = coin ? null : ({ kind: "user", name } as never);
    const merged = { type: "requests.merged", set: digest, by, added: [], narrowed: [], removed: [] } as const;
    return fc.constantFrom<RecordBody>(
      { ...merged, added: [named] },
      { ...merged, narrowed: [named] },
      { ...merged, removed: [other] },
      { type: "request.refused", request: name, why: "no", final: coin },
      { type: "optout.set", optOut },
      { type: "optout.lifted", id: name, by },
      { type: "freeze.set", by, note: "" },
      { type: "freeze.lifted", by },
      { type: "configuration.intended", gateway: "g", subject, value },
      { type: "configuration.done", gateway: "g", subject, value },
      { type: "configuration.failed", gateway: "g", subject, detail: "500" },
      { type: "recovery.started", why: "lost" },
      { type: "recovery.completed", by, spent: [other] },
      { type: "recovery.adopted", facts: its, end: at(100), activatedAt: at(1), generation: 0 },
      { type: "drift.seen", gateway: "g", sentences: coin ? ["x"] : [] },
      { type: "log.opened", installation: "again", format: 1 },
      { type: "epoch.taken", epoch: 1, holder: "x" },
    );
  });

describe("the fold of any history", () => {
  it("takes exactly the records that can be, and says of each Grant what a plain reading of all its records says", () => {
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(fc.array(anyBody, { minLength: 5, maxLength: 60 }), (wanted) => {
        const state = begun();
        const histories = new Map(grants.map(({ grant }) => [grant, [] as RecordBody[]]));
        for (const body of wanted) {
          const history = histories.get(grantIn(body))!;
          const expected = referenceOf([...history, body]);
          const before = JSON.stringify(plain(state));
          if (folds(state, body)) {
            history.push(body);
            taken += 1;
            expect(expected).toEqual(seenOf(state, grantIn(body)));
          } else {
            expect(expected).toBeUndefined();
            expect(JSON.stringify(plain(state))).toBe(before);
            refused += 1;
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(Math.min(refused, taken)).toBeGreaterThan(250);
  });

  it("moves phases only forward, but for an activation that failed and may be tried again", () => {
    const order = ["pending", "activating", "active", "ended", "rejected"];
    fc.assert(
      fc.property(fc.array(anyBody, { maxLength: 60 }), (wanted) => {
        const state = begun();
        const activated = new Set<string>();
        for (const body of wanted) {
          const grant = grantIn(body);
          const before = state.grants.get(grant)?.phase ?? "pending";
          if (!folds(state, body)) continue;
          const after = state.grants.get(grant)?.phase ?? "pending";
          if (body.type === "activation.failed") expect(before).toBe("activating");
          else expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
          if (body.type !== "activation.done") continue;
          expect(activated).not.toContain(grant);
          activated.add(grant);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("refuses the same, for the same reason, where only legality is asked for", () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(anyBody, anyHouseBody), { minLength: 5, maxLength: 80 }), (wanted) => {
        const state = begun();
        const lean = legalityState();
        for (const record of chainRecords(undefined, 1, at(0), [opened])) foldRecord(lean, record);
        for (const body of wanted) {
          const [record] = chainRecords(state.head, 1, at(0), [body]);
          const [whole, less] = [refusalOf(state, record!), refusalOf(lean, record!)];
          expect(less).toBe(whole);
          if (whole !== undefined) refused += 1;
        }
        expect(lean.head).toEqual(state.head);
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });

  it("is the same all at once, one by one, and after rehearsals in between", () => {
    fc.assert(
      fc.property(fc.array(anyBody, { maxLength: 50 }), fc.array(anyBody, { maxLength: 10 }), (wanted, tried) => {
        const state = begun();
        const records: LogRecord[] = [...chainRecords(undefined, 1, at(0), [opened])];
        for (const body of wanted) {
          const before = JSON.stringify(plain(state));
          rehearsed(state, () => tried.forEach((trial) => folds(state, trial)));
          expect(JSON.stringify(plain(state))).toBe(before);
          const [record] = chainRecords(state.head, 1, at(0), [body]);
          if (folds(state, body)) records.push(record!);
        }
        expect(plain(foldAll(records))).toEqual(plain(state));
      }),
      { numRuns: 100 },
    );
  });
});

describe("the fold of one history", () => {
  it("keeps of a Grant what its later life needs", () => {
    const its = facts(1, { ticket: "INC-1" });
    const { grant } = its;
    const tree = { kind: "rule", verdict: "met", sentence: "x", children: [] } as const;
    const verdict = {
      grant,
      request: its.request,
      verdict: "approved",
      by: "people",
      approvers: ["lead"],
      tree,
    } as const;
    const state = foldOf(
      { type: "decision.made", decision: verdict, policy: "b".repeat(64) },
      { type: "activation.intended", facts: its, end: at(100), leaseEnd: at(200) },
      { type: "activation.done", grant, activatedAt: at(1), observedEnd: at(200), worstCaseEnd: at(300) },
      { type: "change.intended", grant, generation: 1, leaseEnd: at(150), end: at(90) },
      { type: "change.done", grant, generation: 1, observedEnd: at(150) },
      {
        type: "ending.intended",
        grant,
        reason: "given back",
        by: { id: "me", authenticatedBy: "gateway" },
        spool: "s",
      },
      { type: "ending.intended", grant, reason: "revoked", by },
      { type: "ending.refused", grant, day: "2026-11-25", detail: "500" },
    );
    expect(state.grants.get(grant)).toEqual({
      facts: its,
      phase: "active",
      generation: 1,
      heldSequence: 5,
      end: at(90),
      leaseEnd: at(150),
      intendedAt: at(0),
      activatedAt: at(1),
      worstCaseEnd: at(300),
      approvers: ["lead"],
      approvedBy: "people",
      ending: {
        reason: "given back",
        by: { id: "me", authenticatedBy: "gateway" },
        since: at(0),
        refusedOn: "2026-11-25",
      },
      firstSequence: 3,
      lastSequence: 9,
    });
    expect([...state.folded]).toEqual([`s/${grant}`]);
    expect([...state.intents.values()]).toEqual([{ sequence: 7, kind: "ending", grant, gateway: "main" }]);
  });

  it("does not take a change for done before it is, and leaves out the generations that were asked for in vain", () => {
    const its = facts(1);
    const { grant } = its;
    const active: RecordBody[] = [
      { type: "activation.intended", facts: its, end: at(100), leaseEnd: at(200) },
      { type: "activation.done", grant, activatedAt: at(1), observedEnd: at(200), worstCaseEnd: at(300) },
    ];
    const intended: RecordBody = { type: "change.intended", grant, generation: 1, leaseEnd: at(100) };
    const failed: RecordBody = { type: "change.failed", grant, generation: 1, detail: "500" };
    const again: RecordBody = { type: "change.intended", grant, generation: 2, leaseEnd: at(100) };
    const done: RecordBody = { type: "change.done", grant, generation: 2, observedEnd: at(100) };
    const seen = (...bodies: RecordBody[]) => {
      const { generation, nextGeneration, isLeaseUnsure } = foldOf(...active, ...bodies).grants.get(grant) ?? {};
      return [generation, nextGeneration, isLeaseUnsure];
    };
    expect(seen()).toEqual([0, undefined, undefined]);
    expect(seen(intended)).toEqual([0, undefined, true]);
    expect(seen(intended, failed)).toEqual([0, 2, true]);
    expect(seen(intended, failed, again)).toEqual([0, 2, true]);
    expect(seen(intended, failed, again, done)).toEqual([2, undefined, undefined]);
  });

  it("knows who approved a pending Grant and under which policy, until that is taken back", () => {
    const { grant, request } = facts(1);
    const tree = { kind: "rule", verdict: "met", sentence: "x", children: [] } as const;
    const approved = { grant, request, verdict: "approved", by: "people", approvers: ["lead"], tree } as const;
    const made: RecordBody = { type: "decision.made", decision: approved, policy: "b".repeat(64) };
    const approvedBy = { approvers: ["lead"], approvedBy: "people", policy: "b".repeat(64) };
    expect(foldOf(made).decisions?.get(grant)).toEqual(approvedBy);
    const waiting = { ...approved, verdict: "waiting", by: "nobody", approvers: [] } as const;
    expect(foldOf(made, { ...made, decision: waiting }).decisions?.size).toBe(0);
  });

  it("never takes up again what has ended or was rejected, also not in a recovery", () => {
    const its = facts(1);
    const again: RecordBody = { type: "activation.intended", facts: its, end: at(9), leaseEnd: at(9) };
    const adopted: RecordBody = { type: "recovery.adopted", facts: its, end: at(9), activatedAt: at(1), generation: 0 };
    const { grant } = its;
    const ended: RecordBody[] = [
      again,
      { type: "ending.done", grant, reason: "revoked", at: at(2), by, sessionsCut: 0, leaseStays: false },
      { type: "recovery.started", why: "old Log" },
    ];
    const rejected: RecordBody[] = [
      { type: "grant.rejected", facts: its, reason: "too late", detail: "" },
      { type: "recovery.started", why: "old Log" },
    ];
    for (const history of [ended, rejected]) {
      const done: RecordBody = {
        type: "activation.done",
        grant,
        activatedAt: at(1),
        observedEnd: at(9),
        worstCaseEnd: at(9),
      };
      for (const late of [again, adopted, done]) expect(() => foldOf(...history, late)).toThrow(/E600.*record [45]: /);
    }
    expect(() => foldOf(adopted)).toThrow("not recovering");
    expect(foldOf({ type: "recovery.started", why: "x" }, adopted).grants.get(grant)?.phase).toBe("active");
  });

  it("knows request names: merged, narrowed, removed, spent; a spent name stays spent, a removed one removed", () => {
    const merged = (added: string[], narrowed: string[], removed: string[]): RecordBody => ({
      type: "requests.merged",
      set: "c".repeat(64),
      by,
      added: added.map((name) => ({ name, digest: "1".repeat(64) })),
      narrowed: narrowed.map((name) => ({ name, digest: "2".repeat(64) })),
      removed,
    });
    const accepted: RecordBody = {
      type: "policy.accepted",
      manifest: "d".repeat(64),
      by,
      bootstrap: true,
      commit: "abc",
      spent: ["old"],
    };
    const state = foldOf(
      accepted,
      merged(["a", "b", "old"], [], []),
      merged([], ["a"], ["b"]),
      merged(["b"], [], []),
      { type: "request.refused", request: "a", why: "no", final: false },
      { type: "request.refused", request: "never", why: "no", final: true },
      { type: "recovery.started", why: "x" },
      { type: "recovery.completed", by, spent: ["b"] },
    );
    const one = "1".repeat(64);
    expect(Object.fromEntries(state.names)).toEqual({
      old: { digest: one, mergedAt: at(0), spent: true },
      a: { digest: "2".repeat(64), mergedAt: at(0), spent: false },
      b: { digest: one, mergedAt: at(0), removedAt: at(0), spent: true },
      never: { digest: "0".repeat(64), mergedAt: at(0), spent: true },
    });
    expect(state.policy).toEqual({ manifest: "d".repeat(64), at: at(0), by, commit: "abc", sequence: 2 });
    expect(state.requests).toEqual({ set: "c".repeat(64), at: at(0) });
    expect(state.recovering).toBeUndefined();
    expect(() => foldOf(merged([], ["x"], []))).toThrow("no request x");
    expect(() => foldOf(merged([], [], ["x"]))).toThrow("no request x");
  });

  it("knows a gateway's objects, and an outcome only after its intent", () => {
    const subject = { kind: "user", name: "dev@example.com" } as const;
    const value = { kind: "user", name: "dev@example.com" } as unknown as never;
    const about = { gateway: "main", subject } as const;
    const intended: RecordBody = { type: "configuration.intended", ...about, value };
    const done: RecordBody = { type: "configuration.done", ...about, value, ref: "7", secretsUpdatedAt: "x" };
    expect(() => foldOf(done)).toThrow("no change of main:user:dev@example.com is pending");
    const state = foldOf(intended, done);
    expect(state.objects.get("main:user:dev@example.com")).toEqual({
      ...about,
      value,
      ref: "7",
      secretsUpdatedAt: "x",
    });
    expect(state.intents.size).toBe(0);
    const failed: RecordBody = { type: "configuration.failed", ...about, detail: "no" };
    expect(foldOf(intended, failed).objects.size).toBe(0);
    const gone = foldOf(intended, done, { ...intended, value: null }, { ...done, value: null });
    expect(gone.objects.size).toBe(0);
    expect(foldOf(intended).intents.get("configuration:main:user:dev@example.com")).toMatchObject({ sequence: 2 });
  });

  it("knows waivers, the freeze, approvals and drift, and lifts only what is there", () => {
    const optOut = { id: "o", person: "me", from: { kind: "class", class: "high" }, by, at: at(0) } as const;
    const approval = {
      request: "r",
      person: "p",
      by,
      at: at(0),
      source: "local",
      items: [],
      policy: "e".repeat(64),
    } as const;
    const state = foldOf(
      { type: "optout.set", optOut, spool: "s1" },
      { type: "freeze.set", by, note: "first", spool: "s2" },
      { type: "freeze.set", by, note: "second" },
      { type: "approval.given", approval },
      { type: "approval.given", approval: { ...approval, person: "q" } },
      { type: "drift.seen", gateway: "main", sentences: ["x"] },
      { type: "removals.confirmed", count: 3, by },
    );
    expect(state.optOuts.get("o")).toEqual(optOut);
    expect(state.frozen).toEqual({ by, at: at(0), note: "first" });
    expect(state.approvals.get("r")?.map(({ person }) => person)).toEqual(["p", "q"]);
    expect(state.drift.get("main")).toEqual(["x"]);
    expect([...state.folded]).toEqual(["s1", "s2"]);
    const lifted = foldOf({ type: "optout.set", optOut }, { type: "optout.lifted", id: "o", by });
    expect(lifted.optOuts.size).toBe(0);
    expect(foldOf({ type: "freeze.set", by, note: "x" }, { type: "freeze.lifted", by }).frozen).toBeUndefined();
    expect(() => foldOf({ type: "optout.lifted", id: "o", by })).toThrow("no opt-out o");
    expect(() => foldOf({ type: "freeze.lifted", by })).toThrow("nothing is frozen");
    expect(() => foldOf({ type: "recovery.completed", by, spent: [] })).toThrow("not recovering");
  });

  it("takes an epoch once, and only the one of its record", () => {
    const taken = (epoch: number): RecordBody => ({ type: "epoch.taken", epoch, holder: "h" });
    const state = begun();
    const fold = (epoch: number, body: RecordBody): void =>
      chainRecords(state.head, epoch, at(0), [body]).forEach((record) => foldRecord(state, record));
    fold(1, taken(1));
    fold(4, taken(4));
    expect(state.epoch).toBe(4);
    expect(() => fold(4, taken(4))).toThrow("epoch 4 was there before");
    expect(() => fold(6, taken(5))).toThrow("epoch 5 is taken in a record of epoch 6");
  });

  it("remembers the latest time, whatever the clock does", () => {
    const state = begun();
    for (const second of [50, 20]) {
      chainRecords(state.head, 1, at(second), [{ type: "recovery.started", why: "x" }]).forEach((record) =>
        foldRecord(state, record),
      );
    }
    expect(state.lastTime).toBe(at(50));
    expect(state.recovering?.since).toBe(at(50));
  });
});

function bodiesOf(its: (typeof grants)[number], end: string, generation: number, coin: boolean): RecordBody[] {
  const { grant } = its;
  return [
    { type: "activation.intended", facts: its, end, leaseEnd: end },
    { type: "activation.done", grant, activatedAt: at(1), observedEnd: end, worstCaseEnd: end },
    { type: "activation.failed", grant, detail: "500", retry: coin },
    { type: "change.intended", grant, generation, leaseEnd: end, ...(coin ? { end } : {}) },
    { type: "change.done", grant, generation, observedEnd: end },
    { type: "change.failed", grant, generation, detail: "500" },
    { type: "ending.intended", grant, reason: coin ? "revoked" : "given back", by },
    { type: "ending.done", grant, reason: "expired", at: at(2), by, sessionsCut: 0, leaseStays: coin },
    { type: "ending.refused", grant, day: "2026-11-25", detail: "500" },
    { type: "grant.rejected", facts: its, reason: "too late", detail: "" },
  ];
}

function grantIn(body: RecordBody): string {
  if ("facts" in body) return body.facts.grant;
  return "grant" in body && body.grant !== undefined ? body.grant : "";
}

/** What the fold says of a Grant, in the reference's words. */
function seenOf(state: FoldState, id: string): ReferenceGrant {
  const grant = state.grants.get(id);
  const open = [...state.intents.values()].filter((intent) => intent.grant === id);
  const words = open.map(({ kind, generation }) => (kind === "change" ? `change ${generation}` : kind));
  const reason = grant?.endReason ?? grant?.rejectReason;
  return {
    phase: grant?.phase ?? "unmet",
    generation: grant?.generation ?? 0,
    ...(grant?.end === undefined ? {} : { end: grant.end }),
    open: words,
    ending: grant?.ending !== undefined,
    ...(reason === undefined ? {} : { endReason: reason }),
  };
}

function folds(state: FoldState, body: RecordBody): boolean {
  const [record] = chainRecords(state.head, 1, at(0), [body]);
  try {
    foldRecord(state, record!);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: "E600" });
    return false;
  }
}

/** Why the fold refuses a record; undefined when it takes it. */
function refusalOf(state: FoldState, record: LogRecord): string | undefined {
  try {
    foldRecord(state, record);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function begun(): FoldState {
  const state = emptyState();
  for (const record of chainRecords(undefined, 1, at(0), [opened])) foldRecord(state, record);
  return state;
}

function foldOf(...bodies: readonly RecordBody[]): LogState {
  return foldAll(chainRecords(undefined, 1, at(0), [opened, ...bodies]));
}

/** A state as JSON can say it; the order of maps is not part of it. */
function plain(state: LogState): unknown {
  const entries = Object.entries(state).filter(([name]) => name !== "words" && name !== "undo");
  return Object.fromEntries(entries.toSorted().map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (value instanceof Map) return [...(value as Map<string, unknown>)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return value instanceof Set ? [...value].toSorted() : value;
}
