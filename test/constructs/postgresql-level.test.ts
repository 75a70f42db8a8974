import { AccessApp, AccessStack, Approval, Group, PostgresqlLevel, Resource } from "../../lib/index";
import { connectionEntry } from "../../lib/synth/resources";

const orders = (name = "orders-db") => {
  const app = new AccessApp({ policyApproval: Approval.of(1, Group.named("team")) });
  return new Resource(new AccessStack(app, "prod"), name, { kind: "postgresql", class: "high" });
};
const carriedBy = (privileges: PostgresqlLevel) => orders().connection("level", { privileges }).privileges;

describe("a level of a PostgreSQL database", () => {
  test("that reads connects, uses its schemas and reads their tables but for exceptions, also those made later", () => {
    const level = PostgresqlLevel.read({
      database: "orders",
      schemas: ["orders", "a.b"],
      except: ["orders.cards", "a.b.c"],
      owners: ["orders_owner"],
    });
    expect(connectionEntry(orders().connection("read", { privileges: level })).privileges).toEqual({
      role: "orders-db-read",
      database: "orders",
      privileges: [
        { on: "schema", schema: "a.b", privileges: ["USAGE"] },
        { on: "tables", schema: "a.b", except: ["c"], privileges: ["SELECT"] },
        { on: "database", privileges: ["CONNECT"] },
        { on: "tables", schema: "orders", except: ["cards"], privileges: ["SELECT"] },
        { on: "schema", schema: "orders", privileges: ["USAGE"] },
      ].toSorted((a, b) => (JSON.stringify(sortedKeys(a)) < JSON.stringify(sortedKeys(b)) ? -1 : 1)),
      defaults: [
        { owner: "orders_owner", on: "tables", schema: "a.b", privileges: ["SELECT"] },
        { owner: "orders_owner", on: "tables", schema: "orders", privileges: ["SELECT"] },
      ],
      memberOf: [],
    });
  });

  test("that writes uses the sequences too", () => {
    const level = carriedBy(PostgresqlLevel.write({ database: "orders", schemas: ["orders"], owners: ["o"] }));
    expect(level?.privileges).toContainEqual({ on: "sequences", schema: "orders", privileges: ["USAGE"] });
    expect(level?.defaults.map(({ on }) => on)).toEqual(["sequences", "tables"]);
  });

  test("that migrates creates in its schemas and is a member of their owners, the first of which owns what is made", () => {
    const level = carriedBy(PostgresqlLevel.migrate({ database: "d", schemas: ["s"], owners: ["z_owner", "a_owner"] }));
    expect(level).toMatchObject({ memberOf: ["a_owner", "z_owner"], createsAs: "z_owner" });
    expect(level?.privileges).toContainEqual({ on: "schema", schema: "s", privileges: ["USAGE", "CREATE"] });
  });

  test("that administers has what is stated", () => {
    const level = carriedBy(PostgresqlLevel.admin({ database: "d", schemas: ["s"], memberOf: ["pg_monitor"] }));
    expect(level?.memberOf).toEqual(["pg_monitor"]);
    expect(level?.privileges.map(({ on }) => on).toSorted()).toEqual([
      "database",
      "functions",
      "schema",
      "sequences",
      "tables",
    ]);
  });

  test("of the house carries exactly what is stated, each privilege once and in one order", () => {
    const level = carriedBy(
      PostgresqlLevel.custom({
        role: 'the "desk"',
        database: "orders",
        privileges: [
          { on: "columns", schema: "s", table: "t", columns: ["name", "id", "id"], privileges: ["UPDATE", "SELECT"] },
          { on: "functions", schema: "s", objects: ["refund"], privileges: ["EXECUTE"] },
        ],
        serviceRole: "desk_login",
      }),
    );
    expect(level).toEqual({
      role: 'the "desk"',
      database: "orders",
      privileges: [
        { on: "columns", schema: "s", table: "t", columns: ["id", "name"], privileges: ["SELECT", "UPDATE"] },
        { on: "functions", schema: "s", objects: ["refund"], privileges: ["EXECUTE"] },
      ],
      defaults: [],
      memberOf: [],
      serviceRole: "desk_login",
    });
  });

  test("says the same whatever the order of declaration", () => {
    const one = carriedBy(PostgresqlLevel.read({ database: "d", schemas: ["a", "b"], except: ["a.x", "a.y"] }));
    const other = carriedBy(PostgresqlLevel.read({ database: "d", schemas: ["b", "a"], except: ["a.y", "a.x"] }));
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });
});

describe("a level is refused where it is declared", () => {
  const read = { database: "d", schemas: ["s"] };
  test.each([
    ["a name of 64 bytes", () => PostgresqlLevel.read({ ...read, schemas: ["é".repeat(32)] }), /1 to 63 bytes/],
    ["a role of PostgreSQL's own", () => PostgresqlLevel.read({ ...read, role: "pg_read_all_data" }), /not `pg_…`/],
    ["a role like a lease role", () => PostgresqlLevel.read({ ...read, serviceRole: "lh_x" }), /`lh_…`/],
    ["no schema", () => PostgresqlLevel.read({ ...read, schemas: [] }), /`schemas` of PostgresqlLevel.read/],
    ["an exception elsewhere", () => PostgresqlLevel.read({ ...read, except: ["t.cards"] }), /tables of its schemas/],
    ["no owner to migrate for", () => PostgresqlLevel.migrate({ ...read, owners: [] }), /`owners`/],
    [
      "a privilege that its kind does not have",
      () =>
        PostgresqlLevel.custom({ database: "d", privileges: [{ on: "schema", schema: "s", privileges: ["SELECT"] }] }),
      /one of `USAGE`, `CREATE`/,
    ],
    [
      "a control character",
      () => PostgresqlLevel.custom({ database: "d\u0000", privileges: [{ on: "database", privileges: ["CONNECT"] }] }),
      /`database`/,
    ],
    [
      "another value",
      () => orders().connection("read", { privileges: { role: "postgres" } as unknown as PostgresqlLevel }),
      /made by PostgresqlLevel/,
    ],
    [
      "a default name of the role that is too long",
      () => orders("x".repeat(60)).connection("read", { privileges: PostgresqlLevel.read(read) }),
      /set `role`|1 to 63 bytes/,
    ],
  ])("for %s", (_, declare, message) => {
    expect(declare).toThrow(message);
  });

  test("but takes 63 bytes of quotes", () => {
    const name = '"'.repeat(63);
    expect(carriedBy(PostgresqlLevel.read({ ...read, role: name, schemas: [name] }))?.role).toBe(name);
  });
});

function sortedKeys(value: object): object {
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
