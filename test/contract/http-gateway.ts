import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { nodeHttp } from "../../lib/adapters/http";
import type { Http } from "../../lib/ports";
import { openTunnel, startGateway, type RunningGateway } from "../../providers/embedded";
import { embeddedDialect, hoopDialect, type Dialect } from "../../providers/hoop/dialect";
import { hoopProvider } from "../../providers/hoop/provider";
import { startHoopDouble } from "../doubles/hoop";
import { QuickClock } from "../doubles/quick-clock";
import { installationA, secretsOf } from "./fixtures";
import type { GatewayUnderTest, LiveLine } from "./gateway";

/** A gateway over HTTP, with what tests of its own need besides. */
export interface HttpGatewayUnderTest extends GatewayUnderTest {
  readonly clock: QuickClock;
  readonly running: RunningGateway;
  readonly dialect: Dialect;
  readonly http: Http;
  /** A call as an admin: status and JSON. */
  admin(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly json: unknown }>;
  /** A person's token. */
  tokenOf(person: string): Promise<string>;
}

/** The embedded gateway under the suite. */
export function embeddedGateway(): Promise<HttpGatewayUnderTest> {
  return httpGateway(embeddedDialect, (directory, clock) =>
    startGateway({ directory, clock, random: { bytes: (count) => randomBytes(count) } }),
  );
}

/** The hoop double under the suite. */
export function doubleGateway(): Promise<HttpGatewayUnderTest> {
  return httpGateway(hoopDialect, (directory, clock) => startHoopDouble({ directory, clock }));
}

