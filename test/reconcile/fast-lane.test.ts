/** The fast lane: endings need nobody's permission. */
import { failure } from "../../lib/errors";
import { freeze, thaw } from "../../lib/reconcile";
import type { LogStore, Provider } from "../../lib/ports";
import { disagreements } from "./support/agreement";
import { House, operator } from "./support/house";
import { gateway, request, rules } from "./support/rules";

const full = () => Promise.reject(failure("E603", { detail: "no space left on device", fix: "free some space" }));

test("a giving back ends access and its live session at once, and is recorded when nobody holds the Log", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  const session = house.session()!;
  const report = await house.end({ select: { kind: "grants", grants: [id] } });
  expect(report).toMatchObject({ exitCodes: [], durable: true, stillHeld: [] });
  expect([house.isIn(), session.closedAt]).toEqual([false, Date.parse(house.clock.now())]);
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "given back", endedBy: operator });
  expect(await house.store.readSpool()).toEqual([]);
  const records = house.store.lines.length;
  await house.pass();
  expect(house.store.lines).toHaveLength(records);
});

test("it works while another process holds the Log: through the spool, exit 0, recorded by the next pass", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  const writer = await house.store.takeEpoch({ holder: "another", waitMs: 0 });
  const report = await house.end({ select: { kind: "grants", grants: [id] } });
  expect(report).toMatchObject({ exitCodes: [], durable: true });
  expect(house.isIn()).toBe(false);
  await writer.release();
  await house.pass();
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "given back", endedBy: operator });
});

test("it works with a full disk: the effect happens, exit 7, and a later pass records it", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  const store: LogStore = { ...house.store, read: house.store.read, addToSpool: full, takeEpoch: full };
  const report = await house.end({ store, select: { kind: "grants", grants: [id] } });
  expect(house.isIn()).toBe(false);
  expect(report.durable).toBe(false);
  expect(report.exitCodes).toContain(7);
  await house.pass();
  expect((await house.grant(id))?.phase).toBe("ended");
});

test("what has not begun and could not be written down is not called kept from starting", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  const store: LogStore = { ...house.store, addToSpool: full };
  const report = await house.end({ store, select: { kind: "request", request: "first" } });
  expect(report).toMatchObject({ durable: false, neverStart: [], exitCodes: [10] });
  expect(report.errors.map(({ code, detail }) => [code, detail?.includes(house.id("first"))])).toContainEqual([
    "E603",
    true,
  ]);
  await house.pass();
  expect(house.isIn()).toBe(true);
});

test("it works with a Log that cannot be read: from what the gateways show", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  const unreadable = async function* read(): AsyncGenerator<readonly string[]> {
    yield ["this is no record"];
  };
  const store: LogStore = { ...house.store, read: unreadable };
  const report = await house.end({ store, select: { kind: "who", person: "alice@x.test" } });
  expect(house.isIn()).toBe(false);
  expect(report.exitCodes).toContain(9);
  await house.pass();
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "given back" });
});

test("a gateway that refuses is told aloud, and the ending stays until it is done", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  house.faults = (call) => (call.name === "apply" ? { kind: "refuse", because: "passing" } : undefined);
  const report = await house.end({ select: { kind: "grants", grants: [id] } });
  expect(report.exitCodes).toContain(8);
  expect(report.durable).toBe(true);
  house.faults = undefined;
  await house.pass();
  expect((await house.grant(id))?.phase).toBe("ended");
});

test("an opt-out ends what it covers though an ending for another reason is under way, and in nobody's hands", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  house.faults = (call) => (call.name === "apply" ? { kind: "refuse", because: "passing" } : undefined);
  await house.end({ select: { kind: "grants", grants: [id] } });
  await house.pass();
  house.faults = undefined;
  expect([house.isIn(), (await house.grant(id))?.ending?.reason]).toEqual([true, "given back"]);
  const report = await house.optOut("reading");
  expect(report.outcomes).toMatchObject([{ kind: "ended", grant: id, reason: "given back" }]);
  expect(house.isIn()).toBe(false);
});

test.each([
  [{ kind: "who", person: "alice@x.test" }, [false, true, false]],
  [{ kind: "on", subject: "orders" }, [false, false, true]],
  [{ kind: "on", subject: "cache/read" }, [true, true, false]],
  [{ kind: "all" }, [false, false, false]],
] as const)("%j ends what it names and nothing else", async (select, left) => {
  const house = await House.open();
  await house.merge(request("a"), request("b", { for: ["bob@x.test"] }), request("c", { access: ["cache/read"] }));
  await house.apply();
  await house.end({ select });
  expect([house.isIn(), house.isIn("bob@x.test"), house.isIn("alice@x.test", "cache-read")]).toEqual(left);
  await house.pass();
  expect(await disagreements(house)).toEqual([]);
});

