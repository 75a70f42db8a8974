/** Approvals given to a Decision: a tree of sentences, pure and total. */
export { decide } from "./decide";
export { decideMerged } from "./decide-merged";
export type { DecisionInput } from "./input";
export { whoCouldApprove, type PossibleApprovers } from "./who-could-approve";
export { decidePull } from "./pull/decide-pull";
export { isApproved, mergeFacts } from "./pull/merge-facts";
export { whatIf } from "./pull/what-if";
export type {
  JudgedFile,
  JudgedGrant,
  JudgedPolicyEdit,
  JudgedReview,
  Narrowing,
  OpenStep,
  PullDecision,
  PullRefusal,
  ReviewVerdict,
} from "./pull/pull-decision";
