import type { LeaseSubject } from "../model/action";
import type { ObservedLease } from "../model/observed";
import type { DriftItem } from "../model/plan";
import { classOf, compareText, observedPair, pairKey, type PlanContext } from "./context";
import type { LeaseDraft } from "./lease-action";

/** What the sweep finds. */
export interface SweepResult {
  readonly drafts: readonly LeaseDraft[];
  readonly drift: readonly DriftItem[];
}

/**
 * Ends every lease of ours at a gateway whose pair the fold does not hold: what a stopped writer
 * left, or what came back. Off while the Log is recovering, because then the fold is not to be trusted.
 */
export function sweep(context: PlanContext, heldPairs: ReadonlySet<string>): SweepResult {
  if (context.observed === "log" || context.state.recovering !== undefined) return { drafts: [], drift: [] };
  const drafts: LeaseDraft[] = [];
  const drift: DriftItem[] = [];
  for (const gateway of [...context.observed.keys()].sort()) {
    for (const rows of straysOf(context, gateway, heldPairs)) {
      const newest = rows.reduce((a, b) => (b.createdAt > a.createdAt ? b : a));
      drafts.push(strayDraft(context, gateway, newest, rows));
      drift.push({
        kind: "held without a record",
        gateway,
        subject: `${newest.person}@${newest.connection}`,
        sentence: `${newest.person} has a lease of ours on ${newest.connection} that the Log does not hold active; it is ended.`,
      });
    }
  }
  return { drafts, drift };
}

function straysOf(
  context: PlanContext,
  gateway: string,
  heldPairs: ReadonlySet<string>,
): readonly (readonly [ObservedLease, ...ObservedLease[]])[] {
  const strays: [string, readonly [ObservedLease, ...ObservedLease[]]][] = [];
  const prefix = `${gateway} `;
  for (const [key, rows] of context.ours) {
    const [first, ...rest] = rows;
    if (first === undefined || heldPairs.has(key) || !key.startsWith(prefix)) continue;
    if (pairKey(gateway, first.person, first.connection) === key) strays.push([key, [first, ...rest]]);
  }
  return strays.sort(([a], [b]) => compareText(a, b)).map(([, rows]) => rows);
}

function strayDraft(
  context: PlanContext,
  gateway: string,
  lease: ObservedLease,
  rows: readonly ObservedLease[],
): LeaseDraft {
  const subject = subjectOf(context, gateway, lease);
  const known = subject.grant === undefined ? undefined : context.state.grants.get(subject.grant);
  const connection = context.index.connections.get(subject.connection);
  const resource = context.index.resources.get(subject.resource);
  return {
    family: "lease",
    kind: "end",
    gateway,
    subject,
    before: lease.endsAt === undefined ? {} : { endsAt: lease.endsAt },
    after: null,
    reason: "held without a record",
    ...(known === undefined ? {} : { rule: known.facts.rule }),
    class: classOf(known?.facts.class ?? resource?.class),
    direction: "narrows",
    observed: observedPair(rows),
    waitsForPolicy: context.hasNoPolicy,
    guardrails: connection?.guardrails ?? [],
    maskingRules: connection?.maskingRules ?? [],
  };
}

/** Names the stray as well as Log and rules can; what neither knows goes by its name at the gateway. */
function subjectOf(context: PlanContext, gateway: string, lease: ObservedLease): LeaseSubject {
  const grant = lease.correlation?.grant;
  const facts = grant === undefined ? undefined : context.state.grants.get(grant)?.facts;
  const connection = context.index.connectionsAt.get(gateway)?.get(lease.connection);
  return {
    ...(grant === undefined ? {} : { grant }),
    ...(facts === undefined ? {} : { request: facts.request }),
    person: lease.person,
    connection: connection?.id ?? facts?.connection ?? lease.connection,
    gatewayName: lease.connection,
    resource: connection?.resource ?? facts?.resource ?? lease.connection,
    level: connection?.level ?? facts?.level ?? "unknown",
  };
}
