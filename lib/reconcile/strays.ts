import type { GrantId } from "../model/grant";
import { latest } from "../model/instant";
import type { ObservedLease } from "../model/observed";
import type { RecordBody } from "../model/record";
import type { Effect, EffectOutcome } from "../ports";
import { carryOut } from "./effects";
import { changeIntended, nextHold, type NextHold } from "./hold";
import { changeSettled } from "./change";
import { recordedAs } from "./outcome";
import { heldByPair, latestOf, pairKey, type Pair } from "./pairs";
import { isOutdated } from "./outdated";
import { isInterrupted, tryProvider, type Pass } from "./pass-state";

/** Something of ours at a gateway that the Log does not hold active. */
export interface Stray extends Pair {
  readonly grant?: GrantId;
}

/**
 * Ends what carries our installation's id and the Log does not hold active. Where the pair has an
 * active Grant, that one's Lease is held anew, which takes the stray away and cuts nobody. A writer that was held up
 * while another one took over ends nothing: what is new to it is that one's.
 */
export async function endStrays(pass: Pass, strays: readonly Stray[]): Promise<void> {
  if (strays.length === 0 || !pass.journal.canRecord || (await isOutdated(pass))) return;
  for (const gateway of new Set(strays.map((stray) => stray.gateway))) {
    const there = new Map(strays.filter((stray) => stray.gateway === gateway).map((stray) => [pairKey(stray), stray]));
    if (isInterrupted(pass)) pass.report.left += there.size;
    else await endStraysOn(pass, gateway, [...there.values()]);
  }
}

/** Leases of ours that have run out and still stand there, where nothing else of the pair is held. */
export function lapsedStrays(pass: Pass): readonly Stray[] {
  const held = heldByPair(pass.journal.state);
  return [...pass.observed].flatMap(([gateway, seen]) => {
    const ours = seen.leases.filter((lease) => lease.correlation?.installation === pass.input.installation);
    const keyOf = (lease: ObservedLease): string => pairKey({ gateway, ...lease });
    const current = new Set(ours.filter((lease) => lease.status !== "lapsed").map(keyOf));
    return ours
      .filter((lease) => !current.has(keyOf(lease)) && !held.has(keyOf(lease)))
      .map((lease) => strayOf(gateway, lease));
  });
}

/** The stray that a lease is. */
export function strayOf(gateway: string, lease: ObservedLease): Stray {
  const { person, connection, correlation } = lease;
  return { gateway, person, connection, ...(correlation === undefined ? {} : { grant: correlation.grant }) };
}

interface StrayWork {
  readonly stray: Stray;
  readonly next?: NextHold;
}

async function endStraysOn(pass: Pass, gateway: string, strays: readonly Stray[]): Promise<void> {
  const provider = tryProvider(pass, gateway);
  if (provider === undefined) return;
  const work = strayWork(pass, strays);
  const holds = [...work.values()].flatMap(({ next }) => (next === undefined ? [] : [changeIntended(next)]));
  if (!(await pass.journal.record(holds))) return;
  pass.report.effects += work.size;
  const { secrets, signal } = pass.input;
  for await (const outcome of carryOut(provider, [...work.keys()], { secrets, signal })) {
    const one = work.get(outcome.effect);
    if (one !== undefined) await settle(pass, one, outcome);
  }
}

function strayWork(pass: Pass, strays: readonly Stray[]): ReadonlyMap<Effect, StrayWork> {
  const held = heldByPair(pass.journal.state);
  const work = new Map<Effect, StrayWork>();
  for (const stray of strays) {
    const there = held.get(pairKey(stray)) ?? [];
    const active = there.filter((grant) => grant.phase === "active" && !pass.ended.has(grant.facts.grant));
    const carrier = latestOf(active);
    const end = latest(...active.map((grant) => grant.end));
    if (carrier === undefined || end === undefined) {
      work.set({ kind: "end", person: stray.person, connection: stray.connection }, { stray });
    } else {
      const next = nextHold(pass.input.installation, carrier, end);
      work.set(next.effect, { stray, next });
    }
  }
  return work;
}

async function settle(pass: Pass, { stray, next }: StrayWork, outcome: EffectOutcome): Promise<void> {
  const { gateway, person, connection, grant } = stray;
  const about = { kind: "stray ended", gateway, person, connection, reason: "held without a record" } as const;
  const named = grant === undefined ? {} : { grant };
  const isGone = outcome.kind === "ended" || outcome.kind === "held";
  const ended: RecordBody = { type: "stray.ended", gateway, person, gatewayName: connection, ...named };
  const changed = next === undefined ? [] : changeSettled(next, outcome);
  const isRecorded = await pass.journal.record([...changed, ...(isGone ? [ended] : [])]);
  if (isGone) {
    const sessionsCut = outcome.kind === "ended" ? outcome.sessionsCut : 0;
    return pass.report.outcome({ ...about, ...named, result: recordedAs(isRecorded), sessionsCut });
  }
  const why = outcome.kind === "configured" ? "the provider answered for something else" : outcome.why;
  pass.report.isOverdue({ gateway, person, connection, ...named, since: pass.journal.times().record, why });
}
