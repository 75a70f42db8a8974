import type { DesiredGrant, Refusal } from "../model/desired";
import type { RejectReason } from "../model/grant";
import { plusSeconds, type Instant } from "../model/instant";
import type { WaitingGrant } from "../model/plan";
import { isAnyWindowOpen, isOptedOut, windowOpens } from "../policy";
import { approvalBook, type PendingApproval } from "./asked-approvals";
import { compareText, isUnreachable, observedPair, pairKey, type PlanContext } from "./context";
import { unusableKey, type ConfigurationResult } from "./configuration-result";
import type { GatewayFit } from "./gateway-fit";
import { isHeld } from "./held-grants";
import type { LeaseDraft } from "./lease-action";
import { worstCaseEnd } from "./worst-case";

/** What becomes of the Grants that have not started. */
export interface ActivationResult {
  readonly drafts: readonly LeaseDraft[];
  readonly waiting: readonly WaitingGrant[];
  readonly refusals: readonly Refusal[];
  /** Those that people still have to approve. */
  readonly asked: readonly PendingApproval[];
}

/**
 * Plans every desired Grant that is not held, in order of id: it is rejected for good, waits, is
 * refused by its gateway, waits for people, or is activated. Where the pair has a Lease that stays,
 * or gets one in this Plan, the activation is a `change` with the reason `extended`.
 */
export function planActivations(context: PlanContext, facts: ActivationFacts): ActivationResult {
  const result: Results = { drafts: [], waiting: [], refusals: [], asked: [] };
  const pending = pendingGrants(context);
  const book = approvalBook(context, pending);
  const started = new Map<string, DesiredGrant>();
  for (const desired of pending) {
    const approval = book.judge(desired);
    if (!mayStart(context, { desired, approval, facts }, result)) continue;
    const key = pairKey(desired.gateway, desired.person, desired.gatewayName);
    result.drafts.push(activateDraft(context, desired, facts.ends.get(key) ?? started.get(key), approval));
    book.count(desired);
    if (!started.has(key)) started.set(key, desired);
  }
  return result;
}

/** What activations depend on besides the planning run. */
export interface ActivationFacts {
  readonly fit: GatewayFit;
  readonly unusable: ConfigurationResult["unusable"];
  /** The ends of the Leases that stay, by pair. */
  readonly ends: ReadonlyMap<string, Instant>;
}

interface Results {
  readonly drafts: LeaseDraft[];
  readonly waiting: WaitingGrant[];
  readonly refusals: Refusal[];
  readonly asked: PendingApproval[];
}

/** Whether a Grant starts in this Plan; writes down why not. */
function mayStart(
  context: PlanContext,
  about: { readonly desired: DesiredGrant; readonly approval: PendingApproval; readonly facts: ActivationFacts },
  result: Results,
): boolean {
  const { desired, approval, facts } = about;
  const rejected = rejectReason(context, desired) ?? (approval.verdict === "refused" ? "refused by a rule" : undefined);
  if (rejected !== undefined) {
    result.drafts.push(rejectDraft(context, desired, rejected));
    return false;
  }
  const waiting = waitingFor(context, desired);
  if (waiting !== undefined) {
    result.waiting.push(waiting);
    if (approval.verdict === "waiting" && waiting.why !== "opted out") result.asked.push(approval);
    return false;
  }
  const refusal = facts.fit.tryRefuse(desired) ?? tryRefuseUnusable(facts, desired);
  if (refusal !== undefined) result.refusals.push(refusal);
  if (refusal !== undefined || isUnreachable(context, desired.gateway)) return false;
  if (approval.verdict === "waiting") result.asked.push(approval);
  return !approval.isHeldBack;
}

function tryRefuseUnusable({ unusable }: ActivationFacts, desired: DesiredGrant): Refusal | undefined {
  const why = unusable.get(unusableKey(desired.gateway, desired.gatewayName));
  if (why === undefined) return undefined;
  const { request, person, connection, rule, gateway } = desired;
  return { request, person, connection, rule, gateway, ...why };
}

/** Desired Grants that are to start, in order of id; none while the Log is recovering. */
function pendingGrants(context: PlanContext): readonly DesiredGrant[] {
  const { state, desired, spooled } = context;
  if (state.recovering !== undefined) return [];
  const pending = desired.grants.filter(({ id }) => {
    const known = state.grants.get(id);
    if (known === undefined || known.phase === "pending") return true;
    // An intent without an outcome is repeated, unless something takes the Grant away.
    if (known.phase !== "activating" || known.ending !== undefined || spooled.has(id)) return false;
    return (known.end ?? "") > context.asOf && !isObservedLive(context, known.facts);
  });
  return pending.sort((a, b) => compareText(a.id, b.id));
}

