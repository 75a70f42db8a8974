import type { PersonId } from "../model/names";
import type { ApprovalStep } from "../model/rule";
import { expandGroup, isStepAsked, stepWords, teamsWithin, tryFindManager } from "../policy";
import { whyExcluded } from "./eligibility";
import { contextOf, type DecisionInput } from "./input";

/** One step that is asked, and who could fill its places. */
export interface PossibleApprovers {
  readonly step: ApprovalStep;
  /** E.g. `1 of orders-leads`. */
  readonly words: string;
  /** Everybody who may approve, sorted. */
  readonly people: readonly PersonId[];
  /** Groups whose members are only known on GitHub. */
  readonly teams: readonly string[];
  /** Who is in the groups and cannot approve, and why. */
  readonly excluded: readonly { readonly person: PersonId; readonly why: string }[];
}

/** Who could approve a Grant, step by step; empty where nobody is asked. */
export function whoCouldApprove(input: DecisionInput): readonly PossibleApprovers[] {
  const context = contextOf(input);
  const asked = input.desired.approval.steps.filter((step) => isStepAsked(step, context));
  return asked.map((step) => {
    const named = namedBy(input, step);
    const people: PersonId[] = [];
    const excluded: { person: PersonId; why: string }[] = [];
    for (const person of named) {
      const why = whyExcluded(input, person);
      if (why === undefined) people.push(person);
      else excluded.push({ person, why });
    }
    return { step, words: stepWords(step), people, teams: unknownTeams(input, step), excluded };
  });
}

function namedBy(input: DecisionInput, step: ApprovalStep): readonly PersonId[] {
  const { manifest, desired, rosters } = input;
  if (step.from.kind === "managerOfBeneficiary") {
    const manager = tryFindManager(manifest, desired.person);
    return manager === undefined ? [] : [manager];
  }
  const people = step.from.groups.flatMap((group) => [
    ...expandGroup(manifest, group),
    ...teamsWithin(manifest, group).flatMap((team) => rosters?.get(team) ?? []),
  ]);
  return [...new Set(people)].sort();
}

function unknownTeams({ manifest, rosters }: DecisionInput, step: ApprovalStep): readonly string[] {
  if (step.from.kind === "managerOfBeneficiary") return [];
  const teams = step.from.groups.flatMap((group) => teamsWithin(manifest, group));
  return [...new Set(teams)].filter((team) => rosters?.has(team) !== true).sort();
}
