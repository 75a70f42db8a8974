/** A hoop gateway that already holds much: its rows are written into its store before it starts, as copies of one that was made by calls. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeHttp } from "../../../../lib/adapters/http";
import { gateName } from "../../../../lib/model/gateway-object";
import { grantId } from "../../../../lib/model/grant";
import { correlationText } from "../../../../lib/model/lease";
import type { Http, HttpRequest, HttpResponse, Provider } from "../../../../lib/ports";
import { openStore } from "../../../../providers/embedded/store/store";
import type { Change } from "../../../../providers/embedded/store/rows";
import { hoopProvider } from "../../../../providers/hoop/provider";
import { installationA, secretsOf } from "../../../contract/fixtures";
import { startHoopDouble, type HoopDouble } from "../../../doubles/hoop";
import { QuickClock } from "../../../doubles/quick-clock";

/** A call that was made, by what it asks for. */
export interface CountedCall {
  readonly request: HttpRequest;
  /** Of the answer's body. */
  readonly bytes: number;
}

/** The gateway, and what a provider of ours asked it. */
export interface Estate {
  readonly clock: QuickClock;
  readonly double: HoopDouble;
  readonly installation: string;
  readonly provider: Provider;
  /** Calls of the provider since this was last emptied. */
  readonly calls: CountedCall[];
  /** The most calls that were under way at once since then. */
  widest: number;
  admin(method: HttpRequest["method"], path: string, body?: unknown): Promise<HttpResponse>;
  /** Another provider, that remembers nothing. */
  freshProvider(): Provider;
  close(): Promise<void>;
}

/** The name of a Connection of the estate. */
export function connectionName(index: number): string {
  return `db-${index}-read`;
}

/** Who holds a grant of the estate. */
export function holderOf(index: number): string {
  return `p${index % 100}@example.com`;
}

