import * as fc from "fast-check";
import { findLevelFaults } from "../../lib/model/level-faults";
import type { LevelPrivileges, ObjectPrivileges } from "../../lib/model/privileges";
import type { Resource } from "../../lib/model/resource";
import { connection, resource } from "../support/core";

const level = (more: Partial<LevelPrivileges> = {}): LevelPrivileges => ({
  role: "orders-read",
  database: "orders",
  privileges: [{ on: "database", privileges: ["CONNECT"] }],
  defaults: [],
  memberOf: [],
  ...more,
});
const database = (name: string, more: Partial<Resource> = {}): Resource => ({
  ...resource(name),
  kind: "postgresql",
  ...more,
});
const faultsOf = (privileges: LevelPrivileges, settings: Readonly<Record<string, string>> = {}) =>
  findLevelFaults({
    resources: [database("orders-db")],
    connections: [{ ...connection("orders-db", "read"), settings, privileges }],
  }).map(({ sentence }) => sentence);
const carrying = (...privileges: readonly ObjectPrivileges[]) => faultsOf(level({ privileges }));
const tables = (more: object): ObjectPrivileges => ({ on: "tables", schema: "s", privileges: ["SELECT"], ...more });

test("a sound level has no faults", () => {
  expect(
    carrying(
      { on: "database", privileges: ["CONNECT"] },
      tables({ except: ["a", "b"] }),
      tables({ objects: ["a"], privileges: ["SELECT", "INSERT"] }),
      { on: "columns", schema: "s", table: "b", columns: ["id"], privileges: ["SELECT", "UPDATE"] },
      { on: "columns", schema: "s", table: "a", columns: ["id"], privileges: ["UPDATE"] },
      { on: "functions", schema: "s", objects: ["f", "g(uuid, text[])", "g(uuid)", "h()"], privileges: ["EXECUTE"] },
      { on: "sequences", schema: "s", privileges: ["USAGE"] },
    ),
  ).toEqual([]);
});

describe("two grants that would fight about an object", () => {
  test.each<[string, readonly ObjectPrivileges[], RegExp]>([
    ["all tables twice", [tables({}), tables({ privileges: ["INSERT"] })], /all tables of `s` are stated twice/],
    ["a table twice", [tables({ objects: ["a"] }), tables({ objects: ["a", "b"] })], /`a` among the tables of `s`/],
    ["all tables and one of them", [tables({}), tables({ objects: ["a"] })], /`a` is among all tables of `s`/],
    [
      "a table and its columns",
      [tables({}), { on: "columns", schema: "s", table: "t", columns: ["c"], privileges: ["SELECT"] }],
      /`s\.t` has privileges as a table and by columns/,
    ],
    [
      "a named table and its columns, with the same privilege",
      [tables({ objects: ["t"] }), { on: "columns", schema: "s", table: "t", columns: ["c"], privileges: ["SELECT"] }],
      /`s\.t` has privileges as a table and by columns/,
    ],
    [
      "one overload of a function twice",
      ["EXECUTE", "EXECUTE"].map((one) => ({ on: "functions", schema: "s", objects: ["f(int)"], privileges: [one] })),
      /`f\(int\)` among the functions/,
    ],
    [
      "columns of one privilege in two lists",
      ["a", "b"].map((one) => ({ on: "columns", schema: "s", table: "t", columns: [one], privileges: ["SELECT"] })),
      /put the columns in one list/,
    ],
    [
      "one function by name and by its arguments",
      [{ on: "functions", schema: "s", objects: ["f", "f(int)"], privileges: ["EXECUTE"] }],
      /`f` among the functions/,
    ],
    ["a schema twice", ["USAGE", "CREATE"].map((one) => ({ on: "schema", schema: "s", privileges: [one] })), /`s`/],
  ])("are told: %s", (_, privileges, words) => {
    expect(carrying(...privileges)).toEqual([expect.stringMatching(words)]);
  });
});

