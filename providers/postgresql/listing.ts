/** What `leasehold.list` says, read strictly: an answer that does not fit is no answer. */
import { failure } from "../../lib/errors";
import { call, installFix, readFailure, type PostgresqlContext } from "./context";
import { installedVersion } from "./install/sql";

/** Everything that the functions show, at one moment. Times in milliseconds since 1970 by the server's clock. */
export interface Listing {
  readonly installation: string;
  readonly maxSeconds: number;
  readonly database: string;
  readonly server: string;
  readonly nowMs: number;
  readonly everHeld: boolean;
  readonly levels: readonly ListedLevel[];
  readonly leases: readonly ListedLease[];
  readonly members: readonly ListedMember[];
  /** How logins are checked; undefined where the server does not show it. */
  readonly rules: readonly LoginRule[] | undefined;
  /** What was measured of the asking, for the skew. */
  readonly askedAtMs: number;
}

/** A level that the database states. */
export interface ListedLevel {
  readonly connection: string;
  readonly role: string;
  readonly database: string;
  readonly flaw: string | undefined;
}

/** A lease with what is there of its role. */
export interface ListedLease {
  readonly role: string;
  readonly person: string;
  readonly connection: string;
  readonly grant: string;
  readonly generation: number;
  readonly sealed: string | undefined;
  readonly createdMs: number;
  readonly endsMs: number;
  readonly isEnded: boolean;
  readonly isThere: boolean;
  readonly canLogIn: boolean;
  /** Undefined: for ever. */
  readonly validUntilMs: number | undefined;
  readonly isMember: boolean;
  readonly sessions: number;
  readonly owns: number;
  /** Transactions that it has prepared and nobody has ended: they outlive its sessions. */
  readonly prepared: number;
}

/** A member of a level's role that is nobody's lease. */
export interface ListedMember {
  readonly connection: string;
  readonly role: string;
  readonly canLogIn: boolean;
  readonly validUntilMs: number | undefined;
}

/** A line of pg_hba.conf. */
export interface LoginRule {
  readonly line: number;
  readonly type: string;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  readonly method: string;
}

/**
 * Asks for the listing. Throws E510 for a database that is not prepared, of an older version, a replica, or asked with a login
 * that can do too much; E504 for another installation's; E500, E501, E502 as any gateway.
 */
export async function readListing(context: PostgresqlContext): Promise<Listing> {
  const listing = await readAnyListing(context);
  if (listing.installation === context.installation) return listing;
  throw failure("E504", {
    detail: `the database of gateway ${context.gateway} belongs to installation ${listing.installation}, ours is ${context.installation}`,
    fix: "give each installation a database of its own",
  });
}

/** The same, also of another installation's database. */
export async function readAnyListing(context: PostgresqlContext): Promise<Listing> {
  const before = Date.parse(context.clock.now());
  const called = await call(context, "list");
  const after = Date.parse(context.clock.now());
  if (called.kind !== "answered") throw readFailure(context, called);
  const seen = tryParse(called.value);
  if (seen === undefined) {
    throw failure("E502", {
      detail: `gateway ${context.gateway}: leasehold.list gave something else than a listing`,
      fix: installFix,
    });
  }
  const flaw = flawOf(seen);
  if (flaw !== undefined) throw failure("E510", { detail: `gateway ${context.gateway}: ${flaw.why}`, fix: flaw.fix });
  return { ...seen.listing, askedAtMs: (before + after) / 2 };
}

interface Seen {
  readonly version: number;
  readonly isReplica: boolean;
  readonly login: { readonly name: string; readonly isTooMuch: string | undefined };
  readonly listing: Omit<Listing, "askedAtMs">;
}