function isObservedLive(
  context: PlanContext,
  facts: { readonly gateway: string; readonly person: string; readonly gatewayName: string },
): boolean {
  if (context.observed === "log" || isUnreachable(context, facts.gateway)) return true;
  const rows = context.ours.get(pairKey(facts.gateway, facts.person, facts.gatewayName)) ?? [];
  return rows.some((row) => row.status === "live");
}

function rejectReason(context: PlanContext, desired: DesiredGrant): RejectReason | undefined {
  if (isHeld(context.state.grants.get(desired.id))) return undefined;
  if (context.spooled.has(desired.id)) return "given back";
  if (context.state.names.get(desired.request)?.spent === true) return "spent";
  return context.asOf >= desired.startBefore ? "too late" : undefined;
}

/** Why a Grant is not for now, and from when it could be. */
function waitingFor(context: PlanContext, desired: DesiredGrant): WaitingGrant | undefined {
  const { asOf } = context;
  const entry = (why: WaitingGrant["why"], from?: Instant): WaitingGrant => ({
    grant: desired.id,
    request: desired.request,
    person: desired.person,
    connection: desired.connection,
    why,
    ...(from === undefined ? {} : { from }),
    startBefore: desired.startBefore,
  });
  if (context.optOuts.get(desired.person)?.some((optOut) => isOptedOut(optOut, desired))) return entry("opted out");
  if (context.isFrozen) return entry("frozen");
  if (desired.startAfter !== undefined && desired.startAfter > asOf) return entry("starts later", desired.startAfter);
  const windows = context.index.rules.get(desired.rule)?.windows ?? [];
  if (isAnyWindowOpen(windows, asOf)) return undefined;
  return entry("window is closed", windowOpens(windows, asOf, desired.startBefore));
}

function rejectDraft(context: PlanContext, desired: DesiredGrant, reason: RejectReason): LeaseDraft {
  return {
    ...desiredDraft(desired),
    kind: "reject",
    reason,
    before: null,
    after: null,
    direction: "neutral",
    observed: null,
    waitsForPolicy: context.hasNoPolicy || (reason === "refused by a rule" && context.isUnaccepted),
  };
}

function activateDraft(
  context: PlanContext,
  desired: DesiredGrant,
  before: Instant | DesiredGrant | undefined,
  approval: PendingApproval,
): LeaseDraft {
  const worst = worstCaseEnd({
    end: plusSeconds(desired.startBefore, desired.durationSeconds),
    leaseSeconds: desired.durationSeconds,
    holds: context.descriptions.get(desired.gateway)?.holds,
  });
  const key = pairKey(desired.gateway, desired.person, desired.gatewayName);
  return {
    ...desiredDraft(desired),
    kind: before === undefined ? "activate" : "change",
    reason: before === undefined ? "requested" : "extended",
    before: beforeView(before),
    after: { durationSeconds: desired.durationSeconds, ...(worst === undefined ? {} : { worstCaseEnd: worst }) },
    direction: "widens",
    observed: observedPair(context.ours.get(key)),
    waitsForPolicy: context.isUnaccepted,
    approval: approval.words,
    ...(desired.via === undefined ? {} : { via: desired.via }),
  };
}

function beforeView(before: Instant | DesiredGrant | undefined): LeaseDraft["before"] {
  if (before === undefined) return null;
  return typeof before === "string" ? { endsAt: before } : { durationSeconds: before.durationSeconds };
}

function desiredDraft(
  desired: DesiredGrant,
): Omit<LeaseDraft, "kind" | "reason" | "before" | "after" | "direction" | "observed" | "waitsForPolicy"> {
  return {
    family: "lease",
    gateway: desired.gateway,
    subject: {
      grant: desired.id,
      request: desired.request,
      person: desired.person,
      connection: desired.connection,
      gatewayName: desired.gatewayName,
      resource: desired.resource,
      level: desired.level,
    },
    rule: desired.rule,
    class: desired.class,
    why: desired.reason,
    ...(desired.ticket === undefined ? {} : { ticket: desired.ticket }),
    ...(desired.startAfter === undefined ? {} : { startAfter: desired.startAfter }),
    startBefore: desired.startBefore,
    guardrails: desired.guardrails,
    maskingRules: desired.maskingRules,
  };
}
