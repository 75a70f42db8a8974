import { gateName } from "../../../lib/model/gateway-object";
import { correlationText } from "../../../lib/model/lease";
import type { Provider } from "../../../lib/ports";
import { hoopDialect } from "../../../providers/hoop/dialect";
import { hoopProvider } from "../../../providers/hoop/provider";
import {
  alice,
  applyAll,
  applyOne,
  bob,
  configure,
  connection,
  end,
  gate,
  hold,
  prepare,
  read,
  remove,
  write,
} from "../../contract/fixtures";
import { doubleGateway, type HttpGatewayUnderTest } from "../../contract/http-gateway";
import { TamperedHttp } from "../../contract/http-faults";
import type { HoopDouble } from "../../doubles/hoop";

interface SessionJson {
  readonly id: string;
  readonly status: string;
  readonly correlation_id?: string;
  readonly review: { readonly id: string; readonly status: string; readonly revoke_at: string } | null;
}

let under: HttpGatewayUnderTest;
let provider: Provider;
const applied = (effect: Parameters<typeof applyOne>[2]) => applyOne(under, provider, effect);
const double = () => under.running as HoopDouble;

beforeEach(async () => {
  under = await doubleGateway();
  provider = under.provider();
  await prepare(under, provider);
});
afterEach(async () => {
  await under.close();
});

async function sessions(query: string): Promise<readonly SessionJson[]> {
  const { json } = await under.admin("GET", `/sessions?limit=100&${query}`);
  return (json as { readonly data: readonly SessionJson[] }).data;
}

async function raw(path: string): Promise<Readonly<Record<string, unknown>>> {
  return (await under.admin("GET", path)).json as Readonly<Record<string, unknown>>;
}

function leases() {
  return provider.observe().then((state) => state.leases);
}

describe("which grant counts on a hoop gateway", () => {
  it("knows a lease of ours that a newer one of somebody else shadows, also when that has run out", async () => {
    await applied(hold(under));
    under.clock.jump(1_000);
    await under.plantLease({ person: alice, connection: read, seconds: 60 });
    expect((await leases()).map((one) => one.status)).toEqual(["shadowed", "live"]);
    under.clock.jump(61_000);
    expect((await leases()).map((one) => one.status)).toEqual(["shadowed", "lapsed"]);
    expect(await under.isLetIn(alice, read)).toBe(false);
  });

  it("tells that a lease is shadowed when it is held again", async () => {
    const effect = hold(under);
    await applied(effect);
    under.clock.jump(1_000);
    await under.plantLease({ person: alice, connection: read, seconds: 60 });
    expect(await applied(effect)).toMatchObject({ kind: "held", lease: { status: "shadowed" } });
  });

  it("keeps one of two grants that a repeat has made, and none after the end", async () => {
    const effect = hold(under);
    const grant = { person: alice, connection: read, seconds: 3_000, correlation: correlationText(effect.correlation) };
    await under.plantLease(grant);
    under.clock.jump(50);
    await under.plantLease(grant);
    expect(await applied(effect)).toMatchObject({ kind: "held" });
    expect(await leases()).toMatchObject([{ status: "live" }]);
    await applied(end());
    expect(await under.isLetIn(alice, read)).toBe(false);
  });

  it("refuses what a human at the gateway has made longer, and says that it was altered", async () => {
    const effect = hold(under, { connection: write });
    // Without reviewers the group of the grant is `admin`: there an admin can approve it once more.
    await under.admin("PATCH", `/connections/${write}`, { reviewers: [] });
    await applied(effect);
    const [lease] = await leases();
    under.clock.jump(600_000);
    await under.admin("PUT", `/reviews/${lease!.ref}`, { status: "APPROVED" });
    expect(await leases()).toMatchObject([{ altered: true, status: "live" }]);
    expect(await applied(effect)).toMatchObject({ kind: "refused", because: "spent" });
    expect(await applied(end(alice, write))).toMatchObject({ kind: "ended", wasThere: true });
    expect(await leases()).toEqual([]);
  });

  it("sees a grant of ours that waits for an approval, and rejects it at the end", async () => {
    const effect = hold(under);
    await under.admin("POST", "/sessions/provision", {
      user_email: alice,
      connection: read,
      access_duration_sec: 600,
      approved_reviewers: ["nobody"],
      correlation_id: correlationText(effect.correlation),
    });
    expect(await leases()).toMatchObject([{ status: "waiting" }]);
    expect(await applied(effect)).toMatchObject({ kind: "refused", because: "spent" });
    expect(await applied(end())).toMatchObject({ kind: "ended", wasThere: true });
    const rows = await sessions(`correlation_id=${correlationText(effect.correlation)}`);
    expect(rows.map((row) => row.review?.status)).toEqual(["REJECTED"]);
  });

  it("takes a failed attempt for no trace of a grant", async () => {
    const effect = hold(under);
    await under.admin("POST", "/sessions/provision", {
      user_email: alice,
      connection: read,
      access_duration_sec: 2e5,
      correlation_id: correlationText(effect.correlation),
    });
    expect(await provider.findSpent([effect.correlation.grant])).toEqual(new Set());
    expect(await applied(effect)).toMatchObject({ kind: "held" });
    await applied(end());
    const orphans = (await sessions(`connection=${read}`)).filter((row) => row.review === null);
    expect(orphans.map((row) => row.status)).toEqual(["done"]);
  });

  it("compares again where names are patterns there", async () => {
    await applyAll(under, provider, [
      configure(connection(under, "lhtest.orders-read")),
      configure(connection(under, "lhtest_orders_read")),
    ]);
    await applied(hold(under, { connection: "lhtest.orders-read" }));
    await applied(hold(under, { connection: "lhtest_orders_read" }));
    expect(await applied(end(alice, "lhtest_orders_read"))).toMatchObject({ wasThere: true });
    expect((await leases()).map((one) => one.connection)).toEqual(["lhtest.orders-read"]);
  });
});

