/** A PostgreSQL database as a Provider: each lease is a role of its own, which the server itself lets in no longer than to its end. */
import type { Clock, Provider, Random, Sql } from "../../lib/ports";
import { apply } from "./apply";
import type { PostgresqlContext, Seal } from "./context";
import { describe } from "./describe";
import { findSpent } from "./find-spent";
import { observe } from "./observe";

/** What a PostgreSQL provider is made of. */
export interface PostgresqlProviderOptions {
  readonly gateway: string;
  readonly installation: string;
  /** The database in which `installSql` was run, with the login of the reconciler, or of those who only look. */
  readonly sql: Sql;
  readonly clock: Clock;
  readonly random: Random;
  readonly seal: Seal;
}

/** Makes a Provider of a database. Nothing is sent before it is asked something; `sql` is closed with it. */
export function postgresqlProvider(options: PostgresqlProviderOptions): Provider {
  const context: PostgresqlContext = { ...options };
  return {
    gateway: options.gateway,
    describe: () => describe(context),
    observe: () => observe(context),
    findSpent: (grants) => findSpent(context, grants),
    apply: (effects, applied) => apply(context, effects, applied),
    close: () => options.sql.close(),
  };
}
