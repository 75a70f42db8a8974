/**
 * THREATS, "hostile identifiers", and bar 11 of QUALITY.md where they meet a database: names of people, Connections and roles go through
 * the SQL that an admin installs, and through the functions that write statements with them. `npm run test:leases` runs 100,000.
 */
import * as fc from "fast-check";
import { Client } from "pg";
import { installSql } from "../../providers/postgresql";
import { alice, applyAll, end, hold, read } from "../contract/fixtures";
import { postgresqlGateway, quoted, type PostgresqlUnderTest } from "../contract/postgresql-gateway";
import { hostileSqlName } from "../support/hostile-sql";
import { describeWith } from "../support/needs";
import { postgres, postgresForTests } from "../support/postgres";
import { sayBar } from "../simulation/bars/bar";

/** Set by `npm run test:leases`, which runs the whole number. */
const count = Number(process.env["LEASEHOLD_NAMES"] ?? 4_000);
/** Of these, as many become roles of levels, and as many people get a lease: the server computes 5 ms for the password of each. */
const roles = Math.ceil(count / 200);
const people = Math.ceil(count / 100);
const perQuery = 1_000;

/** What the server itself lets nobody call a role, and roles that are there. */
const reserved = /^(?:pg_|public$|none$|leasehold_|postgres$)/;

jest.setTimeout(1_200_000);

describeWith(postgres, "hostile names in a database with direct leases", () => {
  const server = postgresForTests();

  it(`bar 11: none of ${count} does anything but be a name`, async () => {
    const seed = Number(process.env["LEASEHOLD_SEED"] ?? Date.now() % 2 ** 31);
    const names = [...new Set(fc.sample(hostileSqlName(), { seed, numRuns: Math.ceil(count * 1.4) }))].slice(0, count);
    expect(names.length).toBeGreaterThanOrEqual(count * 0.98);
    const under = await postgresqlGateway(server());
    const before = await facts(under);
    const asRoles = names.filter((name) => !reserved.test(name)).slice(0, roles);
    const asPeople = names.slice(-people);

    // Names of levels' roles, each also the name of its Connection: in the text that an admin runs.
    await under.query(asRoles.map((name) => `CREATE ROLE ${quoted(name)} NOLOGIN`).join(";"));
    const levels = asRoles.map((name) => ({ connection: name, role: name, database: under.database }));
    await under.query(installSql({ ...under.install, levels: [...under.install.levels, ...levels] }));
    expect(
      await listed(under, "SELECT role AS name FROM leasehold.level WHERE connection <> ALL ($1)", [
        under.install.levels.map((level) => level.connection),
      ]),
    ).toEqual(sorted(asRoles));

    // Names of people and Connections: in the calls that the reconciler makes, and in the statements that come of them.
    const provider = under.provider();
    const held = await applyAll(under, provider, [
      ...asPeople.map((person) => hold(under, { person })),
      ...asRoles.map((connection) => hold(under, { connection })),
    ]);
    const isFit = (name: string) => ![...name].some((one) => one < " " || one === "\u007f");
    expect(held.map((one) => one.kind)).toEqual([
      ...asPeople.map((name) => (isFit(name) ? "held" : "refused")),
      ...asRoles.map(() => "held"),
    ]);
    expect(await listed(under, "SELECT person AS name FROM leasehold.lease WHERE person <> $1", [alice])).toEqual(
      sorted(asPeople.filter(isFit)),
    );
    for (const name of asRoles.slice(0, 20)) {
      const client = await under.logIn(alice, name);
      const member = await client?.query("SELECT pg_has_role($1, 'USAGE') AS is_member", [name]);
      await client?.end();
      expect([name, member?.rows]).toEqual([name, [{ is_member: true }]]);
    }
    const ended = await applyAll(under, provider, [
      ...asPeople.map((person) => end(person)),
      ...asRoles.map((connection) => end(alice, connection)),
    ]);
    expect(ended.every((one) => one.kind === "ended")).toBe(true);
    await provider.close();

    // The rest through the functions themselves, some at a time, as the reconciler's login.
    const asked = await callAll(under, names);
    await under.query(asRoles.map((name) => `DROP OWNED BY ${quoted(name)}; DROP ROLE ${quoted(name)}`).join(";"));
    expect(await facts(under)).toEqual(before);
    expect(asked).toEqual({ held: 0, ended: 0 });
    sayBar({
      bar:
        `bar 11 (postgresql): ${names.length} hostile names through hold, end and installation, ${roles} of them as roles of levels, ` +
        `${people} as people with a lease; seed ${seed}: 0 did anything but be a name`,
      isReached: true,
    });
  });
});

