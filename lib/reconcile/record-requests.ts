import { diagnostic, type Diagnostic } from "../errors";
import type { Actor } from "../model/actor";
import { canonicalJson, digestOfText, type Digest } from "../model/canonical";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import { requestDigest, type AccessRequest, type RequestSet } from "../model/request";
import type { RecordBody } from "../model/record";
import { storedText } from "./stored-text";
import { tryFindEditFault } from "./edit-fault";
import type { Journal } from "./journal";
import { noteRequests, readRequests, tryReadPolicy } from "./stored";
import { underEpoch, type LogWorld } from "./under-epoch";

/** The request files as they are merged now, and who says so. */
export interface RecordRequestsInput extends LogWorld {
  readonly requests: RequestSet;
  readonly by: Actor;
  readonly commit?: string;
}

/** What a merge came to. */
export interface RecordedRequests {
  readonly set: Digest;
  readonly added: readonly string[];
  readonly narrowed: readonly string[];
  readonly removed: readonly string[];
  /** Files that were not taken over as they stand: E112 edits that are no narrowing, E113 spent names. */
  readonly refused: readonly Diagnostic[];
  /** False: it was merged already, and nothing was recorded. */
  readonly changed: boolean;
}

/**
 * Records the merged request set by digest. What is no narrowing stays as it was merged before, a
 * spent name stays out; the rest goes on, so that one wrong edit holds up no removal of another file.
 */
export async function recordMergedRequests(input: RecordRequestsInput): Promise<RecordedRequests> {
  return underEpoch(input, (journal) => mergeInto(journal, input));
}

/** The same under an epoch that is already held. */
export async function mergeInto(
  journal: Journal,
  input: Pick<RecordRequestsInput, "store" | "requests" | "by" | "commit">,
): Promise<RecordedRequests> {
  const { merged, body } = await mergedRecord(journal, input);
  if (merged.changed) await journal.mustRecord([body]);
  return merged;
}

/** The record that merges a request set, its set stored already, and what it comes to; `changed`: it has to be recorded. */
export async function mergedRecord(
  journal: Journal,
  input: Pick<RecordRequestsInput, "store" | "requests" | "by" | "commit">,
): Promise<{ readonly merged: RecordedRequests; readonly body: RecordBody }> {
  const { state } = journal;
  const before = await readRequests(input.store, state);
  const policy = await tryReadPolicy(input.store, state);
  const merge = mergeRequests(before, input.requests, { state, manifest: policy?.manifest });
  const text = canonicalJson(merge.set);
  const set = digestOfText(text);
  const changed = set !== state.requests?.set || state.requests.commit !== input.commit;
  if (changed) await storedText(input.store, text);
  noteRequests(input.store, set, merge.set);
  return {
    merged: {
      set,
      added: names(merge.added),
      narrowed: names(merge.narrowed),
      removed: merge.removed,
      refused: merge.refused,
      changed,
    },
    body: mergedBody(set, merge, input),
  };
}

interface Merge {
  readonly set: RequestSet;
  readonly added: readonly AccessRequest[];
  readonly narrowed: readonly AccessRequest[];
  readonly removed: readonly string[];
  readonly refused: readonly Diagnostic[];
}

function mergeRequests(
  before: RequestSet,
  after: RequestSet,
  context: { readonly state: LogState; readonly manifest: Manifest | undefined },
): Merge {
  const known = new Map(before.requests.map((request) => [request.name, request]));
  const kept: AccessRequest[] = [];
  const added: AccessRequest[] = [];
  const narrowed: AccessRequest[] = [];
  const refused: Diagnostic[] = [];
  for (const request of after.requests) {
    const old = known.get(request.name);
    if (old === undefined) {
      const spent = trySpentName(request.name, context.state);
      if (spent !== undefined) refused.push(spent);
      else added.push(request);
      if (spent === undefined) kept.push(request);
      continue;
    }
    const fault = tryFindEditFault(old, request, context.manifest);
    if (fault !== undefined) refused.push(editRefused(request.name, fault));
    else if (requestDigest(old) !== requestDigest(request)) narrowed.push(request);
    kept.push(fault === undefined ? request : old);
  }
  const stays = new Set(after.requests.map((request) => request.name));
  const removed = before.requests.map((request) => request.name).filter((name) => !stays.has(name));
  return { set: { requests: byName(kept) }, added: byName(added), narrowed: byName(narrowed), removed, refused };
}

function trySpentName(name: string, state: LogState): Diagnostic | undefined {
  const known = state.names.get(name);
  if (known === undefined || (!known.spent && known.removedAt === undefined)) return undefined;
  const why = known.removedAt === undefined ? "it was used up before" : `it was removed at ${known.removedAt}`;
  return diagnostic("E113", { detail: `${name}: ${why}`, fix: "write a new request under another name" });
}

function editRefused(name: string, fault: string): Diagnostic {
  return diagnostic("E112", {
    detail: `${name} is merged, but ${fault}; it goes on as it was merged`,
    fix: "undo the edit, and write a new request",
  });
}

function mergedBody(set: Digest, merge: Merge, input: Pick<RecordRequestsInput, "by" | "commit">): RecordBody {
  return {
    type: "requests.merged",
    set,
    by: input.by,
    ...(input.commit === undefined ? {} : { commit: input.commit }),
    added: merge.added.map(nameAndDigest),
    narrowed: merge.narrowed.map(nameAndDigest),
    removed: merge.removed,
  };
}

function nameAndDigest(request: AccessRequest): { readonly name: string; readonly digest: Digest } {
  return { name: request.name, digest: requestDigest(request) };
}

function names(requests: readonly AccessRequest[]): readonly string[] {
  return requests.map((request) => request.name);
}

function byName(requests: readonly AccessRequest[]): readonly AccessRequest[] {
  return requests.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
