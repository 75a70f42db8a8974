import type { ApprovalGiven } from "../../model/approval";
import type { ApprovalStep } from "../../model/rule";
import type { CommitContent } from "../../model/snapshot";
import { tryFindManager } from "../../policy";
import { either, inGroups, type IsAsked } from "../eligibility";
import { isPolicyEdit, type CommitGain } from "./commit-gain";
import { judgeGrants, type ApprovalScene } from "./judge-grants";
import { judgePolicyEdit } from "./judge-policy-edit";
import type { JudgedGrant, JudgedPolicyEdit } from "./pull-decision";
import type { RuleSide } from "./sides";

/** What the reviews that count come to. */
export interface ApprovalsJudged {
  readonly grants: readonly JudgedGrant[];
  readonly policyEdit: JudgedPolicyEdit | undefined;
  /** Groups of asked steps that are teams whose members could not be read. */
  readonly unreadable: readonly string[];
  /** As the Log records them: of each request those whom some step of it asks. */
  readonly approvals: readonly ApprovalGiven[];
  /** Whether some step asks this person; everybody where nothing is asked. */
  readonly isAsked: IsAsked;
}

/** Decides every Grant of a commit and its edit of the rules out of the reviews that count. */
export function judgeApprovals(subject: CommitContent, gain: CommitGain, scene: ApprovalScene): ApprovalsJudged {
  const judged = judgeGrants(gain.grants, scene);
  const grants = judged.map(({ grant }) => grant);
  const judgedEdit = isPolicyEdit(subject) ? judgePolicyEdit(subject, scene) : undefined;
  const policyEdit = judgedEdit?.edit;
  const asked = new AskedPeople(scene);
  const requests = new Set(grants.map(({ desired }) => desired.request));
  return {
    grants,
    policyEdit,
    unreadable: [
      ...new Set([...judged.flatMap((one) => one.unreadable), ...(judgedEdit?.unreadable ?? [])]),
    ].toSorted(),
    approvals: [...requests].toSorted().flatMap((request) => {
      const steps = asked.ofGrants(grants.filter(({ desired }) => desired.request === request));
      return scene.inForce.approvals.of(request).filter(({ person }) => steps(person));
    }),
    isAsked:
      grants.length === 0 && policyEdit === undefined
        ? () => true
        : either([asked.ofGrants(grants), asked.ofEdit(policyEdit)]),
  };
}

/** Whom steps ask, by the rules in force or by those that the commit brings. */
class AskedPeople {
  private readonly sides: readonly RuleSide[];

  constructor({ inForce, brought }: ApprovalScene) {
    this.sides = brought === undefined ? [inForce] : [inForce, brought];
  }

  ofGrants(grants: readonly JudgedGrant[]): IsAsked {
    const steps = new Set(grants.flatMap(({ desired }) => desired.approval.steps));
    const managers = new Set(
      grants.flatMap(({ desired }) =>
        desired.approval.steps.some(({ from }) => from.kind === "managerOfBeneficiary")
          ? this.sides.map(({ manifest }) => tryFindManager(manifest, desired.person))
          : [],
      ),
    );
    return either([(person) => managers.has(person), this.ofSteps([...steps])]);
  }

  ofEdit(edit: JudgedPolicyEdit | undefined): IsAsked {
    return edit === undefined
      ? () => false
      : this.ofSteps(this.sides.flatMap(({ manifest }) => manifest.policyApproval));
  }

  private ofSteps(steps: readonly ApprovalStep[]): IsAsked {
    const groups = [...new Set(steps.flatMap(({ from }) => (from.kind === "groups" ? from.groups : [])))];
    return either(this.sides.map((side) => inGroups(groups, side)));
  }
}
