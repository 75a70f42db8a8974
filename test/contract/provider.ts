import type { GatewayObject } from "../../lib/model/gateway-object";
import { epochMsOf, plusSeconds } from "../../lib/model/instant";
import { correlationText } from "../../lib/model/lease";
import type { ObservedLease, ObservedState } from "../../lib/model/observed";
import type { EffectOutcome, Provider } from "../../lib/ports";
import {
  alice,
  applyAll,
  applyOne,
  bob,
  carol,
  configure,
  connection,
  end,
  gate,
  hold,
  installationB,
  prepare,
  read,
  remove,
  write,
} from "./fixtures";
import type { GatewayUnderTest } from "./gateway";

/** What a gateway cannot be asked for, with the reason in the name of the field. */
export interface ContractLimits {
  /** Its licence has room for no foreign guardrail besides ours. */
  readonly holdsOneGuardrail?: true;
  /** Time passes as it does, and lines would need a client of the gateway's own: tests of these are left out. */
  readonly hasNoLines?: true;
  /** Nothing is configured there, and it knows no users: levels are made by Terraform, and people become roles with their lease. */
  readonly holdsLeasesOnly?: true;
}

/**
 * The contract of Providers, held to one gateway: overlap, shorter-later, ending one of two, people of
 * a group, ending against activation, repeats, foreign objects, configuration, adoption.
 */
