import { connectionName, holderOf, startEstate, type Estate } from "./support/estate";
import { installationA, secretsOf } from "../../contract/fixtures";
import { grantId } from "../../../lib/model/grant";
import { hoopDialect } from "../../../providers/hoop/dialect";

/** The figures of docs/connect-a-gateway.md are those of the full size: `LEASEHOLD_OBSERVE=full`; the rest is the same at a tenth of it. */
const size =
  process.env["LEASEHOLD_OBSERVE"] === "full"
    ? { connections: 5_000, grants: 10_000 }
    : { connections: 500, grants: 1_000 };

let estate: Estate;

beforeAll(async () => {
  estate = await startEstate(size);
}, 300_000);
afterAll(async () => {
  await estate.close();
});

interface Cost {
  readonly calls: number;
  readonly byName: number;
  readonly sessions: number;
  readonly bytes: number;
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  estate.calls.length = 0;
  estate.widest = 0;
  await work();
  const { calls } = estate;
  const of = (part: string) => calls.filter(({ request }) => new URL(request.url).pathname.startsWith(part)).length;
  return {
    calls: calls.length,
    byName: of("/api/connections/"),
    sessions: of("/api/sessions"),
    bytes: calls.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const observe = () => costOf(() => estate.provider.observe());

async function change(indexes: readonly number[], body: unknown): Promise<void> {
  for (const index of indexes) await estate.admin("PATCH", `/connections/${connectionName(index)}`, body);
}

const ten = Array.from({ length: 10 }, (_, index) => index * 37 + 1);
const told: string[] = [];

function tell(what: string, cost: Cost): void {
  const parts = [`${cost.calls} calls`, `${(cost.bytes / 1e6).toFixed(1)} MB`];
  told.push(`observe ${size.grants} grants, ${size.connections} Connections, ${what}: ${parts.join(", ")}`);
}

describe("observing many grants and Connections on hoop", () => {
  afterAll(() => process.stdout.write(`${told.join("\n")}\n`));

  it("asks for each Connection once at first, and for grants by the hundred, one of them twice", async () => {
    const cost = await observe();
    tell("first", cost);
    expect(cost).toMatchObject({ byName: size.connections, sessions: Math.ceil((size.grants - 1) / 99) });
    expect(cost.calls - cost.byName - cost.sessions).toBe(11);
    expect(estate.widest).toBeLessThanOrEqual(hoopDialect.widths.read);
  }, 300_000);

  it("asks for lists alone while nothing changes", async () => {
    const cost = await observe();
    tell("unchanged", cost);
    expect(cost).toMatchObject({ calls: 11, byName: 0, sessions: 0 });
  }, 60_000);

  it("asks for the Connections that changed and one page of sessions when ten of each are new", async () => {
    await change(ten, { connection_tags: { leasehold: installationA, team: "new" } });
    for (const index of ten) {
      const body = { user_email: holderOf(index), connection: connectionName(index), access_duration_sec: 600 };
      await estate.admin("POST", "/sessions/provision", body);
    }
    const cost = await observe();
    tell("10 Connections changed and 10 grants new", cost);
    expect(cost).toMatchObject({ calls: 22, byName: 10, sessions: 1 });
  }, 60_000);

  it("asks for no session of what it granted itself, and reads each Connection once before it lets somebody in", async () => {
    const holds = ten.map((index) => {
      const [person, connection] = [holderOf(index + 50), connectionName(index)];
      const grant = grantId({ installation: installationA, request: "new", person, connection });
      const end = new Date(Date.parse(estate.clock.now()) + 600_000).toISOString();
      const correlation = { installation: installationA, grant, generation: 0 };
      return { kind: "hold", correlation, person, connection, end, metadata: {} } as const;
    });
    await estate.provider.observe();
    const outcomes: string[] = [];
    const applied = await costOf(async () => {
      for await (const { kind } of estate.provider.apply(holds, { secrets: secretsOf })) outcomes.push(kind);
    });
    expect(outcomes).toEqual(ten.map(() => "held"));
    expect(applied.byName).toBe(10);
    expect(await observe()).toMatchObject({ calls: 11 });
  }, 60_000);

  it("asks for everything again once the interval is over", async () => {
    estate.clock.jump(hoopDialect.wholeEveryMs);
    expect(await observe()).toMatchObject({ byName: size.connections, sessions: 0 });
    expect(await observe()).toMatchObject({ calls: 11 });
  }, 300_000);
});
