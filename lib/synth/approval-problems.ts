import type { Condition } from "../model/condition";
import type { Manifest } from "../model/manifest";
import type { PersonId } from "../model/names";
import type { AccessRule, ApprovalStep } from "../model/rule";
import type { People } from "./people";
import type { Problem } from "./problem";

/** Approvals that nobody could ever give. */
export function findApprovalProblems(manifest: Manifest, people: People): readonly Problem[] {
  return [
    ...stepProblems("policyApproval", manifest.policyApproval, people),
    ...managerInPolicy(manifest.policyApproval),
    ...manifest.rules.flatMap((rule) => [
      ...stepProblems(rule.path, rule.approval.steps, people),
      ...managerProblems(rule, people),
    ]),
  ];
}

interface Places {
  readonly number: number;
  readonly step: ApprovalStep;
  readonly people: ReadonlySet<PersonId>;
}

function stepProblems(path: string, steps: readonly ApprovalStep[], people: People): readonly Problem[] {
  const places = steps.flatMap((step, index) => {
    const approvers = tryFindApprovers(step, people);
    return approvers === undefined ? [] : [{ number: index + 1, step, people: approvers }];
  });
  const tooFew = places.filter((one) => one.people.size < one.step.approvals);
  if (tooFew.length > 0) return tooFew.map((one) => tooFewProblem(path, one));
  const always = places.filter((one) => one.step.when === undefined);
  const together = [always, ...places.filter((one) => one.step.when !== undefined).map((one) => [...always, one])];
  const clash = together.find((one) => !canFill(one));
  return clash === undefined ? [] : [clashProblem(path, clash)];
}

/** The people who can fill a step as far as the rules know: undefined where managers or GitHub decide, or a name is unknown. */
function tryFindApprovers(step: ApprovalStep, people: People): ReadonlySet<PersonId> | undefined {
  if (step.from.kind !== "groups") return undefined;
  if (step.from.groups.some((name) => people.isFromGithub(name) || !people.groups.has(name))) return undefined;
  const all = step.from.groups.flatMap((name) => [...people.inGroup(name)]);
  // Machines never approve.
  return new Set(all.filter((person) => people.users.has(person)));
}

/**
 * Whether distinct people can fill all places (Hall's theorem): every set of steps needs at least as
 * many people who are in one of them as it has places. A step with more people than there are places
 * can't be the one that lacks, so only so many are looked at.
 */
function canFill(steps: readonly Places[]): boolean {
  const total = steps.reduce((sum, one) => sum + one.step.approvals, 0);
  const stepsOf = new Map<PersonId, number>();
  for (const [index, one] of steps.entries()) {
    for (const person of [...one.people].slice(0, total)) {
      stepsOf.set(person, (stepsOf.get(person) ?? 0) | (1 << index));
    }
  }
  const counts = new Map<number, number>();
  for (const mask of stepsOf.values()) counts.set(mask, (counts.get(mask) ?? 0) + 1);
  for (let set = 1; set < 1 << steps.length; set += 1) {
    const needed = steps.reduce((sum, one, index) => sum + ((set >> index) & 1 ? one.step.approvals : 0), 0);
    let there = 0;
    for (const [mask, count] of counts) if ((mask & set) !== 0) there += count;
    if (there < needed) return false;
  }
  return true;
}

function tooFewProblem(path: string, { number, step, people }: Places): Problem {
  const groups = step.from.kind === "groups" ? step.from.groups.join(", ") : "";
  const seen =
    people.size === 0 ? "nobody is" : people.size === 1 ? "only 1 person is" : `only ${people.size} people are`;
  return {
    path,
    sentence: `nobody can approve step ${number}: it asks for ${step.approvals}, and ${seen} in ${groups}`,
    fix: "add people to the group, or ask for fewer approvals",
  };
}

function clashProblem(path: string, steps: readonly Places[]): Problem {
  const total = steps.reduce((sum, one) => sum + one.step.approvals, 0);
  const numbers = steps.map((one) => one.number).join(", ");
  return {
    path,
    sentence: `steps ${numbers} can never be met together: they ask for ${total} different people, and too few are in their groups`,
    fix: "add people to the groups, or merge the steps",
  };
}

function managerInPolicy(steps: readonly ApprovalStep[]): readonly Problem[] {
  if (steps.every((step) => step.from.kind === "groups")) return [];
  return [
    {
      path: "policyApproval",
      sentence: "an edit of the rules has no beneficiary, so no manager can approve it",
      fix: "name groups in `policyApproval`",
    },
  ];
}

function managerProblems(rule: AccessRule, people: People): readonly Problem[] {
  const steps = rule.approval.steps.filter((step) => step.from.kind === "managerOfBeneficiary");
  if (steps.length === 0) return [];
  const missing = [...people.behind(rule.who)].filter(
    (person) =>
      !hasManager(person, people) &&
      steps.some((step) => step.when === undefined || holds(step.when, person, people) !== false),
  );
  const [first] = missing.toSorted();
  if (first === undefined) return [];
  const others = missing.length === 1 ? "" : ` (and ${missing.length - 1} more who may ask)`;
  return [
    {
      path: rule.path,
      sentence: `the manager of the beneficiary has to approve, but ${first}${others} has none`,
      fix: "set `manager` of the user, take them out of `who`, or ask them with `.when(…)` for another step",
    },
  ];
}

function hasManager(person: PersonId, people: People): boolean {
  // For a machine speaks the manager of who answers for it.
  const email = people.services.get(person)?.owner ?? person;
  const manager = people.users.get(email)?.manager;
  return manager !== undefined && manager !== person && people.users.has(manager);
}

/** Whether a Condition holds for a person whatever else is the case; undefined where that depends. */
function holds(condition: Condition, person: PersonId, people: People): boolean | undefined {
  switch (condition.kind) {
    case "memberOf":
      return condition.groups.some((group) => people.inGroup(group).has(person));
    case "not": {
      const inner = holds(condition.of, person, people);
      return inner === undefined ? undefined : !inner;
    }
    case "all":
    case "any": {
      const parts = condition.of.map((one) => holds(one, person, people));
      const decisive = condition.kind === "any";
      if (parts.includes(decisive)) return decisive;
      return parts.includes(undefined) ? undefined : !decisive;
    }
    default:
      return undefined;
  }
}
