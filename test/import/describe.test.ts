import * as fc from "fast-check";
import type { CatalogGrant, CatalogObject, CatalogRole, DatabaseCatalog } from "../../lib/import/catalog";
import { describeDatabase, type ImportChoices } from "../../lib/import/describe";
import type { ImportedDatabase } from "../../lib/import/description";
import { objectWords, shown } from "../../lib/import/sentences";
import { findLevelFaults } from "../../lib/model/level-faults";
import { isIdentifier } from "../../lib/model/names";
import type { LevelPrivileges, ObjectPrivileges } from "../../lib/model/privileges";

const choices: ImportChoices = { resource: "shop", services: [] };

describe("a role that nobody can log in as", () => {
  test("is a level with what it was granted, and what is not granted is not in it", () => {
    const grants = [
      grant("reader", { on: "database", name: "shop" }, "CONNECT"),
      grant("reader", { on: "schema", name: "s" }, "USAGE"),
      grant("reader", table("s", "a"), "SELECT", "INSERT"),
      grant("reader", table("s", "b"), "SELECT"),
      grant("reader", { on: "columns", schema: "s", table: "a", name: "x", kind: "table" }, "UPDATE"),
      grant("reader", { on: "columns", schema: "s", table: "a", name: "y", kind: "table" }, "UPDATE"),
    ];
    const described = describeDatabase(catalog({ roles: [role("reader")], grants }), choices);
    expect(described.unsaid).toEqual([]);
    expect(described.levels).toEqual([
      {
        level: "reader",
        privileges: {
          role: "reader",
          database: "shop",
          privileges: [
            { on: "database", privileges: ["CONNECT"] },
            { on: "schema", schema: "s", privileges: ["USAGE"] },
            { on: "tables", schema: "s", objects: ["a"], privileges: ["SELECT", "INSERT"] },
            { on: "tables", schema: "s", objects: ["b"], privileges: ["SELECT"] },
            { on: "columns", schema: "s", table: "a", columns: ["x", "y"], privileges: ["UPDATE"] },
          ],
          defaults: [],
          memberOf: [],
        },
      },
    ]);
  });

  test("has all of a kind where it has the same on every one, and there are several", () => {
    const counted = (count: number, ...more: readonly CatalogGrant[]) =>
      onlyLevel(
        catalog({
          roles: [role("reader")],
          grants: [grant("reader", table("s", "a"), "SELECT"), grant("reader", table("s", "b"), "SELECT"), ...more],
          counts: [{ on: "tables", schema: "s", count }],
        }),
      ).privileges;
    expect(counted(2)).toEqual([{ on: "tables", schema: "s", privileges: ["SELECT"] }]);
    expect(counted(3)).toEqual([{ on: "tables", schema: "s", objects: ["a", "b"], privileges: ["SELECT"] }]);
    const column = grant("reader", { on: "columns", schema: "s", table: "a", name: "x", kind: "table" }, "UPDATE");
    expect(counted(2, column)[0]).toMatchObject({ objects: ["a", "b"] });
  });

  test("has all functions only where there is no procedure, which the provider would read with them", () => {
    const functionsOf = (procedures: number) =>
      onlyLevel(
        catalog({
          roles: [role("runner")],
          grants: ["f", "g"].map((name) =>
            grant("runner", { on: "functions", schema: "s", name, takes: "", isOverloaded: false }, "EXECUTE"),
          ),
          counts: [
            { on: "functions", schema: "s", count: 2 },
            { on: "procedures", schema: "s", count: procedures },
          ],
        }),
      ).privileges[0];
    expect(functionsOf(0)).not.toHaveProperty("objects");
    expect(functionsOf(1)).toHaveProperty("objects", ["f", "g"]);
  });

  test("names the types of a function only where there are several of its name: else the provider does not read it back", () => {
    const grants = [
      grant("runner", { on: "functions", schema: "s", name: "f", takes: "integer", isOverloaded: false }, "EXECUTE"),
      ...["integer", "text[]"].map((takes) =>
        grant("runner", { on: "functions", schema: "s", name: "g", takes, isOverloaded: true }, "EXECUTE"),
      ),
    ];
    expect(onlyLevel(catalog({ roles: [role("runner")], grants })).privileges).toEqual([
      { on: "functions", schema: "s", objects: ["f", "g(integer)", "g(text[])"], privileges: ["EXECUTE"] },
    ]);
  });

  test.each<[string, Partial<CatalogRole>, RegExp]>([
    ["a superuser", { isSuperuser: true }, /superuser/],
    ["one with other attributes", { attributes: ["NOINHERIT"] }, /NOINHERIT/],
    ["one that owns something", { owns: 2 }, /owns 2 objects/],
    ["one with settings that Terraform reads", { settings: ["search_path=a, b"] }, /search_path=a, b/],
    ["one whose name is two lines", { name: "two\nlines" }, /name is none that rules take/],
    ["one that cdktf would take for a reference", { name: "${TfToken[1]}" }, /name is none that rules take/],
  ])("is no level if it is %s, and that is said", (_, more, reason) => {
    const one = { ...role("odd"), ...more };
    const described = describeDatabase(
      catalog({ roles: [one], grants: [grant(one.name, table("s", "t"), "SELECT")] }),
      choices,
    );
    expect(described.levels).toEqual([]);
    expect(described.unsaid).toEqual([{ role: one.name, isWhole: true, sentence: expect.stringMatching(reason) }]);
  });

  test("is no level while a level is a member of it; a role above both may be one again", () => {
    const roles = ["top", "middle", "bottom"].map((name) => role(name));
    const memberships = [
      { role: "top", member: "middle", options: [] },
      { role: "middle", member: "bottom", options: [] },
    ];
    const grants = roles.map(({ name }) => grant(name, table("s", name), "SELECT"));
    const { levels, unsaid } = describeDatabase(catalog({ roles, memberships, grants }), choices);
    expect(levels.map(({ privileges }) => [privileges.role, privileges.memberOf])).toEqual([
      ["bottom", ["middle"]],
      ["top", []],
    ]);
    expect(unsaid).toEqual([{ role: "middle", isWhole: true, sentence: expect.stringContaining('"bottom"') }]);
  });
});

