/** The world in which the cases were recorded: people, keys, connections, and what happened between the cases. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import type { RunningGateway } from "../../../../providers/embedded";
import { callGateway } from "../../../../providers/embedded/tunnel/call";
import type { Loose } from "../../../providers/embedded/support";
import { TestClock } from "../../test-clock";
import { type Ids, translate } from "./compare";
import type { RecordedCase } from "./recorded";

/** An answer as the comparison sees it. */
export interface LiveAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly response: unknown;
}

/** Starts the gateway under test in a directory. */
export type Starter = (directory: string, clock: TestClock) => Promise<RunningGateway>;

/** The recorded agent and connections. */
const recordedAgent = "b4e23ca1-f7a0-5f78-9f36-c3d4658ccf2d";
const recordedConnections: Readonly<Record<string, string>> = {
  "pg-prod-readonly": "cf86581c-8d1a-4d11-b82c-2ed03be48f74",
  "pg-prod-admin": "7fdb3bb3-00af-453b-8f47-1f36dac8d74b",
};
const people: readonly (readonly [string, string, string])[] = [
  ["admin", "Admin", "admin"],
  ["alice", "Alice", "engineering"],
  ["bob", "Bob", "dba"],
  ["carol", "Carol", "security"],
];

/** One running gateway with the recorded world in it. */
export class World {
  readonly ids: Ids = new Map();
  readonly tokens = new Map<string, string>();
  private readonly tunnels: Promise<Duplex | undefined>[] = [];
  private readonly aborts: AbortController[] = [];

  private constructor(
    private readonly start: Starter,
    readonly clock: TestClock,
    private directory: string,
    public gateway: RunningGateway,
    private readonly resource: Server,
  ) {}

