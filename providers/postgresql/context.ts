import { failure } from "../../lib/errors";
import type { Clock, Random, Sql, SqlStatement, SqlValue } from "../../lib/ports";

/** What a provider of one database works with. */
export interface PostgresqlContext {
  readonly gateway: string;
  readonly installation: string;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly random: Random;
  readonly seal: Seal;
}

/** Seals a text to public keys: whoever has one of the private ones can open it, nobody else. Undefined when no key is fit for it. */
export type Seal = (keys: readonly string[], text: string) => Promise<string | undefined>;

/** What came of calling a function of ours. `passing`: nothing of it holds. `unknown`: it may have happened. */
export type Called =
  | { readonly kind: "answered"; readonly value: unknown }
  | { readonly kind: "refused"; readonly because: "credential" | "permanent" | "passing"; readonly why: string }
  | { readonly kind: "unknown"; readonly why: string };

/** Calls one function of schema leasehold; its arguments are parameters, never text of the statement. */
export async function call(
  { sql }: PostgresqlContext,
  name: "hold" | "end_lease" | "list" | "tidy",
  args: readonly SqlValue[] = [],
): Promise<Called> {
  const places = args.map((_, at) => `$${at + 1}`).join(", ");
  const statement: SqlStatement = { text: `SELECT leasehold.${name}(${places}) AS answer`, values: args };
  const answer = await sql.query(statement);
  switch (answer.kind) {
    case "rows":
      return { kind: "answered", value: answer.rows[0]?.["answer"] };
    case "refused":
      return { kind: "refused", ...refusalOf(answer.state) };
    case "unsent":
      return { kind: "refused", because: "passing", why: "the database could not be reached" };
    case "lost":
      return { kind: "unknown", why: "the database gave no answer" };
  }
}

/** The failure of a call that only reads. */
export function readFailure({ gateway }: PostgresqlContext, called: Exclude<Called, { kind: "answered" }>): Error {
  const detail = `gateway ${gateway}: ${called.why}`;
  if (called.kind === "refused" && called.because === "credential") {
    return failure("E501", { detail, fix: "look at the user and the password in the gateway's `url`" });
  }
  if (called.kind === "refused" && called.because === "permanent") {
    return failure("E510", { detail, fix: installFix });
  }
  return failure("E500", { detail, fix: "look at the database, then run it again: nothing new was granted" });
}

/** What mends a database that is not prepared. */
export const installFix = "run `leasehold gateway sql`, and what it prints as an admin of the database";

/** What a state of the server means; its own words are left out, because they may quote values. */
function refusalOf(state: string): { readonly because: "credential" | "permanent" | "passing"; readonly why: string } {
  if (state === "3F000" || state === "42883" || state === "42P01" || state === "42703") {
    return { because: "permanent", why: "the functions of schema leasehold are not installed, or of another version" };
  }
  if (state.startsWith("28")) return { because: "credential", why: "the server refused the login" };
  if (state === "42501") {
    return { because: "credential", why: "the login may not call the functions of schema leasehold" };
  }
  if (state === "3D000") return { because: "permanent", why: "there is no such database" };
  if (state === "25006")
    return {
      because: "passing",
      why: "the server is a read replica, or was made read-only: nothing can be changed there",
    };
  if (state === "55P03") return { because: "passing", why: "something else holds a lock for too long" };
  return {
    because: "passing",
    why: `the server answered with SQLSTATE ${/^[0-9A-Z]{5}$/.test(state) ? state : "unknown"}`,
  };
}
