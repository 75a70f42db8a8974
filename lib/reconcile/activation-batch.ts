import type { DesiredGrant } from "../model/desired";
import { earliest, latest, plusSeconds, type Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import { keysOf, type Manifest } from "../model/manifest";
import type { RecordBody } from "../model/record";
import type { Effect, EffectOutcome, HoldEffect } from "../ports";
import { grantEnd } from "../policy/grant-end";
import { carryOut, effectTrouble } from "./effects";
import { endWhatIsDue } from "./end-due";
import { factsOf } from "./facts";
import { holdEffect } from "./hold";
import { grantOutcome, recordedAs } from "./outcome";
import { pairOfDesired, survivors, type PairIndex } from "./pairs";
import { dueNow, isInterrupted, readSpool, tryProvider, type Pass } from "./pass-state";
import { isTimeToStart, tryClockApart } from "./times";
import { worstCaseEnd } from "./worst-case";

/** A Grant that is approved and may start now. */
export interface Activation {
  readonly desired: DesiredGrant;
  /** Its intent is in the Log, and certainly never reached the gateway: it starts under the end fixed there. */
  readonly resumed?: GrantState;
}

/** One activation on its way: its end is fixed. */
interface Intended {
  readonly activation: Activation;
  readonly at: Instant;
  readonly end: Instant;
  readonly leaseEnd: Instant;
  /** It is resumed, and the pair's Lease was asked for under another name since its intent. */
  readonly isOvertaken: boolean;
}

/**
 * Activates some Grants together: the intents are durable before any effect, the spool is read again
 * before the outcomes are recorded, and what ended meanwhile is undone.
 */
export class ActivationBatch {
  constructor(
    private readonly pass: Pass,
    private readonly manifest: Manifest,
    private readonly pairs: PairIndex,
  ) {}

  async run(batch: readonly Activation[]): Promise<void> {
    const unspent = await this.refuseSpent(batch);
    const intended = this.fixEnds(unspent);
    if (intended.length === 0 || !(await this.pass.journal.record(intended.flatMap(intentBodies)))) return;
    for (const { activation } of intended) this.pairs.add(pairOfDesired(activation.desired), activation.desired.id);
    const gateways = new Set(intended.map(({ activation }) => activation.desired.gateway));
    const settled = await Promise.all([...gateways].map((gateway) => this.hold(gateway, intended)));
    await readSpool(this.pass);
    await this.settle(settled.flat());
    const { quietUntil } = this.pass;
    if (quietUntil !== undefined) this.pass.quietUntil = earliest(quietUntil, ...intended.map(({ end }) => end));
    await endWhatIsDue(this.pass);
  }

  /** Asks each gateway for every trace of these ids: one that was ever there is spent, whatever our Log says. */
  private async refuseSpent(batch: readonly Activation[]): Promise<readonly Activation[]> {
    const unspent: Activation[] = [];
    const rejected: RecordBody[] = [];
    for (const gateway of new Set(batch.map(({ desired }) => desired.gateway))) {
      const there = batch.filter(({ desired }) => desired.gateway === gateway);
      const provider = tryProvider(this.pass, gateway);
      if (provider === undefined) continue;
      try {
        const spent = await provider.findSpent(there.map(({ desired }) => desired.id));
        for (const one of there) {
          if (!spent.has(one.desired.id) || one.resumed !== undefined) unspent.push(one);
          else rejected.push(this.spent(one));
        }
      } catch (thrown) {
        this.pass.nothingNew = true;
        this.pass.report.trouble(thrown);
      }
    }
    await this.pass.journal.record(rejected);
    return this.pass.nothingNew ? [] : unspent;
  }

  private spent({ desired }: Activation): RecordBody {
    const facts = factsOf(desired);
    const detail = "the gateway has seen this grant id before: it was activated once, and a grant starts only once";
    this.pass.report.outcome(grantOutcome("rejected", { facts }, { result: "refused", reason: "spent", detail }));
    return { type: "grant.rejected", facts, reason: "spent", detail };
  }

  /**
   * Fixes each end absolutely. What has less than a second left does not start, nor does what can start no more since
   * the gateway was asked for its id: the answer may have taken long, and our clock may have jumped.
   */
  private fixEnds(batch: readonly Activation[]): readonly Intended[] {
    const now = dueNow(this.pass);
    const times = this.pass.journal.times();
    this.closeWhereClocksPart(batch, times.jumpedMs);
    return batch.flatMap((activation) => {
      const { desired, resumed } = activation;
      if (this.pass.closed.has(desired.gateway) || !isTimeToStart(times, desired)) return [];
      const at = resumed?.intendedAt ?? times.clock;
      const asked = grantEnd({ manifest: this.manifest, desired, activatedAt: at });
      const end = earliest(asked, resumed?.end) ?? asked;
      const { gateway } = desired;
      const others = this.pairs.held(pairOfDesired(desired), this.pass.journal.state);
      const goingOn = survivors(others, this.pass.ended, now(gateway));
      const leaseEnd = latest(end, ...goingOn.map((grant) => grant.end)) ?? end;
      const isOvertaken = resumed !== undefined && others.some((one) => isAskedAfter(one, resumed));
      return end < plusSeconds(now(gateway), 1) ? [] : [{ activation, at, end, leaseEnd, isOvertaken }];
    });
  }

  /** How far a gateway's clock is from ours was told when it was looked at; ours may have jumped since. */
  private closeWhereClocksPart(batch: readonly Activation[], jumpedMs: number): void {
    const { closed, descriptions, report } = this.pass;
    for (const gateway of new Set(batch.map(({ desired }) => desired.gateway))) {
      const apart = tryClockApart(gateway, (descriptions.get(gateway)?.skewMs ?? 0) - jumpedMs);
      if (apart === undefined || closed.has(gateway)) continue;
      closed.add(gateway);
      report.trouble(apart);
    }
  }

  private async hold(
    gateway: string,
    intended: readonly Intended[],
  ): Promise<readonly { readonly one: Intended; readonly outcome: EffectOutcome }[]> {
    const work = new Map<Effect, Intended>();
    for (const one of intended) {
      if (one.activation.desired.gateway === gateway) work.set(this.effectOf(one), one);
    }
    const provider = tryProvider(this.pass, gateway);
    if (provider === undefined) return [];
    this.pass.report.effects += work.size;
    const { secrets, signal } = this.pass.input;
    const settled: { readonly one: Intended; readonly outcome: EffectOutcome }[] = [];
    for await (const outcome of carryOut(provider, [...work.keys()], { secrets, signal })) {
      const one = work.get(outcome.effect);
      if (one !== undefined) settled.push({ one, outcome });
    }
    return settled;
  }

  private effectOf({ activation, leaseEnd }: Intended): HoldEffect {
    const facts = factsOf(activation.desired);
    const approvers = this.pass.journal.state.grants.get(facts.grant)?.approvers;
    const hold = holdEffect(this.pass.input.installation, facts, { generation: 0, end: leaseEnd, approvers });
    const effect = { ...hold, startBefore: activation.desired.startBefore };
    if (this.pass.descriptions.get(facts.gateway)?.sealsSecrets !== true) return effect;
    return { ...effect, keys: keysOf(this.manifest, facts.person) };
  }

  /** Records every outcome in one append; what the spool ended meanwhile is recorded as started, and ended right after. */
  private async settle(settled: readonly { readonly one: Intended; readonly outcome: EffectOutcome }[]): Promise<void> {
    const isRecorded = await this.pass.journal.record(settled.flatMap((each) => this.settledBodies(each)));
    for (const { one, outcome } of settled) this.tell(one, outcome, isRecorded);
  }

  private settledBodies(each: { readonly one: Intended; readonly outcome: EffectOutcome }): readonly RecordBody[] {
    const { one, outcome } = each;
    const facts = factsOf(one.activation.desired);
    if (outcome.kind === "held") {
      const observedEnd = outcome.lease.endsAt ?? one.leaseEnd;
      const worst = this.worstCase(one, observedEnd);
      const { at: activatedAt } = one;
      const { sealed } = outcome.lease;
      const secret = sealed === undefined ? {} : { sealed };
      return [
        { type: "activation.done", grant: facts.grant, activatedAt, observedEnd, worstCaseEnd: worst, ...secret },
      ];
    }
    if (outcome.kind !== "refused" || outcome.because === "passing" || outcome.because === "credential") return [];
    const detail = outcome.why;
    const reason = outcome.because === "spent" ? "spent" : "cannot be held";
    return [
      { type: "activation.failed", grant: facts.grant, detail, retry: false },
      { type: "grant.rejected", facts, reason, detail },
    ];
  }

  private worstCase(one: Intended, end: Instant): Instant {
    const holds = this.pass.descriptions.get(one.activation.desired.gateway)?.holds;
    return worstCaseEnd({ activatedAt: one.at, end, holds });
  }

  private tell(one: Intended, outcome: EffectOutcome, isRecorded: boolean): void {
    const { report } = this.pass;
    const { desired } = one.activation;
    const about = { facts: factsOf(desired) };
    const rest = { reason: "requested", end: one.end } as const;
    if (outcome.kind === "held") {
      const worst = this.worstCase(one, outcome.lease.endsAt ?? one.leaseEnd);
      const result = recordedAs(isRecorded);
      return report.outcome(grantOutcome("activated", about, { result, ...rest, worstCaseEnd: worst }));
    }
    if (outcome.kind !== "refused" && outcome.kind !== "unknown") return;
    if (outcome.kind === "unknown") this.pass.doubtful.add(desired.gateway);
    else if (outcome.because === "credential") this.pass.closed.add(desired.gateway);
    if (isInterrupted(this.pass)) report.left += 1;
    else report.trouble(effectTrouble(outcome, desired.gateway));
    report.outcome(grantOutcome("activated", about, { result: outcome.kind, ...rest, detail: outcome.why }));
  }
}

function isAskedAfter(one: GrantState, other: GrantState): boolean {
  return (one.heldSequence ?? 0) > (other.heldSequence ?? 0);
}

/**
 * One that is resumed as it was intended has its intent. Where its request was narrowed since, its pair's Lease is to last
 * for another Grant too, or has another's name by now, what was intended never reached the gateway, and this is.
 */
function intentBodies({ activation, end, leaseEnd, isOvertaken }: Intended): readonly RecordBody[] {
  const { desired, resumed } = activation;
  if (!isOvertaken && resumed?.end === end && resumed.leaseEnd === leaseEnd) return [];
  const facts = factsOf(desired);
  const detail = "never granted by its gateway, and to be held otherwise now";
  const undone = { type: "activation.failed", grant: facts.grant, detail, retry: true } as const;
  return [...(resumed === undefined ? [] : [undone]), { type: "activation.intended", facts, end, leaseEnd }];
}
