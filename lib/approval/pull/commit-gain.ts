import { canonicalJson } from "../../model/canonical";
import type { DesiredGrant, Refusal } from "../../model/desired";
import type { GrantState, LogState } from "../../model/log-state";
import type { Manifest } from "../../model/manifest";
import type { AccessRequest } from "../../model/request";
import type { AcceptedPolicy, CommitContent, Snapshot, SnapshotLog } from "../../model/snapshot";
import type { GrantItem, WideningItem } from "../../model/widening";
import {
  dependsOnEdit,
  desiredGrants,
  eligibleGroups,
  grantItem,
  isItemIncluded,
  policyItems,
  sortItems,
  type DesiredGrants,
} from "../../policy";
import { claimedManifest, type ClaimedManifest } from "./claimed-manifest";

/** A Grant that a commit gains: asked for by one of its requests, or given to a merged one by its edit of the rules. */
export type GainedGrant =
  | {
      readonly kind: "asked";
      readonly item: GrantItem;
      /** Under the policy that the commit is judged under. */
      readonly desired: DesiredGrant;
      /** The same under the rules that the commit brings. */
      readonly brought?: DesiredGrant;
    }
  | {
      readonly kind: "by edit";
      readonly item: GrantItem;
      /** Under the rules that the commit brings. */
      readonly desired: DesiredGrant;
      /** What the policy that the commit is judged under gives instead. */
      readonly old?: DesiredGrant;
    };

/** What a commit widens, recomputed from its objects. */
export interface CommitGain {
  /** Sorted. */
  readonly items: readonly WideningItem[];
  readonly grants: readonly GainedGrant[];
  readonly refusals: readonly Refusal[];
}

/** What a gain is counted from. */
export interface GainInput {
  readonly snapshot: Snapshot;
  readonly content: CommitContent;
  /** The policy that it is judged under. */
  readonly policy: AcceptedPolicy;
  /** Requests that are new with it. */
  readonly fresh: readonly AccessRequest[];
  /** The merged requests that stay: an edit of the rules can give more by them. */
  readonly kept: readonly AccessRequest[];
}

/** Whether a commit edits anything governed; digests that differ without a changed file are an edit too. */
export function isPolicyEdit(content: CommitContent): boolean {
  return content.governedChanges.length > 0 || content.governed !== content.baseGoverned;
}

/** What a commit widens: its new requests, and with an edit of governed files that edit and all that follows from it. */
export function commitGain(input: GainInput): CommitGain {
  const { snapshot, content, policy, fresh } = input;
  const old = desire(snapshot, policy.manifest, fresh);
  if (!isPolicyEdit(content)) {
    const grants = old.grants.map(askedAsItIs);
    return { items: itemsOf(grants, policy.manifest, []), grants, refusals: old.refusals };
  }
  const claim = claimedManifest(content);
  if (claim.kind !== "valid") {
    const grants = old.grants.map(askedAsItIs);
    return { items: itemsOf(grants, policy.manifest, editItems(content)), grants, refusals: old.refusals };
  }
  const asked = askedWithEdit(old, desire(snapshot, claim.manifest, fresh));
  const grants = [...asked.grants, ...keptWithEdit(input, claim)];
  const edit = [...editItems(content), ...ruleItems(policy.manifest, claim.manifest)];
  return { items: itemsOf(grants, policy.manifest, edit), grants, refusals: asked.refusals };
}

/** The items of an edit of governed files that are known without any rules: each file, and the tree as a whole. */
export function editItems(content: CommitContent): readonly WideningItem[] {
  if (!isPolicyEdit(content)) return [];
  return [
    { kind: "config", name: "governed files", digest: content.governed },
    ...content.governedChanges.map(({ path, after }): WideningItem => ({
      kind: "file",
      name: path,
      digest: after ?? "gone",
    })),
  ];
}

/** The Grants that requests ask for under some rules, against what the Log of a Snapshot knows. */
export function desire(snapshot: Snapshot, manifest: Manifest, requests: readonly AccessRequest[]): DesiredGrants {
  if (requests.length === 0) return { grants: [], refusals: [], lapsed: [] };
  const { installation, asOf, log } = snapshot;
  return desiredGrants({ installation, asOf, manifest, requests: { requests }, state: stateOf(log) });
}

/** Whether a Grant has begun: what it holds was fixed then, and no edit of the rules adds to it. */
export function isHeld(log: SnapshotLog, id: string): boolean {
  const phase = stateOf(log).grants.get(id)?.phase;
  return phase === "active" || phase === "activating";
}