describe("what rules can't say", () => {
  const said = (...grants: readonly CatalogGrant[]) =>
    describeDatabase(
      catalog({ roles: [role("r")], grants: [grant("r", { on: "database", name: "shop" }, "CONNECT"), ...grants] }),
      choices,
    );

  test.each<[string, CatalogGrant, RegExp]>([
    [
      "a procedure",
      grant("r", { on: "other", what: "procedure", name: "s.p()" }, "EXECUTE"),
      /EXECUTE on procedure "s\.p\(\)"/,
    ],
    ["another database", grant("r", { on: "database", name: "else" }, "CONNECT"), /database "else": only one database/],
    ["a privilege of a newer PostgreSQL", grant("r", table("s", "t"), "SELECT", "MAINTAIN"), /know no MAINTAIN/],
    ["a name with a parenthesis", grant("r", table("s", "t(x"), "SELECT"), /does not quote/],
    [
      "a name of two lines",
      grant("r", table("s", "t\n*/"), "SELECT"),
      /"s\.t\\u\{a\}\*\/".*characters that rules do not take/,
    ],
    [
      "columns of a view",
      grant("r", { on: "columns", schema: "s", table: "v", name: "c", kind: "view" }, "SELECT"),
      /ordinary tables alone/,
    ],
    [
      "an overloaded function of odd types",
      grant("r", { on: "functions", schema: "s", name: "f", takes: '"char"', isOverloaded: true }, "EXECUTE"),
      /names of its types/,
    ],
  ])("is named: %s", (_, one, words) => {
    const { levels, unsaid } = said(one);
    expect(levels[0]?.privileges.privileges).toEqual([{ on: "database", privileges: ["CONNECT"] }]);
    expect(unsaid).toEqual([{ role: "r", isWhole: false, sentence: expect.stringMatching(words) }]);
  });

  test("is who may pass a privilege on, and who gave it", () => {
    const { levels, unsaid } = said({
      ...grant("r", table("s", "t"), "SELECT"),
      grantable: ["SELECT"],
      grantors: ["somebody"],
    });
    expect(levels[0]?.privileges.privileges).toHaveLength(2);
    expect(unsaid.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining("may pass on SELECT"),
      expect.stringContaining('comes from "somebody"'),
    ]);
  });

  test("are columns whose table has the privilege as a whole: Terraform's grant of it would take theirs away", () => {
    const column = (privilege: string) =>
      grant("r", { on: "columns", schema: "s", table: "t", name: "c", kind: "table" }, privilege);
    const { levels, unsaid } = said(grant("r", table("s", "t"), "SELECT"), column("SELECT"));
    expect(levels[0]?.privileges.privileges).toHaveLength(2);
    expect(unsaid).toEqual([{ role: "r", isWhole: false, sentence: expect.stringContaining("adds nothing") }]);
    expect(said(grant("r", table("s", "t"), "SELECT"), column("UPDATE")).unsaid).toEqual([]);
  });

  test("is what everybody has", () => {
    const { unsaid } = said({ ...grant("r", { on: "schema", name: "public" }, "USAGE"), grantee: undefined });
    expect(unsaid).toEqual([{ isWhole: false, sentence: expect.stringContaining('USAGE on schema "public"') }]);
  });

  test("are defaults for every schema, and those of what is no table, sequence or function", () => {
    const { levels, unsaid } = describeDatabase(
      {
        ...catalog({ roles: [role("r")], grants: [grant("r", { on: "database", name: "shop" }, "CONNECT")] }),
        defaults: [
          { ...granted("r", "SELECT"), owner: "o", schema: "s", on: "tables" },
          { ...granted("r", "SELECT"), owner: "o", schema: undefined, on: "tables" },
          { ...granted("r", "USAGE"), owner: "o", schema: "s", on: "types" },
          { ...granted("r", "SELECT"), owner: "r", schema: "s", on: "tables" },
        ],
      },
      choices,
    );
    expect(levels[0]?.privileges.defaults).toEqual([{ owner: "o", on: "tables", schema: "s", privileges: ["SELECT"] }]);
    expect(unsaid).toHaveLength(3);
  });
});