describe("ending on a hoop gateway", () => {
  it("revokes again what an approve has overtaken", async () => {
    await applied(hold(under));
    double().overtakeRevokes(3);
    expect(await applied(end())).toMatchObject({ kind: "ended", wasThere: true });
    expect(await leases()).toEqual([]);
    expect(await under.isLetIn(alice, read)).toBe(false);
  });

  it("never says ended while revokes are overtaken", async () => {
    await applied(hold(under));
    double().overtakeRevokes(1_000);
    expect(await applied(end())).toMatchObject({ kind: "unknown" });
  });

  it("kills again in a sweep what a kill has not reached", async () => {
    await applied(hold(under));
    const line = await under.openLine(alice, read);
    double().loseKills(2);
    expect(await applied(end())).toMatchObject({ kind: "ended", sessionsCut: 1 });
    expect(await line!.isOpen()).toBe(false);
  });

  it("kills again what an ending has killed that did not come to its end, and only that", async () => {
    await applied(hold(under));
    const since = under.clock.now();
    const line = await under.openLine(alice, read);
    double().loseKills(6);
    await applied(end());
    expect(await line!.isOpen()).toBe(true);
    under.clock.jump(3_600_000);
    expect(await applied({ ...end(), since: under.clock.now() })).toMatchObject({ kind: "ended", sessionsCut: 0 });
    expect(await line!.isOpen()).toBe(true);
    expect(await applied({ ...end(), since })).toMatchObject({ kind: "ended", sessionsCut: 0 });
    expect(await line!.isOpen()).toBe(false);
  });

  it("sweeps after 1 s and 6 s, once for all endings of a call, and tells them ended only then", async () => {
    await applyAll(under, provider, [hold(under), hold(under, { person: bob })]);
    const sleep = jest.spyOn(under.clock, "sleep");
    const before = under.clock.slept;
    await applyAll(under, provider, [end(alice), end(bob)]);
    const waits = sleep.mock.calls.map(([ms]) => ms).filter((ms) => ms > 500);
    expect(waits).toHaveLength(2);
    expect(under.clock.slept - before).toBeGreaterThan(5_000);
    expect(under.clock.slept - before).toBeLessThan(8_000);
  });

  it("catches a session that slips in between the revoke and the first sweep", async () => {
    await applied(hold(under));
    await under.admin("PATCH", `/connections/${read}`, { reviewers: [] });
    await applied(configure(gate(write)));
    let slipped: Awaited<ReturnType<typeof under.openLine>>;
    const sleep = jest.spyOn(under.clock, "sleep").mockImplementation(async (ms) => {
      if (ms > 500) slipped ??= await under.openLine(alice, read);
    });
    const outcome = await applied(end());
    sleep.mockRestore();
    expect(slipped).toBeDefined();
    expect(outcome).toMatchObject({ kind: "ended", sessionsCut: 1 });
    expect(await slipped!.isOpen()).toBe(false);
  });

  it("leaves somebody else's lease and its row alone, and cuts the session that nobody can tell apart", async () => {
    await applied(hold(under));
    under.clock.jump(1_000);
    await under.plantLease({ person: alice, connection: read, seconds: 600 });
    const before = await under.foreign();
    const line = await under.openLine(alice, read);
    await applied(end());
    expect(await line!.isOpen()).toBe(false);
    expect(await under.foreign()).toBe(before);
    expect(await leases()).toMatchObject([{ status: "live" }]);
  });

  it("ends what is left on a connection that somebody has deleted", async () => {
    await applied(hold(under));
    const line = await under.openLine(alice, read);
    await under.admin("DELETE", `/connections/${read}`);
    expect(await leases()).toMatchObject([{ status: "lapsed", connection: read }]);
    expect(await applied(end())).toMatchObject({ kind: "ended", wasThere: true, sessionsCut: 1 });
    expect(await line!.isOpen()).toBe(false);
    expect(await leases()).toEqual([]);
    expect(await applied(end())).toMatchObject({ kind: "ended" });
  });

  it("ends the lease of a user who was deleted, so that nobody of that name inherits it", async () => {
    await applied(hold(under));
    await under.admin("DELETE", `/users/${alice}`);
    expect(await applied(end())).toMatchObject({ kind: "ended", wasThere: true });
    await under.addUser(alice);
    expect(await under.isLetIn(alice, read)).toBe(false);
  });
});

