import type { Actor } from "../model/actor";
import { canonicalJson, digestOfText, type Digest } from "../model/canonical";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { RecordBody } from "../model/record";
import type { RequestSet } from "../model/request";
import type { PinnedAccount } from "../model/snapshot";
import type { LogStore } from "../ports";
import type { Journal } from "./journal";
import { mergedRecord } from "./record-requests";
import { readRequests } from "./stored";
import { storedText } from "./stored-text";
import { refuseClockBehind, underEpoch, type LogWorld } from "./under-epoch";

/** A Manifest to make the policy in force, and who says so. */
export interface AcceptPolicyInput extends LogWorld {
  readonly manifest: Manifest;
  readonly by: Actor;
  /** The commit that it was made from. */
  readonly commit?: string;
  /** Names of the requests that are already in that commit: those that the Log never saw become spent. */
  readonly requestsInCommit?: readonly string[];
  /** What those requests say: of the merged ones, what is no longer there or narrower is recorded. Default: as merged. */
  readonly requests?: RequestSet;
  /** That commit's governed files as canonical JSON, whose digest is recorded; see `governedFiles`. */
  readonly governed?: string;
  /** The numeric user ids of the declared logins. */
  readonly pinned?: readonly PinnedAccount[];
}

/** What an acceptance came to. */
export interface AcceptedPolicy {
  readonly digest: Digest;
  /** The first one of this Log. */
  readonly bootstrap: boolean;
  /** False: it was in force already. */
  readonly changed: boolean;
  readonly spent: readonly string[];
}

/**
 * Makes a Manifest the policy in force: stored beside the Log, then recorded. It neither starts nor
 * ends access, and is allowed while the Log is recovering. With a commit, the commits of the base
 * branch count as decided up to it: what was merged unseen is spent, what was removed unseen is gone.
 * Throws E603, E605.
 */
export async function acceptPolicy(input: AcceptPolicyInput): Promise<AcceptedPolicy> {
  return underEpoch(input, async (journal) => {
    refuseClockBehind(journal);
    const { state } = journal;
    const { accepted, body } = await acceptance(state, input);
    if (!accepted.changed) return accepted;
    await journal.mustRecord([body, ...(await decidedUpTo(journal, input, accepted.digest))]);
    return accepted;
  });
}

/** The record of an acceptance, its Manifest and governed files stored already, and what it comes to. */
export async function acceptance(
  state: LogState,
  input: Omit<AcceptPolicyInput, keyof LogWorld> & { readonly store: LogStore },
): Promise<{ readonly accepted: AcceptedPolicy; readonly body: RecordBody }> {
  const { commit, pinned } = input;
  const text = canonicalJson(input.manifest);
  const digest = digestOfText(text);
  const spent =
    commit === undefined ? [] : (input.requestsInCommit ?? []).filter((name) => !state.names.has(name)).toSorted();
  const governed = input.governed === undefined ? undefined : digestOfText(input.governed);
  const isSame =
    state.policy?.manifest === digest &&
    state.policy.commit === commit &&
    state.policy.governed === governed &&
    canonicalJson(state.policy.pinned ?? []) === canonicalJson(pinned ?? []);
  const changed = !isSame || spent.length > 0;
  const bootstrap = state.policy === undefined;
  if (changed) {
    await storedText(input.store, text);
    if (input.governed !== undefined) await storedText(input.store, input.governed);
  }
  const body: RecordBody = {
    type: "policy.accepted",
    manifest: digest,
    by: input.by,
    bootstrap,
    ...(commit === undefined ? {} : { commit }),
    spent,
    ...(governed === undefined ? {} : { governed }),
    ...(pinned === undefined ? {} : { pinned }),
  };
  return { accepted: { digest, bootstrap: bootstrap && changed, changed, spent: changed ? spent : [] }, body };
}

/** What an operator accepts is decided with it, so that the next walk of the base branch begins there. */
async function decidedUpTo(journal: Journal, input: AcceptPolicyInput, policy: Digest): Promise<readonly RecordBody[]> {
  const { commit } = input;
  const { state } = journal;
  if (commit === undefined || state.decidedCommit === commit) return [];
  const before = await readRequests(input.store, state);
  const known = new Set(before.requests.map((request) => request.name));
  const requests = { requests: (input.requests ?? before).requests.filter((request) => known.has(request.name)) };
  const { merged, body } = await mergedRecord(journal, { store: input.store, requests, by: input.by, commit });
  const merge = {
    commit,
    authors: [],
    unverified: false,
    widening: digestOfText(canonicalJson([])),
    policy,
    rosters: [],
    requests: [],
  };
  return [
    ...(merged.removed.length + merged.narrowed.length > 0 ? [body] : []),
    { type: "merge.decided", merge, verdict: "nothing to approve" },
  ];
}
