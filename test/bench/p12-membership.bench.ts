import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Effect } from "../../lib/ports";
import { end, hold, secretsOf } from "../contract/fixtures";
import { postgresqlGateway, quoted, type PostgresqlUnderTest } from "../contract/postgresql-gateway";
import { postgresPassword, startPostgres, type TestPostgres } from "../support/postgres";
import { bench, inTurn } from "./support/bench";
import { measured } from "./support/result";

/** P12: leases given and ended through the provider, against bare memberships in psql, and psql that does the same to roles. */
const leases = 400;

bench(async (directory) => {
  const server = await startPostgres({ settings: { fsync: "on" } });
  try {
    return await measure(server, directory);
  } finally {
    await server.remove();
  }
});

async function measure(server: TestPostgres, directory: string) {
  const under = await postgresqlGateway(server);
  const provider = under.provider();
  const scripts = await writeScripts(under, directory);
  const people = Array.from({ length: leases }, (_, n) => `p${n}@example.com`);
  const carriedOut = async (effects: readonly Effect[], kind: "held" | "ended"): Promise<void> => {
    for await (const outcome of provider.apply(effects, { secrets: secretsOf })) {
      if (outcome.kind !== kind) throw new Error(JSON.stringify(outcome));
    }
  };
  const found = await inTurn(5, {
    bare: () => perSecond(() => psql(server, under.database, scripts.bare)),
    same: () => perSecond(() => psql(server, under.database, scripts.same)),
    ours: (round) =>
      perSecond(async () => {
        const request = `round-${round}`;
        await carriedOut(
          people.map((person) => hold(under, { person, request })),
          "held",
        );
        await carriedOut(
          people.map((person) => end(person)),
          "ended",
        );
      }),
  });
  await provider.close();
  const [bare, same, ours] = [
    measured("psql: a membership granted and revoked", "/s", found.bare),
    measured("psql: the same with login, password and end", "/s", found.same),
    measured("leasehold: a lease given and ended", "/s", found.ours),
  ];
  const ofBare = { what: "of bare memberships", figure: (100 * ours.median) / bare.median, bar: 70 } as const;
  const ofSame = { what: "of the same by hand", figure: (100 * ours.median) / same.median, bar: 70 } as const;
  return [
    {
      row: "P12",
      checks: [ofBare, ofSame].map((check) => ({ ...check, unit: "%", is: "at least" as const })),
      measured: [bare, same, ours],
      limit:
        "A lease is more than a membership: it brings a password of its own. For every one that is set PostgreSQL itself goes through all 4,096 rounds of SCRAM once, to see that it is not the empty one: more time than a membership takes by an order, and more than everything else of a lease together. Tried and left: all leases in one statement, which saves the round trips and not the rounds; and 1,000 rounds, which nearly halve a lease, and which clients that hold to RFC 7677 (pgjdbc) do not log in with. The second figure is against psql that sets a password as well, made beforehand.",
      method: `One server with fsync on. Leasehold gives ${leases} leases through its provider and ends them, with a password each, a record of each grant id, and a look that nobody is left; four calls at a time. Beside it one session of psql, each statement committed by itself: a GRANT and a REVOKE for each of ${leases} roles; and these with what a lease sets besides, login, password, connection limit and VALID UNTIL, and takes away again.`,
    },
  ];
}

async function writeScripts(
  under: PostgresqlUnderTest,
  directory: string,
): Promise<{ readonly bare: string; readonly same: string }> {
  const level = quoted(under.roles.read);
  const roles = Array.from({ length: leases }, (_, n) => `by_hand_${n}`);
  await under.query(roles.map((role) => `CREATE ROLE ${role}`).join(";"));
  const [bare, same] = [join(directory, "bare.sql"), join(directory, "same.sql")];
  const until = new Date(Date.now() + 3_600_000).toISOString();
  writeFileSync(bare, roles.map((role) => `GRANT ${level} TO ${role};\nREVOKE ${level} FROM ${role};\n`).join(""));
  writeFileSync(
    same,
    roles
      .map(
        (role) => `ALTER ROLE ${role} LOGIN CONNECTION LIMIT 10 PASSWORD '${verifier}' VALID UNTIL '${until}';
GRANT ${level} TO ${role};
REVOKE ${level} FROM ${role};
ALTER ROLE ${role} NOLOGIN CONNECTION LIMIT 0 PASSWORD NULL VALID UNTIL '2026-01-01';
`,
      )
      .join(""),
  );
  return { bare, same };
}

/** Of a password that nobody has. */
const verifier = `SCRAM-SHA-256$4096:${"A".repeat(22)}==$${"A".repeat(43)}=:${"A".repeat(43)}=`;

function psql(server: TestPostgres, database: string, file: string): void {
  const place = ["-h", server.host, "-p", String(server.port), "-U", "postgres", "-d", database];
  const { status, stderr } = spawnSync("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", ...place, "-f", file], {
    env: { ...process.env, PGPASSWORD: postgresPassword },
  });
  if (status !== 0) throw new Error(String(stderr));
}

/** Leases per second of some work on all of them. */
async function perSecond(work: () => void | Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return leases / ((performance.now() - from) / 1000);
}
