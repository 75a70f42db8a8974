import * as fc from "fast-check";
import type { Clock, Sql, SqlAnswer } from "../../../lib/ports";
import { installedVersion } from "../../../providers/postgresql/install/sql";
import { readListing } from "../../../providers/postgresql/listing";
import { weakLogins } from "../../../providers/postgresql/login-rules";
import type { PostgresqlContext } from "../../../providers/postgresql/context";
import { systemClock } from "../../../lib/adapters/clock";
import { systemRandom } from "../../../lib/adapters/random";

const whole = {
  setting: { version: installedVersion, installation: "inst-aaaaaaaa0001", max_seconds: 3600 },
  database: "orders",
  server: "15.18",
  now_ms: 1_790_000_000_000,
  ever_held: false,
  is_replica: false,
  login: { name: "leasehold_reconciler", is_superuser: false, makes_roles: false, is_owner: false },
  levels: [{ connection: "orders-read", role: "orders-read", database: "orders", flaw: null }],
  leases: [],
  members: [],
  rules: null,
};

function answering(answer: SqlAnswer): PostgresqlContext {
  const clock: Clock = systemClock();
  const query = async (): Promise<SqlAnswer> => answer;
  const sql: Sql = {
    address: "localhost/orders",
    directory: "/nowhere",
    query,
    session: () => ({ query, close: async () => undefined }),
    close: async () => undefined,
  };
  return {
    gateway: "prod",
    installation: "inst-aaaaaaaa0001",
    sql,
    clock,
    random: systemRandom(),
    seal: async () => undefined,
  };
}

const rows = (answer: unknown) => answering({ kind: "rows", rows: [{ answer }] });

describe("what a database lists", () => {
  it("is read whole", async () => {
    await expect(readListing(rows(whole))).resolves.toMatchObject({ database: "orders", maxSeconds: 3600 });
  });

  it("is not believed of a read replica, which is late and takes no endings", async () => {
    await expect(readListing(rows({ ...whole, is_replica: true }))).rejects.toMatchObject({
      code: "E510",
      diagnostics: [{ detail: expect.stringContaining("read replica") }],
    });
  });

  it.each<[string, SqlAnswer, string]>([
    ["no answer", { kind: "lost", seen: "x" }, "E500"],
    ["nobody there", { kind: "unsent", seen: "x" }, "E500"],
    ["a refused login", { kind: "refused", state: "28P01", seen: "password canary" }, "E501"],
    ["missing rights", { kind: "refused", state: "42501", seen: "x" }, "E501"],
    ["missing functions", { kind: "refused", state: "3F000", seen: "x" }, "E510"],
    ["something else", { kind: "refused", state: "XX001", seen: "x" }, "E500"],
    ["no row", { kind: "rows", rows: [] }, "E502"],
  ])("is an error with a code of its own: %s", async (_, answer, code) => {
    const thrown: unknown = await readListing(answering(answer)).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code });
    expect(JSON.stringify(thrown)).not.toContain("canary");
  });

  it("is no listing when anything in it is something else, missing or of another kind", async () => {
    const paths = fc.constantFrom(...Object.keys(whole));
    await fc.assert(
      fc.asyncProperty(paths, fc.jsonValue(), async (path, value) => {
        const given = { ...whole, [path]: value };
        const read = readListing(rows(given));
        const outcome = await read.then(
          (listing) => ({ listing }),
          (error: unknown) => ({ error }),
        );
        if ("listing" in outcome) expect(JSON.stringify(outcome.listing)).not.toBe("");
        else expect(outcome.error).toMatchObject({ code: expect.stringMatching(/^E(502|504|510)$/) });
      }),
      { numRuns: 500 },
    );
  });
});

describe("lines of pg_hba.conf", () => {
  const listing = async (rule: object) =>
    readListing(
      rows({
        ...whole,
        rules: [
          { line: 7, type: "host", databases: ["all"], users: ["all"], method: "scram-sha-256", error: null, ...rule },
        ],
      }),
    );

  it.each([
    ["trust for all", { method: "trust" }, true],
    ["peer for lease roles", { method: "peer", users: ["/^lh_"] }, true],
    ["a certificate for a level's members", { method: "cert", users: ["+orders-read"] }, true],
    ["ldap for one lease role", { method: "ldap", users: ["lh_0123"] }, true],
    ["a pattern that nobody can read", { method: "trust", users: ["/("] }, true],
    ["trust for replication", { method: "trust", databases: ["replication"] }, false],
    ["trust for the superuser", { method: "trust", users: ["postgres"] }, false],
    ["passwords", { method: "md5" }, false],
    ["a refusal", { method: "reject" }, false],
    ["a line that the server cannot read", { method: "trust", error: "invalid" }, false],
  ])("with %s: told to be weak is %s", async (_, rule, isWeak) => {
    expect(weakLogins(await listing(rule))).toHaveLength(isWeak ? 1 : 0);
  });
});
