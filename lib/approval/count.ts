import type { PersonId } from "../model/names";
import { askedBy, either, oldestApprovalMs, whyNotCounted } from "./eligibility";
import type { DecisionInput } from "./input";
import { fillPlaces } from "./places";

/** What the approvals given come to. */
export interface ApprovalCount {
  /** Who fills the places of each step of the rule; nobody for a step that is not asked. */
  readonly byStep: readonly (readonly PersonId[])[];
  /** Places of asked steps that nobody fills. */
  readonly missing: number;
  /** Who approved and does not count, and why in words that follow their name. */
  readonly excluded: readonly { readonly person: PersonId; readonly why: string }[];
}

/**
 * How many people each step of the rule asks: none where its condition does not hold, one more in the last
 * one that is asked where a commit is not verified.
 */
export function wantedPlaces(input: DecisionInput, isAsked: readonly boolean[]): readonly number[] {
  const last = input.unverified === true ? isAsked.lastIndexOf(true) : -1;
  return input.desired.approval.steps.map((step, index) =>
    isAsked[index] === true ? step.approvals + (index === last ? 1 : 0) : 0,
  );
}

/** Counts approvals for the places of the rule's steps. Of several by one person any valid one counts. */
export function countApprovals(input: DecisionInput, wanted: readonly number[]): ApprovalCount {
  const asks = input.desired.approval.steps.map((step) => askedBy(input, step));
  const asked = {
    isAsked: either(asks.filter((_, step) => wanted[step] !== 0)),
    oldestMs: oldestApprovalMs(input),
  };
  const counted = new Set<PersonId>();
  const excluded = new Map<PersonId, string>();
  for (const approval of input.approvals) {
    if (approval.request !== input.desired.request || counted.has(approval.person)) continue;
    const why = whyNotCounted(input, approval, asked);
    if (why === undefined) counted.add(approval.person);
    else excluded.set(approval.person, why);
  }
  const byStep = fillPlaces([...counted], asks, wanted);
  return {
    byStep,
    missing: wanted.reduce((sum, places, index) => sum + places - (byStep[index]?.length ?? 0), 0),
    excluded: [...excluded].filter(([person]) => !counted.has(person)).map(([person, why]) => ({ person, why })),
  };
}
