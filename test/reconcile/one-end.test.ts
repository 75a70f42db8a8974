/** Promise 2: every grant ends, once. */
import * as fc from "fast-check";
import { epochMsOf, plusSeconds } from "../../lib/model/instant";
import { disagreements } from "./support/agreement";
import { memoryProvider } from "../../providers/memory/provider";
import { House, installation } from "./support/house";
import { automatic, gateway, request, rule, rules } from "./support/rules";

test("the duration counts from the activation, and the end is absolute", async () => {
  const house = await House.open();
  house.clock.advanceSeconds(1234);
  const id = await house.withAlice();
  const grant = await house.grant(id);
  expect(grant?.end).toBe(plusSeconds(house.clock.now(), 3600));
  house.clock.advance(3600 * 1000 - 1);
  await house.pass();
  expect((await house.grant(id))?.phase).toBe("active");
  house.clock.advance(1);
  await house.pass();
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "expired" });
});

test("it starts not before startAfter, and is rejected as too late from startBefore on", async () => {
  const house = await House.open();
  await house.merge(
    request("later", { startAfter: "2026-03-01T09:00:00.000Z" }),
    request("late", { for: ["bob@x.test"], access: ["orders/write"], startBefore: "2026-03-01T09:00:00.000Z" }),
  );
  const report = await house.apply();
  expect(report.waiting.map((one) => one.why)).toEqual(["starts later"]);
  expect(house.isIn()).toBe(false);
  house.clock.advanceSeconds(3600);
  await house.pass();
  expect(house.isIn()).toBe(true);
  expect(await house.grant(house.id("late", "bob@x.test", "orders/write"))).toMatchObject({
    phase: "rejected",
    rejectReason: "too late",
  });
});

test("the close of the rule's window ends it, and it starts only while the window is open", async () => {
  const house = await House.open({
    manifest: rules({
      rules: [
        {
          ...rule("reading", ["orders/read"], automatic),
          windows: [{ kind: "between", from: "2026-03-01T09:00:00.000Z", to: "2026-03-01T09:30:00.000Z" }],
        },
      ],
    }),
  });
  await house.merge(request("first"));
  expect((await house.apply()).waiting.map((one) => one.why)).toEqual(["window is closed"]);
  house.clock.advanceSeconds(3600);
  await house.pass();
  expect((await house.grant(house.id("first")))?.end).toBe("2026-03-01T09:30:00.000Z");
});

test("an intent that never reached the gateway is repeated under the same end, and asks only for what is left", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  house.faults = (call) => (call.name === "apply" && call.effect.kind === "hold" ? { kind: "drop" } : undefined);
  const first = await house.pass();
  expect(first.exitCodes).toEqual([7]);
  const intended = await house.grant(house.id("first"));
  expect(intended?.phase).toBe("activating");
  house.faults = undefined;
  house.clock.advanceSeconds(1000);
  await house.pass();
  const active = await house.grant(house.id("first"));
  expect(active).toMatchObject({ phase: "active", end: intended?.end });
  const lease = house.world.leases.at(-1)!;
  expect(lease.seconds).toBe(2600);
  expect(house.types().filter((type) => type === "activation.intended")).toHaveLength(1);
});

test("an intent that never reached the gateway is repeated under the earlier end of a request that was narrowed since", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  house.faults = (call) => (call.name === "apply" && call.effect.kind === "hold" ? { kind: "drop" } : undefined);
  await house.pass();
  const intended = await house.grant(house.id("first"));
  house.faults = undefined;
  await house.merge({ ...request("first"), durationSeconds: 1800 });
  house.clock.advanceSeconds(1000);
  await house.pass();
  expect(await house.grant(house.id("first"))).toMatchObject({
    phase: "active",
    end: plusSeconds(intended?.intendedAt ?? "", 1800),
  });
  expect(house.world.leases.at(-1)?.seconds).toBe(800);
  expect(await disagreements(house)).toEqual([]);
});

test("an intent that never reached the gateway is repeated with the Lease that its pair needs by then, and says so", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  house.faults = (call) => (call.name === "apply" && call.effect.kind === "hold" ? { kind: "drop" } : undefined);
  await house.pass();
  await house.merge(request("first"), request("longer", { durationSeconds: 7200 }));
  house.faults = (call) => {
    const isFirst =
      call.name === "apply" && call.effect.kind === "hold" && call.effect.metadata["leasehold_request"] === "first";
    return isFirst ? { kind: "drop" } : undefined;
  };
  await house.pass();
  house.faults = undefined;
  await house.pass();
  const first = await house.grant(house.id("first"));
  const longer = await house.grant(house.id("longer"));
  expect(first).toMatchObject({ phase: "active", leaseEnd: longer?.end });
  expect(await disagreements(house)).toEqual([]);
});

