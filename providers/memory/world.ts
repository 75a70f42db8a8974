/**
 * The world that a memory provider stands for: a gateway reduced to what counts. One mutable value,
 * its own clock, everything in it reachable for tests: they plant, look, and let people in.
 */
import type { GatewayObject, ObjectSubject } from "../../lib/model/gateway-object";
import { epochMsOf } from "../../lib/model/instant";
import type { Clock } from "../../lib/ports";

/** A lease as the world stores it; times are milliseconds since 1970 by the gateway's clock. */
export interface LeaseRow {
  readonly ref: string;
  readonly person: string;
  readonly connection: string;
  /** Whose it is, as text; anything may stand here on foreign ones. */
  readonly correlation?: string;
  readonly createdAt: number;
  /** The length asked for: an end that is not `createdAt` plus this was moved by somebody. */
  readonly seconds: number;
  endsAt: number;
  state: "approved" | "waiting" | "removed";
}

/** An object of the configuration as the world stores it. */
export interface ObjectRow {
  readonly ref: string;
  readonly value: GatewayObject;
  readonly installation?: string;
  readonly secretsUpdatedAt?: string;
  /** Digest of the secrets' values: the world never holds the values. */
  readonly secretsDigest?: string;
}

/** Somebody's open line through the gateway. */
export interface SessionRow {
  readonly id: string;
  readonly person: string;
  readonly connection: string;
  readonly openedAt: number;
  closedAt?: number;
}

/** All there is. Objects are keyed `<kind>:<name>`. */
export interface World {
  readonly clock: Pick<Clock, "now">;
  readonly objects: Map<string, ObjectRow>;
  /** Only `putLease` adds to it. */
  readonly leases: readonly LeaseRow[];
  /** The leases by pair and by correlation, oldest first. */
  readonly index: Map<string, LeaseRow[]>;
  readonly sessions: SessionRow[];
  readonly weaknesses: string[];
  /** The gateway's clock minus ours, in milliseconds. */
  skewMs: number;
  /** Whether live sessions are cut at the end without us. */
  cutsSessions: boolean;
  /** How many things were ever made; the next reference. */
  count: number;
}

/** Makes an empty world. */
export function makeWorld(options: {
  readonly clock: Pick<Clock, "now">;
  readonly users?: readonly string[];
  readonly skewMs?: number;
  readonly cutsSessions?: boolean;
}): World {
  const world: World = {
    clock: options.clock,
    objects: new Map(),
    leases: [],
    index: new Map(),
    sessions: [],
    weaknesses: [],
    skewMs: options.skewMs ?? 0,
    cutsSessions: options.cutsSessions ?? true,
    count: 0,
  };
  for (const name of options.users ?? []) {
    putObject(world, { value: { kind: "user", name, displayName: name, active: true } });
  }
  return world;
}

/** The gateway's time in milliseconds since 1970. */
export function worldNow(world: World): number {
  return epochMsOf(world.clock.now()) + world.skewMs;
}

/** A reference that nothing in this world had before. */
export function nextRef(world: World, prefix: string): string {
  world.count += 1;
  return `${prefix}-${world.count}`;
}

/** The key of an object in `World.objects`. */
export function objectKeyOf(subject: ObjectSubject): string {
  return `${subject.kind}:${subject.name}`;
}

/** Puts an object there as it is given, in place of what has its name: also to plant foreign ones. */
export function putObject(world: World, row: Omit<ObjectRow, "ref"> & { readonly ref?: string }): ObjectRow {
  const stored: ObjectRow = { ...row, ref: row.ref ?? nextRef(world, row.value.kind) };
  world.objects.set(objectKeyOf(row.value), stored);
  return stored;
}

/** Puts a lease there that starts now: also to plant foreign ones. */
export function putLease(
  world: World,
  lease: {
    readonly person: string;
    readonly connection: string;
    readonly seconds: number;
    readonly correlation?: string;
    readonly state?: LeaseRow["state"];
  },
): LeaseRow {
  const createdAt = worldNow(world);
  const row: LeaseRow = {
    ref: nextRef(world, "lease"),
    person: lease.person,
    connection: lease.connection,
    ...(lease.correlation === undefined ? {} : { correlation: lease.correlation }),
    createdAt,
    seconds: lease.seconds,
    endsAt: createdAt + lease.seconds * 1000,
    state: lease.state ?? "approved",
  };
  (world.leases as LeaseRow[]).push(row);
  addTo(world.index, pairKey(row.person, row.connection), row);
  if (row.correlation !== undefined) addTo(world.index, `correlation ${row.correlation}`, row);
  return row;
}

/** The leases of a pair that are not removed, oldest first. */
export function leasesOfPair(world: World, person: string, connection: string): LeaseRow[] {
  return (world.index.get(pairKey(person, connection)) ?? []).filter((row) => row.state !== "removed");
}

/** The leases that ever had a correlation, in whatever state, oldest first. */
export function leasesOfCorrelation(world: World, correlation: string): readonly LeaseRow[] {
  return world.index.get(`correlation ${correlation}`) ?? [];
}

/** The one lease of a pair that counts: the newest approved one, also when it has run out. */
export function tryFindDecidingLease(world: World, person: string, connection: string): LeaseRow | undefined {
  return leasesOfPair(world, person, connection)
    .filter((row) => row.state === "approved")
    .at(-1);
}

/** Whether somebody would be let in now. A Connection that the gate does not name lets in every active user. */
export function isLetIn(world: World, person: string, connection: string): boolean {
  const user = world.objects.get(`user:${person}`)?.value;
  if (user?.kind !== "user" || !user.active || !world.objects.has(`connection:${connection}`)) return false;
  if (!isGated(world, connection)) return true;
  const lease = tryFindDecidingLease(world, person, connection);
  return lease !== undefined && lease.endsAt > worldNow(world);
}

/** Opens a session for somebody; undefined when the gateway refuses. */
export function openSession(world: World, person: string, connection: string): SessionRow | undefined {
  if (!isLetIn(world, person, connection)) return undefined;
  const session = { id: nextRef(world, "session"), person, connection, openedAt: worldNow(world) };
  world.sessions.push(session);
  return session;
}

/** Whether a session still carries bytes: it ends by a kill, or at the lease's end in a world that cuts. */
export function isSessionOpen(world: World, session: SessionRow): boolean {
  if (session.closedAt !== undefined) return false;
  return !world.cutsSessions || isLetIn(world, session.person, session.connection);
}

/** Whether the gate names a Connection. */
export function isGated(world: World, connection: string): boolean {
  const gate = [...world.objects.values()].find((row) => row.value.kind === "gate")?.value;
  return gate?.kind === "gate" && gate.connections.includes(connection);
}

function pairKey(person: string, connection: string): string {
  return `pair ${person} ${connection}`;
}

function addTo(index: Map<string, LeaseRow[]>, key: string, row: LeaseRow): void {
  const rows = index.get(key);
  if (rows === undefined) index.set(key, [row]);
  else rows.push(row);
}
