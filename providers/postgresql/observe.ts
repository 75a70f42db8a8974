import { gateName } from "../../lib/model/gateway-object";
import { instantOf } from "../../lib/model/instant";
import type { ObservedObject, ObservedState } from "../../lib/model/observed";
import type { PostgresqlContext } from "./context";
import { memberLease, tryLeaseOf } from "./leases";
import { readListing, type ListedLevel, type Listing } from "./listing";
import { weakLogins } from "./login-rules";

/**
 * Observes a database in one look. Its gate is the table of stated levels: nobody gets in but by a role, and the functions
 * give no other level. Levels are seen as Connections and never written: their roles are Terraform's.
 */
export async function observe(context: PostgresqlContext): Promise<ObservedState> {
  const listing = await readListing(context);
  const { nowMs, leases, members, levels } = listing;
  return {
    gateway: context.gateway,
    at: instantOf(nowMs),
    objects: [gateObject(context, levels), ...levels.map((level) => levelObject(context, level))],
    leases: [
      ...leases.flatMap((one) => tryLeaseOf(one, context.installation, nowMs) ?? []),
      ...members.map((one) => memberLease(one, nowMs)),
    ],
    openWays: [],
    activeUsers: [],
    weaknesses: [...weakLogins(listing), ...ownedObjects(listing), ...preparedTransactions(listing)],
  };
}

function gateObject({ installation }: PostgresqlContext, levels: readonly ListedLevel[]): ObservedObject {
  const connections = levels.filter((level) => level.flaw === undefined).map((level) => level.connection);
  return { ref: "leasehold.level", installation, value: { kind: "gate", name: gateName, connections } };
}

function levelObject({ installation }: PostgresqlContext, level: ListedLevel): ObservedObject {
  return {
    ref: level.role,
    installation,
    value: {
      kind: "connection",
      name: level.connection,
      resource: "",
      resourceKind: "postgresql",
      settings: { database: level.database, role: level.role },
      secrets: {},
      command: [],
      guardrails: [],
      maskingRules: [],
    },
    ...(level.flaw === undefined ? {} : { flaw: level.flaw }),
  };
}

/** Objects of a lease role stay whoever's they are: which role should have them is for people to say. */
function ownedObjects({ leases }: Listing): readonly string[] {
  return leases
    .filter((lease) => lease.owns > 0)
    .map(
      ({ role, person, connection, owns }) =>
        `Lease role ${role} (${person} on ${connection}) owns ${owns} ${owns === 1 ? "object" : "objects"}, so it cannot be dropped when it has ended: REASSIGN OWNED BY "${role}" TO a lasting role, in the database where they are.`,
    );
}

/**
 * What a holder has prepared for a commit in two phases stays when the lease ends. Only a superuser can undo it, or the role itself
 * (PostgreSQL manual, "ROLLBACK PREPARED"), so all that can be done here is to say so.
 */
function preparedTransactions({ leases }: Listing): readonly string[] {
  return leases
    .filter((lease) => lease.isEnded && lease.prepared > 0)
    .map(({ role, person, connection, prepared }) => {
      const what =
        prepared === 1
          ? "1 prepared transaction, which keeps its locks"
          : `${prepared} prepared transactions, which keep their locks`;
      return `Lease role ${role} (${person} on ${connection}) has ended and left ${what}: as a superuser, ROLLBACK PREPARED each of SELECT gid, database FROM pg_prepared_xacts WHERE owner = '${role}', in its database. With max_prepared_transactions = 0 there can be none.`;
    });
}
