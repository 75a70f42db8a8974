/** What the catalogs of a PostgreSQL database say about roles: nothing of it is believed to be harmless text. */
export interface DatabaseCatalog {
  readonly database: string;
  /** As PostgreSQL says it, e.g. `15.18`. */
  readonly version: string;
  /** The role that read all this. */
  readonly readBy: string;
  /** Every role of the cluster but PostgreSQL's own (`pg_…`). */
  readonly roles: readonly CatalogRole[];
  readonly memberships: readonly CatalogMembership[];
  /** What roles were granted on objects of others, in this database and on the databases of the cluster. */
  readonly grants: readonly CatalogGrant[];
  readonly defaults: readonly CatalogDefault[];
  /** How many objects there are, by kind and schema. */
  readonly counts: readonly CatalogCount[];
}

/** A role. */
export interface CatalogRole {
  readonly name: string;
  readonly canLogin: boolean;
  readonly isSuperuser: boolean;
  /** What it has besides as SQL calls it: `CREATEDB`, `NOINHERIT`, `CONNECTION LIMIT 3`, `VALID UNTIL …`. */
  readonly attributes: readonly string[];
  /** Settings of the role, `name=value`. */
  readonly settings: readonly string[];
  /** How many objects it owns in this database, databases and tablespaces included. */
  readonly owns: number;
  /** Other databases of the cluster in which it owns something or was granted something. */
  readonly elsewhere: readonly string[];
}

/** That a role is a member of another one. */
export interface CatalogMembership {
  readonly role: string;
  readonly member: string;
  /** What is unusual about it: `ADMIN`, `INHERIT FALSE`, `SET FALSE`. */
  readonly options: readonly string[];
}

/** What somebody was granted on one object. */
export interface CatalogGrant extends Granted {
  readonly object: CatalogObject;
}

/** What somebody has by default on what an owner makes. */
export interface CatalogDefault extends Granted {
  readonly owner: string;
  /** Undefined: in every schema. */
  readonly schema: string | undefined;
  readonly on: "tables" | "sequences" | "functions" | "types" | "schemas" | "large objects";
}

/** Privileges of one role on one thing. */
export interface Granted {
  /** Undefined: PUBLIC. */
  readonly grantee: string | undefined;
  /** Sorted, each once. */
  readonly privileges: readonly string[];
  /** Those of them that it may pass on. */
  readonly grantable: readonly string[];
  /** Roles that gave them and are not the owner. */
  readonly grantors: readonly string[];
}

/** An object that privileges are on. */
export type CatalogObject =
  | { readonly on: "database"; readonly name: string }
  | { readonly on: "schema"; readonly name: string }
  | { readonly on: "tables"; readonly schema: string; readonly name: string; readonly kind: TableKind }
  | { readonly on: "sequences"; readonly schema: string; readonly name: string }
  | {
      readonly on: "functions";
      readonly schema: string;
      readonly name: string;
      /** The types of what it takes, as GRANT has them: `integer, text[]`. */
      readonly takes: string;
      /** Whether its schema has another function or procedure of that name. */
      readonly isOverloaded: boolean;
    }
  | {
      readonly on: "columns";
      readonly schema: string;
      readonly table: string;
      readonly name: string;
      readonly kind: TableKind;
    }
  | {
      readonly on: "other";
      /** What it is in SQL's words, e.g. `procedure`. */
      readonly what: string;
      readonly name: string;
    };

/** What of PostgreSQL's relations GRANT calls a table (`relkind`). */
export type TableKind = "table" | "view" | "materialized view" | "foreign table" | "partitioned table";

/** How many objects of a kind a schema has. Procedures are counted by themselves. */
export interface CatalogCount {
  readonly on: "tables" | "sequences" | "functions" | "procedures";
  readonly schema: string;
  readonly count: number;
}
