/** Desired and observed to a Plan: what changes and why; what somebody gains; whether a Plan is stale. */
export { makePlan } from "./make-plan";
export type { Observed, PlanInput } from "./input";
export { Replanner, type ReplanInput, type RequestChanges } from "./replanner";
export { planBase, requestSetDigest } from "./base";
export { isStale, stalenessOf } from "./stale";
export { actionKey } from "./action-key";
export {
  grantItem,
  isIncluded,
  isItemIncluded,
  levelSentence,
  widening,
  wideningItems,
  type ProposedState,
} from "../policy";
export { worstCaseEnd } from "./worst-case";
