/** What a memory world looks like through a provider. */
import type { GatewayObject } from "../../lib/model/gateway-object";
import { instantOf } from "../../lib/model/instant";
import { tryParseCorrelation } from "../../lib/model/lease";
import type { ObservedLease, ObservedObject, ObservedState, OpenWay } from "../../lib/model/observed";
import { isGated, objectKeyOf, tryFindDecidingLease, worldNow } from "./world";
import type { LeaseRow, ObjectRow, World } from "./world";

/** Everything in a world, in a fixed order. */
export function observeWorld(world: World, gateway: string, installation: string): ObservedState {
  const rows = [...world.objects.values()].toSorted((a, b) => (objectKeyOf(a.value) < objectKeyOf(b.value) ? -1 : 1));
  return {
    gateway,
    at: instantOf(worldNow(world)),
    objects: rows.map((row) => observedObject(row)),
    leases: world.leases.filter((row) => row.state !== "removed").map((row) => observedLease(world, row)),
    openWays: rows.flatMap((row) => openWay(world, row, installation)),
    activeUsers: rows.flatMap(({ value }) => (value.kind === "user" && value.active ? [value.name] : [])),
    weaknesses: [...world.weaknesses],
  };
}

/** One lease as it stands. */
export function observedLease(world: World, row: LeaseRow): ObservedLease {
  const correlation = row.correlation === undefined ? undefined : tryParseCorrelation(row.correlation);
  return {
    ref: row.ref,
    ...(correlation === undefined ? {} : { correlation }),
    person: row.person,
    connection: row.connection,
    status: statusOf(world, row),
    createdAt: instantOf(row.createdAt),
    ...(row.state === "waiting" ? {} : { endsAt: instantOf(row.endsAt) }),
    ...(row.endsAt === row.createdAt + row.seconds * 1000 ? {} : { altered: true }),
  };
}

function statusOf(world: World, row: LeaseRow): ObservedLease["status"] {
  if (row.state === "waiting") return "waiting";
  if (row.endsAt <= worldNow(world)) return "lapsed";
  return tryFindDecidingLease(world, row.person, row.connection) === row ? "live" : "shadowed";
}

function observedObject(row: ObjectRow): ObservedObject {
  return {
    ref: row.ref,
    ...(row.installation === undefined ? {} : { installation: row.installation }),
    value: withoutReferences(row.value),
    ...(row.secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt: row.secretsUpdatedAt }),
  };
}

function withoutReferences(value: GatewayObject): GatewayObject {
  if (value.kind !== "connection") return value;
  return { ...value, secrets: Object.fromEntries(Object.keys(value.secrets).map((name) => [name, ""])) };
}

function openWay(world: World, row: ObjectRow, installation: string): OpenWay[] {
  if (row.value.kind !== "connection" || isGated(world, row.value.name)) return [];
  const managed = row.installation === installation;
  return [{ connection: row.value.name, managed, why: "the gate does not name it: every active user gets in" }];
}