describe("whatever the catalogs hold", () => {
  test("the rules take every level, nothing is dropped in silence, and the order of rows does not matter", () => {
    fc.assert(
      fc.property(catalogs, fc.infiniteStream(fc.nat()), (one, chance) => {
        const described = describeDatabase(one, choices);
        expect(describeDatabase(shuffled(one, chance), choices)).toEqual(described);
        expect(findLevelFaults(declaredOf(described))).toEqual([]);
        expect(described.levels.every(({ level }) => isIdentifier(level))).toBe(true);
        for (const each of one.grants) expect([each, isSaid(described, each)]).toEqual([each, true]);
      }),
      { numRuns: 500 },
    );
  });
});

const names = fc.constantFrom("a", "b", "c", "A b", 'q"', "n\n", "p(", "ü");
const objects: fc.Arbitrary<CatalogObject> = fc.oneof(
  fc.record({ on: fc.constant("database" as const), name: fc.constantFrom("shop", "else") }),
  fc.record({ on: fc.constant("schema" as const), name: names }),
  fc.record({ on: fc.constant("tables" as const), schema: names, name: names, kind: fc.constantFrom("table", "view") }),
  fc.record({ on: fc.constant("sequences" as const), schema: names, name: names }),
  fc.record({
    on: fc.constant("functions" as const),
    schema: names,
    name: names,
    takes: fc.constantFrom("", "integer", "text[], public.mood", '"char"'),
    isOverloaded: fc.constant(true),
  }),
  fc.record({
    on: fc.constant("columns" as const),
    schema: names,
    table: names,
    name: names,
    kind: fc.constantFrom("table", "view"),
  }),
  fc.record({ on: fc.constant("other" as const), what: fc.constant("type"), name: names }),
);
const catalogs: fc.Arbitrary<DatabaseCatalog> = fc
  .record({
    roles: fc.uniqueArray(fc.constantFrom("r1", "r2", "r3", "R 4", "r5\n", "lh_x"), { minLength: 1 }),
    grants: fc.uniqueArray(
      fc.record({
        grantee: fc.constantFrom("r1", "r2", "r3", "R 4", "r5\n"),
        object: objects,
        bits: fc.integer({ min: 1, max: 7 }),
      }),
      { maxLength: 25, selector: ({ grantee, object }) => JSON.stringify([grantee, { ...object, kind: "" }]) },
    ),
    memberships: fc.uniqueArray(fc.tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(1, 2, 3)), {
      maxLength: 4,
      selector: (pair) => pair.join(),
    }),
    count: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ roles, grants, memberships, count }) => {
    const ordered = ["r1", "r2", "r3", "R 4"];
    const there = new Set<string>(roles);
    return catalog({
      roles: roles.map((name) => role(name)),
      grants: grants
        .filter(({ grantee }) => there.has(grantee))
        .map(({ grantee, object, bits }) => grant(grantee, object, ...privilegesOf(object, bits))),
      memberships: memberships.flatMap(([above, below]) => {
        const [up = "", down = ""] = [ordered[above], ordered[below]];
        return above < below && there.has(up) && there.has(down) ? [{ role: up, member: down, options: [] }] : [];
      }),
      counts: ["a", "b", "c", "A b", 'q"', "ü"].flatMap((schema) =>
        (["tables", "sequences", "functions"] as const).map((on) => ({ on, schema, count })),
      ),
    });
  });

