import { Client } from "pg";
import { systemClock } from "../../lib/adapters/clock";
import { postgresSql } from "../../lib/adapters/postgres";
import { systemRandom } from "../../lib/adapters/random";
import type { Random } from "../../lib/ports";
import { installSql, type InstallOptions } from "../../providers/postgresql";
import { postgresqlProvider } from "../../providers/postgresql/provider";
import type { TestPostgres } from "../support/postgres";
import { installationA, read, secretsOf, write } from "./fixtures";
import type { GatewayUnderTest, LiveLine } from "./gateway";

/** A database with direct leases under the suite, and what a test of it needs besides. */
export interface PostgresqlUnderTest extends GatewayUnderTest {
  readonly database: string;
  /** The names of the levels' roles. */
  readonly roles: { readonly read: string; readonly write: string };
  /** The URL of the reconciler's login. */
  readonly url: string;
  readonly install: InstallOptions;
  query(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  /** The secret that was sealed for a pair last, as its holder would open it. */
  secretOf(person: string, connection: string): Promise<Secret | undefined>;
  /** Logs in as the lease role of a pair; undefined when the server refuses. */
  logIn(person: string, connection: string): Promise<Client | undefined>;
}

/** What a holder logs in with. */
export interface Secret {
  readonly user: string;
  readonly password: string;
}

const reconcilerPassword = "of-the-reconciler";
let count = 0;

/** Makes a database of its own on a server, with two levels, and installs the functions there as a superuser. */
export async function postgresqlGateway(
  server: TestPostgres,
  options: { readonly random?: Random; readonly roleNames?: (level: string) => string } = {},
): Promise<PostgresqlUnderTest> {
  count += 1;
  const database = await server.newDatabase();
  const nameOf = options.roleNames ?? ((level: string) => `${level} of "${database}" ${count}`);
  const roles = { read: nameOf("read"), write: nameOf("write") };
  const query = (sql: string, parameters?: unknown[]) =>
    server.query(sql, { database, ...(parameters === undefined ? {} : { parameters }) });
  for (const role of Object.values(roles)) await query(`CREATE ROLE ${quoted(role)} NOLOGIN`);
  await query(`CREATE TABLE orders (id int, card text); INSERT INTO orders VALUES (1, 'x');
    GRANT SELECT ON orders TO ${quoted(roles.read)}; GRANT SELECT, INSERT ON orders TO ${quoted(roles.write)}`);
  const install: InstallOptions = {
    installation: installationA,
    reconciler: "leasehold_reconciler",
    observer: "leasehold_observer",
    maxSeconds: 604_800,
    levels: [
      { connection: read, role: roles.read, database },
      { connection: write, role: roles.write, database },
    ],
  };
  await query(installSql(install));
  await query(`ALTER ROLE leasehold_reconciler PASSWORD '${reconcilerPassword}'`);
  const url = server.url({ database, user: "leasehold_reconciler", password: reconcilerPassword });
  const clock = systemClock();
  const opened = new Map<string, Secret>();
  /** What stands for sealing: nothing of the secret is in what the server is told. */
  const vault = new Map<string, Secret>();

  const secretOf = async (person: string, connection: string): Promise<Secret | undefined> => {
    const key = `${person} ${connection}`;
    const [row] = await query("SELECT sealed FROM leasehold.lease WHERE person = $1 AND connection = $2", [
      person,
      connection,
    ]);
    const secret = vault.get(String(row?.["sealed"]));
    if (secret !== undefined) opened.set(key, secret);
    // What was known once stays known to the attacker.
    return opened.get(key);
  };
  const logIn = async (person: string, connection: string): Promise<Client | undefined> => {
    const secret = await secretOf(person, connection);
    return secret === undefined ? undefined : tryLogIn(server, { ...secret, database });
  };
  return {
    name: "postgresql",
    installation: installationA,
    database,
    roles,
    url,
    install,
    clock,
    secrets: secretsOf,
    target: { host: server.host, port: server.port },
    keys: ["the key of everybody"],
    query,
    secretOf,
    logIn,
    provider: ({ installation = installationA } = {}) =>
      postgresqlProvider({
        gateway: "prod",
        installation,
        sql: postgresSql({ root: __dirname, environment: {}, url, named: "the test's URL" }),
        clock,
        random: options.random ?? systemRandom(),
        seal: async (_, text) => {
          const sealed = `sealed ${(count += 1)}`;
          vault.set(sealed, JSON.parse(text) as Secret);
          return sealed;
        },
      }),
    addUser: async () => undefined,
    plantObject: async () => {
      throw new Error("nobody makes objects there");
    },
    plantLease: async ({ person, connection, seconds }) => {
      const level = connection === write ? roles.write : roles.read;
      const until = new Date(Date.parse(clock.now()) + seconds * 1000).toISOString();
      await query(`DROP ROLE IF EXISTS ${quoted(person)}`);
      await query(`CREATE ROLE ${quoted(person)} LOGIN VALID UNTIL '${until}' IN ROLE ${quoted(level)}`);
    },
    endDirectly: async (ref) => {
      await query(`ALTER ROLE ${quoted(ref)} NOLOGIN`);
      await query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", [ref]);
    },
    foreign: async () => {
      const facts =
        await query(`SELECT r.rolname, r.rolcanlogin, r.rolsuper, r.rolvaliduntil, r.rolconfig, r.rolconnlimit,
        (SELECT array_agg(m.roleid::regrole::text ORDER BY 1) FROM pg_auth_members m WHERE m.member = r.oid
            AND m.roleid::regrole::text !~ '^lh_') AS member_of
        FROM pg_roles r WHERE r.rolname !~ '^lh_[0-9a-f]{40}$' AND r.rolname !~ '^pg_' ORDER BY 1`);
      return JSON.stringify(facts);
    },
    isLetIn: async (person, connection) => {
      const client = await logIn(person, connection);
      if (client === undefined) return false;
      const level = connection === write ? roles.write : roles.read;
      const { rows } = await client.query("SELECT pg_has_role($1, 'USAGE') AS may", [level]);
      await client.end();
      return rows[0].may === true;
    },
    countLeases: async (person, connection) => {
      const rows = await query(
        "SELECT FROM leasehold.lease WHERE person = $1 AND connection = $2 AND ended_at IS NULL",
        [person, connection],
      );
      return rows.length;
    },
    openLine: async (person, connection) => {
      const client = await logIn(person, connection);
      return client === undefined ? undefined : lineOf(client);
    },
    pass: async (seconds) => {
      await query(`UPDATE leasehold.lease SET created_at = created_at - interval '${seconds} seconds',
        ends_at = ends_at - interval '${seconds} seconds'`);
      await query(`UPDATE leasehold.spent SET until = until - interval '${seconds} seconds'`);
      const rows = await query("SELECT role, ends_at::text FROM leasehold.lease WHERE ended_at IS NULL");
      for (const row of rows) await query(`ALTER ROLE ${quoted(String(row["role"]))} VALID UNTIL '${row["ends_at"]}'`);
    },
    close: async () => undefined,
  };
}

/** Logs in with a password; undefined when the server refuses. */
export async function tryLogIn(
  server: TestPostgres,
  login: { readonly user: string; readonly password: string; readonly database: string },
): Promise<Client | undefined> {
  const client = new Client({ host: server.host, port: server.port, ...login });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return undefined;
  }
}

/** A name as SQL writes it, for the tests' own statements. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function lineOf(client: Client): LiveLine {
  return {
    isOpen: () =>
      client.query("SELECT 1").then(
        () => true,
        () => false,
      ),
    close: () => client.end().catch(() => undefined),
  };
}