describe("writing the configuration of a hoop gateway", () => {
  it("never forgets the second lock, and keeps what somebody else put on a connection of ours", async () => {
    const before = await raw(`/connections/${read}`);
    expect(before["reviewers"]).toEqual([gateName]);
    const tags = { ...(before["connection_tags"] as object), team: "core" };
    await under.admin("PATCH", `/connections/${read}`, { connection_tags: tags, attributes: ["pii"] });
    await applied(configure(connection(under, read, { port: 15_432 })));
    const after = await raw(`/connections/${read}`);
    expect(after).toMatchObject({ reviewers: [gateName], attributes: ["pii"], connection_tags: { team: "core" } });
    expect(after["secret"]).toMatchObject({ "envvar:PORT": Buffer.from("15432").toString("base64") });
  });

  it("stores settings and secrets under hoop's names, base64, and shows names only", async () => {
    await applied(configure(connection(under, "lhtest-pg", { resourceKind: "postgresql" })));
    const { secret, type, subtype, command } = await raw("/connections/lhtest-pg");
    expect([type, subtype]).toEqual(["database", "postgres"]);
    expect(secret).toMatchObject({
      "envvar:USER": Buffer.from("leasehold_ro").toString("base64"),
      "envvar:DB": Buffer.from("orders").toString("base64"),
      "envvar:PASS": Buffer.from("value of ${env:ORDERS}").toString("base64"),
    });
    expect(command).not.toEqual([]);
    expect(JSON.stringify(await provider.observe())).not.toContain("value of");
  });

  it("tells a command that the gateway filled in from one that somebody changed", async () => {
    const value = connection(under, "lhtest-pg", { resourceKind: "postgresql" });
    await applied(configure(value));
    const command = async () => {
      const state = await provider.observe();
      const found = state.objects.find((one) => one.value.name === "lhtest-pg")?.value;
      return found?.kind === "connection" ? found.command : undefined;
    };
    expect(await command()).toEqual([]);
    await under.admin("PATCH", "/connections/lhtest-pg", { command: ["sh", "-c", "evil"] });
    expect(await command()).toEqual(["sh", "-c", "evil"]);
    await applied(configure(value));
    expect(await command()).toEqual([]);
  });

  it("fails that one write when a secret is missing, before anything is sent", async () => {
    const value = connection(under, "lhtest-new", { secrets: { password: "${env:MISSING}" } });
    const outcome = await applied(configure(value));
    expect(outcome).toMatchObject({ kind: "refused", because: "passing" });
    expect(JSON.stringify(outcome)).toContain("${env:MISSING}");
    expect((await under.admin("GET", "/connections/lhtest-new")).status).toBe(404);
  });

  it("notices a secret that was written at the gateway by its time, and one declared anew by its reference", async () => {
    const first = await applied(configure(connection(under, read)));
    const state = await provider.observe();
    const found = state.objects.find((one) => one.value.name === read);
    expect(first).toMatchObject({ kind: "configured", secretsUpdatedAt: found?.secretsUpdatedAt });
    await under.admin("PATCH", `/connections/${read}`, { secret: { "envvar:HOST": "ZXZpbA==" } });
    // No list shows it: the next look at everything does.
    under.clock.jump(hoopDialect.wholeEveryMs);
    const after = (await provider.observe()).objects.find((one) => one.value.name === read);
    expect(after?.secretsUpdatedAt).not.toBe(found?.secretsUpdatedAt);
    expect(after?.value).toMatchObject({ host: "evil" });
  });

  it("says in words that the licence holds no more", async () => {
    const rail = (name: string) => configure({ kind: "guardrail", name, input: [], output: [] });
    expect(await applied(rail("lhtest-one"))).toMatchObject({ kind: "configured" });
    const outcome = await applied(rail("lhtest-two"));
    expect(outcome).toMatchObject({ kind: "refused", because: "permanent" });
    expect(JSON.stringify(outcome)).toContain("licence");
    expect(await provider.describe()).toMatchObject({ maxGuardrails: 1, maxMaskingRules: 1, version: "1.148.0" });
  });

  it("puts a masking rule on connections and takes it off", async () => {
    const rule = {
      kind: "maskingRule",
      name: "lhtest-mask",
      entityTypes: ["EMAIL_ADDRESS"],
      scoreThresholdPercent: 60,
    } as const;
    const masked = connection(under, read, { maskingRules: ["lhtest-mask"] });
    expect(await applied(configure(masked))).toMatchObject({ kind: "refused", because: "passing" });
    const outcomes = await applyAll(under, provider, [configure(rule), configure(masked)]);
    expect(outcomes.map((one) => one.kind)).toEqual(["configured", "configured"]);
    const found = async (name: string) =>
      (await provider.observe()).objects.find((one) => one.value.name === name)?.value;
    expect(await found("lhtest-mask")).toEqual(rule);
    expect(await found(read)).toMatchObject({ maskingRules: ["lhtest-mask"] });
    await applyAll(under, provider, [configure(connection(under, read)), remove(rule)]);
    expect(await found(read)).toMatchObject({ maskingRules: [] });
    expect(await found("lhtest-mask")).toBeUndefined();
  });

  it("keeps somebody else's guardrail on a connection of ours", async () => {
    const { id } = (await raw(`/connections/${read}`)) as { id: string };
    await under.admin("POST", "/guardrails", {
      name: "theirs",
      description: "",
      input: { rules: [] },
      output: { rules: [] },
      connection_ids: [id],
    });
    await applied(configure(connection(under, read, { port: 15_432 })));
    expect((await raw(`/connections/${read}`))["guardrail_rules"]).toHaveLength(1);
  });

  it("shows a gate that lets people pass as one that closes nothing, and mends it", async () => {
    const before = await raw(`/access-requests/rules/${gateName}`);
    await under.admin("PUT", `/access-requests/rules/${gateName}`, { ...before, approval_required_groups: ["dba"] });
    const state = await provider.observe();
    const found = state.objects.find((one) => one.value.kind === "gate");
    expect(found).toMatchObject({
      value: { connections: [] },
      flaw: expect.stringContaining("without asking") as string,
    });
    expect(state.openWays.map((way) => way.managed)).toEqual([true, true]);
    expect(await applied(configure(gate(read, write)))).toMatchObject({ kind: "configured" });
    expect((await provider.observe()).openWays).toEqual([]);
  });
});

