import { mergeFacts } from "../approval";
import type { PullDecision } from "../approval/pull/pull-decision";
import type { Diagnostic } from "../errors";
import { canonicalJson } from "../model/canonical";
import type { MergeFacts, MergeRefusal } from "../model/merge";
import type { Snapshot } from "../model/snapshot";
import type { LogStore } from "../ports";
import { storedText } from "../reconcile/stored-text";
import type { MergeOutcome } from "./pull-merge";

/** A merge as it was decided. */
export interface MergeToKeep {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
  readonly outcome: MergeOutcome;
  /** The edit of governed files that it brings: whether it was accepted, and what is wrong with it; both empty without one. */
  readonly edit: { readonly policy?: "accepted" | "not accepted"; readonly diagnostics: readonly Diagnostic[] };
}

/**
 * What the Log keeps of a merge: how later passes decide it, what of it is refused, and whether it is still to
 * be told. What it was decided by and what is wrong with it are stored beside the Log, so that it can be decided
 * and told again at any later time; not of merges that are about nothing.
 */
export async function keptFacts(store: LogStore, merge: MergeToKeep): Promise<MergeFacts> {
  const { snapshot, decision, edit } = merge;
  const facts = mergeFacts(snapshot, decision);
  const { verdict, widening, narrowing } = decision;
  const refused = await refusalOf(store, merge);
  const isAboutNothing = verdict === "nothing to approve" && widening.length + narrowing.length === 0;
  if (isAboutNothing && refused === undefined) return facts;
  // A receipt is found by Grants that moved lately; what none of them shows has to be kept in mind.
  const isShownByGrants = refused === undefined && edit.policy === undefined && facts.requests.length > 0;
  return {
    ...facts,
    snapshot: await storedText(store, canonicalJson(snapshot)),
    ...(refused === undefined ? {} : { refused }),
    ...(isShownByGrants ? {} : { untold: true }),
  };
}

/** What of a merge is refused; undefined where nothing is. */
async function refusalOf(store: LogStore, { outcome, edit }: MergeToKeep): Promise<MergeRefusal | undefined> {
  const { unapproved, refused } = outcome;
  const names = [...unapproved.map(({ desired }) => desired.request), ...refused.map(({ request }) => request)];
  const isEditRefused = edit.policy === "not accepted";
  if (names.length === 0 && !isEditRefused) return undefined;
  const wrong = edit.diagnostics.length === 0 ? undefined : await storedText(store, canonicalJson(edit.diagnostics));
  return {
    requests: [...new Set(names)].toSorted(),
    ...(isEditRefused ? { edit: "not accepted" } : {}),
    ...(wrong === undefined ? {} : { diagnostics: wrong }),
  };
}
