/** The reconciler: the pass, the fast lane of endings, and what else is recorded. */
export { runPass } from "./pass";
export { readAnchor, tryFindAnchorLoss } from "./anchored";
export { runEvery, type RunEveryInput } from "./run-every";
export type { PassInput, World } from "./input";
export type { OverdueEnding, PassEvent, PassOutcome, PassReport } from "./report";
export { endGrants } from "./end-grants";
export type { EndGrantsInput, EndGrantsReport } from "./end-input";
export type { EndSelection } from "./selection";
export { liftOptOut, optOut, type OptOutInput, type OptOutReport } from "./opt-out";
export { freeze, thaw, type FreezeInput } from "./freeze";
export { acceptPolicy, type AcceptedPolicy, type AcceptPolicyInput } from "./accept-policy";
export { recordMergedRequests, type RecordedRequests, type RecordRequestsInput } from "./record-requests";
export {
  isHalfRecorded,
  mergeBasis,
  recordMerge,
  type MergeBasis,
  type RecordedMerge,
  type RecordMergeInput,
} from "./record-merge";
export { giveApproval, type GiveApprovalInput, type GivenApproval } from "./give-approval";
export { confirmRemovals } from "./confirm-removals";
export { readRequests, tryReadPolicy } from "./stored";
export type { LogWorld } from "./under-epoch";
export { clockToleranceMs } from "./times";
export { rebuildLog, type RebuildLogInput, type RebuiltLog } from "./rebuild-log";
export { recoveringFailure, tryFindLoss, type LossEvidence } from "./recovering";
