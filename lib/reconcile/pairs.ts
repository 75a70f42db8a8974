import { heldGrants, isHeld } from "../log/held-grants";
import type { DesiredGrant } from "../model/desired";
import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { GrantState, LogState } from "../model/log-state";

/** One user on one Connection of one gateway: what at most one Lease is held for. */
export interface Pair {
  readonly gateway: string;
  readonly person: string;
  /** The Connection's gateway name. */
  readonly connection: string;
}

/** The pair of a Grant. */
export function pairOf(grant: GrantState): Pair {
  return { gateway: grant.facts.gateway, person: grant.facts.person, connection: grant.facts.gatewayName };
}

/** The pair of a Grant that has not begun. */
export function pairOfDesired(desired: DesiredGrant): Pair {
  return { gateway: desired.gateway, person: desired.person, connection: desired.gatewayName };
}

/** A text that is equal for equal pairs only. */
export function pairKey(pair: Pair): string {
  return JSON.stringify([pair.gateway, pair.person, pair.connection]);
}

/** All held Grants by the key of their pair; `people` leaves out everybody else, where only some are asked about. */
export function heldByPair(state: LogState, people?: ReadonlySet<string>): ReadonlyMap<string, readonly GrantState[]> {
  const pairs = new Map<string, GrantState[]>();
  for (const grant of people === undefined ? state.grants.values() : heldOf(state, people)) {
    if (!isHeld(grant)) continue;
    const key = pairKey(pairOf(grant));
    const there = pairs.get(key);
    if (there === undefined) pairs.set(key, [grant]);
    else there.push(grant);
  }
  return pairs;
}

function heldOf(state: LogState, people: ReadonlySet<string>): readonly GrantState[] {
  const held = heldGrants(state);
  return [...people].flatMap((person) => held.of(person));
}

/** The held Grants of each pair, kept up while a pass activates: looked up once, not searched for in every batch. */
export class PairIndex {
  private readonly ids = new Map<string, GrantId[]>();

  constructor(state: LogState) {
    for (const grant of state.grants.values()) if (isHeld(grant)) this.add(pairOf(grant), grant.facts.grant);
  }

  add(pair: Pair, grant: GrantId): void {
    const key = pairKey(pair);
    const there = this.ids.get(key);
    if (there === undefined) this.ids.set(key, [grant]);
    else if (!there.includes(grant)) there.push(grant);
  }

  /** The Grants of a pair that are held now. */
  held(pair: Pair, state: LogState): readonly GrantState[] {
    return (this.ids.get(pairKey(pair)) ?? []).flatMap((id) => {
      const grant = state.grants.get(id);
      return grant !== undefined && isHeld(grant) ? [grant] : [];
    });
  }
}

/** The Grants of a pair that go on when the given ones end: active, not ending, their end not reached. */
export function survivors(
  held: readonly GrantState[],
  ending: ReadonlySet<GrantId>,
  now: Instant,
): readonly GrantState[] {
  return held.filter(
    (grant) =>
      grant.phase === "active" &&
      grant.ending === undefined &&
      !ending.has(grant.facts.grant) &&
      grant.end !== undefined &&
      grant.end > now,
  );
}

/** The one of some Grants whose end is the latest: it carries the Lease of the pair. */
export function latestOf(grants: readonly GrantState[]): GrantState | undefined {
  return grants.reduce<GrantState | undefined>((a, b) => {
    if (a === undefined) return b;
    const [endA = "", endB = ""] = [a.end, b.end];
    return endB > endA || (endB === endA && b.facts.grant < a.facts.grant) ? b : a;
  }, undefined);
}
