import {
  isPostgresqlName,
  privilegesOn,
  type DefaultPrivileges,
  type ObjectKind,
  type ObjectPrivileges,
} from "../model/privileges";
import type { CatalogDefault, CatalogGrant, CatalogObject, Granted } from "./catalog";
import { objectWords, shown, shownSome } from "./sentences";

/** What a role was granted, as far as a level can say it, and the rest in sentences. */
export interface Carried {
  readonly privileges: readonly ObjectPrivileges[];
  readonly defaults: readonly DefaultPrivileges[];
  readonly unsaid: readonly string[];
}

/** How many objects of a kind a schema has. */
export type CountOf = (on: "tables" | "sequences" | "functions" | "procedures", schema: string) => number;

/**
 * Sorts what one role was granted into what a level says so that Terraform's provider for PostgreSQL (cyrilgdn/postgresql
 * 1.26.0) finds it unchanged, and what it can't: the provider compares the privileges of a database, a schema, a table, a
 * sequence and a function as a whole, and reads columns of ordinary tables alone.
 */
export function carriedBy(facts: {
  readonly database: string;
  readonly grants: readonly CatalogGrant[];
  readonly defaults: readonly CatalogDefault[];
  readonly countOf: CountOf;
}): Carried {
  const unsaid: string[] = [];
  const sayable = facts.grants.filter((grant) => {
    const reason = whyNot(grant, facts.database);
    if (reason !== undefined) unsaid.push(`it has ${listed(grant)} on ${objectWords(grant.object)}: ${reason}`);
    return reason === undefined;
  });
  const tables = new Map(
    facts.grants.flatMap(({ object, privileges }) =>
      object.on === "tables" ? [[JSON.stringify([object.schema, object.name]), privileges] as const] : [],
    ),
  );
  const columns = columnsOf(sayable, tables);
  const privileges = [
    ...singlesOf(sayable),
    ...kinds.flatMap((on) => inSchemas(on, sayable, facts.countOf)),
    ...columns.privileges,
  ];
  const defaults = facts.defaults.filter((one) => {
    const reason = whyNoDefault(one);
    if (reason !== undefined) unsaid.push(`it has ${listed(one)} by default on ${defaultWords(one)}: ${reason}`);
    return reason === undefined;
  });
  return {
    privileges,
    defaults: defaults.map(({ owner, on, schema = "", privileges: list }) => ({
      owner,
      on: on as ObjectKind,
      schema,
      privileges: inOrder(on as ObjectKind, list),
    })),
    unsaid: [...unsaid, ...columns.unsaid, ...asides(sayable, defaults)],
  };
}

const kinds: readonly ObjectKind[] = ["tables", "sequences", "functions"];

/** Names that Terraform and its provider take as they are. */
export function isFitName(name: string): boolean {
  return isPostgresqlName(name) && !name.includes("TfToken[");
}

function whyNot({ object, privileges }: CatalogGrant, database: string): string | undefined {
  if (object.on === "other") return "levels say nothing of these";
  if (object.on === "database" && object.name !== database) return "only one database was imported";
  const odd = namesOf(object).find((name) => !isFitName(name));
  if (odd !== undefined) return `${shown(odd)} has characters that rules do not take`;
  const known: readonly string[] = privilegesOn[object.on];
  const news = privileges.filter((one) => !known.includes(one));
  if (news.length > 0) return `levels know no ${news.join(", ")} there`;
  if (object.on === "columns" && object.kind !== "table") {
    return "Terraform's provider reads columns of ordinary tables alone";
  }
  const name = object.on === "columns" ? object.table : object.name;
  const isQuoted = object.on === "database" || object.on === "schema" || !name.includes("(");
  if (!isQuoted) return "Terraform's provider does not quote a name from its first parenthesis on";
  const isTyped = object.on === "functions" && object.isOverloaded;
  return isTyped && !plainTypes.test(object.takes) ? "rules do not take the names of its types" : undefined;
}

/** Types that the rules take in the name of a function; see `functionForm` of lib/model/level-faults.ts. */
const plainTypes = /^(?:[A-Za-z_][A-Za-z0-9_ .]*(?:\[\])*(?:, ?(?!$)|$))*$/;

function namesOf(object: CatalogObject): readonly string[] {
  switch (object.on) {
    case "columns":
      return [object.schema, object.table, object.name];
    case "tables":
    case "sequences":
    case "functions":
      return [object.schema, object.name];
    default:
      return [object.name];
  }
}

/** The database and the schemas. */
function singlesOf(grants: readonly CatalogGrant[]): readonly ObjectPrivileges[] {
  return grants.flatMap(({ object, privileges }): readonly ObjectPrivileges[] => {
    if (object.on === "database") return [{ on: object.on, privileges: inOrder(object.on, privileges) }];
    if (object.on !== "schema") return [];
    return [{ on: object.on, schema: object.name, privileges: inOrder(object.on, privileges) }];
  });
}

/**
 * The objects of one kind. Where a role has the same on every one that there is, and there are several, it is said of all of
 * them; else each is named.
 */