export function providerContract(
  name: string,
  start: () => Promise<GatewayUnderTest>,
  limits: ContractLimits = {},
): void {
  describe(`the contract of Providers, held to ${name}`, () => {
    let under: GatewayUnderTest;
    let provider: Provider;
    const withLines = limits.hasNoLines === true ? it.skip : it;
    const configured = limits.holdsLeasesOnly === true ? notAsked : it;
    const configuredWithLines = limits.hasNoLines === true ? it.skip : configured;
    const apply = (...effects: Parameters<typeof applyAll>[2]) => applyAll(under, provider, effects);
    const applied = (effect: Parameters<typeof applyOne>[2]) => applyOne(under, provider, effect);
    const leases = async (person = alice, target = read) => ofPair(await provider.observe(), person, target);

    beforeEach(async () => {
      under = await start();
      provider = under.provider();
      if (limits.holdsLeasesOnly !== true) await prepare(under, provider);
    });
    afterEach(async () => {
      await provider.close();
      await under.close();
    });

    describe("describing", () => {
      it("names gateway, version, kinds, principals and the installation on the gate", async () => {
        const description = await provider.describe();
        expect(description.gateway).toBe("prod");
        expect(description.installation).toBe(under.installation);
        expect(description.version).not.toBe("");
        expect(description.kinds).toContain(limits.holdsLeasesOnly === true ? "postgresql" : "tcp");
        expect(description.principals).toContain("user");
        expect(description.maxSliceSeconds).toBeGreaterThan(0);
        expect(Math.abs(description.skewMs)).toBeLessThan(2_000);
      });
    });

    describe("holding", () => {
      withLines("lets exactly that person in, until the end", async () => {
        expect(await under.isLetIn(alice, read)).toBe(false);
        const effect = hold(under, { seconds: 600 });
        const outcome = expectHeld(await applied(effect));
        expect(outcome.lease).toMatchObject({ person: alice, connection: read, status: "live" });
        expect(outcome.lease.correlation).toEqual(effect.correlation);
        expect(apart(outcome.lease.endsAt, effect.end)).toBeLessThanOrEqual(2_000);
        expect(await under.isLetIn(alice, read)).toBe(true);
        expect(await under.isLetIn(bob, read)).toBe(false);
        expect(await under.isLetIn(alice, write)).toBe(false);
        await under.pass(601);
        expect(await under.isLetIn(alice, read)).toBe(false);
        expect(await leases()).toMatchObject([{ status: "lapsed" }]);
      });

      it("makes one lease of the same hold twice, one after the other and at once", async () => {
        const effect = hold(under);
        const first = expectHeld(await applied(effect));
        const second = expectHeld(await applied(effect));
        expect(second.lease.ref).toBe(first.lease.ref);
        const both = await apply({ ...effect }, { ...effect });
        expect(both.map((one) => one.kind)).toEqual(["held", "held"]);
        expect(await leases()).toHaveLength(1);
      });

      it("gives each person of a group and each connection a lease of its own", async () => {
        const outcomes = await apply(hold(under), hold(under, { person: bob }), hold(under, { connection: write }));
        expect(outcomes.map((one) => one.kind)).toEqual(["held", "held", "held"]);
        expect(await leases(alice, read)).toHaveLength(1);
        expect(await leases(bob, read)).toHaveLength(1);
        expect(await leases(alice, write)).toHaveLength(1);
        expect(await leases(bob, write)).toHaveLength(0);
      });

      withLines("replaces the lease of an overlapping grant by a longer one, and keeps the sessions", async () => {
        await applied(hold(under, { request: "first", seconds: 600 }));
        const line = await expectLine(under, alice, read);
        const longer = hold(under, { request: "second", seconds: 7200 });
        expectHeld(await applied(longer));
        expect(await leases()).toMatchObject([{ status: "live", correlation: longer.correlation }]);
        expect(await line.isOpen()).toBe(true);
        expect(await under.isLetIn(alice, read)).toBe(true);
        await line.close();
      });

      withLines("replaces a lease by a shorter one, and nothing of the longer one returns", async () => {
        await applied(hold(under, { seconds: 7200 }));
        const shorter = hold(under, { generation: 1, seconds: 60 });
        const held = expectHeld(await applied(shorter));
        expect(apart(held.lease.endsAt, shorter.end)).toBeLessThanOrEqual(2_000);
        expect(await leases()).toMatchObject([{ status: "live", correlation: shorter.correlation }]);
        await under.pass(61);
        expect(await under.isLetIn(alice, read)).toBe(false);
        expectEnded(await applied(end()));
        expect(await under.isLetIn(alice, read)).toBe(false);
        expect(await leases()).toEqual([]);
      });

      withLines("extends by the next generation and keeps one lease", async () => {
        await applied(hold(under, { seconds: 600 }));
        const next = hold(under, { generation: 1, seconds: 1200 });
        expectHeld(await applied(next));
        expect(await leases()).toMatchObject([{ correlation: next.correlation, status: "live" }]);
        await under.pass(700);
        expect(await under.isLetIn(alice, read)).toBe(true);
      });

      it("holds no more than one slice of a lease that is too long for the gateway", async () => {
        const { maxSliceSeconds } = await provider.describe();
        const held = expectHeld(await applied(hold(under, { seconds: maxSliceSeconds + 86_400 })));
        expect(apart(held.lease.endsAt, plusSeconds(under.clock.now(), maxSliceSeconds))).toBeLessThan(5_000);
      });

      withLines.each([
        ["revoked", async (ref: string) => void (await applied(end()), ref)],
        ["ended directly at the gateway", (ref: string) => under.endDirectly(ref)],
        ["run out", () => under.pass(3_601)],
      ])("refuses as spent what was %s before", async (_, over) => {
        const effect = hold(under);
        const { lease } = expectHeld(await applied(effect));
        await over(lease.ref);
        const again = await applied({ ...effect, end: plusSeconds(under.clock.now(), 3_600) });
        expect(again).toMatchObject({ kind: "refused", because: "spent" });
        expect(await under.isLetIn(alice, read)).toBe(false);
      });

      it.each([
        ...(limits.holdsLeasesOnly === true ? [] : unknownPeople),
        ["a connection that is not there", { connection: "lhtest-nowhere" }],
        ["an end that has passed", { seconds: -10 }],
        ["an end within the second", { seconds: 0 }],
      ] as const)("refuses %s for good, and nothing is there", async (_, over) => {
        const effect = hold(under, over);
        expect(await applied(effect)).toMatchObject({ kind: "refused", because: "permanent" });
        expect((await provider.observe()).leases).toEqual([]);
        expect(await provider.findSpent([effect.correlation.grant])).toEqual(new Set());
      });
    });

    describe("ending", () => {
      withLines("takes the lease away, cuts the sessions, and is harmless to repeat", async () => {
        await applied(hold(under));
        const line = await expectLine(under, alice, read);
        const outcome = expectEnded(await applied(end()));
        expect(outcome).toMatchObject({ wasThere: true, sessionsCut: 1 });
        expect(await line.isOpen()).toBe(false);
        expect(await under.isLetIn(alice, read)).toBe(false);
        expect(await leases()).toEqual([]);
        expect(expectEnded(await applied(end()))).toMatchObject({ wasThere: false, sessionsCut: 0 });
        await line.close();
      });

      withLines("ends one of two people and leaves the other's session alone", async () => {
        await apply(hold(under), hold(under, { person: bob }));
        const kept = await expectLine(under, bob, read);
        expectEnded(await applied(end(alice)));
        expect(await kept.isOpen()).toBe(true);
        expect(await under.isLetIn(bob, read)).toBe(true);
        expect(await leases(bob)).toHaveLength(1);
        await kept.close();
      });

      withLines("ends a lease that has run out, so that nobody can open it again", async () => {
        await applied(hold(under, { seconds: 60 }));
        await under.pass(61);
        expect(expectEnded(await applied(end())).wasThere).toBe(true);
        expect(await leases()).toEqual([]);
      });

      it("asks for nothing any more from the moment on before which it was to start", async () => {
        const startBefore = under.clock.now();
        const late = await applied(hold(under, { startBefore }));
        expect(late).toMatchObject({ kind: "refused", why: expect.stringContaining("it was to start before") });
        expect(await leases()).toEqual([]);
        expectHeld(await applied(hold(under, { startBefore: plusSeconds(startBefore, 600) })));
      });

      it("leaves nothing behind when it races with an activation of the same pair", async () => {
        for (let round = 0; round < 5; round += 1) {
          const [ended, held] = await Promise.all([
            applyOne(under, under.provider(), end()),
            applyOne(under, under.provider(), hold(under, { request: `race-${round}` })),
          ]);
          expectEnded(ended);
          const there = (await leases()).length > 0;
          if (there) expect(held.kind).toBe("held");
          expectEnded(await applied(end()));
          expect(await leases()).toEqual([]);
          expect(await under.isLetIn(alice, read)).toBe(false);
        }
      });

      it("ends first what one call both ends and holds, and then holds it", async () => {
        await applied(hold(under, { request: "old" }));
        const effect = hold(under, { request: "new" });
        const [held, ended] = await apply(effect, end());
        expectEnded(ended as EffectOutcome);
        expectHeld(held as EffectOutcome);
        expect(await leases()).toMatchObject([{ correlation: effect.correlation }]);
      });
    });

    describe("finding what is spent", () => {
      it("finds every Grant that ever was, live, ended or ended outside, and no other", async () => {
        const [live, ended, outside, never] = ["live", "ended", "outside", "never"].map((request, at) =>
          hold(under, { request, person: at === 0 ? alice : bob, connection: at === 2 ? write : read }),
        );
        expectHeld(await applied(live!));
        expectHeld(await applied(ended!));
        await applied(end(bob, read));
        const { lease } = expectHeld(await applied(outside!));
        await under.endDirectly(lease.ref);
        const all = [live!, ended!, outside!, never!].map((effect) => effect.correlation.grant);
        expect(await provider.findSpent(all)).toEqual(new Set(all.slice(0, 3)));
        expect(await under.provider({ installation: installationB }).findSpent(all)).toEqual(new Set());
      });
    });

    describe("what is somebody else's", () => {
      configured("is byte for byte what it was after everything that we do", async () => {
        await under.plantObject("connection", "lhtest-theirs");
        if (limits.holdsOneGuardrail === undefined) await under.plantObject("guardrail", "lhtest-theirs-too");
        await under.plantLease({ person: bob, connection: "lhtest-theirs", seconds: 3600 });
        await under.plantLease({ person: bob, connection: read, seconds: 3600, correlation: "ticket 4711" });
        await under.plantLease({ person: alice, connection: read, seconds: 1800 });
        const before = await under.foreign();
        expect(before).toContain("lhtest-theirs");
        await apply(hold(under), hold(under, { person: bob }), hold(under, { generation: 1, seconds: 60 }));
        await apply(end(alice), end(bob), end(bob, "lhtest-theirs"));
        await apply(remove(connection(under, write)), configure(gate(read)));
        await apply(remove(connection(under, "lhtest-theirs")), configure(connection(under, "lhtest-theirs")));
        await provider.observe();
        expect(await under.foreign()).toBe(before);
      });

      it("is byte for byte what it was after leases came and went", async () => {
        await under.plantLease({ person: bob, connection: read, seconds: 3600, correlation: "ticket 4711" });
        const before = await under.foreign();
        expect(before).not.toBe("");
        await apply(hold(under), hold(under, { person: bob }), hold(under, { generation: 1, seconds: 60 }));
        await apply(end(alice), end(bob), end(bob, "lhtest-theirs"));
        await provider.observe();
        expect(await under.foreign()).toBe(before);
      });

      it("is seen: leases without a correlation of ours", async () => {
        await under.plantLease({ person: bob, connection: read, seconds: 3600, correlation: "lh:not-ours" });
        const [lease] = await leases(bob);
        expect(lease).toMatchObject({ person: bob, connection: read, status: "live" });
        expect(lease?.correlation).toBeUndefined();
      });

      configured("is seen: leases of another installation, which our endings leave alone", async () => {
        const effect = hold(under);
        const correlation = correlationText({ ...effect.correlation, installation: installationB });
        await under.plantLease({ person: alice, connection: read, seconds: 3600, correlation });
        expectEnded(await applied(end()));
        expect((await leases()).map((one) => one.correlation?.installation)).toEqual([installationB]);
      });

      configured("is not written over, taken over or deleted", async () => {
        await under.plantObject("connection", "lhtest-theirs");
        const theirs = connection(under, "lhtest-theirs");
        expect(await applied(configure(theirs))).toMatchObject({ kind: "refused", because: "permanent" });
        expect(await applied(remove(theirs))).toMatchObject({ kind: "refused", because: "permanent" });
      });

      configured("is taken over where the rules adopt it", async () => {
        await under.plantObject("connection", "lhtest-theirs");
        const value = connection(under, "lhtest-theirs");
        expect(await applied(configure(value, { adopt: true }))).toMatchObject({ kind: "configured" });
        const found = objectOf(await provider.observe(), value);
        expect(found?.installation).toBe(under.installation);
      });

      it("is a whole gateway: another installation's gate refuses us", async () => {
        const other = under.provider({ installation: installationB });
        await expect(other.observe()).rejects.toMatchObject({ code: "E504" });
        const effect = { ...hold(under), correlation: { ...hold(under).correlation, installation: installationB } };
        const outcomes = await applyAll(under, other, [
          configure(gate("lhtest-x")),
          configure(connection(under, read)),
        ]);
        expect(outcomes.map((one) => one.kind)).toEqual(["refused", "refused"]);
        expectEnded(await applyOne(under, other, { kind: "end", person: effect.person, connection: read }));
        expect((await provider.observe()).objects.some((one) => one.installation === installationB)).toBe(false);
      });
    });

    describe("the configuration", () => {
      configured("reads back as it was written, with names of secrets only, and goes away again", async () => {
        const value = connection(under, "lhtest-new", { resourceKind: "postgresql" });
        const created = await applied(configure(value));
        expect(created).toMatchObject({ kind: "configured" });
        const first = objectOf(await provider.observe(), value);
        expect(first?.value).toEqual(wanted(value));
        expect(first?.flaw).toBeUndefined();
        expect(first?.installation).toBe(under.installation);
        const changed = { ...value, port: 15_432, settings: { user: "other", sslmode: "require" } };
        expect(await applied(configure(changed, { ref: first!.ref }))).toMatchObject({ kind: "configured" });
        const second = objectOf(await provider.observe(), value);
        expect(second?.value).toEqual(wanted(changed));
        expect(second?.ref).toBe(first?.ref);
        expect(await applied(remove(value, second!.ref))).toMatchObject({ kind: "configured" });
        expect(objectOf(await provider.observe(), value)).toBeUndefined();
        expect(await applied(remove(value))).toMatchObject({ kind: "configured" });
      });

      configured("writes the same twice without a difference", async () => {
        const before = objectOf(await provider.observe(), connection(under, read));
        expect(await applied(configure(connection(under, read)))).toMatchObject({ kind: "configured" });
        const after = objectOf(await provider.observe(), connection(under, read));
        expect({ ...after, secretsUpdatedAt: "" }).toEqual({ ...before, secretsUpdatedAt: "" });
      });

      configured("moves the gate, and says what stands open", async () => {
        expect(await applied(configure(gate(read)))).toMatchObject({ kind: "configured" });
        const found = objectOf(await provider.observe(), gate());
        expect(found?.value).toEqual(gate(read));
        expect(await under.isLetIn(bob, read)).toBe(false);
      });

      configured("writes a guardrail and puts it on a connection", async () => {
        const rail: GatewayObject = {
          kind: "guardrail",
          name: "lhtest-no-drop",
          description: "keeps tables",
          input: [
            {
              type: "denyWords",
              words: ["drop table"],
            },
          ],
          output: [
            {
              type: "pattern",
              pattern: "(?i)ssn",
            },
          ],
        };
        const value = connection(under, read, { guardrails: ["lhtest-no-drop"], resourceKind: "postgresql" });
        const outcomes = await apply(configure(rail), configure(value));
        expect(outcomes.map((one) => one.kind)).toEqual(["configured", "configured"]);
        const state = await provider.observe();
        expect(objectOf(state, rail)?.value).toEqual(rail);
        expect(objectOf(state, value)?.value).toEqual(wanted(value));
        const without = connection(under, read, { resourceKind: "postgresql" });
        await apply(configure(without), remove(rail));
        const after = await provider.observe();
        expect(objectOf(after, rail)).toBeUndefined();
        expect(objectOf(after, value)?.value).toEqual(wanted(without));
      });

      configured("makes missing users and touches no user that is there", async () => {
        const made: GatewayObject = { kind: "user", name: "dora@example.com", displayName: "Dora", active: true };
        expect(await applied(configure(made))).toMatchObject({ kind: "configured" });
        expect(await applied(configure(made))).toMatchObject({ kind: "configured" });
        const state = await provider.observe();
        expect(state.activeUsers).toContain("dora@example.com");
        expect(state.activeUsers).not.toContain(carol);
        expect(await applied(remove(made))).toMatchObject({ kind: "refused" });
        const inactive: GatewayObject = { kind: "user", name: carol, displayName: "Carol", active: true };
        expect(await applied(configure(inactive))).toMatchObject({ kind: "refused", because: "permanent" });
        expect((await provider.observe()).activeUsers).not.toContain(carol);
      });

      configured("holds a lease for a user and on a connection that the same call makes", async () => {
        const dora: GatewayObject = { kind: "user", name: "dora@example.com", displayName: "Dora", active: true };
        const value = connection(under, "lhtest-new");
        const effect = hold(under, { person: dora.name, connection: value.name });
        const gated = configure(gate(read, write, value.name));
        const outcomes = await apply(effect, end(), gated, configure(dora), configure(value));
        expect(outcomes.map((one) => one.kind)).toEqual(["held", "ended", "configured", "configured", "configured"]);
        expect(await under.isLetIn(dora.name, value.name)).toBe(true);
      });

      configuredWithLines("ends everything on a connection before it deletes it", async () => {
        await applied(hold(under));
        const line = await expectLine(under, alice, read);
        expect(await applied(remove(connection(under, read)))).toMatchObject({ kind: "configured" });
        expect(await line.isOpen()).toBe(false);
        await applied(configure(connection(under, read)));
        expect(await under.isLetIn(alice, read)).toBe(false);
        expect(await leases()).toEqual([]);
        await line.close();
      });

      configured("refuses to write over what was made anew since it was observed", async () => {
        const effect = configure(connection(under, read), { ref: "00000000-0000-4000-8000-000000000000" });
        expect(await applied(effect)).toMatchObject({ kind: "refused", because: "passing" });
      });
    });

    describe("observing", () => {
      it("changes nothing and says the same twice", async () => {
        await applied(hold(under));
        const first = await provider.observe();
        const second = await provider.observe();
        expect({ ...second, at: "" }).toEqual({ ...first, at: "" });
        expect(first.objects.length).toBeGreaterThan(2);
      });

      it("finds no open way to a connection of ours", async () => {
        const { openWays } = await provider.observe();
        expect(openWays.filter((way) => way.managed)).toEqual([]);
      });
    });
  });
}

