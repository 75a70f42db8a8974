/** Approvals given to a Decision: a tree of sentences, pure and total. */
export { decide } from "./decide";
export type { DecisionInput } from "./input";
export { whoCouldApprove, type PossibleApprovers } from "./who-could-approve";
