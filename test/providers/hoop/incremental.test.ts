import * as fc from "fast-check";
import type { ObservedState } from "../../../lib/model/observed";
import type { Provider } from "../../../lib/ports";
import { hoopDialect } from "../../../providers/hoop/dialect";
import {
  alice,
  applyOne,
  bob,
  carol,
  configure,
  connection,
  gate,
  hold,
  prepare,
  read,
  write,
} from "../../contract/fixtures";
import { doubleGateway, type HttpGatewayUnderTest } from "../../contract/http-gateway";

type Json = Readonly<Record<string, unknown>>;

let under: HttpGatewayUnderTest;
let provider: Provider;

async function start(): Promise<void> {
  under = await doubleGateway();
  provider = under.provider();
  await prepare(under, provider);
}

async function item(name: string): Promise<Json | undefined> {
  const { status, json } = await under.admin("GET", `/connections/${name}`);
  return status === 200 ? (json as Json) : undefined;
}

async function patch(name: string, body: Json): Promise<void> {
  await under.admin("PATCH", `/connections/${name}`, body);
}

/** Everything that an admin can change and lists show: each takes the name of a Connection and a number. */
const shown: Readonly<Record<string, (name: string, pick: number) => Promise<unknown>>> = {
  reviewers: (name, pick) => patch(name, { reviewers: pick % 2 === 0 ? [] : ["dba"] }),
  exec: (name, pick) => patch(name, { access_mode_exec: pick % 2 === 0 ? "enabled" : "disabled" }),
  connect: (name, pick) => patch(name, { access_mode_connect: pick % 2 === 0 ? "enabled" : "disabled" }),
  attributes: (name, pick) => patch(name, { attributes: [`a${pick}`] }),
  command: (name, pick) => patch(name, { command: ["sh", `${pick}`] }),
  type: (name) => patch(name, { type: "database", subtype: "mysql" }),
  tags: async (name, pick) => {
    const tags = (await item(name))?.["connection_tags"] as Json | undefined;
    const { leasehold: _ours, ...others } = tags ?? {};
    await patch(name, { connection_tags: pick % 2 === 0 ? others : { ...tags, team: `${pick}` } });
  },
  // Hidden fields along with one that is shown.
  "all at once": (name, pick) => patch(name, { reviewers: [`r${pick}`], secret: { "envvar:HOST": "ZXZpbA==" } }),
  deletion: (name) => under.admin("DELETE", `/connections/${name}`),
  "made again": async (name) => {
    const before = await item(name);
    await under.admin("DELETE", `/connections/${name}`);
    if (before !== undefined)
      await under.admin("POST", "/connections", { ...before, mandatory_metadata_fields: ["x"] });
  },
  "somebody else's": (_, pick) => under.plantObject("connection", `lhtest-theirs-${pick % 2}`),
  gate: async (_, pick) => {
    const { json } = await under.admin("GET", "/access-requests/rules/leasehold-gate");
    const body = { ...(json as Json), approval_required_groups: pick % 2 === 0 ? [] : ["dba"] };
    await under.admin("PUT", "/access-requests/rules/leasehold-gate", body);
  },
  user: (_, pick) =>
    under.admin("PUT", `/users/${bob}`, {
      email: bob,
      name: bob,
      status: pick % 2 === 0 ? "active" : "inactive",
      groups: [],
    }),
  grant: (name, pick) =>
    under.plantLease({ person: [alice, bob, carol][pick % 3] ?? alice, connection: name, seconds: 900 }),
  revoke: async (_, pick) => {
    const { leases } = await under.provider().observe();
    const lease = leases[pick % Math.max(1, leases.length)];
    if (lease !== undefined) await under.endDirectly(lease.ref);
  },
};

/** What no list shows. */
const hidden: typeof shown = {
  secret: (name, pick) => patch(name, { secret: { "envvar:HOST": Buffer.from(`h${pick}`).toString("base64") } }),
  metadata: (name, pick) => patch(name, { mandatory_metadata_fields: pick % 2 === 0 ? [] : ["ticket"] }),
  forcing: async (name, pick) => {
    const before = await item(name);
    if (before !== undefined)
      await under.admin("PUT", `/connections/${name}`, { ...before, force_approve_groups: [`g${pick}`] });
  },
};

const changeOf = (kinds: readonly string[]) =>
  fc.record({ kind: fc.constantFrom(...kinds), name: fc.constantFrom(read, write), pick: fc.nat({ max: 5 }) });

function withoutTime({ at: _at, ...state }: ObservedState): unknown {
  return state;
}

/** What lets somebody in. */
function waysIn({ leases, openWays, activeUsers, objects }: ObservedState): unknown {
  return { leases, openWays, activeUsers, names: objects.map((one) => [one.ref, one.value.kind, one.value.name]) };
}

describe("observing again what was observed before", () => {
  afterEach(async () => {
    await under.close();
  });

  it("gives what a first look gives, after any changes that lists show", async () => {
    await fc.assert(
      fc
        .asyncProperty(
          fc.array(fc.array(changeOf(Object.keys(shown)), { maxLength: 4 }), { maxLength: 3 }),
          async (rounds) => {
            await start();
            await provider.observe();
            for (const round of rounds) {
              for (const { kind, name, pick } of round) await shown[kind]?.(name, pick);
              expect(withoutTime(await provider.observe())).toEqual(withoutTime(await under.provider().observe()));
            }
          },
        )
        .afterEach(() => under.close()),
      { numRuns: 12 },
    );
  }, 120_000);

  it("tells every way in at once and everything after the interval, after changes that lists hide", async () => {
    await fc.assert(
      fc
        .asyncProperty(
          fc.array(changeOf([...Object.keys(shown), ...Object.keys(hidden)]), { maxLength: 6 }),
          async (changes) => {
            await start();
            await provider.observe();
            for (const { kind, name, pick } of changes) await (shown[kind] ?? hidden[kind])?.(name, pick);
            expect(waysIn(await provider.observe())).toEqual(waysIn(await under.provider().observe()));
            under.clock.jump(hoopDialect.wholeEveryMs);
            expect(withoutTime(await provider.observe())).toEqual(withoutTime(await under.provider().observe()));
          },
        )
        .afterEach(() => under.close()),
      { numRuns: 12 },
    );
  }, 120_000);

  it("sees at once what it wrote itself, also where no list shows it", async () => {
    await start();
    await provider.observe();
    await applyOne(under, provider, configure(connection(under, read, { settings: { user: "another" } })));
    const { objects } = await provider.observe();
    expect(objects.find((one) => one.value.name === read)?.value).toMatchObject({ settings: { user: "another" } });
  });

  it("says how often it looks at everything", async () => {
    await start();
    expect(await provider.describe()).toMatchObject({ wholeEverySeconds: 600 });
  });

  it("lets nobody in on a Connection that was changed in hiding, until that was observed", async () => {
    await start();
    await provider.observe();
    await provider.observe();
    await patch(read, { secret: { "envvar:HOST": "ZXZpbA==" } });
    const refused = await applyOne(under, provider, hold(under));
    expect(refused).toMatchObject({ kind: "refused", because: "passing" });
    expect(await under.countLeases(alice, read)).toBe(0);
    expect(await applyOne(under, provider, hold(under, { connection: write }))).toMatchObject({ kind: "held" });
    const { objects } = await provider.observe();
    expect(objects.find((one) => one.value.name === read)?.value).toMatchObject({ host: "evil" });
    await applyOne(under, provider, configure(gate(read, write)));
    expect(await applyOne(under, provider, hold(under))).toMatchObject({ kind: "held" });
  });
});