function flawOf({ version, isReplica, login }: Seen): { readonly why: string; readonly fix: string } | undefined {
  if (version !== installedVersion) {
    const why = `the functions of schema leasehold are version ${version}, this leasehold needs ${installedVersion}`;
    return {
      why,
      fix: version < installedVersion ? installFix : "use the leasehold that installed them, or a later one",
    };
  }
  if (login.isTooMuch !== undefined) {
    return {
      why: `its url logs in as ${login.name}, ${login.isTooMuch}: who has that url has the whole server`,
      fix: "use the login that `leasehold gateway sql` makes for the reconciler, with a password of its own",
    };
  }
  if (isReplica) {
    return {
      why: "its url leads to a read replica: what it shows is late, and nothing can be changed there",
      fix: "name the primary in the gateway's `url`",
    };
  }
  return undefined;
}

function tryParse(value: unknown): Seen | undefined {
  try {
    return parse(object(value));
  } catch (thrown) {
    if (thrown instanceof Unfit) return undefined;
    throw thrown;
  }
}

class Unfit extends Error {}

type Fields = Readonly<Record<string, unknown>>;

function parse(all: Fields): Seen {
  const setting = object(all["setting"]);
  const login = object(all["login"]);
  return {
    version: number(setting["version"]),
    isReplica: flag(all["is_replica"]),
    login: { name: text(login["name"]), isTooMuch: tooMuch(login) },
    listing: {
      installation: text(setting["installation"]),
      maxSeconds: number(setting["max_seconds"]),
      database: text(all["database"]),
      server: text(all["server"]),
      nowMs: number(all["now_ms"]),
      everHeld: flag(all["ever_held"]),
      levels: list(all["levels"]).map((one) => ({
        connection: text(one["connection"]),
        role: text(one["role"]),
        database: text(one["database"]),
        flaw: optional(one["flaw"], text),
      })),
      leases: list(all["leases"]).map(leaseOf),
      members: list(all["members"]).map((one) => ({
        connection: text(one["connection"]),
        role: text(one["role"]),
        canLogIn: flag(one["can_log_in"]),
        validUntilMs: optional(one["valid_until_ms"], number),
      })),
      rules: optional(all["rules"], (rules) => list(rules).flatMap(ruleOf)),
    },
  };
}

function leaseOf(one: Fields): ListedLease {
  return {
    role: text(one["role"]),
    person: text(one["person"]),
    connection: text(one["connection"]),
    grant: text(one["grant"]),
    generation: number(one["generation"]),
    sealed: optional(one["sealed"], text),
    createdMs: number(one["created_ms"]),
    endsMs: number(one["ends_ms"]),
    isEnded: flag(one["is_ended"]),
    isThere: flag(one["is_there"]),
    canLogIn: flag(one["can_log_in"]),
    validUntilMs: optional(one["valid_until_ms"], number),
    isMember: flag(one["is_member"]),
    sessions: number(one["sessions"]),
    owns: number(one["owns"]),
    prepared: number(one["prepared"]),
  };
}

/** A line that the server itself cannot read lets nobody in. */
function ruleOf(one: Fields): readonly LoginRule[] {
  if (one["error"] !== null) return [];
  return [
    {
      line: number(one["line"]),
      type: text(one["type"]),
      databases: texts(one["databases"]),
      users: texts(one["users"]),
      method: text(one["method"]),
    },
  ];
}

function tooMuch(login: Fields): string | undefined {
  if (flag(login["is_superuser"])) return "a superuser";
  if (flag(login["makes_roles"])) return "who may make roles";
  return flag(login["is_owner"]) ? "a member of the functions' owner" : undefined;
}

function object(value: unknown): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Unfit();
}

function list(value: unknown): readonly Fields[] {
  if (Array.isArray(value)) return value.map(object);
  throw new Unfit();
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(text);
  throw new Unfit();
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Unfit();
}

function number(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Unfit();
}

function flag(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new Unfit();
}

function optional<T>(value: unknown, as: (value: unknown) => T): T | undefined {
  return value === null || value === undefined ? undefined : as(value);
}
