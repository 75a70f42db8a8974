import type { Decision, DecisionNode, NodeVerdict } from "../../model/decision";
import { assertNever } from "../../model/exhaustive";
import type { PullVerdict } from "../../model/merge";
import type { Snapshot } from "../../model/snapshot";
import { listWords, someWords } from "../../policy";
import type { JudgedGrant, JudgedPolicyEdit, OpenStep } from "./pull-decision";
import type { WholeRefusal } from "./refused";

/** What is decided about a commit, to be told as a tree. */
export interface DecidedFacts {
  readonly snapshot: Snapshot;
  readonly verdict: PullVerdict;
  readonly refused: readonly WholeRefusal[];
  readonly grants: readonly JudgedGrant[];
  readonly policyEdit: JudgedPolicyEdit | undefined;
  readonly unverified: boolean;
}

/** The whole Decision as one tree: the verdict, why the commit is refused, then the edit of the rules and each Grant. */
export function decisionTree(facts: DecidedFacts): DecisionNode {
  const { refused, grants, policyEdit } = facts;
  return {
    kind: "rule",
    verdict: nodeVerdict(facts.verdict),
    sentence: sentenceOf(facts),
    children: [
      ...refused.map(({ sentence }): DecisionNode => leaf("exclusion", "failed", withoutStop(sentence))),
      ...notes(facts),
      ...(policyEdit === undefined ? [] : [policyEdit.tree]),
      ...grants.flatMap(({ decision, underNewRules }) =>
        underNewRules === undefined || underNewRules === decision
          ? [decision.tree]
          : [
              decision.tree,
              { ...underNewRules.tree, sentence: `${underNewRules.tree.sentence}, by the rules that it brings` },
            ],
      ),
    ],
  };
}

/** Takes every approval back that cannot stand: of a commit that is refused, or whose edit of the rules is not approved. */
export function heldBack(
  judged: { readonly grants: readonly JudgedGrant[]; readonly policyEdit: JudgedPolicyEdit | undefined },
  whole: { readonly isInvalid: boolean; readonly refused: readonly WholeRefusal[] },
): { readonly grants: readonly JudgedGrant[]; readonly policyEdit: JudgedPolicyEdit | undefined } {
  const { grants, policyEdit } = judged;
  if (whole.isInvalid || whole.refused.length > 0) {
    const why = whole.isInvalid ? "the commit is not valid" : "the commit is refused";
    return {
      grants: grants.map((one) => withDecisions(one, (decision) => refusedWith(decision, why))),
      policyEdit: policyEdit === undefined ? undefined : refusedEdit(policyEdit, why),
    };
  }
  if (policyEdit === undefined || policyEdit.verdict === "approved") return { grants, policyEdit };
  return { grants: grants.map((one) => withDecisions(one, waitingForEdit)), policyEdit };
}

function withDecisions(judged: JudgedGrant, change: (decision: Decision) => Decision): JudgedGrant {
  const { decision, underNewRules } = judged;
  return {
    ...judged,
    decision: change(decision),
    ...(underNewRules === undefined ? {} : { underNewRules: change(underNewRules) }),
  };
}

function refusedWith(decision: Decision, why: string): Decision {
  const sentence = `${ruleOf(decision)}: refused, ${why}`;
  return {
    ...decision,
    verdict: "refused",
    by: "nobody",
    approvers: [],
    tree: { ...decision.tree, verdict: "failed", sentence },
  };
}

function waitingForEdit(decision: Decision): Decision {
  if (decision.verdict !== "approved") return decision;
  const sentence = `${ruleOf(decision)}: waits for the edit of the rules that comes with it`;
  return {
    ...decision,
    verdict: "waiting",
    by: "nobody",
    approvers: [],
    tree: { ...decision.tree, verdict: "open", sentence },
  };
}

/** `Rule orders-read`, as the Decision's own sentence begins. */
function ruleOf({ tree }: Decision): string {
  const colon = tree.sentence.indexOf(": ");
  return colon < 0 ? tree.sentence : tree.sentence.slice(0, colon);
}

function refusedEdit(edit: JudgedPolicyEdit, why: string): JudgedPolicyEdit {
  const sentence = `Edit of the rules: refused, ${why}`;
  return { ...edit, verdict: "refused", approvers: [], tree: { ...edit.tree, verdict: "failed", sentence } };
}

function sentenceOf(facts: DecidedFacts): string {
  switch (facts.verdict) {
    case "approved":
      return "Approved: all that it widens";
    case "nothing to approve":
      return "Nothing to approve: it widens nothing";
    case "waiting":
      return `Waiting for ${waitWords(facts)}`;
    case "refused":
      return `Refused: ${withoutStop(facts.refused[0]?.sentence ?? "not all that it asks for can be approved")}`;
    case "invalid":
      return "Invalid: its request files cannot be taken over as they are";
    default:
      return assertNever(facts.verdict);
  }
}

const mostNames = 5;

/** Each open step once: of several that ask the same people the one that lacks most. */
function waitWords({ grants, policyEdit }: DecidedFacts): string {
  const steps = new Map<string, OpenStep>();
  for (const step of [...(policyEdit?.openSteps ?? []), ...grants.flatMap(({ openSteps }) => openSteps)]) {
    const known = steps.get(step.words);
    if (known === undefined || known.missing < step.missing) steps.set(step.words, step);
  }
  if (steps.size === 0) return "what keeps it back";
  return [...steps.values()].map(stepWords).join("; ");
}

function stepWords({ words, missing, people, unreadable }: OpenStep): string {
  const who = [
    ...(people.length === 0 ? [] : [orWords(people)]),
    ...unreadable.map((team) => `group ${team}, which cannot be read`),
  ];
  return `${missing} more of step ${words} (${who.length === 0 ? "nobody is left who could" : who.join("; ")})`;
}

function orWords(people: readonly string[]): string {
  return people.length <= mostNames ? listWords(people, "or") : someWords(people, mostNames);
}

function notes({ snapshot, unverified, verdict }: DecidedFacts): readonly DecisionNode[] {
  if (verdict === "nothing to approve") return [];
  const found: DecisionNode[] = [];
  if (unverified && snapshot.pull !== undefined) {
    const more = snapshot.lastPushApproved
      ? "the branch asks for approval of the last push"
      : "one person more has to approve";
    found.push(
      leaf(
        "condition",
        "open",
        `GitHub does not vouch for who made it: nothing is approved automatically, and ${more}`,
      ),
    );
  }
  if (snapshot.log.isFrozen) {
    found.push(leaf("condition", "open", "New access is frozen: what is approved starts once it is thawed"));
  }
  return found;
}

function leaf(kind: DecisionNode["kind"], verdict: NodeVerdict, sentence: string): DecisionNode {
  return { kind, verdict, sentence, children: [] };
}

function nodeVerdict(verdict: PullVerdict): NodeVerdict {
  switch (verdict) {
    case "approved":
    case "nothing to approve":
      return "met";
    case "waiting":
      return "open";
    case "refused":
    case "invalid":
      return "failed";
    default:
      return assertNever(verdict);
  }
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
