/** Starts a gateway in a directory: opens its store, makes its keys, listens. */
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, isIP } from "node:net";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { failure } from "../../lib/errors";
import type { Clock, Random } from "../../lib/ports";
import { buildApp } from "./api/app";
import { type Accidents, type Behaviour, embeddedBehaviour } from "./behaviour";
import { type GatewayKeys, prepare } from "./first-start";
import { writeWhole } from "./files";
import type { Gateway } from "./gateway";
import { limits } from "./limits";
import { acceptTunnel } from "./proxy/accept";
import { GrantEnds } from "./proxy/ends";
import { LiveSessions } from "./proxy/live";
import { openStore, type Store } from "./store/store";
import { timeOf } from "./time";

/** What a gateway is started with. */
export interface GatewayOptions {
  /** Where it keeps its journal, keys and address; made when missing. One gateway per directory. */
  readonly directory: string;
  /** @default "127.0.0.1" — anything but loopback needs `tls`. */
  readonly host?: string;
  /** @default 0 — a free port. */
  readonly port?: number;
  readonly clock: Pick<Clock, "now">;
  readonly random: Random;
  /** @default the sane one */
  readonly behaviour?: Behaviour;
  /** Accidents of a real gateway, for tests only. */
  readonly accidents?: Accidents;
  /** PEM texts. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Takes one line about what the gateway does; never a secret. */
  readonly note?: (line: string) => void;
}

/** A gateway that runs. */
export interface RunningGateway {
  /** Where its API is, without `/api`: `http://127.0.0.1:4312`. */
  readonly url: string;
  readonly keys: GatewayKeys;
  /** Answers what is in flight, ends all sessions, gives the directory free. */
  close(): Promise<void>;
}

/** Starts a gateway. Throws E508 when another one uses the directory, or when it would listen in the clear beyond this machine. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const host = options.host ?? "127.0.0.1";
  refuseOpenListening(host, options);
  const note = options.note ?? (() => undefined);
  const store = await openStore(options.directory, options.random, note);
  try {
    return await listenOn(store, options, host, note);
  } catch (cause) {
    await store.close();
    throw cause;
  }
}

function refuseOpenListening(host: string, options: GatewayOptions): void {
  const isLoopback = host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
  if (isLoopback || options.tls !== undefined) return;
  throw failure("E508", {
    summary: "the gateway does not listen beyond this machine without TLS",
    detail: `host \`${host}\` is not a loopback address`,
    fix: "leave the host at 127.0.0.1, or give a TLS key and certificate",
  });
}

async function listenOn(
  store: Store,
  options: GatewayOptions,
  host: string,
  note: (line: string) => void,
): Promise<RunningGateway> {
  const { directory, random, behaviour = embeddedBehaviour, accidents = {} } = options;
  const time = timeOf(options.clock);
  const prepared = await prepare(directory, { store, random, time, behaviour });
  const live = new LiveSessions(store, time, behaviour, accidents);
  const ends = new GrantEnds(store, time, behaviour);
  let url = "";
  const gateway: Gateway = {
    ...prepared,
    store,
    time,
    random,
    behaviour,
    accidents,
    live,
    ends,
    note,
    url: () => url,
    lastUsed: new Map(),
  };
  const server = serverOf(gateway, options);
  try {
    await store.durable();
    url = await listen(server, host, options);
  } catch (cause) {
    ends.close();
    throw cause;
  }
  const address = join(directory, "address.json");
  await writeWhole(address, JSON.stringify({ url, pid: process.pid }));
  note(`listening on ${url}`);
  const close = async (): Promise<void> => {
    ends.close();
    live.close();
    await stopServer(server);
    await rm(address, { force: true });
    await store.close();
  };
  return { url, keys: prepared.keys, close: once(close) };
}

function serverOf(gateway: Gateway, { tls }: GatewayOptions): Server {
  const app = buildApp(gateway);
  const serverOptions = { keepAliveTimeout: 30_000, maxHeaderSize: 32_768, ...tls };
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, env),
    overrideGlobalObjects: false,
    ...(tls === undefined
      ? { createServer: createHttpServer, serverOptions }
      : { createServer: createHttpsServer, serverOptions }),
  }) as Server;
  server.maxConnections = limits.connections;
  server.on("upgrade", (request, socket, head) => acceptTunnel(gateway, request, socket, head));
  return server;
}

function listen(server: Server, host: string, { port = 0, tls }: GatewayOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      reject(
        failure("E508", {
          detail: cause.message,
          fix: "choose another host or port, or leave the port away to get a free one",
          cause,
        }),
      );
    });
    server.listen(port, host, () => {
      const at = server.address() as AddressInfo;
      const name = at.family === "IPv6" ? `[${at.address}]` : at.address;
      resolve(`${tls === undefined ? "http" : "https"}://${name}:${at.port}`);
    });
  });
}

/** Lets answers in flight finish, then ends what is left. */
function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), limits.closeTimeout);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function once(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= act());
}
