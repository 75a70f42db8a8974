/**
 * What people did, as the simulator itself knows it: the oracle's facts. Written from DESIGN.md and SEMANTICS.md, and
 * independent of the Log. A fact may hold from when somebody began to make it so, and holds for certain when they were told
 * that it does: between the two, both are right.
 */
import { grantId, type GrantId } from "../../../lib/model/grant";
import { installation } from "../world/world";
import { isEligible, membersOf, ruleOf, type PolicyKind } from "./rules";

/** When something may hold, and from when it certainly does. */
export interface Fact {
  readonly fromMs: number;
  sureMs: number;
}

/** Something that was asked for. */
export interface Asked {
  readonly name: string;
  readonly for: readonly string[];
  readonly connection: string;
  durationMs: number;
  readonly startAfterMs: number;
  readonly startBeforeMs: number;
}

/** A request as the oracle knows it. */
export interface RequestFacts {
  readonly asked: Asked;
  readonly merged: Fact;
  removed?: Fact;
  /** Shorter durations that it was narrowed to. */
  readonly narrowed: (Fact & { readonly durationMs: number })[];
  readonly approvals: Fact[];
}

/** A Grant that the oracle knows of. */
export interface KnownGrant {
  readonly id: GrantId;
  readonly request: RequestFacts;
  readonly person: string;
  readonly connection: string;
}

/** What somebody does not want. */
interface Waiver extends Fact {
  readonly person: string;
  readonly rule: string;
  id?: string;
  lifted?: Fact;
}

const notYet = Number.POSITIVE_INFINITY;

/** All facts of a run. */
export class Ledger {
  readonly requests = new Map<string, RequestFacts>();
  readonly endings = new Map<GrantId, Fact[]>();
  readonly waivers: Waiver[] = [];
  readonly policies: (Fact & { readonly kind: PolicyKind })[] = [];
  /** Pairs that somebody touched at the gateway by hand, and when last: their grants may have ended outside. */
  readonly touched = new Map<string, number>();
  /** Grants whose Lease somebody ended at the gateway while they were active, and when. */
  readonly endedByHand = new Map<GrantId, number>();
  private readonly known = new Map<GrantId, KnownGrant>();

  /** A fact that somebody is about to make so. */
  static begun(nowMs: number): Fact {
    return { fromMs: nowMs, sureMs: notYet };
  }

  ask(asked: Asked, nowMs: number): RequestFacts {
    const facts: RequestFacts = { asked, merged: Ledger.begun(nowMs), narrowed: [], approvals: [] };
    this.requests.set(asked.name, facts);
    for (const person of membersOf("usual", asked.for)) {
      const id = grantId({ installation, request: asked.name, person, connection: asked.connection });
      this.known.set(id, { id, request: facts, person, connection: asked.connection });
    }
    return facts;
  }

  grant(id: GrantId): KnownGrant | undefined {
    return this.known.get(id);
  }

  grants(): Iterable<KnownGrant> {
    return this.known.values();
  }

  /** Why a Grant could not be intended at this time by anybody who began to look at `sinceMs`; undefined when it could. */
  whyNot(id: GrantId, sinceMs: number, nowMs: number): string | undefined {
    const grant = this.known.get(id);
    if (grant === undefined) return "nobody asked for it";
    const { request, person, connection } = grant;
    if (request.merged.fromMs > nowMs) return "its request was not merged";
    if (request.removed !== undefined && request.removed.sureMs <= sinceMs) return "its request was removed";
    if (!this.mayBeEligible(person, connection, request.asked.for, sinceMs, nowMs)) return "the policy does not let it";
    const isAutomatic = ruleOf(connection) === "reading";
    if (!isAutomatic && !request.approvals.some((one) => one.fromMs <= nowMs)) return "nobody approved it";
    if (this.endedBy(id, sinceMs)) return "it was given back or revoked";
    if (this.isWaived(person, connection, sinceMs)) return "its person had opted out";
    return undefined;
  }

  /** The longest that a Grant may last, in milliseconds. */
  longestMs(id: GrantId, sinceMs: number): number {
    const request = this.known.get(id)?.request;
    if (request === undefined) return 0;
    const sure = request.narrowed.filter((one) => one.sureMs <= sinceMs).map((one) => one.durationMs);
    return Math.min(request.asked.durationMs, ...sure);
  }

  /** The shortest that it may have become by now, in milliseconds. */
  shortestMs(id: GrantId, nowMs: number): number {
    const request = this.known.get(id)?.request;
    if (request === undefined) return 0;
    const begun = request.narrowed.filter((one) => one.fromMs <= nowMs).map((one) => one.durationMs);
    return Math.min(request.asked.durationMs, ...begun);
  }

  /** Whether an ending of it was certain by then. */
  endedBy(id: GrantId, sinceMs: number): boolean {
    return (this.endings.get(id) ?? []).some((one) => one.sureMs <= sinceMs);
  }

  /** Whether somebody began to end it by then. */
  mayBeEndedBy(id: GrantId, nowMs: number): boolean {
    return (this.endings.get(id) ?? []).some((one) => one.fromMs <= nowMs);
  }

  /** Whether an opt-out was certain by then and certainly not lifted. */
  isWaived(person: string, connection: string, sinceMs: number): boolean {
    return this.waivers.some(
      (one) =>
        one.person === person &&
        one.rule === ruleOf(connection) &&
        one.sureMs <= sinceMs &&
        (one.lifted === undefined || one.lifted.fromMs > sinceMs),
    );
  }

  /** Whether an opt-out may hold now, or have held. */
  mayBeWaived(person: string, connection: string, nowMs: number): boolean {
    return this.waivers.some((one) => one.person === person && one.rule === ruleOf(connection) && one.fromMs <= nowMs);
  }

  /** Whether some policy that may have been in force between two times lets it. */
  mayBeEligible(person: string, connection: string, named: readonly string[], sinceMs: number, nowMs: number): boolean {
    return this.policiesBetween(sinceMs, nowMs).some((kind) => isEligible(kind, person, connection, named));
  }

  /** Whether some policy that may have been in force between two times does not let it. */
  mayBeIneligible(grant: KnownGrant, sinceMs: number, nowMs: number): boolean {
    const { person, connection, request } = grant;
    return this.policiesBetween(sinceMs, nowMs).some(
      (kind) => !isEligible(kind, person, connection, request.asked.for),
    );
  }

  /** The policies that may have been in force at some moment between two times. */
  policiesBetween(sinceMs: number, nowMs: number): readonly PolicyKind[] {
    const begun = this.policies.filter((one) => one.fromMs <= nowMs);
    const last = begun.findLastIndex((one) => one.sureMs <= sinceMs);
    return begun.slice(Math.max(0, last)).map((one) => one.kind);
  }

  touch(person: string, connection: string, nowMs: number): void {
    this.touched.set(`${person} ${connection}`, nowMs);
  }

  touchedAt(person: string, connection: string): number | undefined {
    return this.touched.get(`${person} ${connection}`);
  }
}
