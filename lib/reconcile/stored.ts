import { failure } from "../errors";
import type { Digest } from "../model/canonical";
import type { LogState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { RequestSet } from "../model/request";
import type { LogStore } from "../ports";

/** No requests at all. */
export const noRequests: RequestSet = { requests: [] };

/** The policy in force, out of what is stored beside the Log; undefined before the first acceptance. Throws E607. */
export async function tryReadPolicy(
  store: LogStore,
  state: LogState,
): Promise<{ readonly manifest: Manifest; readonly digest: Digest } | undefined> {
  const digest = state.policy?.manifest;
  if (digest === undefined) return undefined;
  return { manifest: (await readStored(store, "policy", digest)) as Manifest, digest };
}

/** The merged requests, out of what is stored beside the Log; none before the first merge. Throws E607. */
export async function readRequests(store: LogStore, state: LogState): Promise<RequestSet> {
  const digest = state.requests?.set;
  return digest === undefined ? noRequests : ((await readStored(store, "requests", digest)) as RequestSet);
}

/** Takes note of a request set that was just stored under its digest: it need not be read and parsed again. */
export function noteRequests(store: LogStore, digest: Digest, set: RequestSet): void {
  const known = lastRead.get(store) ?? new Map<Kind, { readonly digest: Digest; readonly value: unknown }>();
  lastRead.set(store, known.set("requests", { digest, value: set }));
}

type Kind = "policy" | "requests";

/** The last value of each kind by store: a pass every few seconds parses nothing twice, and what is cached by Manifest stays. */
const lastRead = new WeakMap<LogStore, Map<Kind, { readonly digest: Digest; readonly value: unknown }>>();

async function readStored(store: LogStore, kind: Kind, digest: Digest): Promise<unknown> {
  const known = lastRead.get(store) ?? new Map<Kind, { readonly digest: Digest; readonly value: unknown }>();
  lastRead.set(store, known);
  const last = known.get(kind);
  if (last?.digest === digest) return last.value;
  const text = await store.tryReadBlob(digest);
  if (text === undefined) {
    throw failure("E607", {
      detail: `the ${kind === "policy" ? "policy in force" : "merged request set"} ${digest} is not stored`,
      fix: "put back the directory beside the Log from a copy, or `leasehold log rebuild`",
    });
  }
  const value: unknown = JSON.parse(text);
  known.set(kind, { digest, value });
  return value;
}
