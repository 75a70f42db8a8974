import { usageOf } from "../log";
import type { LogView } from "../github";
import { failure } from "../errors";
import type { Digest } from "../model/canonical";
import type { Instant } from "../model/instant";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { AcceptedPolicy } from "../model/snapshot";
import type { LogStore } from "../ports";
import { readRequests, tryReadPolicy } from "../reconcile/stored";
import type { Workspace } from "./workspace";

/** What the Log and leasehold.yaml say that a Decision about a commit needs. `state`: the fold it is to be decided by. */
export async function logViewOf(
  workspace: Workspace,
  where: { readonly asOf: Instant; readonly state: LogState },
): Promise<LogView> {
  const { store, installation } = workspace;
  const { app, requests } = workspace.repository.config;
  const { asOf, state } = where;
  const policy = await tryReadPolicy(store, state);
  return {
    installation,
    app,
    requestsGlob: requests,
    asOf,
    state,
    ...(policy === undefined ? {} : { policy }),
    merged: await readRequests(store, state),
    readPolicy: (governed) => tryReadAccepted(store, state, governed),
    usage: usageOf(state, asOf),
  };
}

/** The policy that was accepted with these governed files, in force or earlier. */
async function tryReadAccepted(
  store: LogStore,
  state: LogState,
  governed: Digest,
): Promise<AcceptedPolicy | undefined> {
  const known = state.policies?.get(governed);
  if (known === undefined) return undefined;
  const text = await store.tryReadBlob(known.manifest);
  if (text === undefined) {
    throw failure("E607", {
      detail: `the policy ${known.manifest} of commit ${known.commit} is not stored`,
      fix: "put back what is stored beside the Log from a copy",
    });
  }
  return { digest: known.manifest, manifest: JSON.parse(text) as Manifest, governed, commit: known.commit };
}
