import type { LeaseAction } from "../model/action";
import type { GrantState } from "../model/log-state";
import type { RecordBody } from "../model/record";
import type { Effect, EffectOutcome } from "../ports";
import { carryOut, effectTrouble } from "./effects";
import { changeIntended, nextHold, type NextHold } from "./hold";
import { grantOutcome, recordedAs } from "./outcome";
import { isHeld, pairKey, pairOf } from "./pairs";
import { isInterrupted, tryProvider, type Pass } from "./pass-state";

/** How many Leases change between two looks at the clock. */
const batchSize = 50;

/**
 * Shortens, renews or takes over Leases of active Grants: the next generation of the Grant that goes
 * on, held until the end that the plan says. One change of a pair at a time.
 */
export async function changeLeases(pass: Pass, actions: readonly LeaseAction[]): Promise<void> {
  const changes = new Map<string, { readonly action: LeaseAction; readonly grant: GrantState }>();
  for (const action of actions) {
    const grant = action.subject.grant === undefined ? undefined : pass.journal.state.grants.get(action.subject.grant);
    if (grant !== undefined && isHeld(grant) && !pass.ended.has(grant.facts.grant)) {
      changes.set(pairKey(pairOf(grant)), { action, grant });
    }
  }
  const all = [...changes.values()];
  for (let from = 0; from < all.length; from += batchSize) {
    const batch = all.slice(from, from + batchSize);
    if (isInterrupted(pass) || !pass.journal.canRecord) pass.report.left += batch.length;
    else await changeBatch(pass, batch);
  }
}

async function changeBatch(
  pass: Pass,
  batch: readonly { readonly action: LeaseAction; readonly grant: GrantState }[],
): Promise<void> {
  const work = new Map<Effect, { readonly action: LeaseAction; readonly next: NextHold }>();
  const bodies: RecordBody[] = [];
  for (const { action, grant } of batch) {
    const leaseEnd = action.after?.endsAt ?? grant.end;
    if (leaseEnd === undefined) continue;
    const next = nextHold(pass.input.installation, grant, leaseEnd);
    bodies.push(changeIntended(next, action.grantEnd));
    work.set(next.effect, { action, next });
  }
  if (!(await pass.journal.record(bodies))) return;
  for (const gateway of new Set(batch.map(({ grant }) => grant.facts.gateway))) {
    const effects = [...work].filter(([, { next }]) => next.grant.facts.gateway === gateway);
    await changeOnGateway(pass, gateway, new Map(effects));
  }
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
      pass.report.trouble(effectTrouble(outcome, gateway));
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
