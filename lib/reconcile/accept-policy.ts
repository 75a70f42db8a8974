import { failure } from "../errors";
import type { Actor } from "../model/actor";
import { canonicalJson, digestOfText, type Digest } from "../model/canonical";
import type { Manifest } from "../model/manifest";
import { refuseClockBehind, underEpoch, type LogWorld } from "./under-epoch";

/** A Manifest to make the policy in force, and who says so. */
export interface AcceptPolicyInput extends LogWorld {
  readonly manifest: Manifest;
  readonly by: Actor;
  readonly commit?: string;
  /** Names of the requests that are already in that commit: those that the Log never saw become spent. */
  readonly requestsInCommit?: readonly string[];
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
 * ends access, and is allowed while the Log is recovering. Throws E603, E605.
 */
export async function acceptPolicy(input: AcceptPolicyInput): Promise<AcceptedPolicy> {
  return underEpoch(input, async (journal) => {
    refuseClockBehind(journal);
    const { state } = journal;
    const text = canonicalJson(input.manifest);
    const digest = digestOfText(text);
    const bootstrap = state.policy === undefined;
    const spent =
      input.commit === undefined ? [] : (input.requestsInCommit ?? []).filter((name) => !state.names.has(name));
    const isSame = state.policy?.manifest === digest && state.policy.commit === input.commit;
    if (isSame && spent.length === 0) return { digest, bootstrap: false, changed: false, spent: [] };
    const stored = await input.store.putBlob(text);
    if (stored !== digest) throw storedOtherwise(digest, stored);
    await journal.mustRecord([
      {
        type: "policy.accepted",
        manifest: digest,
        by: input.by,
        bootstrap,
        ...(input.commit === undefined ? {} : { commit: input.commit }),
        spent: spent.toSorted(),
      },
    ]);
    return { digest, bootstrap, changed: true, spent };
  });
}

/** The bug of a store that gives back another digest than it was given. */
export function storedOtherwise(digest: Digest, stored: Digest): Error {
  return failure("E900", { detail: `the store gave digest ${stored} for ${digest}`, fix: "please report this" });
}
