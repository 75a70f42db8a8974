import type { LeaseAction } from "../model/action";
import { earliest } from "../model/instant";
import type { GrantState } from "../model/log-state";
import type { RecordBody } from "../model/record";
import type { Effect, EffectOutcome } from "../ports";
import { carryOut, effectTrouble, isRefusedAsOver } from "./effects";
import { changeIntended, nextHold, type NextHold } from "./hold";
import { grantOutcome, recordedAs } from "./outcome";
import { pairKey, pairOf } from "./pairs";
import { isInterrupted, tryProvider, untilOver, type Pass } from "./pass-state";

/** How many Leases change between two looks at the clock. */
const batchSize = 50;

/** A change of a Lease that the plan wants, and the active Grant under whose name it is held. */
interface Change {
  readonly action: LeaseAction;
  readonly grant: GrantState;
}

/**
 * Shortens, renews or takes over Leases of active Grants: the next generation of the Grant that goes
 * on, held until the end that the plan says. The changes of one pair follow each other.
 */
export async function changeLeases(pass: Pass, actions: readonly LeaseAction[]): Promise<void> {
  let open = actions;
  while (open.length > 0) {
    const { batch, later } = nextBatch(pass, open);
    open = later;
    if (isInterrupted(pass) || !pass.journal.canRecord) pass.report.left += batch.length;
    else if (batch.length > 0) await changeBatch(pass, batch);
  }
}

/** The next changes, at most one of a pair; what has no active Grant any more falls away. */
function nextBatch(
  pass: Pass,
  actions: readonly LeaseAction[],
): { readonly batch: readonly Change[]; readonly later: readonly LeaseAction[] } {
  const batch = new Map<string, Change>();
  const later: LeaseAction[] = [];
  for (const action of actions) {
    const grant = action.subject.grant === undefined ? undefined : pass.journal.state.grants.get(action.subject.grant);
    if (grant?.phase !== "active" || grant.ending !== undefined || pass.ended.has(grant.facts.grant)) continue;
    const key = pairKey(pairOf(grant));
    if (batch.has(key) || batch.size >= batchSize) later.push(action);
    else batch.set(key, { action, grant });
  }
  return { batch: [...batch.values()], later };
}

async function changeBatch(pass: Pass, batch: readonly Change[]): Promise<void> {
  const work = new Map<Effect, { readonly action: LeaseAction; readonly next: NextHold }>();
  const bodies: RecordBody[] = [];
  for (const { action, grant } of batch) {
    const leaseEnd = action.after?.endsAt ?? grant.end;
    if (leaseEnd === undefined) continue;
    const next = nextHold(pass.input.installation, grant, leaseEnd);
    bodies.push(changeIntended(next, action.grantEnd));
    if (pass.observed.has(grant.facts.gateway)) work.set(next.effect, { action, next });
    else bodies.push(...unseen(pass, action, next));
  }
  if (!(await pass.journal.record(bodies))) return;
  pass.quietUntil &&= earliest(pass.quietUntil, ...batch.map(({ action }) => action.grantEnd));
  for (const gateway of new Set(batch.map(({ grant }) => grant.facts.gateway))) {
    const effects = [...work].filter(([, { next }]) => next.grant.facts.gateway === gateway);
    await changeOnGateway(pass, gateway, new Map(effects));
  }
}

/**
 * A gateway that cannot be looked at may have lost the Lease: somebody ended it there, and to hold it anew would give it
 * back. The new end is taken down all the same, and ends it in time; the Lease follows once it is seen.
 */
function unseen(pass: Pass, { reason }: LeaseAction, next: NextHold): readonly RecordBody[] {
  const detail = "the gateway cannot be looked at: the access ends then, and its lease is changed once it is seen";
  pass.report.outcome(grantOutcome("changed", next.grant, { result: "refused", reason, end: next.leaseEnd, detail }));
  return changeSettled(next, { kind: "refused", effect: next.effect, because: "passing", why: detail });
}

async function changeOnGateway(
  pass: Pass,
  gateway: string,
  work: ReadonlyMap<Effect, { readonly action: LeaseAction; readonly next: NextHold }>,
): Promise<void> {
  const provider = tryProvider(pass, gateway);
  if (provider === undefined) return;
  pass.report.effects += work.size;
  const { secrets, signal } = pass.input;
  const settled: { readonly outcome: EffectOutcome; readonly action: LeaseAction; readonly next: NextHold }[] = [];
  for await (const outcome of carryOut(provider, [...work.keys()], { secrets, signal })) {
    const one = work.get(outcome.effect);
    if (one !== undefined) settled.push({ outcome, ...one });
  }
  const isRecorded = await pass.journal.record(settled.flatMap(({ outcome, next }) => changeSettled(next, outcome)));
  for (const { outcome, action, next } of settled) {
    const about = { reason: action.reason, end: next.leaseEnd };
    if (outcome.kind === "held") {
      pass.report.outcome(grantOutcome("changed", next.grant, { result: recordedAs(isRecorded), ...about }));
    } else if (outcome.kind === "refused" || outcome.kind === "unknown") {
      if (outcome.kind === "unknown") pass.doubtful.add(gateway);
      // The Lease that stays may be longer: it ends with this very pass, whoever is there to end it later.
      if (isRefusedAsOver(pass, outcome)) await untilOver(pass, [next.leaseEnd]);
      else pass.report.trouble(effectTrouble(outcome, gateway));
      pass.report.outcome(grantOutcome("changed", next.grant, { result: outcome.kind, ...about, detail: outcome.why }));
    }
  }
}

/** The record of a change's outcome; none while it is unknown, so that its intent stays. */
export function changeSettled(next: NextHold, outcome: EffectOutcome): readonly RecordBody[] {
  const about = { grant: next.grant.facts.grant, generation: next.generation } as const;
  if (outcome.kind === "held") {
    return [{ type: "change.done", ...about, observedEnd: outcome.lease.endsAt ?? next.leaseEnd }];
  }
  return outcome.kind === "refused" ? [{ type: "change.failed", ...about, detail: outcome.why }] : [];
}
