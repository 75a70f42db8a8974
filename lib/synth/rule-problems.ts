import { durationWords } from "../model/duration";
import { limits } from "../model/limits";
import { tryParsePrincipal, type PrincipalRef } from "../model/names";
import type { AccessRule } from "../model/rule";
import { conditionsOf, groupsOfCondition } from "./named-groups";
import type { DeclaredPaths } from "./paths";
import type { People } from "./people";
import type { Problem } from "./problem";
import type { Synthesis } from "./synthesis";

/** Rules that help nobody or go over a cap, and Groups from GitHub in places where only known people can stand. */
export function findRuleProblems(
  { manifest, requests }: Synthesis,
  people: People,
  paths: DeclaredPaths,
): readonly Problem[] {
  const cap = manifest.limits.maxDurationSeconds;
  return [
    ...manifest.groups.flatMap((group) => tooManyMembers(group.name, people, paths.of(group, `group ${group.name}`))),
    ...manifest.rules.flatMap((rule) => [
      ...nobodyProblems(rule, people),
      ...capProblems(rule, cap),
      ...fromGithub(rule.path, groupsIn(rule.who), people, "may only approve, and stands in `who`"),
      ...fromGithub(
        rule.path,
        conditionsOf(rule.approval).flatMap(groupsOfCondition),
        people,
        "may only approve, and a condition asks who is in it",
      ),
    ]),
    ...requests.flatMap((request) =>
      fromGithub(
        paths.of(request, `request ${request.name}`),
        groupsIn(request.for),
        people,
        "may only approve, and is asked access for",
      ),
    ),
  ];
}

function tooManyMembers(name: string, people: People, path: string): readonly Problem[] {
  if (people.inGroup(name).size <= limits.groupMembers || name === "everyone") return [];
  const sentence = `it has more than ${limits.groupMembers} members`;
  return [{ path, sentence, fix: "split the group, or use `everyone`" }];
}

function nobodyProblems(rule: AccessRule, people: People): readonly Problem[] {
  const problems: Problem[] = [];
  if (!rule.who.some((ref) => isSomebody(ref, people))) {
    problems.push({
      path: rule.path,
      sentence: `nobody can ask under this rule: there is nobody in ${rule.who.join(", ")}`,
      fix: "add people to the group, or take the rule out",
    });
  }
  if (rule.may.length === 0) {
    problems.push({
      path: rule.path,
      sentence: "nothing can be asked under this rule: no connection matches `mayMatching`",
      fix: "correct the labels, class or level in `mayMatching`, or take the rule out",
    });
  }
  return problems;
}

/** A Group from GitHub, or an unknown name, is somebody: that it stands there at all is a problem told elsewhere. */
function isSomebody(ref: PrincipalRef, people: People): boolean {
  const parsed = tryParsePrincipal(ref);
  if (parsed?.kind !== "group" || !people.groups.has(parsed.name)) return true;
  return people.inGroup(parsed.name).size > 0 || people.isFromGithub(parsed.name);
}

function capProblems(rule: AccessRule, cap: number): readonly Problem[] {
  if (rule.maxDurationSeconds <= cap) return [];
  const [asked, most] = [durationWords(rule.maxDurationSeconds), durationWords(cap)];
  return [
    {
      path: rule.path,
      sentence: `its longest duration is ${asked}; the organisation's cap is ${most}`,
      fix: `set \`duration.max\` to ${most} or less, or raise \`limits.maxDuration\` in leasehold.yaml`,
    },
  ];
}

function groupsIn(refs: readonly PrincipalRef[]): readonly string[] {
  return refs.flatMap((ref) => {
    const parsed = tryParsePrincipal(ref);
    return parsed?.kind === "group" ? [parsed.name] : [];
  });
}

function fromGithub(path: string, groups: readonly string[], people: People, why: string): readonly Problem[] {
  return [...new Set(groups)]
    .filter((name) => people.isFromGithub(name))
    .map((name) => ({
      path,
      sentence: `group \`${name}\` has members from a team on GitHub: it ${why}`,
      fix: "list the people in a group of their own",
    }));
}