function privilegesOf({ on }: CatalogObject, bits: number): readonly string[] {
  const all: Readonly<Record<CatalogObject["on"], readonly string[]>> = {
    database: ["CONNECT", "CREATE"],
    schema: ["CREATE", "USAGE"],
    tables: ["SELECT", "UPDATE", "MAINTAIN"],
    sequences: ["SELECT", "USAGE"],
    functions: ["EXECUTE"],
    columns: ["SELECT", "UPDATE"],
    other: ["USAGE"],
  };
  const chosen = all[on].filter((_, index) => (bits & (1 << index)) !== 0);
  return chosen.length === 0 ? all[on].slice(0, 1) : chosen;
}

/** Whether the level of a role has a grant, or something is said of it. */
function isSaid({ levels, unsaid }: ImportedDatabase, { grantee, object, privileges }: CatalogGrant): boolean {
  const own = unsaid.filter(({ role: who }) => who === grantee);
  if (own.some(({ isWhole }) => isWhole)) return true;
  const level = levels.find(({ privileges: one }) => one.role === grantee)?.privileges;
  return privileges.every(
    (privilege) =>
      level?.privileges.some((one) => covers(one, object, privilege)) === true ||
      own.some(({ sentence }) => sentence.includes(objectWords(object))) ||
      (object.on === "columns" &&
        own.some(({ sentence }) => sentence.includes(shown(object.name)) && sentence.includes("adds nothing"))),
  );
}

function covers(one: ObjectPrivileges, object: CatalogObject, privilege: string): boolean {
  if (one.on !== object.on || !one.privileges.includes(privilege)) return false;
  if (one.on === "database") return object.on === "database" && object.name === "shop";
  if (one.on === "schema") return object.on === "schema" && object.name === one.schema;
  if (!("schema" in object) || object.schema !== one.schema) return false;
  if (one.on === "columns")
    return object.on === "columns" && one.table === object.table && one.columns.includes(object.name);
  const call = object.on === "functions" ? `${object.name}(${object.takes})` : object.name;
  return one.objects === undefined || one.objects.includes(call);
}

function declaredOf({ levels }: ImportedDatabase): Parameters<typeof findLevelFaults>[0] {
  return {
    resources: [{ name: "shop", path: "shop", kind: "postgresql", class: "low", labels: {}, gateway: "main" }],
    connections: levels.map(({ level, privileges }) => ({
      id: `shop/${level}`,
      path: level,
      resource: "shop",
      level,
      gatewayName: level,
      settings: {},
      secrets: {},
      command: [],
      guardrails: [],
      maskingRules: [],
      privileges,
    })),
  };
}

function shuffled(one: DatabaseCatalog, chance: fc.Stream<number>): DatabaseCatalog {
  const mixed = <T>(items: readonly T[]): readonly T[] => {
    const keys = [...chance.take(items.length)];
    return items
      .map((item, index) => [keys[index] ?? 0, item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  };
  return { ...one, roles: mixed(one.roles), grants: mixed(one.grants), memberships: mixed(one.memberships) };
}

function onlyLevel(one: DatabaseCatalog): LevelPrivileges {
  const { levels, unsaid } = describeDatabase(one, choices);
  expect([levels.length, unsaid]).toEqual([1, []]);
  return levels[0]!.privileges;
}

function catalog(parts: Partial<DatabaseCatalog>): DatabaseCatalog {
  const base = { database: "shop", version: "15.18", readBy: "postgres", roles: [], memberships: [], grants: [] };
  return { ...base, defaults: [], counts: [], ...parts };
}

function role(name: string): CatalogRole {
  return { name, canLogin: false, isSuperuser: false, attributes: [], settings: [], owns: 0, elsewhere: [] };
}

function granted(grantee: string, ...privileges: readonly string[]): Omit<CatalogGrant, "object"> {
  return { grantee, privileges: [...privileges].sort(), grantable: [], grantors: [] };
}

function grant(grantee: string, object: CatalogObject, ...privileges: readonly string[]): CatalogGrant {
  return { object, ...granted(grantee, ...privileges) };
}

function table(schema: string, name: string): CatalogObject {
  return { on: "tables", schema, name, kind: "table" };
}