/** Everything that a name could have done: roles and what they may, members, tables, functions, settings. */
async function facts(under: PostgresqlUnderTest): Promise<unknown> {
  return under.query(`SELECT
    ARRAY(SELECT (to_jsonb(r) - 'oid')::text FROM pg_roles r WHERE r.rolname !~ '^lh_[0-9a-f]{40}$' ORDER BY 1) AS roles,
    ARRAY(SELECT r.rolname FROM pg_roles r WHERE r.rolname ~ '^lh_' AND (r.rolcanlogin OR r.rolsuper OR r.rolcreaterole)) AS open,
    ARRAY(SELECT roleid::regrole::text || ' ' || member::regrole::text FROM pg_auth_members
      WHERE member::regrole::text !~ '^lh_' AND roleid::regrole::text !~ '^lh_' ORDER BY 1) AS members,
    ARRAY(SELECT c.oid::regclass::text || coalesce(c.relacl::text, '') FROM pg_class c
      WHERE c.relnamespace::regnamespace::text !~ '^pg_' ORDER BY 1) AS relations,
    ARRAY(SELECT p.oid::regprocedure::text || coalesce(p.proacl::text, '') FROM pg_proc p
      WHERE p.pronamespace::regnamespace::text !~ '^pg_|information_schema' ORDER BY 1) AS functions,
    ARRAY(SELECT to_jsonb(s)::text FROM pg_db_role_setting s ORDER BY 1) AS settings,
    ARRAY(SELECT o.id FROM orders o) AS orders`);
}

const verifier = `SCRAM-SHA-256$4096:${"A".repeat(22)}==$${"A".repeat(43)}=:${"A".repeat(43)}=`;

async function listed(under: PostgresqlUnderTest, sql: string, values: unknown[]): Promise<readonly string[]> {
  return sorted((await under.query(sql, values)).map((row) => String(row["name"])));
}

function sorted(names: readonly string[]): readonly string[] {
  return names.toSorted();
}

/** Asks for a lease of each name as a Connection, and for the end of each as a person, of a Connection, of an installation. */
async function callAll(
  under: PostgresqlUnderTest,
  names: readonly string[],
): Promise<{ readonly held: number; readonly ended: number }> {
  const client = new Client({ connectionString: under.url });
  await client.connect();
  let [held, ended] = [0, 0];
  for (let at = 0; at < names.length; at += perQuery) {
    const some = names.slice(at, at + perQuery);
    const { rows } = await client.query(
      `SELECT count(*) FILTER (WHERE (answer->>'held')::boolean)::int AS held,
        count(*) FILTER (WHERE (answer->>'was_there')::boolean)::int AS ended
      FROM unnest($1::text[]) n, LATERAL (
        SELECT leasehold.hold($2, n, '; ' || n, $3, 0, 60000, 0, $4, n, 10) AS answer
        UNION ALL SELECT leasehold.hold($2, n, $5, n, 0, 60000, 0, n, n, 10)
        UNION ALL SELECT leasehold.end_lease($2, n, n)
        UNION ALL SELECT leasehold.end_lease(n, n, n)) asked`,
      [some, under.installation, "a".repeat(26), verifier, read],
    );
    held += rows[0].held;
    ended += rows[0].ended;
  }
  await client.end();
  return { held, ended };
}
