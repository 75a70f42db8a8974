/** Leases: at most one per person and Connection, as long as the pair's last Grant. */
import * as fc from "fast-check";
import type { Provider } from "../../lib/ports";
import { isSessionOpen } from "../../providers/memory/world";
import { disagreements } from "./support/agreement";
import { House } from "./support/house";
import { gateway, request } from "./support/rules";

test("a second grant of a pair takes the Lease over, and the first one's end needs nothing at the gateway", async () => {
  const house = await House.open();
  await house.merge(request("short", { durationSeconds: 600 }));
  await house.apply();
  const session = house.session()!;
  house.clock.advanceSeconds(60);
  await house.merge(request("short", { durationSeconds: 600 }), request("long"));
  await house.apply();
  expect(house.world.leases.filter((row) => row.state === "approved")).toHaveLength(1);
  house.clock.advanceSeconds(540);
  const report = await house.pass();
  expect(report.outcomes).toMatchObject([{ kind: "ended", leaseStays: true }]);
  expect(report.effects).toBe(0);
  expect(isSessionOpen(house.world, session)).toBe(true);
});

test("two grants of a pair that start in one pass are asked for one after the other, never at once", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("a"), request("b", { durationSeconds: 7200 }), request("c", { for: ["bob@x.test"] }));
  const calls: string[][] = [];
  const inner = house.provider();
  const provider: Provider = {
    ...inner,
    apply: (effects, options) => {
      calls.push(effects.flatMap((effect) => (effect.kind === "hold" ? [effect.person] : [])));
      return inner.apply(effects, options);
    },
  };
  await house.pass({ providers: new Map([[gateway, provider]]) });
  expect(calls.map((people) => people.toSorted())).toEqual([["alice@x.test", "bob@x.test"], ["alice@x.test"]]);
});

test("a shorter request shortens its Lease; nothing makes an active one longer", async () => {
  const house = await House.open();
  const id = await house.withAlice({ durationSeconds: 7200 });
  await house.merge(request("first", { durationSeconds: 1200 }));
  await house.apply();
  expect((await house.grant(id))?.end).toBe("2026-03-01T08:20:00.000Z");
  await house.merge(request("first", { durationSeconds: 7200 }));
  await house.apply();
  expect((await house.grant(id))?.end).toBe("2026-03-01T08:20:00.000Z");
  house.clock.advanceSeconds(1200);
  expect(house.isIn()).toBe(false);
});

test("a Grant that is shortened in a pass that lasts past its new end ends in that pass", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  house.clock.advanceSeconds(1190);
  await house.merge(request("first", { durationSeconds: 1200 }), request("slow", { for: ["bob@x.test"] }));
  house.faults = (call) => {
    if (call.name === "apply" && call.effect.kind === "hold" && call.effect.person === "bob@x.test")
      house.clock.advanceSeconds(20);
    return undefined;
  };
  await house.apply();
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "expired" });
});

test.each([{ kind: "refuse", because: "passing" }, { kind: "drop" }] as const)(
  "a change that did not happen is asked for again before anybody is told to be out: %j",
  async (fault) => {
    const house = await House.open();
    await house.merge(request("short", { durationSeconds: 1200 }), request("long"));
    await house.apply();
    let isTold = false;
    house.faults = ({ name }) => {
      const isFirst = name === "apply" && !isTold;
      isTold ||= isFirst;
      return isFirst ? fault : undefined;
    };
    const giveBack = () => house.end({ select: { kind: "grants", grants: [house.id("long")] } });
    expect((await giveBack()).exitCodes).not.toEqual([]);
    expect((await giveBack()).exitCodes).toEqual([]);
    expect((await house.grant(house.id("long")))?.phase).toBe("ended");
    house.clock.advanceSeconds(1200);
    expect(house.isIn()).toBe(false);
  },
);

test("a Lease that came and went without an answer is asked for under another name: its gateway makes none a second time", async () => {
  const house = await House.open();
  await house.merge(request("short", { durationSeconds: 1200 }), request("long"));
  await house.apply();
  house.faults = ({ name }) => (name === "apply" ? { kind: "unanswered" } : undefined);
  const giveBack = () => house.end({ select: { kind: "grants", grants: [house.id("long")] } });
  expect((await giveBack()).exitCodes).not.toEqual([]);
  house.faults = undefined;
  const [, longer, made] = house.world.leases;
  Object.assign(longer!, { state: "approved" });
  Object.assign(made!, { state: "removed" });
  expect((await giveBack()).exitCodes).not.toEqual([]);
  expect((await giveBack()).exitCodes).toEqual([]);
  house.clock.advanceSeconds(1200);
  expect(house.isIn()).toBe(false);
});

test("a Lease longer than a gateway holds at once is renewed in slices, and ends at its end", async () => {
  const house = await House.open();
  house.description = { maxSliceSeconds: 7200 };
  const id = await house.withAlice({ durationSeconds: 5 * 3600 });
  const session = house.session()!;
  for (let minute = 0; minute < 5 * 60; minute += 10) {
    expect([minute, house.isIn(), isSessionOpen(house.world, session)]).toEqual([minute, true, true]);
    expect((await house.pass()).exitCodes).toEqual([]);
    house.clock.advanceSeconds(600);
  }
  await house.pass();
  expect((await house.grant(id))?.phase).toBe("ended");
  expect(house.isIn()).toBe(false);
  expect(house.world.leases.length).toBeGreaterThan(2);
  expect(await disagreements(house)).toEqual([]);
});

test("an end that somebody moved at the gateway is put back when it is later", async () => {
  const house = await House.open();
  await house.withAlice();
  house.world.leases.at(-1)!.endsAt += 9_999_000;
  const report = await house.pass();
  expect(report.outcomes.map((one) => one.kind)).toEqual(["changed"]);
  house.clock.advanceSeconds(3600);
  expect(house.isIn()).toBe(false);
  expect(report.plan?.drift.map((item) => item.kind)).toContain("altered lease");
});

test("whatever overlaps, is given back, shortened and runs out: gateway and Log agree after every pass", async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("ask" as const), seconds: fc.integer({ min: 60, max: 4000 }) }),
    fc.record({ kind: fc.constant("give back" as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant("remove" as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 2000 }) }),
    fc.record({ kind: fc.constant("end at the gateway" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const house = await House.open();
      await house.apply();
      let merged: ReturnType<typeof request>[] = [];
      let count = 0;
      const gone = new Set<string>();
      for (const one of steps) {
        if (one.kind === "ask") merged = [...merged, request(`r${(count += 1)}`, { durationSeconds: one.seconds })];
        if (one.kind === "remove") merged = merged.filter((_, index) => index !== one.which);
        if (one.kind === "wait") house.clock.advanceSeconds(one.seconds);
        if (one.kind === "end at the gateway") for (const row of house.world.leases) row.state = "removed";
        await house.merge(...merged);
        if (one.kind === "give back") {
          const name = merged[one.which]?.name ?? "none";
          await house.end({ select: { kind: "request", request: name } }).catch(() => undefined);
        }
        await house.apply({ confirmRemovals: 1 });
        expect(await disagreements(house)).toEqual([]);
        for (const grant of (await house.state()).grants.values()) {
          if (gone.has(grant.facts.grant)) expect(grant.phase).not.toBe("active");
          if (grant.phase === "ended" || grant.phase === "rejected") gone.add(grant.facts.grant);
        }
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