test("`all` also ends what a stopped writer left at a gateway", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  house.faults = (call) => (call.name === "apply" && call.effect.kind === "hold" ? { kind: "unanswered" } : undefined);
  await house.pass();
  house.faults = undefined;
  expect(house.isIn()).toBe(true);
  await house.end({ select: { kind: "all" } });
  expect(house.isIn()).toBe(false);
});

test("a name that means nothing is a mistake; a person without access is not", async () => {
  const house = await House.open();
  await expect(house.end({ select: { kind: "grants", grants: ["a".repeat(26)] } })).rejects.toMatchObject({
    code: "E608",
  });
  await expect(house.end({ select: { kind: "request", request: "none" } })).rejects.toMatchObject({ code: "E608" });
  expect((await house.end({ select: { kind: "who", person: "bob@x.test" } })).outcomes).toEqual([]);
});

test("one of two grants of a pair given back cuts nobody; the report names what still holds", async () => {
  const house = await House.open();
  await house.merge(request("long", { durationSeconds: 7200 }), request("short"));
  await house.apply();
  const session = house.session()!;
  const report = await house.end({ select: { kind: "request", request: "long" } });
  expect(report.stillHeld.map((grant) => grant.facts.request)).toEqual(["short"]);
  expect(report.exitCodes).toEqual([]);
  expect([house.isIn(), session.closedAt]).toEqual([true, undefined]);
  expect((await house.grant(house.id("long")))?.phase).toBe("ended");
  // The gateway itself now holds no longer than the one that goes on.
  const held = house.world.leases.filter((row) => row.state === "approved");
  expect(held.map((row) => new Date(row.endsAt).toISOString())).toEqual(["2026-03-01T09:00:00.000Z"]);
  house.clock.advanceSeconds(3600);
  await house.pass();
  expect(house.isIn()).toBe(false);
  expect(await disagreements(house)).toEqual([]);
});

test("an ending that arrives while a grant is on its way is undone before it is recorded as started", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"), request("other", { for: ["bob@x.test"] }));
  const id = house.id("first");
  const inner = house.provider();
  const provider: Provider = {
    ...inner,
    async *apply(effects, options) {
      for await (const outcome of inner.apply(effects, options)) {
        if (outcome.kind === "held" && outcome.lease.correlation?.grant === id) {
          const body = { kind: "end", grants: [id], reason: "given back", by: operator } as const;
          await house.store.addToSpool({ id: "race", at: house.clock.now(), body });
        }
        yield outcome;
      }
    },
  };
  await house.pass({ providers: new Map([[gateway, provider]]) });
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([false, true]);
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "given back" });
  expect(await house.store.readSpool()).toEqual([]);
});

test("the spool is read before a grant is asked for, and again before it is recorded as started", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  const order: string[] = [];
  const store: LogStore = {
    ...house.store,
    read: house.store.read,
    readSpool: () => {
      order.push("spool");
      return house.store.readSpool();
    },
    takeEpoch: async (options) => {
      const writer = await house.store.takeEpoch(options);
      return {
        ...writer,
        append: (head, records) => {
          order.push(...records.map((record) => record.body.type));
          return writer.append(head, records);
        },
      };
    },
  };
  house.faults = (call) => {
    if (call.name === "apply") order.push(call.effect.kind);
    return undefined;
  };
  await house.pass({ store });
  const told = order.filter((one) => ["spool", "activation.intended", "hold", "activation.done"].includes(one));
  expect(told.join(" ")).toContain("spool activation.intended hold spool activation.done");
});

test("an ending that arrives after the last batch was recorded is carried out before the pass is over", async () => {
  const house = await House.open();
  await house.apply();
  await house.merge(request("first"));
  const body = { kind: "end", grants: [house.id("first")], reason: "given back", by: operator } as const;
  const store: LogStore = {
    ...house.store,
    read: house.store.read,
    takeEpoch: async (options) => {
      const writer = await house.store.takeEpoch(options);
      return {
        ...writer,
        append: async (head, records) => {
          const isDone = records.some((record) => record.body.type === "activation.done");
          if (isDone) await house.store.addToSpool({ id: "late", at: house.clock.now(), body });
          return writer.append(head, records);
        },
      };
    },
  };
  await house.pass({ store });
  expect(house.isIn()).toBe(false);
  expect(await house.grant(house.id("first"))).toMatchObject({ phase: "ended", endReason: "given back" });
});