/** Starts a gateway with so many Connections of ours behind its gate and so many active grants on them. */
export async function startEstate(size: { readonly connections: number; readonly grants: number }): Promise<Estate> {
  const directory = await mkdtemp(join(tmpdir(), "leasehold-estate-"));
  const clock = new QuickClock();
  const http = nodeHttp();
  await fill(directory, clock, http, size);
  const double = await startHoopDouble({ directory, clock });
  const providerOf = (used: Http): Provider =>
    hoopProvider({
      gateway: "prod",
      installation: installationA,
      url: double.url,
      keys: { write: async () => double.keys.admin, observe: async () => double.keys.admin },
      http: used,
      clock,
    });
  const calls: CountedCall[] = [];
  const estate: Estate = {
    clock,
    double,
    installation: installationA,
    provider: providerOf(
      counting(http, (call, width) => {
        calls.push(call);
        estate.widest = Math.max(estate.widest, width);
      }),
    ),
    calls,
    widest: 0,
    admin: (method, path, body) => send(http, double, { method, path, body }),
    freshProvider: () => providerOf(http),
    close: async () => {
      await http.close();
      await double.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return estate;
}

/** One of each is made by calls, so that the copies are what the gateway itself makes. */
async function fill(
  directory: string,
  clock: QuickClock,
  http: Http,
  size: { readonly connections: number; readonly grants: number },
): Promise<void> {
  const double = await startHoopDouble({ directory, clock });
  const names = Array.from({ length: size.connections }, (_, index) => connectionName(index));
  await makeFirst(double, clock, http, names);
  await double.close();
  const store = await openStore(directory, { bytes: (count) => randomBytes(count) }, () => undefined);
  const [first] = names;
  const connection = store.view.table("connections").get(first ?? "");
  const session = [...store.view.sessionsNewestFirst()][0];
  const review = session === undefined ? undefined : store.view.reviewOfSession(session.id);
  if (connection === undefined || session === undefined || review === undefined) throw new Error("nothing to copy");
  const changes: Change[] = [];
  const ids = names.map((name, index) => {
    if (index === 0) return connection.id;
    const id = uuid(index);
    changes.push({ table: "connections", put: { ...connection, id, name, resourceName: `db-${index}` } });
    return id;
  });
  for (let index = 1; index < size.grants; index += 1) {
    const name = connectionName(index % size.connections);
    const [person, at] = [holderOf(index + Math.floor(index / size.connections)), index * 1000];
    const of = { userEmail: person, connectionId: ids[index % size.connections] ?? "" };
    const grant = grantId({ installation: installationA, request: `r${index}`, person, connection: name });
    const correlationId = correlationText({ installation: installationA, grant, generation: 0 });
    const [id, reviewId] = [uuid(100_000_000 + index), uuid(200_000_000 + index)];
    const startDate = session.startDate + at;
    changes.push(
      { table: "sessions", put: { ...session, ...of, id, connection: name, correlationId, reviewId, startDate } },
      {
        table: "reviews",
        put: {
          ...review,
          ...of,
          id: reviewId,
          sessionId: id,
          createdAt: review.createdAt + at,
          revokeAt: (review.revokeAt ?? 0) + at,
        },
      },
    );
  }
  for (let from = 0; from < changes.length; from += 1000) store.commit(changes.slice(from, from + 1000));
  await store.durable();
  await store.close();
}

async function makeFirst(double: HoopDouble, clock: QuickClock, http: Http, names: readonly string[]): Promise<void> {
  const provider = hoopProvider({
    gateway: "prod",
    installation: installationA,
    url: double.url,
    keys: { write: async () => double.keys.admin, observe: async () => double.keys.admin },
    http,
    clock,
  });
  for (let index = 0; index < 100; index += 1) {
    const email = holderOf(index);
    await send(http, double, { method: "POST", path: "/users", body: { email, name: email, groups: [] } });
  }
  const [name = "", person] = [names[0], holderOf(0)];
  const gate = { kind: "gate", name: gateName, connections: [...names].sort() } as const;
  const connection = {
    kind: "connection",
    name,
    resource: "db-0",
    resourceKind: "postgresql",
    host: "db.example.com",
    port: 5432,
    settings: { user: "leasehold_ro", database: "orders" },
    secrets: { password: "${env:ORDERS}" },
    command: [],
    guardrails: [],
    maskingRules: [],
  } as const;
  const grant = grantId({ installation: installationA, request: "r0", person, connection: name });
  const end = new Date(Date.parse(clock.now()) + 8 * 3_600_000).toISOString();
  const effects = [
    { kind: "configure", subject: gate, value: gate, adopt: false },
    { kind: "configure", subject: connection, value: connection, adopt: false },
    {
      kind: "hold",
      correlation: { installation: installationA, grant, generation: 0 },
      person,
      connection: name,
      end,
      metadata: { request: "r0" },
    },
  ] as const;
  for await (const outcome of provider.apply(effects, { secrets: secretsOf })) {
    if (outcome.kind !== "configured" && outcome.kind !== "held") throw new Error(JSON.stringify(outcome));
  }
  await provider.close();
}

function uuid(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
}

function counting(http: Http, told: (call: CountedCall, width: number) => void): Http {
  let width = 0;
  return {
    send: async (request, signal) => {
      width += 1;
      const now = width;
      try {
        const answer = await http.send(request, signal);
        told({ request, bytes: Buffer.byteLength(answer.body) }, now);
        return answer;
      } finally {
        width -= 1;
      }
    },
    close: () => http.close(),
  };
}

function send(
  http: Http,
  double: HoopDouble,
  call: { readonly method: HttpRequest["method"]; readonly path: string; readonly body?: unknown },
): Promise<HttpResponse> {
  return http.send({
    method: call.method,
    url: `${double.url}/api${call.path}`,
    headers: { authorization: `Bearer ${double.keys.admin}`, "content-type": "application/json" },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    timeoutMs: 30_000,
    maxBytes: 100_000_000,
  });
}
