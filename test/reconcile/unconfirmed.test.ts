/** Promise 10 where two Grants share a pair: what a crash left of one is not taken away with the other. */
import { failure } from "../../lib/errors";
import type { Clock, EffectOutcome, LogStore, Provider } from "../../lib/ports";
import { disagreements } from "./support/agreement";
import { House } from "./support/house";
import { gateway, request } from "./support/rules";
import { dyingBefore, gated } from "./support/writers";

const short = request("short", { durationSeconds: 600 });
const long = request("long", { durationSeconds: 7200 });

test("an ending spares the Lease that a crash left without a record for another Grant of the pair", async () => {
  const house = await halfActivated();
  house.clock.advanceSeconds(540);
  const report = await house.pass();
  expect(report.outcomes.map((one) => `${one.kind} ${one.request} ${one.result}`)).toEqual([
    "activated long done",
    "ended short done",
  ]);
  expect(await house.grant(house.id("long"))).toMatchObject({ phase: "active", generation: 0 });
  expect(await disagreements(house)).toEqual([]);
});

test("a Lease that changes hands spares it too", async () => {
  const house = await House.open();
  const middle = request("middle", { durationSeconds: 1200 });
  await house.merge(middle, short);
  await house.apply();
  await house.merge(long, middle, short);
  await house.pass({ store: dyingBefore(house.store, "activation.done") });
  house.clock.advanceSeconds(600);
  await house.pass();
  expect((await house.grant(house.id("long")))?.phase).toBe("active");
  expect(await disagreements(house)).toEqual([]);
});

test("giving one back while another writer activates a Grant of the same pair leaves that one its Lease", async () => {
  const house = await withTwo();
  const gate = gated(house.provider(), "after");
  const writing = house.pass({ providers: new Map([[gateway, gate.provider]]) });
  await gate.reached;
  const given = await house.end({ select: { kind: "request", request: "short" } });
  expect(given.outcomes).toMatchObject([{ kind: "ended", request: "short", leaseStays: true }]);
  gate.go();
  await writing;
  await house.pass();
  expect((await house.grant(house.id("short")))?.endReason).toBe("given back");
  expect((await house.grant(house.id("long")))?.phase).toBe("active");
  expect(await disagreements(house)).toEqual([]);
});

test("one whose Lease another writer has taken over and not yet taken away is out when that is done", async () => {
  const house = await withTwo();
  const { writing, older, go } = await halfTakenOver(house);
  const clock: Clock = {
    now: () => house.clock.now(),
    monotonicMs: () => house.clock.monotonicMs(),
    sleep: async () => void (older.state = "removed"),
  };
  const given = await house.end({ select: { kind: "request", request: "short" }, clock });
  expect(given.outcomes).toMatchObject([{ kind: "ended", request: "short", leaseStays: true }]);
  expect(older.state).toBe("removed");
  go();
  await writing;
  expect((await house.grant(house.id("long")))?.phase).toBe("active");
});

test("where that is never done nobody is told to be out, and the next writer does it", async () => {
  const house = await withTwo();
  const { writing, older, go } = await halfTakenOver(house, dyingBefore(house.store, "activation.done"));
  const given = await house.end({ select: { kind: "request", request: "short" } });
  expect(given.outcomes).toEqual([]);
  expect(given.overdue).toMatchObject([{ person: "alice@x.test" }]);
  expect((await house.grant(house.id("short")))?.phase).toBe("active");
  go();
  await writing;
  await house.pass();
  expect((await house.grant(house.id("short")))?.endReason).toBe("given back");
  expect(older.state).not.toBe("approved");
  expect((await house.grant(house.id("long")))?.phase).toBe("active");
  expect(await disagreements(house)).toEqual([]);
});

test("what never came to its gateway is not in the way of an ending, and starts in the same pass", async () => {
  const house = await withTwo();
  const deaf: Provider = { ...house.provider(), apply: () => nothing() };
  await house.pass({ providers: new Map([[gateway, deaf]]) });
  expect((await house.grant(house.id("long")))?.phase).toBe("activating");
  house.clock.advanceSeconds(540);
  await house.pass();
  expect((await house.grant(house.id("short")))?.endReason).toBe("expired");
  expect((await house.grant(house.id("long")))?.phase).toBe("active");
  expect(await disagreements(house)).toEqual([]);
});

test("a gateway that cannot be looked at holds up no ending", async () => {
  const house = await halfActivated();
  house.clock.advanceSeconds(540);
  const blind: Provider = {
    ...house.provider(),
    observe: () => Promise.reject(failure("E500", { detail: "no answer", fix: "run it again" })),
  };
  const report = await house.pass({ providers: new Map([[gateway, blind]]), scope: "endings" });
  expect(report.outcomes).toMatchObject([{ kind: "ended", request: "short" }]);
  expect(house.isIn()).toBe(false);
});

test("a Lease that its gateway let run out a moment before the Grant's end was ended by nobody", async () => {
  const house = await House.open();
  await house.merge(short);
  await house.apply({ store: dyingBefore(house.store, "activation.done"), providers: slow(house) });
  house.clock.jump(599_100);
  const report = await house.pass();
  expect(report.outcomes.map((one) => `${one.kind} ${one.request}`)).toEqual(["activated short"]);
  house.clock.jump(400);
  await house.pass();
  expect((await house.grant(house.id("short")))?.endReason).toBe("expired");
  expect(await disagreements(house)).toEqual([]);
});

test("nor was it where another Grant of the pair was to follow and never came to its gateway", async () => {
  const house = await House.open();
  await house.merge(short);
  await house.apply({ providers: slow(house) });
  await house.merge(long, short);
  const deaf: Provider = { ...house.provider(), apply: () => nothing() };
  await house.apply({ providers: new Map([[gateway, deaf]]) });
  house.clock.jump(599_100);
  await house.pass();
  house.clock.jump(400);
  await house.pass();
  expect((await house.grant(house.id("short")))?.endReason).toBe("expired");
  expect((await house.grant(house.id("long")))?.phase).toBe("active");
  expect(await disagreements(house)).toEqual([]);
});

/** A house where `short` is active since a minute ago, and `long` of the same pair is merged. */
async function withTwo(): Promise<House> {
  const house = await House.open();
  await house.merge(short);
  await house.apply();
  house.clock.advanceSeconds(60);
  await house.merge(long, short);
  return house;
}

/** The same, where the process died after `long` had come to the gateway and before that was recorded. */
async function halfActivated(): Promise<House> {
  const house = await withTwo();
  await house.pass({ store: dyingBefore(house.store, "activation.done") });
  expect((await house.grant(house.id("long")))?.phase).toBe("activating");
  return house;
}

/** `house` while a writer has come half way: the Lease of `long` stands, and it has not taken that of `short` away. */
async function halfTakenOver(house: House, store: LogStore = house.store) {
  const older = house.world.leases[0]!;
  const { provider, reached, go } = gated(house.provider(), "after");
  const writing = house.pass({ providers: new Map([[gateway, provider]]), store });
  await reached;
  older.state = "approved";
  return { older, writing, go };
}

/** Half a second passes between an intent and its effect: the gateway then holds a second less of it. */
function slow(house: House): ReadonlyMap<string, Provider> {
  const inner = house.provider();
  const provider: Provider = {
    ...inner,
    async *apply(effects, options) {
      if (effects.some((effect) => effect.kind === "hold")) house.clock.jump(500);
      yield* inner.apply(effects, options);
    },
  };
  return new Map([[gateway, provider]]);
}

/** No outcome, and no effect. */
async function* nothing(): AsyncGenerator<EffectOutcome> {}
