/** Holding and ending leases in a memory world: the reference for what every provider must come to. */
import { epochMsOf, instantOf } from "../../lib/model/instant";
import { tooLateToHold } from "../../lib/model/effect";
import { correlationText, tryParseCorrelation } from "../../lib/model/lease";
import type { EffectOutcome, EndEffect, HoldEffect } from "../../lib/ports";
import { observedLease } from "./observe";
import { leasesOfCorrelation, leasesOfPair, putLease, worldNow } from "./world";
import type { LeaseRow, World } from "./world";

/** Makes one lease the only one of ours of its pair. A correlation that was there before is spent, unless it still holds. */
export function hold(world: World, effect: HoldEffect, maxSeconds: number): EffectOutcome {
  const text = correlationText(effect.correlation);
  const before = leasesOfCorrelation(world, text);
  const standing = before.findLast((row) => isInForce(world, row, effect));
  if (standing !== undefined) return held(world, effect, standing);
  if (before.length > 0) {
    return { kind: "refused", effect, because: "spent", why: "this generation of the lease was there before" };
  }
  const obstacle = obstacleOf(world, effect);
  if (obstacle !== undefined) return { kind: "refused", effect, because: "permanent", why: obstacle };
  const seconds = Math.min(maxSeconds, secondsLeft(world, effect));
  const { person, connection } = effect;
  return held(world, effect, putLease(world, { person, connection, seconds, correlation: text }));
}

/** Takes away all of ours of a pair and cuts the pair's sessions. */
export function end(world: World, effect: EndEffect, installation: string): EffectOutcome {
  const ours = leasesOfPair(world, effect.person, effect.connection).filter((row) => isOurs(row, installation));
  for (const row of ours) row.state = "removed";
  const at = worldNow(world);
  const sessions = world.sessions.filter(
    (one) => one.person === effect.person && one.connection === effect.connection && one.closedAt === undefined,
  );
  for (const session of sessions) session.closedAt = at;
  return {
    kind: "ended",
    effect,
    at: instantOf(at),
    sessionsCut: sessions.length,
    wasThere: ours.length > 0,
  };
}

function isInForce(world: World, row: LeaseRow, effect: HoldEffect): boolean {
  const isSame = row.person === effect.person && row.connection === effect.connection;
  const isUntouched = row.endsAt === row.createdAt + row.seconds * 1000;
  return isSame && isUntouched && row.state === "approved" && row.endsAt > worldNow(world);
}

function obstacleOf(world: World, effect: HoldEffect): string | undefined {
  const user = world.objects.get(`user:${effect.person}`)?.value;
  if (user?.kind !== "user") return "the gateway does not know this user";
  if (!user.active) return "this user is not active at the gateway";
  if (!world.objects.has(`connection:${effect.connection}`)) return "the gateway does not have this connection";
  return tooLateToHold(effect, world.clock.now());
}

/** What is left until the end by our clock: the gateway counts a length, not a date. */
function secondsLeft(world: World, effect: HoldEffect): number {
  return Math.floor((epochMsOf(effect.end) - epochMsOf(world.clock.now())) / 1000);
}

function held(world: World, effect: HoldEffect, kept: LeaseRow): EffectOutcome {
  for (const row of leasesOfPair(world, effect.person, effect.connection)) {
    if (row !== kept && isOurs(row, effect.correlation.installation)) row.state = "removed";
  }
  return { kind: "held", effect, lease: observedLease(world, kept) };
}

function isOurs(row: LeaseRow, installation: string): boolean {
  if (row.correlation === undefined) return false;
  return tryParseCorrelation(row.correlation)?.installation === installation;
}
