import type { ApprovalGiven } from "../model/approval";
import { durationWords } from "../model/duration";
import { epochMsOf } from "../model/instant";
import type { Manifest } from "../model/manifest";
import type { PersonId } from "../model/names";
import type { ApprovalStep } from "../model/rule";
import type { GrantItem } from "../model/widening";
import {
  grantItem,
  isItemIncluded,
  isMember,
  manifestIndex,
  teamsWithin,
  tryFindManager,
  tryFindSameGrant,
} from "../policy";
import type { DecisionInput } from "./input";

/** Whether somebody is among those who are asked. */
export type IsAsked = (person: PersonId) => boolean;

/** Who may fill a place of a step, by membership alone. */
export function askedBy({ manifest, desired, rosters }: DecisionInput, step: ApprovalStep): IsAsked {
  if (step.from.kind !== "managerOfBeneficiary") return inGroups(step.from.groups, { manifest, rosters });
  const manager = tryFindManager(manifest, desired.person);
  return (person) => person === manager;
}

/** Who is in one of some Groups, as the rules or a team on GitHub say. */
export function inGroups(
  groups: readonly string[],
  { manifest, rosters }: { readonly manifest: Manifest; readonly rosters?: Rosters | undefined },
): IsAsked {
  const teams = groups.flatMap((group) => teamsWithin(manifest, group));
  return (person) => {
    for (const group of groups) if (isMember(manifest, group, person)) return true;
    for (const team of teams) if (rosters?.get(team)?.includes(person) === true) return true;
    return false;
  };
}

/** Whoever is among one of several. */
export function either(all: readonly IsAsked[]): IsAsked {
  return (person) => {
    for (const isAsked of all) if (isAsked(person)) return true;
    return false;
  };
}

/** Members of the Groups that are teams on GitHub. */
export type Rosters = ReadonlyMap<string, readonly PersonId[]>;

/** Whether somebody whom the rules do not declare is known as a member of a team that was read for this Decision. */
function isTeamMember({ rosters }: DecisionInput, person: PersonId): boolean {
  if (rosters === undefined || !person.startsWith("github:")) return false;
  return [...rosters.values()].some((people) => people.includes(person));
}

/** Why somebody can never approve this Grant, in words that follow their name; undefined when they may. */
export function whyExcluded(input: DecisionInput, person: PersonId): string | undefined {
  const { manifest, desired } = input;
  const { users, serviceAccounts } = manifestIndex(manifest);
  if (serviceAccounts.has(person) || person.startsWith("service:")) return "is a service account";
  if (!users.has(person) && !isTeamMember(input, person)) return "is not known to the rules";
  if (person === desired.person || input.beneficiaries?.includes(person)) return "gains access";
  if (serviceAccounts.get(desired.person)?.owner === person) return `answers for ${desired.person}, which gains access`;
  if (person === input.author) return "is the author";
  return input.coAuthors?.includes(person) ? "is a co-author" : undefined;
}

/** Why an approval does not count for this Grant, in words that follow the approver's name; undefined when it does. */
export function whyNotCounted(
  input: DecisionInput,
  approval: ApprovalGiven,
  { isAsked, oldestMs }: AskedApprovals,
): string | undefined {
  const excluded = whyExcluded(input, approval.person);
  if (excluded !== undefined) return excluded;
  if (isBot(approval)) return "is a bot";
  if (isBeneficiaryOf(approval, input)) return "gains access";
  if (!isAsked(approval.person)) return "is in no group that is asked";
  if (approval.source !== input.manifest.approvals) {
    return `approved in a way that the policy does not take (${approval.source})`;
  }
  // An approval whose time cannot be read is as old as can be.
  if (epochMsOf(approval.at) > oldestMs) return whyNotIncluded(input, approval);
  return `approved more than ${durationWords(input.manifest.limits.approvalValidForSeconds)} ago`;
}

/** What approvals are asked for. */
export interface AskedApprovals {
  /** By one of the steps. */
  readonly isAsked: IsAsked;
  /** One given then or before, in milliseconds, is no longer valid. */
  readonly oldestMs: number;
}

/** When an approval must have been given after to be valid, in milliseconds. */
export function oldestApprovalMs({ manifest, asOf }: Pick<DecisionInput, "manifest" | "asOf">): number {
  return epochMsOf(asOf) - manifest.limits.approvalValidForSeconds * 1000;
}

/** GitHub's mark of an App or a bot. */
function isBot(approval: ApprovalGiven): boolean {
  return approval.by.id.endsWith("[bot]") || approval.by.id.startsWith("service:");
}

/** Nobody approves a request that gives something to themselves, not even another's Grant of it. */
function isBeneficiaryOf(approval: ApprovalGiven, { desired, beneficiaries }: DecisionInput): boolean {
  if (beneficiaries !== undefined) return false;
  return approval.items.some(
    (item) => item.kind === "grant" && item.request === desired.request && item.person === approval.person,
  );
}

function whyNotIncluded(input: DecisionInput, approval: ApprovalGiven): string | undefined {
  const item = itemOf(input);
  if (isItemIncluded(item, approval.items)) return undefined;
  const approved = tryFindSameGrant(item, approval.items);
  if (approved === undefined) return "approved before this grant was asked";
  const policy = input.policy ?? manifestIndex(input.manifest).digest;
  if (approval.policy !== policy && (approved.rule !== item.rule || approved.approval !== item.approval)) {
    return `approved under another version of rule ${input.desired.rule}`;
  }
  return `approved something else: ${differenceWords(approved, item)}`;
}

const items = new WeakMap<object, GrantItem>();

/** One item per Grant: a Decision asks about it once per approval. */
function itemOf({ desired }: DecisionInput): GrantItem {
  const known = items.get(desired);
  if (known !== undefined) return known;
  const item = grantItem(desired);
  items.set(desired, item);
  return item;
}

function differenceWords(approved: GrantItem, asked: GrantItem): string {
  if (asked.durationSeconds > approved.durationSeconds) {
    return `${durationWords(approved.durationSeconds)}, now ${durationWords(asked.durationSeconds)} are asked`;
  }
  if (asked.reason !== approved.reason) return "the reason changed";
  if (asked.ticket !== approved.ticket) return "the ticket changed";
  if (asked.startBefore > approved.startBefore) return "the latest start moved to later";
  if ((asked.startAfter ?? "") < (approved.startAfter ?? "")) return "the earliest start moved to earlier";
  const lost = approved.safeguards.filter((safeguard) => !asked.safeguards.includes(safeguard));
  if (lost.length > 0) return `${lost.join(", ")} is gone`;
  return "the rule changed";
}