function inSchemas(on: ObjectKind, grants: readonly CatalogGrant[], countOf: CountOf): readonly ObjectPrivileges[] {
  const bySchema = new Map<string, Map<string, string[]>>();
  for (const { object, privileges } of grants) {
    if (object.on !== on) continue;
    const byPrivileges = bySchema.get(object.schema) ?? new Map<string, string[]>();
    const key = JSON.stringify(inOrder(on, privileges));
    byPrivileges.set(key, [...(byPrivileges.get(key) ?? []), callOf(object)]);
    bySchema.set(object.schema, byPrivileges);
  }
  return [...bySchema].flatMap(([schema, byPrivileges]) => {
    const isOfAll = byPrivileges.size === 1 && isWhole(on, schema, grants, countOf);
    return [...byPrivileges].map(([key, objects]): ObjectPrivileges => {
      const privileges = JSON.parse(key) as readonly string[];
      return { on, schema, ...(isOfAll ? {} : { objects: objects.sort() }), privileges };
    });
  });
}

/** Whether `ALL … IN SCHEMA` is exactly what is there, also to the provider, which reads procedures with the functions. */
function isWhole(on: ObjectKind, schema: string, grants: readonly CatalogGrant[], countOf: CountOf): boolean {
  const count = countOf(on, schema);
  const isCounted = (one: CatalogGrant): boolean => one.object.on === on && one.object.schema === schema;
  if (count < 2 || grants.filter(isCounted).length !== count) return false;
  if (on === "functions") return countOf("procedures", schema) === 0;
  // A grant on all tables takes away what is on columns.
  return on !== "tables" || !grants.some(({ object }) => object.on === "columns" && object.schema === schema);
}

/** A function without its types where they are not needed: only so does the provider read it. */
function callOf(object: Extract<CatalogObject, { on: ObjectKind }>): string {
  return object.on === "functions" && object.isOverloaded ? `${object.name}(${object.takes})` : object.name;
}

/** Columns by table and privilege. Where the table has the privilege too, a grant of it takes that of the columns away. */
function columnsOf(
  grants: readonly CatalogGrant[],
  tables: ReadonlyMap<string, readonly string[]>,
): { readonly privileges: readonly ObjectPrivileges[]; readonly unsaid: readonly string[] } {
  const byPlace = new Map<string, string[]>();
  const doubled = new Map<string, string[]>();
  for (const { object, privileges } of grants) {
    if (object.on !== "columns") continue;
    const onTable = tables.get(JSON.stringify([object.schema, object.table])) ?? [];
    for (const privilege of privileges) {
      const into = onTable.includes(privilege) ? doubled : byPlace;
      const key = JSON.stringify([object.schema, object.table, privilege]);
      into.set(key, [...(into.get(key) ?? []), object.name]);
    }
  }
  const unsaid = [...doubled].map(([key, names]) => {
    const [schema = "", table = "", privilege = ""] = JSON.parse(key) as readonly string[];
    const where = shown(`${schema}.${table}`);
    return `it has ${privilege} on columns ${shownSome(names)} of ${where} besides ${privilege} on the whole table: that adds nothing and is left alone`;
  });
  return { privileges: mergedColumns(byPlace), unsaid };
}

/** Privileges on the same columns of a table are said together. */
function mergedColumns(byPlace: ReadonlyMap<string, readonly string[]>): readonly ObjectPrivileges[] {
  const byColumns = new Map<string, string[]>();
  for (const [key, names] of byPlace) {
    const [schema = "", table = "", privilege = ""] = JSON.parse(key) as readonly string[];
    const place = JSON.stringify([schema, table, [...names].sort()]);
    byColumns.set(place, [...(byColumns.get(place) ?? []), privilege]);
  }
  return [...byColumns].map(([place, privileges]) => {
    const [schema, table, columns] = JSON.parse(place) as readonly [string, string, readonly string[]];
    return { on: "columns", schema, table, columns, privileges: inOrder("columns", privileges) };
  });
}

function whyNoDefault({ owner, schema, on, grantee, privileges }: CatalogDefault): string | undefined {
  if (schema === undefined) return "a level's defaults are of one schema each";
  if (on !== "tables" && on !== "sequences" && on !== "functions") return "levels say nothing of these";
  if (owner === grantee) return "a level owns nothing";
  const odd = [owner, schema].find((name) => !isFitName(name));
  if (odd !== undefined) return `${shown(odd)} has characters that rules do not take`;
  const known: readonly string[] = privilegesOn[on];
  const news = privileges.filter((one) => !known.includes(one));
  return news.length > 0 ? `levels know no ${news.join(", ")} there` : undefined;
}

/** What is said, and has a side that is not: Terraform sees neither who may pass a privilege on nor who gave it. */
function asides(grants: readonly CatalogGrant[], defaults: readonly CatalogDefault[]): readonly string[] {
  const all = [
    ...grants.map((grant) => ({ grant, where: objectWords(grant.object) })),
    ...defaults.map((grant) => ({ grant, where: `what is made: ${defaultWords(grant)}` })),
  ];
  return all.flatMap(({ grant, where }) => [
    ...(grant.grantable.length === 0
      ? []
      : [`it may pass on ${grant.grantable.join(", ")} on ${where}, which a level does not say`]),
    ...(grant.grantors.length === 0
      ? []
      : [
          `what it has on ${where} comes from ${shownSome(grant.grantors)}, not from the owner: only they can revoke it`,
        ]),
  ]);
}

function defaultWords({ owner, on, schema }: CatalogDefault): string {
  return `${on} that ${shown(owner)} makes in ${schema === undefined ? "any schema" : `schema ${shown(schema)}`}`;
}

function listed({ privileges }: Granted): string {
  return privileges.join(", ");
}

/** In the order of words, as levels have them. */
function inOrder(on: ObjectPrivileges["on"], privileges: readonly string[]): readonly string[] {
  return privilegesOn[on].filter((one) => privileges.includes(one));
}
