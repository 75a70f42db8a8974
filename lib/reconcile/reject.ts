import type { LeaseAction } from "../model/action";
import type { DesiredGrant } from "../model/desired";
import type { GrantId, RejectReason } from "../model/grant";
import type { GrantState } from "../model/log-state";
import type { RecordBody } from "../model/record";
import { factsOf } from "./facts";
import { grantOutcome } from "./outcome";
import type { Pass } from "./pass-state";

/** Records which Grants will never start, and why; nothing is there to be taken away. */
export async function reject(
  pass: Pass,
  actions: readonly LeaseAction[],
  desired: ReadonlyMap<GrantId, DesiredGrant>,
): Promise<void> {
  const rejected: RecordBody[] = [];
  for (const action of actions) {
    const { grant } = action.subject;
    const wanted = grant === undefined ? undefined : desired.get(grant);
    if (wanted === undefined || !isRejectReason(action.reason)) continue;
    const facts = factsOf(wanted);
    const { reason } = action;
    const spool = pass.journal.spool.endings.get(wanted.id)?.spool;
    const detail = detailOf(reason, wanted);
    rejected.push({ type: "grant.rejected", facts, reason, detail, ...(spool === undefined ? {} : { spool }) });
    if (pass.journal.canRecord)
      pass.report.outcome(grantOutcome("rejected", { facts }, { result: "done", reason, detail }));
  }
  await pass.journal.record(rejected);
}

/**
 * Rejects what was intended, certainly never reached its gateway, and may start no more: it is not left half started until
 * its own end. Should a call that is still on its way make it after all, the sweep ends it as held without a record.
 */
export async function rejectUnstarted(
  pass: Pass,
  unstarted: readonly GrantState[],
  desired: ReadonlyMap<GrantId, DesiredGrant>,
): Promise<void> {
  const { state } = pass.journal;
  const now = pass.journal.times().record;
  const late = unstarted.flatMap(({ facts: { grant } }): DesiredGrant[] => {
    const [known, wanted] = [state.grants.get(grant), desired.get(grant)];
    const isHalfStarted = known?.phase === "activating" && known.ending === undefined && !pass.ended.has(grant);
    return wanted !== undefined && isHalfStarted && wanted.startBefore <= now ? [wanted] : [];
  });
  const bodies = late.flatMap((wanted): RecordBody[] => {
    const detail = `never granted by its gateway, and ${detailOf("too late", wanted)}`;
    return [
      { type: "activation.failed", grant: wanted.id, detail, retry: false },
      { type: "grant.rejected", facts: factsOf(wanted), reason: "too late", detail },
    ];
  });
  if (!(await pass.journal.record(bodies))) return;
  for (const wanted of late) {
    const detail = detailOf("too late", wanted);
    const how = { result: "done", reason: "too late", detail } as const;
    pass.report.outcome(grantOutcome("rejected", { facts: factsOf(wanted) }, how));
  }
}

const reasons: Readonly<Record<RejectReason, true>> = {
  "too late": true,
  spent: true,
  "request removed": true,
  "refused by a rule": true,
  "opted out": true,
  "given back": true,
  "unapproved merge": true,
  "cannot be held": true,
};

function isRejectReason(reason: LeaseAction["reason"]): reason is RejectReason {
  return Object.hasOwn(reasons, reason);
}

function detailOf(reason: RejectReason, wanted: DesiredGrant): string {
  switch (reason) {
    case "too late":
      return `it was to start before ${wanted.startBefore}`;
    case "spent":
      return `the request name ${wanted.request} is spent`;
    case "given back":
      return "it was given back before it began";
    case "refused by a rule":
      return `rule ${wanted.rule} refuses it`;
    default:
      return reason;
  }
}
