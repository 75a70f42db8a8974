import type { ActionReason } from "../model/action";
import type { EndReason, RejectReason } from "../model/grant";

/** Every reason for which a Grant ends, as the end of a sentence. */
export const endReasonWords: Readonly<Record<EndReason, string>> = {
  expired: "its time is over",
  revoked: "it was revoked",
  "given back": "given back",
  "ended outside": "ended at the gateway by somebody else",
  "request removed": "the request file was removed",
  "no longer eligible": "the rules no longer allow it",
  "opted out": "opted out",
  "never confirmed": "the gateway never confirmed it",
};

/** Every reason for which a Grant never starts, as the end of a sentence. */
export const rejectReasonWords: Readonly<Record<RejectReason, string>> = {
  "too late": "the latest start has passed",
  spent: "the request name was used before",
  "request removed": "the request file was removed",
  "refused by a rule": "a rule says no",
  "opted out": "opted out",
  "given back": "given back before it began",
  "unapproved merge": "it was merged without approval",
  "cannot be held": "the gateway cannot hold it",
};

/** Every reason of an Action, as the end of a sentence. */
export const actionReasonWords: Readonly<Record<ActionReason, string>> = {
  ...rejectReasonWords,
  ...endReasonWords,
  declared: "declared in the rules",
  differs: "the gateway holds something else",
  "secret changed": "its secret reference changed",
  "deleted outside": "somebody deleted it at the gateway",
  "no longer declared": "no longer in the rules",
  "gate incomplete": "the gate does not close every connection",
  adopted: "taken over, as the rules say",
  requested: "requested",
  extended: "extended",
  shortened: "shortened",
  renewed: "renewed before the gateway's own limit",
  "held without a record": "held at the gateway without a record",
};
