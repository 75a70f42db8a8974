/** What tests of somebody's rules import from `leasehold/testing`. */
export type { Asked } from "./asked";
export { RulesUnderTest, type ApprovalNeeded, type DecisionOptions } from "./rules-under-test";
export { Testing, type TestingOptions } from "./testing";
