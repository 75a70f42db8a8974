/** Manifest and requests to what should be: which rule applies and why, for how long, and what it is refused for. */
export { desiredState } from "./desired-state";
export type { DesiredInput } from "./desired-input";
export { findDecidingRule, matchingRules, tryFindDecidingRule } from "./deciding-rule";
export { expandGroup, isMember, peopleOfRule, personsOf, teamsWithin } from "./groups";
export { isAnyWindowOpen, isWindowOpen, windowCloses, windowOpens } from "./windows";
export { grantEnd } from "./grant-end";
export { accessWords, effectiveAccess, type EffectiveAccess, type HeldLevel } from "./effective-access";
export { isEverFirst, lint } from "./lint";
export { activationsOf } from "./usage";
export { isOptedOut, optOutsByPerson } from "./opt-out";
export { refusalCode } from "./refusals";
export { digestOfApproval, digestOfRule, isKnownPerson, manifestIndex, type ManifestIndex } from "./manifest-index";
export { grantItem, isIncluded, isItemIncluded, tryFindSameGrant } from "./inclusion";
export { conditionWords, evaluateCondition, type ConditionContext, type ConditionResult } from "./condition";
export { evaluateAutomatic, isStepAsked, stepWords, tryFindManager, type AutomaticResult } from "./approval-rule";
export { countWords, listWords, someWords, windowWords } from "./words";
export { widening, wideningItems, type ProposedState } from "./widening";
export { tryFindRightToRevoke, type KnownRosters } from "./may-revoke";
