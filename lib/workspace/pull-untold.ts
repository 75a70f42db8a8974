import { decidePull } from "../approval";
import type { PullDecision } from "../approval/pull/pull-decision";
import { failure, type Diagnostic } from "../errors";
import type { Digest } from "../model/canonical";
import type { LogState } from "../model/log-state";
import type { MergeFacts } from "../model/merge";
import type { Snapshot } from "../model/snapshot";
import type { LogStore } from "../ports";
import type { PolicyReceipt } from "../render/pull-input";

/** A merge to be told about: as it was decided. */
export interface ToldMerge {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
  readonly policy?: PolicyReceipt;
}

/** The same with what else was wrong with it. */
export interface KeptMerge extends ToldMerge {
  readonly facts: MergeFacts;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a merge again as it was decided, by what is stored beside the Log. Throws E607 where that is gone. */
export async function readKeptMerge(store: LogStore, state: LogState, facts: MergeFacts): Promise<KeptMerge> {
  const snapshot = await readStored<Snapshot>(store, facts.snapshot, "snapshot");
  const wrong = facts.refused?.diagnostics;
  const decision = decidePull(snapshot);
  const policy = policyReceipt(state, facts, decision);
  return {
    facts,
    snapshot,
    decision,
    ...(policy === undefined ? {} : { policy }),
    diagnostics: wrong === undefined ? [] : await readStored<readonly Diagnostic[]>(store, wrong, "list of problems"),
  };
}

async function readStored<T>(store: LogStore, digest: Digest | undefined, what: string): Promise<T> {
  const text = digest === undefined ? undefined : await store.tryReadBlob(digest);
  if (text !== undefined) return JSON.parse(text) as T;
  throw failure("E607", {
    detail: `the ${what} ${digest ?? ""} of a merge is not stored`,
    fix: "put back what is stored beside the Log from a copy; access does not depend on it",
  });
}

/** What became of the rules that a merge brought; undefined where it brought none, and in Logs of before that was kept. */
function policyReceipt(
  { policies }: LogState,
  { commit, refused, untold }: MergeFacts,
  { policyEdit }: PullDecision,
): PolicyReceipt | undefined {
  if (policyEdit === undefined || untold !== true) return undefined;
  // What was not accepted then may have been by an operator since.
  const isAccepted =
    refused?.edit === undefined || [...(policies?.values() ?? [])].some((one) => one.commit === commit);
  return isAccepted
    ? { accepted: true, sentence: "The rules that this brings are in force." }
    : {
        accepted: false,
        sentence: "The edit of governed files is not in force, and nothing widens until it is settled.",
      };
}
