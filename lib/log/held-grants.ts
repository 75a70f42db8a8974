import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { GrantState, LogState } from "../model/log-state";
import { Deadlines } from "./deadlines";

/**
 * The held Grants of a fold (activating or active), found without a walk over all Grants: by their deadline and by whose
 * they are. Live: shows the state as it is when it is asked.
 */
export interface HeldGrants {
  /** Those whose ending was begun, and those whose end is at or before a time; oldest first by their records. */
  due(until: Instant): readonly GrantState[];
  /** The earliest end after an instant. */
  nextEnd(after: Instant): Instant | undefined;
  /** Those of one person, oldest first by their records. */
  of(person: string): readonly GrantState[];
}

/** The held Grants of a state. Kept up from record to record where the Log's own fold is given; else made anew, by one walk. */
export function heldGrants(state: Pick<LogState, "grants">): HeldGrants {
  return state.grants instanceof GrantMap ? state.grants.held : new HeldIndex(state.grants);
}

/** Whether a Grant may have something at its gateway: it was intended, and is neither ended nor rejected. */
export function isHeld(grant: GrantState): boolean {
  return grant.phase === "active" || grant.phase === "activating";
}

/** The Grants of a fold. From the first question about held ones on, their index moves with each change. */
export class GrantMap extends Map<GrantId, GrantState> {
  #held: HeldIndex | undefined;

  get held(): HeldGrants {
    return (this.#held ??= new HeldIndex(this));
  }

  override set(id: GrantId, grant: GrantState): this {
    const before = this.#held === undefined ? undefined : this.get(id);
    super.set(id, grant);
    this.#held?.moved(id, before, grant);
    return this;
  }

  override delete(id: GrantId): boolean {
    const before = this.get(id);
    const wasThere = super.delete(id);
    this.#held?.moved(id, before, undefined);
    return wasThere;
  }
}

class HeldIndex implements HeldGrants {
  readonly #grants: ReadonlyMap<GrantId, GrantState>;
  readonly #byPerson = new Map<string, Set<GrantId>>();
  /** An ending was begun, or the end was reached when somebody asked: looked at one by one. */
  readonly #near = new Set<GrantId>();
  /** The ends of all others. */
  readonly #later = new Deadlines();
  /** Moved since the last question. A rehearsal moves a Grant there and back: only where it stands at a question counts. */
  readonly #moved = new Set<GrantId>();

  constructor(grants: ReadonlyMap<GrantId, GrantState>) {
    this.#grants = grants;
    for (const [id, grant] of grants) this.moved(id, undefined, grant);
  }

  moved(id: GrantId, before: GrantState | undefined, after: GrantState | undefined): void {
    const wasHeld = before !== undefined && isHeld(before);
    if (after === undefined || !isHeld(after)) {
      if (wasHeld) this.#remove(id, before);
      return;
    }
    if (wasHeld && before.end === after.end && before.ending === after.ending) return;
    this.#moved.add(id);
    const { person } = after.facts;
    const theirs = this.#byPerson.get(person);
    if (theirs === undefined) this.#byPerson.set(person, new Set([id]));
    else theirs.add(id);
  }

  due(until: Instant): readonly GrantState[] {
    this.#settle(until);
    const due = [...this.#near]
      .map((id) => this.#get(id))
      .filter(({ ending, end }) => ending !== undefined || (end !== undefined && end <= until));
    return due.sort(byRecord);
  }

  nextEnd(after: Instant): Instant | undefined {
    this.#settle(after);
    let next = this.#later.first((id, end) => this.#isLater(id, end));
    for (const id of this.#near) {
      const { end } = this.#get(id);
      if (end !== undefined && end > after && (next === undefined || end < next)) next = end;
    }
    return next;
  }

  of(person: string): readonly GrantState[] {
    return [...(this.#byPerson.get(person) ?? [])].map((id) => this.#get(id)).sort(byRecord);
  }

  #remove(id: GrantId, { facts }: GrantState): void {
    this.#near.delete(id);
    this.#moved.delete(id);
    const theirs = this.#byPerson.get(facts.person);
    theirs?.delete(id);
    if (theirs?.size === 0) this.#byPerson.delete(facts.person);
  }

  /** Puts what has moved into its place, and what ends by then among those that are looked at. */
  #settle(until: Instant): void {
    for (const id of this.#moved) {
      const { end, ending } = this.#get(id);
      if (ending !== undefined || end === undefined) this.#near.add(id);
      else {
        this.#near.delete(id);
        this.#later.add(id, end);
      }
    }
    this.#moved.clear();
    for (const { id, end } of this.#later.takeUntil(until)) if (this.#isLater(id, end)) this.#near.add(id);
  }

  /** Whether an end noted once still is one: a Grant that has moved on leaves its old one behind. */
  #isLater(id: GrantId, end: Instant): boolean {
    const grant = this.#grants.get(id);
    return grant !== undefined && isHeld(grant) && grant.ending === undefined && grant.end === end;
  }

  #get(id: GrantId): GrantState {
    return this.#grants.get(id) as GrantState;
  }
}

function byRecord(a: GrantState, b: GrantState): number {
  return a.firstSequence - b.firstSequence;
}
