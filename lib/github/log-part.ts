import type { LogState } from "../model/log-state";
import type { AccessRequest } from "../model/request";
import type { AcceptedPolicy, CommitContent, Snapshot, SnapshotLog } from "../model/snapshot";
import { parseRequest } from "../request";
import type { LogView } from "./types";

/** The part of the Log that a Decision about these commits depends on. */
export function logPart({ state, merged, usage }: LogView, contents: readonly CommitContent[]): SnapshotLog {
  const isWhole = contents.some(({ governedChanges }) => governedChanges.length > 0);
  const touched = touchedNames(contents);
  const kept = isWhole ? merged.requests : merged.requests.filter(({ name }) => touched.has(name));
  const names = new Set([...touched, ...kept.map(({ name }) => name)]);
  return {
    isRecovering: state.recovering !== undefined,
    isFrozen: state.frozen !== undefined,
    merged: kept,
    names: namesOf(state, names),
    grants: [...state.grants.values()].filter(({ facts }) => names.has(facts.request)),
    usage,
    optOuts: [...state.optOuts.values()],
    activeGrants: [...state.grants.values()].filter(({ phase }) => phase === "active").length,
  };
}

/** The policy in force as the Log has it. */
export function policyPart({ policy, state }: LogView): Pick<Snapshot, "policy"> {
  if (policy === undefined) return {};
  const { governed, commit, pinned = [] } = state.policy ?? {};
  return {
    policy: {
      ...policy,
      ...(governed === undefined ? {} : { governed }),
      ...(commit === undefined ? {} : { commit }),
      pinned,
    },
  };
}

/** The earlier policies that commits were made under, by the governed files of what they were made from. */
export async function earlierPolicies(
  { readPolicy, state }: LogView,
  governed: readonly string[],
): Promise<readonly AcceptedPolicy[]> {
  const policies: AcceptedPolicy[] = [];
  for (const digest of new Set(governed)) {
    if (digest === state.policy?.governed) continue;
    // oxlint-disable-next-line no-await-in-loop -- there are one or two
    const policy = await readPolicy(digest);
    if (policy !== undefined) policies.push(policy);
  }
  return policies;
}

/** The names in changed request files as they were and as they are, and of the requests that those extend. */
function touchedNames(contents: readonly CommitContent[]): ReadonlySet<string> {
  const requests = new Map<string, AccessRequest | undefined>();
  for (const { requestChanges } of contents) {
    for (const { path, before, after } of requestChanges) {
      for (const text of [before, after]) {
        if (text !== null && !requests.has(text)) requests.set(text, tryParse(path, text));
      }
    }
  }
  return new Set(
    [...requests.values()].flatMap((one) => (one === undefined ? [] : [one.name, one.extends ?? one.name])),
  );
}

function tryParse(file: string, text: string): AccessRequest | undefined {
  const parsing = parseRequest({ file, text });
  return parsing.kind === "request" ? parsing.request : undefined;
}

/** Without a prototype: a request may be called `constructor`. */
function namesOf(state: LogState, names: ReadonlySet<string>): SnapshotLog["names"] {
  return Object.fromEntries(
    [...names].sort().flatMap((name) => {
      const known = state.names.get(name);
      return known === undefined ? [] : [[name, known]];
    }),
  );
}
