/** Configuration, plan files, dry runs and interruptions of a pass. */
import { manifestDigest } from "../../lib/model/manifest";
import { actionKey } from "../../lib/plan";
import type { Provider } from "../../lib/ports";
import { disagreements } from "./support/agreement";
import { House } from "./support/house";
import { connection, gateway, request, rules } from "./support/rules";

test("without a policy in force an apply refuses, and says how to accept one", async () => {
  const house = new House();
  const report = await house.apply();
  expect(report.errors.map((one) => one.code)).toEqual(["E305"]);
  expect(report.exitCodes).toEqual([5]);
  expect((await house.pass()).exitCodes).toEqual([]);
});

test("while the working tree's rules are not the accepted ones, endings go on and nothing widens", async () => {
  const house = await House.open();
  await house.merge(request("first"));
  await house.apply();
  await house.merge(request("second", { for: ["bob@x.test"] }));
  const report = await house.apply({ workingTree: manifestDigest(rules({ protected: ["group:devs"] })) });
  expect(report.exitCodes).toEqual([5]);
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([false, false]);
  expect((await house.apply({ workingTree: manifestDigest(house.manifest) })).exitCodes).toEqual([]);
  expect(house.isIn("bob@x.test")).toBe(true);
});

test("a Connection whose secret is missing fails alone, with exit 7, and is written once the secret is there", async () => {
  const secret = { ...connection("orders", "read"), secrets: { password: "${env:ORDERS}" } };
  const house = await House.open({
    manifest: rules({ connections: [connection("cache", "read"), secret, connection("orders", "write")] }),
  });
  const secrets = { resolve: () => Promise.reject(new Error("missing")) };
  const report = await house.apply({ secrets });
  expect(report.exitCodes).toEqual([7]);
  expect(house.world.objects.has("connection:cache-read")).toBe(true);
  expect(house.world.objects.has("connection:orders-read")).toBe(false);
  expect(JSON.stringify(house.store.lines)).not.toContain("value of");
  expect((await house.apply()).exitCodes).toEqual([]);
  expect(house.world.objects.has("connection:orders-read")).toBe(true);
});

test("a plan file is carried out as it stands, and nothing outside it but endings", async () => {
  const house = await House.open();
  await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
  const { plan } = await house.apply({ dryRun: true });
  const only = new Set(
    plan!.actions
      .filter((action) => action.family === "configuration" || action.subject.request === "first")
      .map(actionKey),
  );
  await house.apply({ only });
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([true, false]);
});

test("a plan file whose base moved is refused, and endings are carried out all the same", async () => {
  const house = await House.open();
  await house.merge(request("short", { for: ["bob@x.test"], durationSeconds: 60 }));
  await house.apply();
  await house.merge(request("short", { for: ["bob@x.test"], durationSeconds: 60 }), request("first"));
  const { plan } = await house.apply({ dryRun: true });
  await house.merge(request("short", { for: ["bob@x.test"], durationSeconds: 60 }), request("first"), request("third"));
  house.clock.advanceSeconds(60);
  const report = await house.apply({ planned: plan! });
  expect(report.exitCodes).toContain(6);
  expect([house.isIn("alice@x.test"), house.isIn("bob@x.test")]).toEqual([false, false]);
  const fresh = (await house.apply({ dryRun: true })).plan!;
  expect((await house.apply({ planned: fresh })).exitCodes).toEqual([]);
  expect(house.isIn("alice@x.test")).toBe(true);
});

test("a dry run tells what a pass would do, and writes nothing anywhere", async () => {
  const house = await House.open();
  await house.withAlice();
  await house.merge(request("first"), request("second", { for: ["bob@x.test"] }));
  house.clock.advanceSeconds(3600);
  const before = [house.store.lines.length, JSON.stringify(house.world.leases), (await house.state()).epoch];
  const report = await house.pass({ dryRun: true });
  expect(report.outcomes.map((one) => `${one.kind} ${one.result} ${one.person}`)).toEqual([
    "ended planned alice@x.test",
    "activated planned bob@x.test",
  ]);
  expect([house.store.lines.length, JSON.stringify(house.world.leases), (await house.state()).epoch]).toEqual(before);
  expect([report.recorded, report.effects]).toEqual([0, 0]);
});

test("an interruption finishes the calls in flight, records them, says what is left, and exits 130", async () => {
  const house = await House.open();
  await house.apply();
  const people = ["alice", "bob", "dora"].map((name) => `${name}@x.test`);
  await house.merge(request("first", { for: people }), request("second", { for: people, access: ["cache/read"] }));
  const stop = new AbortController();
  const inner = house.provider();
  const provider: Provider = {
    ...inner,
    async *apply(effects, options) {
      for await (const outcome of inner.apply(effects, options)) {
        if (outcome.kind === "held") stop.abort();
        yield outcome;
      }
    },
  };
  const report = await house.pass({ providers: new Map([[gateway, provider]]), signal: stop.signal });
  expect(report.exitCodes).toContain(130);
  expect(report.left).toBeGreaterThan(0);
  expect(report.outcomes.filter((one) => one.kind === "activated" && one.result === "done")).toHaveLength(1);
  await house.pass();
  expect(await disagreements(house)).toEqual([]);
  expect((await house.state()).grants.size).toBe(6);
});

test("a person, a Connection or a rule that the policy no longer has ends what was given under it", async () => {
  for (const manifest of [
    rules({ groups: rules().groups.map((one) => (one.name === "devs" ? { ...one, members: ["bob@x.test"] } : one)) }),
    rules({ rules: rules().rules.filter((one) => one.name !== "reading") }),
  ]) {
    const house = await House.open();
    const id = await house.withAlice();
    house.manifest = manifest;
    await house.accept();
    await house.apply();
    expect(house.isIn()).toBe(false);
    expect(await house.grant(id)).toMatchObject({ phase: "ended", endReason: "no longer eligible" });
  }
});

test("a write whose answer was lost is settled by what stands there, also of Connections with secrets", async () => {
  const secret = { ...connection("orders", "read"), secrets: { password: "${env:ORDERS}" } };
  const house = await House.open({
    manifest: rules({ connections: [connection("cache", "read"), secret, connection("orders", "write")] }),
  });
  house.faults = (call) => (call.name === "apply" ? { kind: "unanswered" } : undefined);
  await house.apply();
  house.faults = undefined;
  await house.apply();
  expect((await house.state()).intents.size).toBe(0);
  const report = await house.apply();
  expect([report.recorded, report.effects]).toEqual([0, 0]);
  expect((await house.state()).objects.get(`${gateway}:connection:orders-read`)?.value).toMatchObject({
    secrets: { password: "${env:ORDERS}" },
  });
});
