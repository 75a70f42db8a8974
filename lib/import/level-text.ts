import { assertNever } from "../model/exhaustive";
import type { DefaultPrivileges, LevelPrivileges, ObjectPrivileges } from "../model/privileges";
import { literal, literals } from "./literal";

/** A level as `PostgresqlLevel.custom({ … })`; `indent` is that of the line that it begins on. */
export function levelText(level: LevelPrivileges, indent: string): string {
  const { role, database, privileges, defaults, memberOf } = level;
  const deep = `${indent}  `;
  const list = (name: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : [`${deep}${name}: [`, ...items.map((item) => `${deep}  ${item},`), `${deep}],`];
  return [
    "PostgresqlLevel.custom({",
    `${deep}database: ${literal(database)},`,
    `${deep}role: ${literal(role)},`,
    ...list("privileges", privileges.map(privilegeText)),
    ...list("defaults", defaults.map(defaultText)),
    ...(memberOf.length === 0 ? [] : [`${deep}memberOf: ${literals(memberOf)},`]),
    `${indent}})`,
  ].join("\n");
}

function privilegeText(one: ObjectPrivileges): string {
  const privileges = `privileges: ${literals(one.privileges)}`;
  switch (one.on) {
    case "database":
      return `{ on: "database", ${privileges} }`;
    case "schema":
      return `{ on: "schema", schema: ${literal(one.schema)}, ${privileges} }`;
    case "columns": {
      const where = `schema: ${literal(one.schema)}, table: ${literal(one.table)}`;
      return `{ on: "columns", ${where}, columns: ${literals(one.columns)}, ${privileges} }`;
    }
    case "tables":
    case "sequences":
    case "functions": {
      const objects = one.objects === undefined ? "" : `objects: ${literals(one.objects)}, `;
      return `{ on: ${literal(one.on)}, schema: ${literal(one.schema)}, ${objects}${privileges} }`;
    }
    default:
      return assertNever(one);
  }
}

function defaultText({ owner, on, schema, privileges }: DefaultPrivileges): string {
  const where = `owner: ${literal(owner)}, on: ${literal(on)}, schema: ${literal(schema)}`;
  return `{ ${where}, privileges: ${literals(privileges)} }`;
}
