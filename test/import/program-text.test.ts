import * as fc from "fast-check";
import ts from "typescript";
import type { ImportedDatabase } from "../../lib/import";
import { programText } from "../../lib/import";
import { sqlName } from "../../lib/import/literal";
import type { LevelPrivileges } from "../../lib/model/privileges";
import { hostileNames } from "./support/generated-database";

/** Anything that a catalog could hold, and more: what ends texts, templates, comments and lines. */
const name = fc.oneof(
  fc.constantFrom(
    ...hostileNames,
    "\n*/ evil() //",
    "\r",
    "\u2028x()",
    "\u2029",
    "\u0000",
    "\ud800",
    "\u202e",
    "</script>",
    "`${evil()}`",
  ),
  fc.string({ unit: "binary", maxLength: 63 }),
  fc.string({
    unit: fc.constantFrom("'", '"', "`", "\\", "$", "{", "}", "/", "*", "\n", "\r", "u", "x", "0"),
    maxLength: 63,
  }),
);
const names = fc.array(name, { minLength: 1, maxLength: 3 });
const on = fc.constantFrom("tables", "sequences", "functions");
const level: fc.Arbitrary<LevelPrivileges> = fc.record({
  role: name,
  database: name,
  privileges: fc.array(
    fc.oneof(
      fc.record({ on: fc.constant("database"), privileges: names }),
      fc.record({ on: fc.constant("schema"), schema: name, privileges: names }),
      fc.record({ on, schema: name, privileges: names }),
      fc.record({ on, schema: name, objects: names, privileges: names }),
      fc.record({ on: fc.constant("columns"), schema: name, table: name, columns: names, privileges: names }),
    ) as fc.Arbitrary<LevelPrivileges["privileges"][number]>,
    { maxLength: 4 },
  ),
  defaults: fc.array(fc.record({ owner: name, on, schema: name, privileges: names }), { maxLength: 2 }) as fc.Arbitrary<
    LevelPrivileges["defaults"]
  >,
  memberOf: fc.array(name, { maxLength: 2 }),
});
const database: fc.Arbitrary<ImportedDatabase> = fc.record({
  resource: name,
  database: name,
  version: name,
  levels: fc.array(fc.record({ level: name, privileges: level }), { maxLength: 3 }),
  unsaid: fc.array(
    fc.record({ role: name, isWhole: fc.boolean(), sentence: name }, { requiredKeys: ["isWhole", "sentence"] }),
    { maxLength: 3 },
  ),
  debts: fc.constant([]),
});

test("the TypeScript that is written parses, runs nothing but its own calls, and gives back exactly the names", () => {
  fc.assert(
    fc.property(database, name, (imported, host) => {
      const text = programText(imported, { class: "high", host, port: 5432 });
      expect(text).toMatch(/^[\n -~]*$/);
      const said = calls(text);
      expect(said).toEqual([
        ["Resource", imported.resource, { kind: "postgresql", class: "high", host, port: 5432 }],
        ...imported.levels.map(({ level: id, privileges }) => ["connection", id, stated(privileges)]),
      ]);
    }),
    { numRuns: 1_000 },
  );
});

test("a name in SQL is one identifier, on one line and in ASCII", () => {
  fc.assert(
    fc.property(name, (one) => {
      const written = sqlName(one);
      expect(written).toMatch(/^(?:U&)?"[ -~]*"$/);
      fc.pre(!/[\ud800-\udfff]/.test(one) && !one.includes("\0"));
      expect(readSqlName(written)).toBe(one);
    }),
  );
});

/** Reads an identifier of SQL as PostgreSQL does ("Identifiers and Key Words", 4.1.1). */
function readSqlName(written: string): string {
  const isEscaped = written.startsWith("U&");
  const inner = written.replace(/^U&/, "").slice(1, -1);
  expect(inner.replaceAll('""', "")).not.toContain('"');
  const text = inner.replaceAll('""', '"');
  if (!isEscaped) return text;
  return text.replace(/\\(?:\+([0-9a-f]{6})|\\)/g, (_, code: string | undefined) =>
    code === undefined ? "\\" : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

/** What a program calls; anything else that it names is an error. */
function calls(text: string): readonly unknown[] {
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  expect(diagnostics).toEqual([]);
  const made: unknown[] = [];
  const leasehold = {
    PostgresqlLevel: { custom: (props: unknown) => props },
    Resource: class {
      constructor(_: unknown, ...rest: unknown[]) {
        made.push(["Resource", ...rest]);
      }
      connection(id: unknown, { privileges }: { readonly privileges: unknown }): void {
        made.push(["connection", id, privileges]);
      }
    },
  };
  const exported: { declareImported?: (app: object) => void } = {};
  // oxlint-disable-next-line typescript/no-implied-eval -- what is written is run, so that what it does is seen
  new Function("exports", "require", "process", "globalThis", outputText)(exported, () => leasehold);
  exported.declareImported?.({});
  return made;
}

/** A level as it is stated: what is not there is left out. */
function stated({ defaults, memberOf, privileges, ...rest }: LevelPrivileges): object {
  return {
    ...rest,
    ...(privileges.length === 0 ? {} : { privileges }),
    ...(defaults.length === 0 ? {} : { defaults }),
    ...(memberOf.length === 0 ? {} : { memberOf }),
  };
}
