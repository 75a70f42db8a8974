import * as fc from "fast-check";
import { canonicalJson } from "../../lib/model/canonical";
import { objectKinds, privilegesOn, type LevelPrivileges, type ObjectPrivileges } from "../../lib/model/privileges";
import { levelSentence, levelWords } from "../../lib/policy";
import { escapeMarkdown, escapeTerminal } from "../../lib/render/escape";

const level = (privileges: readonly ObjectPrivileges[], more: Partial<LevelPrivileges> = {}): LevelPrivileges => ({
  role: "orders-read",
  database: "orders",
  privileges,
  defaults: [],
  memberOf: [],
  ...more,
});
const phrase = (one: ObjectPrivileges) => levelWords(level([one]))[0];

describe("what a level carries", () => {
  test.each<[ObjectPrivileges, string]>([
    [
      { on: "tables", schema: "orders", except: ["cards"], privileges: ["SELECT"] },
      "may read all tables of schema orders except orders.cards",
    ],
    [
      { on: "database", privileges: ["CONNECT", "TEMPORARY"] },
      "may connect to and make temporary tables in database orders",
    ],
    [{ on: "schema", schema: "orders", privileges: ["USAGE", "CREATE"] }, "may use and create in schema orders"],
    [
      { on: "tables", schema: "orders", objects: ["a", "b"], privileges: ["SELECT", "INSERT", "UPDATE", "DELETE"] },
      "may read, insert into, update and delete from tables orders.a and orders.b",
    ],
    [{ on: "functions", schema: "s", objects: ["refund"], privileges: ["EXECUTE"] }, "may call function s.refund"],
    [{ on: "sequences", schema: "s", privileges: ["USAGE"] }, "may draw from all sequences of schema s"],
    [
      { on: "columns", schema: "crm", table: "customers", columns: ["id", "name"], privileges: ["SELECT"] },
      "may read columns id and name of table crm.customers",
    ],
  ])("reads like a sentence: %j", (one, words) => {
    expect(phrase(one)).toBe(words);
  });

  test("says what comes later, through which roles, and for whom it is there", () => {
    expect(
      levelWords(
        level([{ on: "database", privileges: ["CONNECT"] }], {
          defaults: [{ owner: "orders_owner", on: "tables", schema: "orders", privileges: ["SELECT"] }],
          memberOf: ["orders_owner"],
          createsAs: "orders_owner",
          serviceRole: "leasehold_read",
        }),
      ),
    ).toEqual([
      "may connect to database orders",
      "may read tables that orders_owner makes later in schema orders",
      "may do all that orders_owner may, as its member",
      "makes things for orders_owner only after SET ROLE",
      "is what leasehold_read logs in for",
      "is the role orders-read in database orders",
    ]);
  });

  test("goes from the outside in, in one sentence that is cut where there is very much of it", () => {
    const many = Array.from({ length: 30 }, (_, n): ObjectPrivileges => ({
      on: "schema",
      schema: `s${n}`,
      privileges: ["USAGE"],
    }));
    const sentence = levelSentence("orders-db/read", level([...many, { on: "database", privileges: ["CONNECT"] }]));
    expect(sentence).toMatch(/^orders-db\/read may connect to database orders, may use schema s0, .* and 12 more\.$/);
  });
});

describe("a hostile name", () => {
  const names = ["orders except orders.cards", '"', "a.b", "x\u202ey", "@team", "`rm`", "", "schéma"];

  test.each(names)("stands between quotes: %j", (name) => {
    expect(phrase({ on: "schema", schema: name, privileges: ["USAGE"] })).toBe(
      `may use schema "${name.replaceAll('"', '""')}"`,
    );
  });

  test("is escaped by whoever prints it, like every text from people", () => {
    const words = phrase({ on: "schema", schema: "x\u202ey @team", privileges: ["USAGE"] }) ?? "";
    expect(escapeTerminal(words)).toContain("\\u{202e}");
    expect(escapeMarkdown(words)).not.toContain("@team");
  });
});

const name = fc.oneof(fc.constantFrom("a", "b", "a.b", 'a"', "a except b"), fc.string({ minLength: 1, maxLength: 5 }));
const some = fc.uniqueArray(name, { minLength: 1, maxLength: 2 }).map((list) => list.toSorted());
const privilegesOf = (on: keyof typeof privilegesOn) => fc.subarray<string>([...privilegesOn[on]], { minLength: 1 });
const objects: fc.Arbitrary<ObjectPrivileges> = fc.oneof(
  privilegesOf("schema").chain((privileges) => name.map((schema) => ({ on: "schema" as const, schema, privileges }))),
  fc.constantFrom(...objectKinds).chain((on) =>
    fc.tuple(name, privilegesOf(on), fc.option(some), fc.option(some)).map(([schema, privileges, named, except]) => ({
      on,
      schema,
      privileges,
      ...(named === null ? {} : { objects: named }),
      ...(named === null && except !== null && on === "tables" ? { except } : {}),
    })),
  ),
  fc.tuple(name, name, some, privilegesOf("columns")).map(([schema, table, columns, privileges]) => ({
    on: "columns" as const,
    schema,
    table,
    columns,
    privileges,
  })),
);

test("two levels that carry different things never read the same", () => {
  fc.assert(
    fc.property(objects, objects, (one, other) => {
      const isSame = canonicalJson(one) === canonicalJson(other);
      expect(phrase(one) === phrase(other)).toBe(isSame);
    }),
    { numRuns: 2_000 },
  );
});