function askedAsItIs(desired: DesiredGrant): GainedGrant {
  return { kind: "asked", item: grantItem(desired), desired };
}

/** New requests beside an edit of the rules: a pair that is not the same under both waits for the edit. */
function askedWithEdit(
  old: DesiredGrants,
  brought: DesiredGrants,
): { readonly grants: readonly GainedGrant[]; readonly refusals: readonly Refusal[] } {
  const after = new Map(brought.grants.map((grant) => [grant.id, grant]));
  const grants: GainedGrant[] = [];
  const refusals: Refusal[] = [];
  for (const grant of old.grants) {
    const other = after.get(grant.id);
    const item = grantItem(grant);
    if (other === undefined || canonicalJson(grantItem(other)) !== canonicalJson(item)) {
      refusals.push(dependsOnEdit(grant));
    } else grants.push({ kind: "asked", item, desired: grant, brought: other });
  }
  const before = new Set(old.grants.map((grant) => grant.id));
  refusals.push(...brought.grants.filter((grant) => !before.has(grant.id)).map((grant) => dependsOnEdit(grant)));
  const pairs = [...refusals, ...grants.map(({ item }) => item)];
  const told = new Set<string>();
  const others = [...old.refusals, ...brought.refusals].filter((one) => {
    const key = JSON.stringify([one.request, one.person, one.connection, one.reason]);
    if (told.has(key) || pairs.some((pair) => isAbout(one, pair))) return false;
    told.add(key);
    return true;
  });
  return { grants, refusals: [...refusals, ...others] };
}

/** Whether a refusal by one set of rules is about a pair of which more is told: of its person, its Connection or both. */
function isAbout({ request, person, connection }: Refusal, pair: GrantItem | Refusal): boolean {
  if (request !== pair.request || (person === undefined && connection === undefined)) return false;
  return (person ?? pair.person) === pair.person && (connection ?? pair.connection) === pair.connection;
}

/** Grants of merged requests that the rules of a commit give or change; what has begun is fixed. */
function keptWithEdit(
  { snapshot, policy, kept }: GainInput,
  claim: Extract<ClaimedManifest, { kind: "valid" }>,
): readonly GainedGrant[] {
  const accepted = new Map(desire(snapshot, policy.manifest, snapshot.log.merged).grants.map((one) => [one.id, one]));
  return desire(snapshot, claim.manifest, kept).grants.flatMap((brought): readonly GainedGrant[] => {
    const old = accepted.get(brought.id);
    const item = grantItem(brought);
    if (isHeld(snapshot.log, brought.id)) return [];
    if (old !== undefined && isItemIncluded(item, [grantItem(old)])) return [];
    return [{ kind: "by edit", item, desired: brought, ...(old === undefined ? {} : { old }) }];
  });
}

function ruleItems(before: Manifest, after: Manifest): readonly WideningItem[] {
  if (before === after) return [];
  const accepted = policyItems(before);
  return policyItems(after).filter((item) => !isItemIncluded(item, accepted));
}

/** All items, each once, with the members of requested groups that no rule asks about. */
function itemsOf(
  grants: readonly GainedGrant[],
  manifest: Manifest,
  others: readonly WideningItem[],
): readonly WideningItem[] {
  const eligible = eligibleGroups(manifest);
  const members = new Map<string, WideningItem>();
  for (const { desired } of grants) {
    const { via, person } = desired;
    if (via === undefined || eligible.has(via)) continue;
    members.set(JSON.stringify([via, person]), { kind: "membership", group: via, person });
  }
  for (const item of others) if (item.kind === "membership") members.delete(JSON.stringify([item.group, item.person]));
  return sortItems([...grants.map(({ item }) => item), ...members.values(), ...others]);
}

const states = new WeakMap<SnapshotLog, LogState>();

/** The part of the Log that a Snapshot holds, as the fold has it. */
function stateOf(log: SnapshotLog): LogState {
  const known = states.get(log);
  if (known !== undefined) return known;
  const state: LogState = {
    epoch: 0,
    names: new Map(Object.entries(log.names)),
    grants: new Map(log.grants.map((grant): [string, GrantState] => [grant.facts.grant, grant])),
    approvals: new Map(),
    objects: new Map(),
    intents: new Map(),
    optOuts: new Map(),
    folded: new Set(),
    drift: new Map(),
  };
  states.set(log, state);
  return state;
}
