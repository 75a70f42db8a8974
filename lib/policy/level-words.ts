import { assertNever } from "../model/exhaustive";
import type { DefaultPrivileges, LevelPrivileges, ObjectKind, ObjectPrivileges } from "../model/privileges";
import { listWords, someWords } from "./words";

/**
 * What a level carries, a phrase each that follows its name: `may read all tables of schema orders except orders.cards`.
 * Everything that differs between two levels differs here. Plain text: a name that is not a plain word stands between
 * quotes, as PostgreSQL writes it, so that none reads like a phrase; whoever prints it still escapes it.
 */
export function levelWords(level: LevelPrivileges): readonly string[] {
  const { database, role, serviceRole, createsAs, memberOf } = level;
  const privileges = [...level.privileges].sort((a, b) => kinds.indexOf(a.on) - kinds.indexOf(b.on));
  return [
    ...privileges.map((one) => `may ${privilegeWords(one, database)}`),
    ...level.defaults.map(defaultWords),
    ...memberOf.map((one) => `may do all that ${nameWords(one)} may, as its member`),
    ...(createsAs === undefined ? [] : [`makes things for ${nameWords(createsAs)} only after SET ROLE`]),
    ...(serviceRole === undefined ? [] : [`is what ${nameWords(serviceRole)} logs in for`]),
    `is the role ${nameWords(role)} in database ${nameWords(database)}`,
  ];
}

/** The phrases in one sentence about a level, cut after many. */
export function levelSentence(name: string, level: LevelPrivileges): string {
  return `${name} ${someWords(levelWords(level), most)}.`;
}

const most = 20;
/** Names in one phrase; a level may name a thousand tables. */
const mostNames = 10;

const kinds: readonly ObjectPrivileges["on"][] = ["database", "schema", "tables", "columns", "sequences", "functions"];

function privilegeWords(one: ObjectPrivileges, database: string): string {
  const does = doing(one.on, one.privileges);
  switch (one.on) {
    case "database":
      return `${does} database ${nameWords(database)}`;
    case "schema":
      return `${does} schema ${nameWords(one.schema)}`;
    case "columns":
      return `${does} ${columnsWords(one.columns)} of table ${nameWords(one.schema)}.${nameWords(one.table)}`;
    case "tables":
    case "sequences":
    case "functions": {
      const names = (objects: readonly string[]): string =>
        someWords(
          objects.map((object) => `${nameWords(one.schema)}.${nameWords(object)}`),
          mostNames,
        );
      if (one.objects !== undefined) return `${does} ${counted(one.on, one.objects)} ${names(one.objects)}`;
      const except = one.except === undefined ? "" : ` except ${names(one.except)}`;
      return `${does} all ${one.on} of schema ${nameWords(one.schema)}${except}`;
    }
    default:
      return assertNever(one);
  }
}

function defaultWords({ owner, on, schema, privileges }: DefaultPrivileges): string {
  return `may ${doing(on, privileges)} ${on} that ${nameWords(owner)} makes later in schema ${nameWords(schema)}`;
}

function columnsWords(columns: readonly string[]): string {
  return `column${columns.length === 1 ? "" : "s"} ${someWords(columns.map(nameWords), mostNames)}`;
}

function counted(on: ObjectKind, objects: readonly string[]): string {
  return objects.length === 1 ? on.slice(0, -1) : on;
}

/** What a privilege lets somebody do; the words end where the object's name follows. */
const verbs: Readonly<Record<ObjectPrivileges["on"], Readonly<Record<string, string>>>> = {
  database: { CONNECT: "connect to", CREATE: "make schemas in", TEMPORARY: "make temporary tables in" },
  schema: { USAGE: "use", CREATE: "create in" },
  tables: {
    SELECT: "read",
    INSERT: "insert into",
    UPDATE: "update",
    DELETE: "delete from",
    TRUNCATE: "empty",
    REFERENCES: "refer to",
    TRIGGER: "put triggers on",
  },
  columns: { SELECT: "read", INSERT: "insert into", UPDATE: "update", REFERENCES: "refer to" },
  sequences: { SELECT: "read", USAGE: "draw from", UPDATE: "set" },
  functions: { EXECUTE: "call" },
};

function doing(on: ObjectPrivileges["on"], privileges: readonly string[]): string {
  return listWords(
    privileges.map((one) => verbs[on][one] ?? one),
    "and",
  );
}

/** A plain name as it is, any other as PostgreSQL quotes it. */
function nameWords(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_$-]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
