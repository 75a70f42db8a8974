import type { AcceptedPolicy, CommitContent, Snapshot } from "../../model/snapshot";
import type { AccessRequest } from "../../model/request";
import type { GrantItem, WideningItem } from "../../model/widening";
import { commitGain } from "./commit-gain";
import { readChanges } from "./read-changes";

/** What an approval of a commit covers. */
export interface Coverage {
  readonly items: readonly WideningItem[];
  /** Its Grants by the name of their request, as an approval is recorded. */
  readonly byRequest: ReadonlyMap<string, readonly GrantItem[]>;
  /** The policy that its base was under; absent where that was never accepted, and then it covers nothing. */
  readonly policy?: AcceptedPolicy;
}

/**
 * What an approval of a commit covers: what the commit widens against its own base, under the policy that
 * was in force there. Times decide nothing.
 */
export function coverageOf(content: CommitContent, snapshot: Snapshot): Coverage {
  const memory = coverages.get(snapshot) ?? new Map<string, Coverage>();
  coverages.set(snapshot, memory);
  const known = memory.get(content.sha);
  if (known !== undefined) return known;
  const coverage = recompute(content, snapshot);
  memory.set(content.sha, coverage);
  return coverage;
}

const coverages = new WeakMap<Snapshot, Map<string, Coverage>>();

function recompute(content: CommitContent, snapshot: Snapshot): Coverage {
  const policy = tryFindPolicy(content, snapshot);
  if (policy === undefined) return { items: [], byRequest: new Map() };
  // What is gained by merged requests was on the table only where the same requests were merged.
  const kept = hasSameRequests(content, snapshot) ? snapshot.log.merged : [];
  const { items } = commitGain({ snapshot, content, policy, fresh: freshAt(content), kept });
  const byRequest = new Map<string, GrantItem[]>();
  for (const item of items) {
    if (item.kind !== "grant") continue;
    const there = byRequest.get(item.request);
    if (there === undefined) byRequest.set(item.request, [item]);
    else there.push(item);
  }
  return { items, byRequest, policy };
}

/**
 * Whether the base of a commit has the request files of the tip of the base branch, whatever else was merged in
 * between. Where a Snapshot does not say, only the base of the subject itself is known to.
 */
export function hasSameRequests({ base, baseRequests }: CommitContent, snapshot: Snapshot): boolean {
  const { requests } = snapshot.base;
  if (baseRequests === undefined || requests === undefined) return base === snapshot.subject.base;
  return baseRequests === requests;
}

/** The accepted policy whose governed files are those of the commit's base. */
function tryFindPolicy({ baseGoverned }: CommitContent, snapshot: Snapshot): AcceptedPolicy | undefined {
  const { policy, earlierPolicies } = snapshot;
  if (policy?.governed === baseGoverned) return policy;
  return earlierPolicies.find((one) => one.governed === baseGoverned);
}

/** The requests that a commit brings against its own base; a name that it uses twice means nothing. */
function freshAt(content: CommitContent): readonly AccessRequest[] {
  const changes = readChanges(content);
  const before = new Set(changes.map((one) => one.before?.name));
  const after = new Map<string, AccessRequest | undefined>();
  for (const one of changes) {
    if (one.after !== undefined) after.set(one.after.name, after.has(one.after.name) ? undefined : one.after);
  }
  return [...after].flatMap(([name, request]) => (request === undefined || before.has(name) ? [] : [request]));
}
