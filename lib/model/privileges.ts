/** What a level of access to a PostgreSQL database carries: one NOLOGIN role, and all that it may do. */
export interface LevelPrivileges {
  /** The NOLOGIN role that carries the level; unique among the levels of a cluster; at most 63 bytes. */
  readonly role: string;
  /** The database that all of it is in. */
  readonly database: string;
  /** What the role may do, sorted; no two of them are about the same object. */
  readonly privileges: readonly ObjectPrivileges[];
  /** What it will be able to do on what stated owners make later, sorted. */
  readonly defaults: readonly DefaultPrivileges[];
  /** Roles that it is a member of, sorted: it may do all that these may. */
  readonly memberOf: readonly string[];
  /** The role to `SET ROLE` to before anything is made, so that no lease role owns it; one of `memberOf`. */
  readonly createsAs?: string;
  /** A role with LOGIN that a gateway logs in as, a member of the level's role; its password is never in here. */
  readonly serviceRole?: string;
}

/** Privileges on the objects of one kind: the whole database, a schema, or what is in a schema. */
export type ObjectPrivileges =
  | { readonly on: "database"; readonly privileges: readonly string[] }
  | { readonly on: "schema"; readonly schema: string; readonly privileges: readonly string[] }
  | PrivilegesInSchema
  | ColumnPrivileges;

/** Privileges on all objects of one kind in a schema, on all but some, or on named ones. */
export interface PrivilegesInSchema {
  readonly on: ObjectKind;
  readonly schema: string;
  /** The only objects that it is on, sorted; absent: all of them. */
  readonly objects?: readonly string[];
  /** Tables that it is not on, sorted; not together with `objects`. */
  readonly except?: readonly string[];
  readonly privileges: readonly string[];
}

/** Privileges on columns of one table. */
export interface ColumnPrivileges {
  readonly on: "columns";
  readonly schema: string;
  readonly table: string;
  /** Sorted, at least one. */
  readonly columns: readonly string[];
  readonly privileges: readonly string[];
}

/** Privileges on what an owner will make in a schema. */
export interface DefaultPrivileges {
  readonly owner: string;
  readonly on: ObjectKind;
  readonly schema: string;
  readonly privileges: readonly string[];
}

/** Kinds of objects in a schema. Tables include views; functions do not include procedures. */
export const objectKinds = ["tables", "sequences", "functions"] as const;

/** See `objectKinds`. */
export type ObjectKind = (typeof objectKinds)[number];

/** Every privilege that PostgreSQL 15 has on a kind of object (GRANT, "PostgreSQL Privileges"), in the order of words. */
export const privilegesOn = {
  database: ["CONNECT", "CREATE", "TEMPORARY"],
  schema: ["USAGE", "CREATE"],
  tables: ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"],
  sequences: ["SELECT", "USAGE", "UPDATE"],
  functions: ["EXECUTE"],
  columns: ["SELECT", "INSERT", "UPDATE", "REFERENCES"],
} as const satisfies Readonly<Record<ObjectPrivileges["on"], readonly string[]>>;

/** Bytes of UTF-8 in a name of PostgreSQL (NAMEDATALEN - 1); what is longer is cut there in silence. */
const postgresqlNameBytes = 63;

/**
 * Whether PostgreSQL takes a text as a name as it is: 1 to 63 bytes. Control characters are refused here:
 * PostgreSQL takes them, nobody who reads a plan sees them.
 */
export function isPostgresqlName(text: string): boolean {
  return text !== "" && utf8Bytes(text) <= postgresqlNameBytes && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}

/**
 * Whether a role may carry a level: a name that is not PostgreSQL's own (`pg_`), not one that it reads as a
 * word (`public`, `none`), and not like a lease role (`lh_`).
 */
export function isLevelRoleName(text: string): boolean {
  return isPostgresqlName(text) && !/^(?:pg_|lh_)/.test(text) && text !== "public" && text !== "none";
}

/** The name of a level's role where none is stated. */
export function defaultLevelRole(resource: string, level: string): string {
  return `${resource}-${level}`;
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
