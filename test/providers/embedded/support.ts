/** A gateway with one person and one echoing resource, for tests. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import {
  type Behaviour,
  type GatewayOptions,
  openTunnel,
  type RunningGateway,
  startGateway,
  type Tunnel,
} from "../../../providers/embedded";
import { TestClock } from "../../doubles/test-clock";

/** Starts a gateway with real randomness and a clock that can jump. */
export function start(
  options: {
    readonly directory: string;
    readonly clock?: TestClock;
    readonly behaviour?: Behaviour;
  } & Partial<GatewayOptions>,
): Promise<RunningGateway> {
  return startGateway({ clock: new TestClock(), random: { bytes: (count) => randomBytes(count) }, ...options });
}

/** An answer of the API as tests read it: any of these fields, or a list of such answers. */
export interface Loose extends Iterable<Loose> {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly token: string;
  readonly expires_at: string;
  readonly key: string;
  readonly session_id: string;
  readonly total: number;
  readonly is_admin: boolean;
  readonly secret: Readonly<Record<string, string>>;
  readonly resource_type: string;
  readonly groups: readonly string[];
  readonly review: Loose | null;
  readonly data: readonly Loose[];
}

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Loose;
}

/** Calls a gateway's API; a string body is sent as it is. */
export async function call(
  gateway: { readonly url: string },
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await fetch(`${gateway.url}/api${path}`, {
    method,
    redirect: "manual",
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
  return { status: answer.status, headers: answer.headers, json: (isJson ? JSON.parse(text) : text) as Loose };
}

/** A resource that sends back what it gets, and ends when the client does. */
export interface Resource {
  readonly server: Server;
  readonly port: number;
  readonly sockets: Set<Socket>;
  close(): void;
}

/** Starts a resource on loopback. */
export async function startResource(serve: (socket: Socket) => void = echo): Promise<Resource> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
    serve(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { server, port, sockets, close };
}

function echo(socket: Socket): void {
  socket.pipe(socket);
}

/** Alice's world: who may connect to what. */
export class Scene {
  token = "";
  private readonly streams: Tunnel[] = [];

  constructor(public gateway: RunningGateway) {}

  /** Makes alice, her token, and the connection `orders-read` to a port. */
  static async of(gateway: RunningGateway, port: number): Promise<Scene> {
    const scene = new Scene(gateway);
    await scene.must("POST", "/users", { email: "alice@example.com", name: "Alice", groups: ["engineering"] });
    await scene.addConnection("orders-read", port);
    scene.token = (await scene.must("POST", "/users/alice@example.com/token")).token;
    return scene;
  }

  /** A call as the gateway's admin key. */
  api(method: string, path: string, body?: unknown): Promise<Answer> {
    return call(this.gateway, this.gateway.keys.admin, method, path, body);
  }

  /** A call of alice. */
  asAlice(method: string, path: string, body?: unknown): Promise<Answer> {
    return call(this.gateway, this.token, method, path, body);
  }

  async must(method: string, path: string, body?: unknown): Promise<Loose> {
    const answer = await this.api(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
    return answer.json;
  }

  async addConnection(name: string, port: number, more: Readonly<Record<string, unknown>> = {}): Promise<Loose> {
    const [agent] = await this.must("GET", "/agents");
    return this.must("POST", "/connections", {
      name,
      type: "application",
      subtype: "tcp",
      agent_id: agent!.id,
      access_mode_connect: "enabled",
      access_mode_exec: "disabled",
      access_mode_runbooks: "disabled",
      access_schema: "disabled",
      secret: { "envvar:HOST": btoa("127.0.0.1"), "envvar:PORT": btoa(String(port)) },
      ...more,
    });
  }

  /** Grants alice a connection; gives the session id of the grant. */
  async grant(
    seconds: number,
    correlation = randomBytes(6).toString("hex"),
    connection = "orders-read",
  ): Promise<string> {
    const body = {
      user_email: "alice@example.com",
      connection,
      access_duration_sec: seconds,
      correlation_id: correlation,
    };
    return (await this.must("POST", "/sessions/provision", body)).session_id;
  }

  revoke(session: string): Promise<Answer> {
    return this.api("PUT", `/reviews/${session}`, { status: "REVOKED" });
  }

  /** Opens a session as alice. */
  async open(connection = "orders-read", token = this.token): Promise<Tunnel> {
    const tunnel = await openTunnel({ gatewayUrl: this.gateway.url, token, connection });
    tunnel.stream.on("error", () => undefined);
    this.streams.push(tunnel);
    return tunnel;
  }

  /** What a refused connect says, by code of the catalogue; "open" when it is not refused. */
  async refusal(connection = "orders-read", token = this.token): Promise<string> {
    return this.open(connection, token).then(
      () => "open",
      (error: { readonly code?: string }) => error.code ?? String(error),
    );
  }

  async row(session: string): Promise<Loose> {
    return this.must("GET", `/sessions/${session}`);
  }

  close(): void {
    for (const { stream } of this.streams) stream.destroy();
  }
}

/** Sends a text and waits for its echo: the session is alive both ways. */
export async function exchange({ stream }: Tunnel, text: string): Promise<string> {
  const heard = once(stream, "data") as Promise<[Buffer]>;
  stream.write(text);
  return String((await heard)[0]);
}

/** Waits until a stream is closed. */
export async function closed({ stream }: Tunnel): Promise<void> {
  stream.resume();
  if (!stream.closed) await new Promise((resolve) => stream.once("close", resolve));
}

/** Looks again and again until a condition holds. */
export async function eventually(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("it did not come about");
}