  static async open(start: Starter): Promise<World> {
    const clock = new TestClock();
    const directory = mkdtempSync(join(tmpdir(), "leasehold-replay-"));
    const resource = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.pipe(socket);
    }).listen(0, "127.0.0.1");
    await once(resource, "listening");
    const world = new World(start, clock, directory, await start(directory, clock), resource);
    await world.furnish();
    return world;
  }

  async close(): Promise<void> {
    for (const abort of this.aborts) abort.abort();
    await this.gateway.close();
    await Promise.all(this.tunnels);
    this.resource.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Any call, as the gateway's admin unless a token says otherwise. */
  async call(method: string, path: string, body?: unknown, token = this.tokens.get("root")): Promise<LiveAnswer> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return this.send(
      method,
      path,
      body === undefined ? undefined : text,
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    );
  }

  /** As `call`, and it must succeed. */
  async must(method: string, path: string, body?: unknown, token?: string): Promise<Loose> {
    const answer = await this.call(method, path, body, token ?? this.tokens.get("root"));
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.response)}`);
    return answer.response as Loose;
  }

  /** Sends a recorded request as its recorded caller, with live ids. */
  async replay(recorded: RecordedCase): Promise<LiveAnswer> {
    const query = recorded.query === null ? "" : `?${encodeQuery(translate(recorded.query, this.ids))}`;
    const path = encodeURI(translate(recorded.path, this.ids)) + query;
    const body = recorded.body === null ? undefined : translate(bodyText(recorded.body), this.ids);
    const answer = await this.send(recorded.method, path.slice("/api".length), body, this.authorization(recorded));
    this.keepSecrets(recorded, answer);
    return answer;
  }

  /** A token or key that a case gave is used by later ones. */
  private keepSecrets({ title }: RecordedCase, answer: LiveAnswer): void {
    if (title === "inactive user logs in") this.tokens.set("user dave (inactive)", answer.headers["token"] ?? "");
    if (title === "create API key") this.tokens.set("robot", (answer.response as { key: string }).key);
  }

  /** A grant that was made between two cases: by the ordinary key, 1 h, with the recorded ids of its session and review. */
  async grant(
    correlation: string,
    recorded: { readonly session?: string; readonly review?: string } = {},
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const body = { user_email: "alice@example.com", connection: "pg-prod-readonly", access_duration_sec: 3600 };
    const made = await this.must(
      "POST",
      "/sessions/provision",
      { ...body, correlation_id: correlation, ...more },
      this.tokens.get("api key, group lease-writers"),
    );
    await this.learn(made.session_id, recorded);
    return made.session_id;
  }

  /** Remembers which live session, and its review, a recorded one is. */
  async learn(session: string, recorded: { readonly session?: string; readonly review?: string }): Promise<void> {
    if (recorded.session !== undefined) this.ids.set(recorded.session, session);
    if (recorded.review !== undefined)
      this.ids.set(recorded.review, (await this.must("GET", `/reviews/${session}`)).id);
  }

  /** Changes a connection, keeping the rest. */
  async change(connection: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
    const before = await this.must("GET", `/connections/${connection}`);
    await this.must("PUT", `/connections/${connection}`, { ...before, ...fields });
  }

  /** Replaces the one access request rule. */
  async rule(fields: Readonly<Record<string, unknown>>): Promise<void> {
    for (const { name } of (await this.must("GET", "/access-requests/rules")).data) {
      await this.must("DELETE", `/access-requests/rules/${name}`);
    }
    const rule = {
      name: "prod-ro",
      access_type: "jit",
      connection_names: ["pg-prod-readonly"],
      approval_required_groups: [],
      reviewers_groups: ["dba", "security"],
      all_groups_must_approve: true,
      min_approvals: 2,
      force_approval_groups: [],
    };
    await this.must("POST", "/access-requests/rules", { ...rule, ...fields });
  }

  /** Somebody runs `connect` and waits for approval; gives the session that waits. */
  async ask(
    recorded: { readonly session?: string; readonly review?: string } = {},
    options: { readonly leaves?: boolean } = {},
  ): Promise<string> {
    const before = new Set((await this.sessions()).map((row) => row.id));
    const tunnel = this.connect("pg-prod-readonly?duration_sec=300");
    const row = await this.until(async () => (await this.sessions()).find((one) => !before.has(one.id)));
    await this.learn(row.id, recorded);
    if (options.leaves === true) {
      this.aborts.at(-1)?.abort();
      await tunnel;
    }
    return row.id;
  }

  /** Alice opens a session. Resolves with its stream, or undefined when it was not opened. */
  connect(connection = "pg-prod-readonly"): Promise<Duplex | undefined> {
    const abort = new AbortController();
    this.aborts.push(abort);
    const token = this.tokens.get("user alice (group engineering)") ?? "";
    const call = { gatewayUrl: this.gateway.url, token, timeoutMs: 60_000, signal: abort.signal };
    const upgrade = { connection: "Upgrade", upgrade: "leasehold-tcp" };
    const opened = callGateway(call, `/api/connect/${connection}`, upgrade).then(
      (answer) => {
        if (answer.kind === "answer") return undefined;
        answer.stream.on("error", () => undefined);
        answer.stream.resume();
        abort.signal.addEventListener("abort", () => answer.stream.destroy());
        return answer.stream;
      },
      () => undefined,
    );
    this.tunnels.push(opened);
    return opened;
  }

  /** The stream of the last connect, once it is open. */
  lastConnect(): Promise<Duplex | undefined> {
    return this.tunnels.at(-1) ?? Promise.resolve(undefined);
  }

  /** Alice's sessions, newest first. */
  async sessions(): Promise<readonly Loose[]> {
    return (await this.must("GET", "/sessions?limit=100&user=alice@example.com")).data;
  }

  /** Waits until something is there. */
  async until<Value>(look: () => Promise<Value | undefined | false>): Promise<Value> {
    for (let attempt = 0; attempt < 500; attempt += 1) {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("what was waited for did not come");
  }

  /** The same directory under another gateway, as after a crash: `copy` gives the directory to go on with. */
  async restart(copy: (directory: string) => Promise<string>): Promise<void> {
    const crashed = await copy(this.directory);
    await this.gateway.close();
    rmSync(this.directory, { recursive: true, force: true });
    this.directory = crashed;
    this.gateway = await this.start(crashed, this.clock);
  }

  private async furnish(): Promise<void> {
    this.tokens.set("root", this.gateway.keys.admin);
    for (const [name, display, group] of people) {
      const email = `${name}@example.com`;
      await this.must("POST", "/users", { email, name: display, password: "PASSWORD_EXAMPLE", groups: [group] });
      const { token } = await this.must("POST", `/users/${email}/token`);
      this.tokens.set(`user ${name} (group ${group})`, token);
    }
    for (const [name, group] of [
      ["leasehold", "admin"],
      ["leasehold-grants", "lease-writers"],
      ["leasehold-audit", "auditor"],
    ]) {
      const admin = this.tokens.get("user admin (group admin)");
      const { key } = await this.must("POST", "/api-keys", { name, groups: [group] }, admin);
      this.tokens.set(`api key, group ${group}`, key);
    }
    const [agent] = await this.must("GET", "/agents");
    this.ids.set(recordedAgent, agent!.id);
    await this.addConnection("pg-prod-readonly");
    await this.addConnection("pg-prod-admin");
  }

  /** Makes a connection as the recorded ones are, leading to this world's resource. */
  async addConnection(name: string): Promise<void> {
    const { port } = this.resource.address() as { port: number };
    const made = await this.must("POST", "/connections", {
      name,
      resource_name: "pg-prod",
      type: "application",
      subtype: "tcp",
      agent_id: this.ids.get(recordedAgent),
      secret: { "envvar:HOST": btoa("127.0.0.1"), "envvar:PORT": btoa(String(port)) },
      access_mode_runbooks: "disabled",
      access_mode_exec: "disabled",
      access_mode_connect: "enabled",
      access_schema: "disabled",
    });
    const recorded = recordedConnections[name];
    if (recorded !== undefined) this.ids.set(recorded, made.id);
  }

  private authorization({ auth, title }: RecordedCase): Readonly<Record<string, string>> {
    const admin = this.tokens.get("api key, group admin") ?? "";
    if (title === "wrong auth scheme") return { authorization: `Basic ${admin}` };
    if (title === "Api-Key header when no static key is set") return { "api-key": "static" };
    if (title === "Api-Key header with a managed key") return { "api-key": admin };
    if (auth === "none") return {};
    if (auth === "invalid token") return { authorization: `Bearer ${this.invalidToken(title)}` };
    const token = this.tokens.get(auth);
    if (token === undefined) throw new Error(`no caller \`${auth}\``);
    return { authorization: `Bearer ${token}` };
  }

  private invalidToken(title: string): string {
    const alice = this.tokens.get("user alice (group engineering)") ?? "";
    switch (title) {
      case "tampered JWT":
        return `${alice.slice(0, -4)}AAAA`;
      case "unknown API key":
        return `hpk_${"A".repeat(43)}`;
      case "revoked key calls the API":
        return this.tokens.get("robot") ?? "";
      default:
        return "garbage";
    }
  }

  private async send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<LiveAnswer> {
    const answer = await fetch(`${this.gateway.url}/api${path}`, {
      method,
      headers,
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
    const response: unknown = isJson ? JSON.parse(text) : text === "" ? null : text;
    return { status: answer.status, headers: Object.fromEntries(answer.headers), response };
  }
}

function bodyText(body: unknown): string {
  if (typeof body === "string") return body;
  return JSON.stringify(body).replace("<32 MiB of x>", () => "x".repeat(32 * 1024 * 1024));
}

/** Recorded queries are unescaped; `&` and `=` separate, everything else is a value. */
function encodeQuery(query: string): string {
  return query
    .split("&")
    .map((part) => {
      const at = part.indexOf("=");
      return `${part.slice(0, at)}=${encodeURIComponent(part.slice(at + 1))}`;
    })
    .join("&");
}