test("an intent that is repeated after the pair's Lease has got another name is recorded anew: the last asked for is what stands", async () => {
  const house = await House.open();
  const first = request("first", { durationSeconds: 7200 });
  await house.merge(request("other"));
  await house.apply();
  await house.merge(first, request("other"));
  house.faults = (call) => {
    const isFirst =
      call.name === "apply" && call.effect.kind === "hold" && call.effect.metadata["leasehold_request"] === "first";
    return isFirst ? { kind: "drop" } : undefined;
  };
  await house.pass();
  await house.merge(first, request("other", { durationSeconds: 1800 }));
  await house.pass();
  house.faults = undefined;
  await house.pass();
  const grants = [...(await house.state()).grants.values()].filter((one) => one.phase === "active");
  const [carrier] = grants.toSorted((a, b) => (b.heldSequence ?? 0) - (a.heldSequence ?? 0));
  const standing = house.world.leases.filter((one) => one.state === "approved");
  expect(grants).toHaveLength(2);
  expect(standing.map((one) => one.correlation)).toEqual([expect.stringContaining(carrier?.facts.grant ?? "none")]);
  expect(await disagreements(house)).toEqual([]);
});

test("an intent that never reached the gateway and whose end has passed is ended as never confirmed", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  house.faults = (call) => (call.name === "apply" && call.effect.kind === "hold" ? { kind: "drop" } : undefined);
  await house.pass();
  house.faults = undefined;
  house.clock.advanceSeconds(3600);
  const report = await house.pass();
  expect(report.exitCodes).toEqual([]);
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "ended", endReason: "never confirmed" });
  expect(house.world.leases).toEqual([]);
});

test("an effect that lands after everybody gave up on it is swept, and stays ended", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first", { durationSeconds: 600 }));
  const provider = memoryProvider({
    gateway,
    installation,
    world: house.world,
    faults: (call) =>
      call.name === "apply" && call.effect.kind === "hold" ? { kind: "late", after: 1000 } : undefined,
  });
  await house.pass({ providers: new Map([[gateway, provider]]) });
  await house.end({ select: { kind: "grants", grants: [house.id("first")] } });
  expect((await house.grant(house.id("first")))?.phase).toBe("ended");
  await provider.close();
  expect(house.isIn()).toBe(true);
  const report = await house.pass();
  expect(report.outcomes.map((one) => one.kind)).toEqual(["stray ended"]);
  expect(house.isIn()).toBe(false);
  await house.pass();
  expect(house.isIn()).toBe(false);
});

test("a merge of a request that was used before starts nothing, whatever the Log says", async () => {
  const house = await House.open();
  await house.withAlice();
  house.clock.advanceSeconds(3600);
  await house.pass();
  await house.merge();
  await house.merge(request("first"));
  const report = await house.apply();
  expect(report.outcomes.filter((one) => one.kind === "activated")).toEqual([]);
  expect(house.isIn()).toBe(false);
});

test("whatever is asked, at whatever time, access is there exactly from activation to end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          person: fc.constantFrom("alice@x.test", "bob@x.test"),
          seconds: fc.integer({ min: 60, max: 7200 }),
          at: fc.integer({ min: 0, max: 60 }),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      async (asked) => {
        const house = await House.open();
        await house.apply();
        const ends = new Map<string, number>();
        const steps = asked.map((one, index) => ({ ...one, name: `r${index}` })).toSorted((a, b) => a.at - b.at);
        const merged: ReturnType<typeof request>[] = [];
        for (const one of steps) {
          house.clock.jump(Math.max(0, one.at * 60_000 - elapsed(house)));
          merged.push(request(one.name, { for: [one.person], durationSeconds: one.seconds }));
          await house.merge(...merged);
          await house.pass();
          const end = epochMsOf(house.clock.now()) + one.seconds * 1000;
          ends.set(one.person, Math.max(ends.get(one.person) ?? 0, end));
          expect(await disagreements(house)).toEqual([]);
        }
        // A gateway counts whole seconds: it may be up to one second early.
        const now = epochMsOf(house.clock.now());
        const moments = [...ends.values()].flatMap((end) => [end - 1001, end]).filter((moment) => moment >= now);
        moments.sort((a, b) => a - b);
        for (const moment of moments) {
          house.clock.jump(moment - epochMsOf(house.clock.now()));
          await house.pass();
          for (const [person, end] of ends) {
            const isIn = moment <= end - 1001 || (moment < end && house.isIn(person));
            expect([person, house.isIn(person)]).toEqual([person, isIn]);
          }
          expect(await disagreements(house)).toEqual([]);
        }
      },
    ),
    { numRuns: 30 },
  );
});

function elapsed(house: House): number {
  return epochMsOf(house.clock.now()) - epochMsOf("2026-03-01T08:00:00.000Z");
}
