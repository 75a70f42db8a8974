import type { Digest } from "../../model/canonical";
import type { DecisionNode } from "../../model/decision";
import type { PersonId } from "../../model/names";
import type { ApprovalStep } from "../../model/rule";
import type { CommitContent } from "../../model/snapshot";
import { expandGroup, manifestIndex, stepWords, teamsWithin } from "../../policy";
import { inGroups } from "../eligibility";
import { fillPlaces } from "../places";
import { moreApprovals } from "../sentences";
import { unreadableOf, type ApprovalScene } from "./judge-grants";
import type { JudgedPolicyEdit, OpenStep } from "./pull-decision";
import type { RuleSide } from "./sides";

/** An edit of the rules as it was judged, with the Groups of its steps whose members could not be read. */
export interface PolicyEditJudged {
  readonly edit: JudgedPolicyEdit;
  readonly unreadable: readonly string[];
}

/**
 * Judges an edit of governed files: the `policyApproval` of the policy in force and of the rules that the
 * commit brings, each filled with distinct people of its own groups. Every step is asked, whatever its
 * condition says, since an edit has no person, duration or class that it could hold for.
 */
export function judgePolicyEdit(content: CommitContent, scene: ApprovalScene): PolicyEditJudged {
  const { inForce, brought } = scene;
  const first = judgeSteps(inForce, "the policy in force", scene);
  const isSame = brought === undefined || digestOf(brought) === digestOf(inForce);
  const all = isSame ? [first] : [first, judgeSteps(brought, "the rules that it brings", scene)];
  const verdict = all.some((one) => one.verdict === "refused")
    ? "refused"
    : all.every((one) => one.verdict === "approved")
      ? "approved"
      : "waiting";
  const edit: JudgedPolicyEdit = {
    verdict,
    files: content.governedChanges,
    ...(brought === undefined ? {} : { manifest: digestOf(brought) }),
    approvers: [...new Set(all.flatMap(({ people }) => people))],
    openSteps: all.flatMap(({ openSteps }) => openSteps),
    tree: {
      kind: "rule",
      verdict: verdict === "approved" ? "met" : verdict === "waiting" ? "open" : "failed",
      sentence: `Edit of the rules: ${verdict}`,
      children: all.map(({ node }) => node),
    },
  };
  return { edit, unreadable: all.flatMap(({ unreadable }) => unreadable) };
}

interface StepsJudged {
  readonly verdict: JudgedPolicyEdit["verdict"];
  readonly people: readonly PersonId[];
  readonly openSteps: readonly OpenStep[];
  readonly unreadable: readonly string[];
  readonly node: DecisionNode;
}

function digestOf({ manifest }: RuleSide): Digest {
  return manifestIndex(manifest).digest;
}

function judgeSteps(side: RuleSide, whose: string, scene: ApprovalScene): StepsJudged {
  const steps = side.manifest.policyApproval;
  const reviewers = side.counted.map(({ person }) => person);
  const wanted = wantedPlaces(steps, scene);
  const asks = steps.map(({ from }) => (from.kind === "groups" ? inGroups(from.groups, side) : () => false));
  const filled = fillPlaces(reviewers, asks, wanted);
  const people = filled.flat();
  const facts = steps.map((step, index) => ({
    step,
    number: index + 1,
    wanted: wanted[index] ?? 0,
    people: filled[index] ?? [],
  }));
  const missing = facts.reduce((sum, one) => sum + one.wanted - one.people.length, 0);
  const isHopeless = steps.length === 0 || steps.some((step) => step.from.kind !== "groups");
  const verdict = isHopeless ? "refused" : missing > 0 ? "waiting" : "approved";
  const open = facts.filter((one) => one.people.length < one.wanted);
  return {
    verdict,
    people,
    openSteps: open.map((one) => openStep(one, side, new Set(people))),
    unreadable: unreadableOf(facts, side),
    node: {
      kind: "rule",
      verdict: verdict === "approved" ? "met" : verdict === "waiting" ? "open" : "failed",
      sentence: `By ${whose}: ${verdictWords({ verdict, missing, steps })}`,
      children: facts.map(stepNode),
    },
  };
}

/** One person more in the last step where nobody vouches for a commit. */
function wantedPlaces(steps: readonly ApprovalStep[], { unverified, snapshot }: ApprovalScene): readonly number[] {
  const isMore = unverified && !snapshot.lastPushApproved;
  return steps.map((step, index) => step.approvals + (isMore && index === steps.length - 1 ? 1 : 0));
}

interface StepFacts {
  readonly step: ApprovalStep;
  readonly number: number;
  readonly wanted: number;
  readonly people: readonly PersonId[];
}

function stepNode({ step, number, wanted, people }: StepFacts): DecisionNode {
  const more = wanted > step.approvals ? ", and one more since a commit is not verified" : "";
  const children = people.map((person): DecisionNode => ({
    kind: "approval",
    verdict: "met",
    sentence: `${person} approved`,
    children: [],
  }));
  const node = (verdict: DecisionNode["verdict"], words: string): DecisionNode => ({
    kind: "step",
    verdict,
    sentence: `Step ${number}, ${stepWords({ approvals: step.approvals, from: step.from })}${more}: ${words}`,
    children,
  });
  if (step.from.kind !== "groups") return node("failed", "an edit of the rules has no beneficiary, so no manager");
  if (people.length === wanted) return node("met", `approved by ${people.join(" and ")}`);
  return node("open", `waiting for ${moreApprovals(wanted - people.length)}`);
}

function openStep({ step, wanted, people }: StepFacts, side: RuleSide, there: ReadonlySet<PersonId>): OpenStep {
  const { manifest, rosters } = side;
  const groups = step.from.kind === "groups" ? step.from.groups : [];
  const teams = groups.flatMap((group) => teamsWithin(manifest, group));
  const all = [
    ...groups.flatMap((group) => expandGroup(manifest, group)),
    ...teams.flatMap((team) => rosters.get(team) ?? []),
  ];
  const { makers, gainers } = side.exclusions;
  const users = manifestIndex(manifest).users;
  const could = all.filter(
    (person) =>
      !there.has(person) &&
      !gainers.has(person) &&
      !makers.includes(person) &&
      (users.has(person) || person.startsWith("github:")),
  );
  return {
    words: stepWords(step),
    missing: wanted - people.length,
    people: [...new Set(could)].toSorted(),
    unreadable: [...new Set(teams)].filter((team) => !rosters.has(team)).toSorted(),
  };
}

function verdictWords(of: {
  readonly verdict: JudgedPolicyEdit["verdict"];
  readonly missing: number;
  readonly steps: readonly ApprovalStep[];
}): string {
  if (of.steps.length === 0) return "refused, nobody is named for edits of the rules: use `leasehold policy accept`";
  if (of.verdict === "refused") return "refused, a step asks a manager, and an edit of the rules has no beneficiary";
  return of.verdict === "approved" ? "approved" : `needs ${moreApprovals(of.missing)}`;
}