test("an ending of what nobody knows stops nothing, and is forgotten when nothing could start by it any more", async () => {
  const house = await House.open();
  await house.apply();
  const body = { kind: "end", grants: ["b".repeat(26)], reason: "revoked", by: operator } as const;
  await house.store.addToSpool({ id: "strange", at: house.clock.now(), body });
  await house.merge(request("first"));
  expect((await house.pass()).exitCodes).toEqual([]);
  expect(await house.store.readSpool()).toHaveLength(1);
  expect(house.isIn()).toBe(true);
  house.clock.advanceSeconds(house.manifest.limits.startWithinSeconds + 1);
  await house.pass();
  expect(await house.store.readSpool()).toEqual([]);
});

test("what was given back before it began stays away though the policy refuses it for a while in between", async () => {
  const house = await House.open();
  await house.merge(request("first", { access: ["orders/write"] }));
  await house.end({ select: { kind: "request", request: "first" } });
  const usual = house.manifest;
  house.manifest = rules({ rules: usual.rules.filter((one) => one.name !== "writing") });
  await house.accept();
  await house.pass();
  house.manifest = usual;
  await house.accept();
  await house.approve("first").catch(() => undefined);
  await house.pass();
  expect(house.isIn("alice@x.test", "orders-write")).toBe(false);
  const id = house.id("first", "alice@x.test", "orders/write");
  expect(await house.grant(id)).toMatchObject({ phase: "rejected", rejectReason: "given back" });
});

test("a freeze stops new access at once and no ending, until it is thawed", async () => {
  const house = await House.open();
  await house.merge(request("first"));
  await house.apply();
  await freeze({ ...house.parts(), by: operator, note: "incident 4711" });
  await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
  house.clock.advanceSeconds(3600);
  const report = await house.apply();
  expect(report.waiting.map((one) => one.why)).toEqual(["frozen"]);
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([false, false]);
  expect((await house.state()).frozen?.note).toBe("incident 4711");
  expect(await thaw({ ...house.parts(), by: operator })).toEqual({ wasFrozen: true });
  await house.pass();
  expect(house.isIn("bob@x.test")).toBe(true);
  expect(await thaw({ ...house.parts(), by: operator })).toEqual({ wasFrozen: false });
});

test("a freeze that arrives between two batches stops the next one", async () => {
  const house = await House.open();
  await house.apply();
  const people = Array.from({ length: 30 }, (_, index) => `p${index}@x.test`);
  house.manifest = {
    ...house.manifest,
    users: [...house.manifest.users, ...people.map((email) => ({ email }))],
    groups: house.manifest.groups.map((one) => (one.name === "devs" ? { ...one, members: people } : one)),
  };
  await house.accept();
  await house.apply();
  await house.merge(request("many", { for: people }));
  let held = 0;
  const inner = house.provider();
  const provider: Provider = {
    ...inner,
    async *apply(effects, options) {
      for await (const outcome of inner.apply(effects, options)) {
        if (outcome.kind === "held" && (held += 1) === 3)
          await freeze({ ...house.parts(), by: operator, note: "stop" });
        yield outcome;
      }
    },
  };
  await house.pass({ providers: new Map([[gateway, provider]]) });
  expect(held).toBe(8);
});

test("a giving back between the spool's first reading and the look at the gateway keeps its reason and its actor", async () => {
  const house = await House.open();
  const id = await house.withAlice();
  const provider = house.provider();
  let isGivenBack = false;
  const racing = {
    ...provider,
    observe: async () => {
      // Another process gives it back while the pass, which holds the Log, has read the spool already.
      if (!isGivenBack) await house.end({ select: { kind: "grants", grants: [id] }, by: operator });
      isGivenBack = true;
      return provider.observe();
    },
  };
  await house.pass({ providers: new Map([[provider.gateway, racing]]) });
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "given back", endedBy: operator });
});

test("a giving back of what starts while it is looked for is recorded under who gave it back, not as ended outside", async () => {
  const house = await House.open();
  await house.apply();
  const provider = house.provider();
  let isStarted = false;
  const observe = async () => {
    if (!isStarted) {
      isStarted = true;
      await house.merge(request("first"));
      await house.pass();
    }
    return await provider.observe();
  };
  const id = house.id("first");
  const providers = new Map<string, Provider>([[gateway, { ...provider, observe }]]);
  const report = await house.end({ select: { kind: "grants", grants: [id] }, providers });
  expect([report.exitCodes, house.isIn()]).toEqual([[], false]);
  await house.pass();
  expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "given back", endedBy: operator });
  expect(await house.store.readSpool()).toEqual([]);
});
