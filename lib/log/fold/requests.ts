import { assertNever } from "../../model/exhaustive";
import type { RequestState } from "../../model/log-state";
import type { LogRecord, RecordBody } from "../../model/record";
import { noDigest } from "../chain";
import { illegal } from "./illegal";
import { drop, put, type FoldState } from "./state";

/** A record about policy, requests and approvals. */
export type RequestsBody = Extract<
  RecordBody,
  { readonly type: "policy.accepted" | `merge.${string}` | `request${string}` | "approval.given" | "decision.made" }
>;

/** Folds a record about policy, requests and approvals. A spent name stays spent, a removed one removed. */
export function foldRequests(state: FoldState, record: LogRecord, body: RequestsBody): void {
  switch (body.type) {
    case "policy.accepted": {
      const { manifest, by, commit, spent, governed, pinned } = body;
      const { sequence, time } = record;
      state.policy = {
        manifest,
        at: time,
        by,
        sequence,
        ...(commit === undefined ? {} : { commit }),
        ...(governed === undefined ? {} : { governed }),
        ...(pinned === undefined ? {} : { pinned }),
      };
      if (commit !== undefined && governed !== undefined) put(state, state.policies, governed, { manifest, commit });
      for (const name of spent) markSpent(state, record, name);
      return;
    }
    case "merge.decided":
      state.decidedCommit = body.merge.commit;
      for (const name of body.merge.requests) put(state, state.merges, name, body.merge);
      if (body.merge.untold === true) put(state, state.untold, body.merge.commit, body.merge);
      return;
    case "merge.told":
      // Said twice by two runs at once it says no more.
      drop(state, state.untold, body.commit);
      return;
    case "requests.merged":
      return merge(state, record, body);
    case "request.refused":
      if (body.final) markSpent(state, record, body.request);
      return;
    case "approval.given": {
      const { approval } = body;
      const before = state.approvals.get(approval.request) ?? [];
      put(state, state.approvals, approval.request, [...before, approval]);
      return;
    }
    case "decision.made": {
      const { grant, verdict, approvers, by } = body.decision;
      if (verdict !== "approved" || by === "nobody") drop(state, state.decisions, grant);
      else put(state, state.decisions, grant, { approvers, approvedBy: by, policy: body.policy });
      return;
    }
    default:
      return assertNever(body);
  }
}

/** Marks a request name as used up for ever; a name whose request the Log never saw has a digest of zeros. */
export function markSpent(state: FoldState, record: LogRecord, name: string): void {
  const known = state.names.get(name) ?? { digest: noDigest, mergedAt: record.time };
  put(state, state.names, name, { ...known, spent: true });
}

function merge(
  state: FoldState,
  record: LogRecord,
  body: Extract<RecordBody, { readonly type: "requests.merged" }>,
): void {
  const unknown = [...body.narrowed.map(({ name }) => name), ...body.removed].find((name) => !state.names.has(name));
  if (unknown !== undefined) throw illegal(record, `there was no request ${unknown} before it`);
  for (const { name, digest } of [...body.added, ...body.narrowed]) {
    const known: RequestState = state.names.get(name) ?? { digest, mergedAt: record.time, spent: false };
    put(state, state.names, name, { ...known, digest });
  }
  for (const name of body.removed) {
    const known = state.names.get(name);
    if (known !== undefined && known.removedAt === undefined) {
      put(state, state.names, name, { ...known, removedAt: record.time });
    }
  }
  const { set, commit } = body;
  state.requests = { set, at: record.time, ...(commit === undefined ? {} : { commit }) };
}