describe("the keys of a hoop gateway", () => {
  function withKeys(keys: { readonly write?: string; readonly observe: string }, http = under.http): Provider {
    return hoopProvider({
      gateway: "prod",
      installation: under.installation,
      url: under.running.url,
      clock: under.clock,
      http,
      keys: {
        write: async () => keys.write ?? Promise.reject(new Error("asked for")),
        observe: async () => keys.observe,
      },
      dialect: hoopDialect,
    });
  }

  async function keyOf(...groups: readonly string[]): Promise<string> {
    const { json } = await under.admin("POST", "/api-keys", { name: `k-${groups.join("-")}`, groups });
    return (json as { readonly key: string }).key;
  }

  it("observes, describes and looks up with an auditor's key, without asking for the writer's", async () => {
    await applied(hold(under));
    const tampered = new TamperedHttp(under.http);
    const auditor = withKeys({ observe: under.running.keys.observer }, tampered);
    const state = await auditor.observe();
    expect(state.leases).toHaveLength(1);
    const found = state.objects.find((one) => one.value.name === read);
    expect(found).toMatchObject({ settingsHidden: true, value: { settings: {}, secrets: {} } });
    await auditor.describe();
    await auditor.findSpent([hold(under).correlation.grant]);
    expect(new Set(tampered.requests.map((request) => request.method))).toEqual(new Set(["GET"]));
  });

  it("refuses to observe with a key that sees less than all", async () => {
    const standard = withKeys({ observe: await keyOf("dba") });
    await expect(standard.observe()).rejects.toMatchObject({ code: "E501" });
    await expect(standard.findSpent([hold(under).correlation.grant])).rejects.toMatchObject({ code: "E501" });
  });

  it("refuses to observe with an auditor's key from which access_control hides connections", async () => {
    await under.admin("POST", "/plugins", { name: "access_control", connections: [] });
    const { id } = (await raw(`/connections/${read}`)) as { readonly id: string };
    await under.admin("PUT", `/plugins/access_control/conn/${id}`, { config: ["dba"] });
    await expect(withKeys({ observe: under.running.keys.observer }).observe()).rejects.toMatchObject({ code: "E501" });
    expect((await provider.observe()).weaknesses.join()).not.toContain("access_control");
  });

  it.each(["auditor", "dba", gateName])("does nothing with a writer's key of group %s, and says so", async (group) => {
    await applied(hold(under));
    const lesser = withKeys({ write: await keyOf(group), observe: under.running.keys.admin });
    const outcomes = await applyAll(under, lesser, [end(), hold(under, { person: bob }), configure(gate(read))]);
    expect(outcomes).toMatchObject(outcomes.map(() => ({ kind: "refused", because: "credential" })));
    expect(await under.isLetIn(alice, read)).toBe(true);
  });
});

describe("the sweeps after an ending", () => {
  it("leave alone what somebody else was given in the meantime", async () => {
    await applied(hold(under));
    const sleep = under.clock.sleep.bind(under.clock);
    const newer = { installation: under.installation, grant: "b".repeat(26), generation: 0 };
    let isGiven = false;
    under.clock.sleep = async (ms, signal) => {
      if (!isGiven && ms > 500) {
        isGiven = true;
        await under.plantLease({ person: alice, connection: read, seconds: 600, correlation: correlationText(newer) });
      }
      await sleep(ms, signal);
    };
    expect(await applied(end())).toMatchObject({ kind: "ended", wasThere: true });
    expect(isGiven).toBe(true);
    expect((await leases()).map((lease) => lease.correlation)).toEqual([newer]);
  });
});
