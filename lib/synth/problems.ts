import { findLevelFaults } from "../model/level-faults";
import { findApprovalProblems } from "./approval-problems";
import { findGroupProblems } from "./group-problems";
import { findNameProblems } from "./name-problems";
import type { DeclaredPaths } from "./paths";
import { mostMemberships, People } from "./people";
import type { Problem } from "./problem";
import { findRuleProblems } from "./rule-problems";
import type { Synthesis } from "./synthesis";
import { findUnknownNames } from "./unknown-names";

/** Everything that is wrong with the rules as a whole; what single constructs refuse is thrown by them. */
export function findProblems(synthesis: Synthesis, paths: DeclaredPaths): readonly Problem[] {
  const { manifest } = synthesis;
  const people = new People(manifest);
  const groupProblems = findGroupProblems(manifest, paths);
  const named = [
    ...findNameProblems(synthesis, paths),
    ...findUnknownNames(synthesis, paths),
    ...findLevelFaults(manifest),
    ...groupProblems,
  ];
  // Who is in a Group that contains itself is not a question: ask the rest once that is mended.
  if (groupProblems.length > 0) return named;
  for (const group of manifest.groups) people.inGroup(group.name);
  if (people.isTooMany) return [...named, tooManyMemberships];
  return [...named, ...findRuleProblems(synthesis, people, paths), ...findApprovalProblems(manifest, people)];
}

const tooManyMemberships: Problem = {
  path: "groups",
  sentence: `the groups have more than ${mostMemberships} members together, each counted with those nested in it`,
  fix: "nest fewer groups in others, or use `everyone`",
};
