import type { Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import type { RecordBody } from "../model/record";
import type { EffectOutcome } from "../ports";
import type { DueEnding } from "./due";
import { effectTrouble, isRefusedAsOver } from "./effects";
import type { NextHold } from "./hold";
import { grantOutcome, recordedAs } from "./outcome";
import { noteGone } from "./observe";
import type { Pass } from "./pass-state";
import type { PassOutcome } from "./report";
import { isSettled } from "./same-lease";
import { spoolOutcomes, type OutcomeToSpool } from "./spool-outcomes";

/** The endings of one pair, what is held there, and who goes on. */
export interface EndingPair {
  /** See `pairKey`. */
  readonly key: string;
  readonly gateway: string;
  readonly endings: readonly DueEnding[];
  readonly held: readonly GrantState[];
  readonly goingOn: readonly GrantState[];
  /** Those of which only the intent is recorded; see `unconfirmed`. */
  readonly unconfirmed: readonly GrantState[];
}

/** How many outcomes go into one append. */
const batchSize = 200;

/** Collects the outcomes of endings, records them together and tells of them afterwards. */
export class EndingBatch {
  private bodies: RecordBody[] = [];
  private outcomes: PassOutcome[] = [];
  /** What is out at its gateway by our doing, and was on its way there in nobody else's hands. */
  private out: OutcomeToSpool[] = [];

  /** Those that would go on under a Lease of another Grant, of which less than a second was left by then. */
  readonly tooLate: DueEnding[] = [];

  constructor(private readonly pass: Pass) {}

  get isFull(): boolean {
    return this.bodies.length >= batchSize;
  }

  /** Sorts one effect's outcome into what is recorded and what is told. */
  settle(pair: EndingPair, outcome: EffectOutcome, next: NextHold | undefined): void {
    switch (outcome.kind) {
      case "ended":
        noteGone(this.pass, pair);
        return this.ended(pair, { leaseStays: false, sessionsCut: outcome.sessionsCut });
      case "held":
        if (next !== undefined) this.bodies.push(changeDone(next, outcome.lease.endsAt ?? next.leaseEnd));
        return this.ended(pair, { leaseStays: true, sessionsCut: 0 });
      case "refused":
        if (next !== undefined) this.bodies.push(changeFailed(next, outcome.why));
        if (isRefusedAsOver(this.pass, outcome)) return void this.tooLate.push(...pair.endings);
        this.pass.report.trouble(effectTrouble(outcome, pair.gateway));
        return this.refused(pair, outcome.why);
      case "unknown":
        return this.refused(pair, outcome.why);
      case "configured":
        return this.refused(pair, "the provider answered for something else");
    }
  }

  /** Ends the Grants of a pair whose Lease needs no change. */
  leaseStays(pair: EndingPair): void {
    this.ended(pair, { leaseStays: true, sessionsCut: 0 });
  }

  /** Takes down the endings of a pair that another has carried out and spooled. */
  endedBefore(pair: EndingPair): void {
    for (const { grant, reason, by, outcome } of pair.endings) {
      if (outcome === undefined) continue;
      const { at, sessionsCut } = outcome;
      this.take({ grant, reason, by, at, sessionsCut, leaseStays: false });
    }
  }

  /** Leaves the endings of a pair to the next pass, and says so: once a day in the Log, every time aloud. */
  refused(pair: EndingPair, why: string): void {
    const { report, journal, input } = this.pass;
    const { record } = journal.times();
    const day = record.slice(0, 10);
    for (const ending of pair.endings) {
      if (input.signal?.aborted === true) {
        report.left += 1;
        continue;
      }
      const { facts, ending: begun, end = record } = ending.grant;
      this.pass.refusedAt.set(facts.grant, input.clock.monotonicMs());
      if (begun?.refusedOn !== day) this.bodies.push({ type: "ending.refused", grant: facts.grant, day, detail: why });
      const since = begun?.since ?? (end < record ? end : record);
      report.isOverdue({
        gateway: facts.gateway,
        grant: facts.grant,
        person: facts.person,
        connection: facts.connection,
        since,
        why,
      });
    }
  }

  /** Records what was collected, or leaves it to the next writer in the spool, then tells of it as recorded or not. */
  async flush(): Promise<void> {
    const { bodies, outcomes, out, pass } = this;
    if (bodies.length === 0 && outcomes.length === 0) return;
    this.bodies = [];
    this.outcomes = [];
    this.out = [];
    const isRecorded = await pass.journal.record(bodies);
    if (!isRecorded) await spoolOutcomes(pass, out);
    for (const outcome of outcomes) pass.report.outcome({ ...outcome, result: recordedAs(isRecorded) });
  }

  private ended(pair: EndingPair, how: { readonly leaseStays: boolean; readonly sessionsCut: number }): void {
    const { journal } = this.pass;
    const at = journal.times().record;
    for (const ending of pair.endings) {
      this.take({ ...ending, ...how, at });
      const { grant, reason, by } = ending;
      const { sessionsCut } = how;
      if (how.leaseStays || !isSettled(journal.state, grant)) continue;
      const { facts, heldSequence } = grant;
      const asked = heldSequence === undefined ? {} : { heldSequence };
      this.out.push({ reason, by, outcome: { grant: facts.grant, at, sessionsCut, ...asked } });
    }
  }

  private take(done: Pick<DueEnding, "grant" | "reason" | "by"> & HowEnded): void {
    const { grant, reason, by, at, leaseStays, sessionsCut } = done;
    const how = { leaseStays, sessionsCut };
    const { report, ended } = this.pass;
    this.bodies.push({ type: "ending.done", grant: grant.facts.grant, reason, at, by, ...how });
    this.outcomes.push(grantOutcome("ended", grant, { result: "done", reason, end: at, ...how }));
    ended.add(grant.facts.grant);
    report.noLongerOverdue({ ...grant.facts });
  }
}

interface HowEnded {
  readonly at: Instant;
  readonly leaseStays: boolean;
  readonly sessionsCut: number;
}

function changeDone(next: NextHold, observedEnd: string): RecordBody {
  return { type: "change.done", grant: next.grant.facts.grant, generation: next.generation, observedEnd };
}

function changeFailed(next: NextHold, detail: string): RecordBody {
  return { type: "change.failed", grant: next.grant.facts.grant, generation: next.generation, detail };
}