const unknownPeople = [
  ["an unknown user", { person: "nobody@example.com" }],
  ["a user by an e-mail in another case", { person: "Alice@example.com" }],
  ["a user who is not active", { person: carol }],
] as const;

function wanted(value: ReturnType<typeof connection>): GatewayObject {
  return { ...value, secrets: Object.fromEntries(Object.keys(value.secrets).map((name) => [name, ""])) };
}

function objectOf(state: ObservedState, value: GatewayObject): ObservedState["objects"][number] | undefined {
  return state.objects.find((one) => one.value.kind === value.kind && one.value.name === value.name);
}

function ofPair(state: ObservedState, person: string, target: string): readonly ObservedLease[] {
  return state.leases.filter((lease) => lease.person === person && lease.connection === target);
}

function expectHeld(outcome: EffectOutcome): Extract<EffectOutcome, { kind: "held" }> {
  if (outcome.kind !== "held") throw new Error(`Expected it to be held, got ${JSON.stringify(outcome)}`);
  return outcome;
}

function expectEnded(outcome: EffectOutcome): Extract<EffectOutcome, { kind: "ended" }> {
  if (outcome.kind !== "ended") throw new Error(`Expected it to be ended, got ${JSON.stringify(outcome)}`);
  return outcome;
}

async function expectLine(under: GatewayUnderTest, person: string, target: string) {
  const line = await under.openLine(person, target);
  if (line === undefined || !(await line.isOpen())) throw new Error(`Expected ${person} to get into ${target}`);
  return line;
}

function apart(a: string | undefined, b: string): number {
  return a === undefined ? Number.POSITIVE_INFINITY : Math.abs(epochMsOf(a) - epochMsOf(b));
}

/** What a gateway is not made for is not asked of it: that is no test which something was missing for. */
const notAsked: (name: string, test: () => Promise<void>) => void = () => undefined;
