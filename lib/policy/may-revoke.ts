import type { GrantFacts } from "../model/record";
import type { Manifest } from "../model/manifest";
import type { PersonId } from "../model/names";
import { tryFindManager } from "./approval-rule";
import { isMember, teamsWithin } from "./groups";
import { manifestIndex } from "./manifest-index";

/** Members of Groups that are teams on GitHub, by the Group's name, as far as they are known. */
export type KnownRosters = ReadonlyMap<string, readonly PersonId[]>;

/**
 * By which right somebody may end another's or their own Grant, in words that follow their name;
 * undefined when they may not. The beneficiary and whoever answers for a machine may, everybody who
 * could be asked to approve under its rule may, and so may the rule's `mayRevoke`.
 */
export function tryFindRightToRevoke(
  manifest: Manifest,
  person: PersonId,
  facts: Pick<GrantFacts, "person" | "rule">,
  rosters: KnownRosters = new Map(),
): string | undefined {
  if (facts.person === person) return "holds it";
  const { rules, serviceAccounts } = manifestIndex(manifest);
  if (serviceAccounts.get(facts.person)?.owner === person) return `answers for ${facts.person}`;
  const rule = rules.get(facts.rule);
  if (rule === undefined) return undefined;
  const isIn = (group: string): boolean =>
    isMember(manifest, group, person) ||
    teamsWithin(manifest, group).some((team) => rosters.get(team)?.includes(person) === true);
  if (rule.mayRevoke.some(isIn)) return `may revoke under rule ${rule.name}`;
  const isApprover = rule.approval.steps.some((step) =>
    step.from.kind === "groups" ? step.from.groups.some(isIn) : tryFindManager(manifest, facts.person) === person,
  );
  return isApprover ? `approves under rule ${rule.name}` : undefined;
}