describe("what no PostgreSQL or no provider of Terraform could hold is told", () => {
  test.each<[string, Partial<LevelPrivileges>, RegExp]>([
    ["a role of PostgreSQL's own", { role: "pg_monitor" }, /no name for a role/],
    ["a role like a lease role", { role: "lh_abc" }, /no name for a role/],
    ["a name of 64 bytes", { database: "x".repeat(64) }, /63 bytes/],
    [
      "an unknown privilege",
      { privileges: [{ on: "schema", schema: "s", privileges: ["SELECT"] }] },
      /no SELECT on schema/,
    ],
    ["a parenthesis in a table", { privileges: [tables({ objects: ["a() TO PUBLIC"] })] }, /parenthesis/],
    [
      "more than argument types behind a function",
      { privileges: [{ on: "functions", schema: "s", objects: ["f(int) TO PUBLIC; --"], privileges: ["EXECUTE"] }] },
      /is no function/,
    ],
    ["a member of itself", { memberOf: ["orders-read"] }, /member of itself/],
    ["somebody else's things", { createsAs: "owner" }, /not among `memberOf`/],
    ["a service role that is the level", { serviceRole: "orders-read" }, /one of the level's other roles/],
    [
      "defaults of its own",
      { defaults: [{ owner: "orders-read", on: "tables", schema: "s", privileges: ["SELECT"] }] },
      /owns nothing/,
    ],
  ])("%s", (_, more, words) => {
    expect(faultsOf(level(more))).toEqual([expect.stringMatching(words)]);
  });

  test("a gateway that logs in to another database", () => {
    expect(faultsOf(level(), { database: "billing" })).toEqual([expect.stringContaining("`billing`")]);
    expect(faultsOf(level(), { database: "orders" })).toEqual([]);
  });
});

describe("within a cluster", () => {
  const two = (one: Partial<LevelPrivileges>, other: Partial<LevelPrivileges>, cluster?: string) =>
    findLevelFaults({
      resources: ["a-db", "b-db"].map((name) => database(name, cluster === undefined ? {} : { cluster })),
      connections: [
        { ...connection("a-db", "read"), privileges: level({ role: "a", ...one }) },
        { ...connection("b-db", "read"), privileges: level({ role: "b", ...other }) },
      ],
    }).map(({ sentence }) => sentence);

  test("a role carries one level; in two clusters there are two roles", () => {
    expect(two({ role: "r" }, { role: "r" }, "shared")).toEqual([
      "the role `r` carries `a-db/read` in cluster `shared` already",
    ]);
    expect(two({ role: "r" }, { role: "r" })).toEqual([]);
  });

  test("a level is no member of another, and no gateway logs in as one; gateways may share a role", () => {
    expect(two({}, { memberOf: ["a"] }, "shared")).toEqual(["`a` is the role of level `a-db/read`"]);
    expect(two({}, { serviceRole: "a" }, "shared")).toEqual(["`a` is the role of level `a-db/read`"]);
    expect(two({ serviceRole: "gw" }, { serviceRole: "gw" }, "shared")).toEqual([]);
  });

  test("all databases are at one host and port", () => {
    const [fault] = findLevelFaults({
      resources: [database("a-db", { cluster: "c", host: "a" }), database("b-db", { cluster: "c", host: "b" })],
      connections: [],
    });
    expect(fault?.sentence).toContain("at another host or port");
  });

  test("there is PostgreSQL and nothing else", () => {
    const resources = [database("shop", { kind: "mysql", cluster: "c" })];
    const privileges = level();
    const faults = findLevelFaults({ resources, connections: [{ ...connection("shop", "read"), privileges }] });
    expect(faults.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining("only PostgreSQL has clusters"),
      expect.stringContaining("kind mysql"),
    ]);
  });
});

test("ten thousand names are looked through at once, also where they overlap", () => {
  const names = Array.from({ length: 1_000 }, (_, n) => `t${n}`);
  const privileges: ObjectPrivileges[] = [
    tables({ except: names }),
    ...names.map((table): ObjectPrivileges => ({
      on: "columns",
      schema: "s",
      table,
      columns: names,
      privileges: ["SELECT"],
    })),
  ];
  expect(carrying(...privileges)).toEqual([]);
});

test("named tables never overlap exactly when no name comes twice", () => {
  const list = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 3 }), (lists) => {
      const all = lists.flat();
      const faults = carrying(...lists.map((objects) => tables({ objects })));
      expect(faults.length === 0).toBe(new Set(all).size === all.length);
    }),
  );
});
