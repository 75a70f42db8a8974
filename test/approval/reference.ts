/**
 * Approval as DESIGN.md and SEMANTICS.md state it, written as plainly as possible and imported from
 * nowhere: brute force over all assignments of people to places. The real thing must agree with it.
 */
export interface Person {
  readonly name: string;
  readonly groups: readonly string[];
  readonly manager?: string;
}

export interface Step {
  readonly count: number;
  /** Names of groups, or the manager of the beneficiary. */
  readonly from: readonly string[] | "manager";
  /** Asked only when the duration in hours is over this. */
  readonly overHours?: number;
}

export interface Automatic {
  readonly memberOf: string;
  readonly neverClasses: readonly string[];
  readonly budget?: { readonly grants: number; readonly hours: number };
}

export interface Review {
  readonly by: string;
  readonly hoursAgo: number;
  /** What was on the table: hours asked then, and whether it was this grant under this rule for this reason. */
  readonly hours: number;
  readonly sameGrant: boolean;
  readonly sameRule: boolean;
  readonly sameReason: boolean;
  /** Others who gained something by the same request. */
  readonly alsoFor: readonly string[];
  readonly source: "local" | "github";
}

export interface Case {
  readonly people: readonly Person[];
  readonly services: readonly string[];
  readonly beneficiary: string;
  readonly author?: string;
  readonly class: string;
  readonly hours: number;
  readonly automatic?: Automatic;
  readonly steps: readonly Step[];
  readonly reviews: readonly Review[];
  readonly validForHours: number;
  /** How many hours ago this rule was activated for this person. */
  readonly usedHoursAgo: readonly number[];
}

/** Approved, waiting for people, or refused for good. */
export function referenceVerdict(one: Case): "approved" | "waiting" | "refused" {
  if (isAutomatic(one)) return "approved";
  if (one.steps.length === 0) return "refused";
  const places = one.steps
    .filter((step) => step.overHours === undefined || one.hours > step.overHours)
    .flatMap((step) => Array.from({ length: step.count }, () => step));
  const reviewers = [...new Set(one.reviews.filter((review) => counts(one, review)).map((review) => review.by))];
  return canFill(one, places, reviewers) ? "approved" : "waiting";
}

function isAutomatic({ automatic, ...one }: Case): boolean {
  if (automatic === undefined || automatic.neverClasses.includes(one.class)) return false;
  const { budget } = automatic;
  if (!one.people.some((person) => person.name === one.beneficiary && person.groups.includes(automatic.memberOf))) {
    return false;
  }
  return (
    budget === undefined || one.usedHoursAgo.filter((ago) => ago >= 0 && ago < budget.hours).length < budget.grants
  );
}

function counts(one: Case, review: Review): boolean {
  const isHuman = one.people.some((person) => person.name === review.by);
  const gains = review.by === one.beneficiary || review.alsoFor.includes(review.by);
  const isFresh = review.hoursAgo < one.validForHours;
  const covers = review.sameGrant && review.sameRule && review.sameReason && one.hours <= review.hours;
  return isHuman && !gains && review.by !== one.author && isFresh && covers && review.source === "local";
}

function canFill(one: Case, places: readonly Step[], reviewers: readonly string[]): boolean {
  const [place, ...rest] = places;
  if (place === undefined) return true;
  return reviewers.some(
    (reviewer) =>
      mayFill(one, place, reviewer) &&
      canFill(
        one,
        rest,
        reviewers.filter((other) => other !== reviewer),
      ),
  );
}

function mayFill(one: Case, place: Step, reviewer: string): boolean {
  const { from } = place;
  if (from === "manager")
    return one.people.some((person) => person.name === one.beneficiary && person.manager === reviewer);
  return one.people.some((person) => person.name === reviewer && person.groups.some((group) => from.includes(group)));
}