async function httpGateway(
  dialect: Dialect,
  start: (directory: string, clock: QuickClock) => Promise<RunningGateway>,
): Promise<HttpGatewayUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), "leasehold-contract-"));
  const clock = new QuickClock();
  const running = await start(directory, clock);
  const http = nodeHttp();
  const echo = await startEcho();
  const callAs = callerOf(http, running);
  const admin: Admin = (method, path, body) => callAs(running.keys.admin, method, path, body);
  const lines = new Set<LiveLine>();
  const tokens = new Map<string, string>();
  const cachedToken = async (person: string): Promise<string> => {
    const token = tokens.get(person) ?? (await tokenOf(person));
    tokens.set(person, token);
    return token;
  };
  const tokenOf = async (person: string): Promise<string> => {
    const { json } = await admin("POST", `/users/${encodeURIComponent(person)}/token`);
    return (json as { readonly token: string }).token;
  };
  const under: HttpGatewayUnderTest = {
    name: dialect.provider,
    installation: installationA,
    clock,
    secrets: secretsOf,
    target: { host: "127.0.0.1", port: echo.port },
    running,
    dialect,
    http,
    admin,
    tokenOf,
    provider: (options = {}) =>
      hoopProvider({
        gateway: "prod",
        installation: options.installation ?? installationA,
        url: running.url,
        keys: { write: async () => running.keys.admin, observe: async () => running.keys.admin },
        http: options.http?.(http) ?? http,
        clock,
        dialect,
      }),
    addUser: async (email, { active = true } = {}) => {
      await admin("POST", "/users", { email, name: email, groups: [] });
      if (!active) await admin("PUT", `/users/${email}`, { email, name: email, status: "inactive", groups: [] });
    },
    plantLease: async ({ person, connection, seconds, correlation }) => {
      const grant = { user_email: person, connection, access_duration_sec: seconds };
      const body = correlation === undefined ? grant : { ...grant, correlation_id: correlation };
      await admin("POST", "/sessions/provision", body);
    },
    plantObject: async (kind, name) => {
      if (kind === "connection") await admin("POST", "/connections", await foreignConnection(admin, name));
      else await admin("POST", "/guardrails", { name, description: "", input: { rules: [] }, output: { rules: [] } });
    },
    endDirectly: async (ref) => {
      await admin("PUT", `/reviews/${ref}`, { status: "REVOKED" });
    },
    foreign: () => foreignText(admin),
    isLetIn: async (person, connection) => {
      const path = `/connect/${encodeURIComponent(connection)}`;
      const first = await callAs(await cachedToken(person), "GET", path);
      const asked = first.status === 401 ? await callAs(await tokenOf(person), "GET", path) : first;
      return asked.status === 200 && (asked.json as { readonly waits: boolean }).waits === false;
    },
    countLeases: async (person, connection) => {
      const { json } = await admin("GET", `/sessions?limit=100&user=${person}&connection=${connection}`);
      return (json as { readonly data: readonly Row[] }).data.filter(
        (row) =>
          row.connection === connection &&
          row.correlation_id?.startsWith(`lh:${installationA}:`) === true &&
          /APPROVED|PENDING/.test(row.review?.status ?? ""),
      ).length;
    },
    openLine: async (person, connection) => {
      const line = await tryOpen(running, await tokenOf(person), connection);
      if (line !== undefined) lines.add(line);
      return line;
    },
    pass: async (seconds) => {
      clock.jump(seconds * 1000);
    },
    close: async () => {
      for (const line of lines) await line.close();
      await http.close();
      await running.close();
      await echo.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return under;
}

type Admin = HttpGatewayUnderTest["admin"];

function callerOf(http: Http, running: RunningGateway) {
  return async (token: string, method: string, path: string, body?: unknown) => {
    const answer = await http.send({
      method: method as "GET",
      url: `${running.url}/api${path}`,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: 10_000,
      maxBytes: 50_000_000,
    });
    return { status: answer.status, json: answer.body === "" ? undefined : (JSON.parse(answer.body) as unknown) };
  };
}

/** A line of bytes to the echo behind the gateway; undefined when the gateway refuses or makes the client wait. */
async function tryOpen(running: RunningGateway, token: string, connection: string): Promise<LiveLine | undefined> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 1_000);
  try {
    const tunnel = await openTunnel({ gatewayUrl: running.url, token, connection, signal: stop.signal });
    const { stream } = tunnel;
    const line = { ended: false, echoed: 0 };
    stream.on("data", (chunk: Buffer) => (line.echoed += chunk.length));
    for (const event of ["end", "close", "error"]) stream.on(event, () => (line.ended = true));
    return {
      isOpen: async () => {
        const before = line.echoed;
        for (let tries = 0; tries < 40 && !line.ended; tries += 1) {
          if (tries === 0) stream.write("x");
          await wait(tries < 10 ? 5 : 25);
          if (line.echoed > before) return true;
        }
        return false;
      },
      close: async () => {
        stream.destroy();
      },
    };
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function startEcho(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function foreignConnection(admin: Admin, name: string): Promise<unknown> {
  const { json } = await admin("GET", "/agents");
  const [agent] = json as readonly { readonly id: string }[];
  return {
    name,
    resource_name: name,
    type: "application",
    subtype: "tcp",
    agent_id: agent!.id,
    command: [],
    secret: {
      "envvar:HOST": "MTI3LjAuMC4x",
      "envvar:PORT": "NTQzMg==",
    },
    reviewers: ["somebody"],
    access_mode_connect: "enabled",
    access_mode_exec: "disabled",
    access_mode_runbooks: "disabled",
    access_schema: "disabled",
    connection_tags: { team: "theirs" },
  };
}

interface Row {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly connection_tags?: Readonly<Record<string, string>>;
  readonly correlation_id?: string;
  readonly connection?: string;
  readonly review?: { readonly status: string } | null;
}

/** Every object, session and review that does not carry the suite's installation, as the gateway tells it. */
async function foreignText(admin: Admin): Promise<string> {
  const get = async (path: string) => (await admin("GET", path)).json;
  const connections = ((await get("/connections")) as readonly Row[]).filter(
    (one) => one.connection_tags?.["leasehold"] !== installationA,
  );
  const whole = await Promise.all(connections.map((one) => get(`/connections/${one.name}`)));
  const isTheirs = (one: Row) => one.description?.includes(installationA) !== true;
  const safeguards = [await get("/guardrails"), await get("/datamasking-rules")].map((list) =>
    (list as readonly Row[]).filter(isTheirs),
  );
  const { data } = (await get("/sessions?limit=100")) as { readonly data: readonly Row[] };
  const grants = data.filter(
    (one) => one.review !== null && one.correlation_id?.startsWith(`lh:${installationA}:`) !== true,
  );
  const reviews = await Promise.all(grants.map((one) => get(`/reviews/${one.id}`)));
  const people = [await get("/users"), await get("/users/groups")];
  return JSON.stringify([whole, safeguards, grants, reviews, people]);
}
