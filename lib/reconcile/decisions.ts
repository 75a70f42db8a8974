import { decideMerged } from "../approval";
import { usageOf } from "../log";
import type { Activation, ApprovalGiven } from "../model/approval";
import type { Digest } from "../model/canonical";
import type { Decision } from "../model/decision";
import type { DesiredGrant } from "../model/desired";
import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { Manifest } from "../model/manifest";
import { optOutsByPerson } from "../policy";
import type { RecordBody } from "../model/record";
import type { Pass } from "./pass-state";

/** What is desired, and under which policy. */
export interface DecisionContext {
  readonly manifest: Manifest;
  readonly digest: Digest;
  readonly grants: readonly DesiredGrant[];
  readonly asOf: Instant;
}

/**
 * Decides every desired Grant that has not started, out of the approvals in the Log and those that the
 * ApprovalSource adds. What was approved automatically under this policy is not counted again.
 */
export async function decideAll(pass: Pass, context: DecisionContext): Promise<ReadonlyMap<GrantId, Decision>> {
  const open = context.grants.filter((desired) => isOpen(pass, desired.id)).toSorted(byId);
  const given = await approvalsFor(pass, new Set(open.map((desired) => desired.request)));
  const { state, spool } = pass.journal;
  const optOuts = optOutsByPerson(state, spool.waiting);
  const usage = new UsageIndex(usageOf(state, context.asOf));
  const decisions = new Map<GrantId, Decision>();
  for (const desired of open) {
    const made = tryStandingDecision(pass, desired, context.digest);
    if (made === undefined) continue;
    decisions.set(desired.id, made);
    if (made.by === "automatic" && !isUnderWay(pass, desired.id)) usage.add(desired, context.asOf);
  }
  for (const desired of open) {
    if (decisions.has(desired.id)) continue;
    const input = {
      desired,
      manifest: context.manifest,
      approvals: given(desired.request),
      usage: usage.of(desired),
      asOf: context.asOf,
      policy: context.digest,
      optOuts: optOuts.get(desired.person) ?? [],
    };
    const decision = decideMerged(input, state.merges?.get(desired.request));
    decisions.set(desired.id, decision);
    if (decision.verdict === "approved" && decision.by === "automatic") usage.add(desired, context.asOf);
  }
  return decisions;
}

/** Records the decisions that are final, each once, before anything starts or is rejected on them. */
export async function recordDecisions(
  pass: Pass,
  context: DecisionContext,
  decisions: ReadonlyMap<GrantId, Decision>,
): Promise<boolean> {
  const { state } = pass.journal;
  const bodies: RecordBody[] = [];
  for (const desired of context.grants) {
    const decision = decisions.get(desired.id);
    if (decision === undefined || decision.verdict === "waiting" || isUnderWay(pass, desired.id)) continue;
    const known = state.decisions?.get(desired.id);
    const isKnown = known?.approvedBy === decision.by && known.policy === context.digest;
    if (decision.verdict === "approved" && isKnown) continue;
    bodies.push({ type: "decision.made", decision, policy: context.digest });
  }
  return pass.journal.record(bodies);
}

function isOpen(pass: Pass, id: GrantId): boolean {
  const known = pass.journal.state.grants.get(id);
  return known === undefined || known.phase === "pending" || known.phase === "activating";
}

/** Its activation is intended already: its decision was recorded before. */
function isUnderWay(pass: Pass, id: GrantId): boolean {
  return pass.journal.state.grants.get(id)?.phase === "activating";
}

/** The decision that stands: of an activation under way, or automatic and recorded under this very policy. */
function tryStandingDecision(pass: Pass, desired: DesiredGrant, policy: Digest): Decision | undefined {
  const { state } = pass.journal;
  const grant = state.grants.get(desired.id);
  const made = grant?.phase === "activating" ? grant : state.decisions?.get(desired.id);
  if (made?.approvedBy === undefined) return undefined;
  const isUnderPolicy = grant?.phase === "activating" || state.decisions?.get(desired.id)?.policy === policy;
  if (!isUnderPolicy || (grant?.phase !== "activating" && made.approvedBy !== "automatic")) return undefined;
  const sentence = `rule ${desired.rule}: approved before, as the Log says`;
  return {
    grant: desired.id,
    request: desired.request,
    verdict: "approved",
    by: made.approvedBy,
    approvers: made.approvers ?? [],
    tree: { kind: "rule", verdict: "met", sentence, children: [] },
  };
}

/** The approvals of each request: those in the Log, and those that the source adds, which are recorded first. */
async function approvalsFor(
  pass: Pass,
  requests: ReadonlySet<string>,
): Promise<(request: string) => readonly ApprovalGiven[]> {
  const source = pass.input.approvalSource;
  if (source !== undefined && requests.size > 0) {
    try {
      const added = await source.approvalsFor([...requests].toSorted());
      await pass.journal.record(added.map((approval) => ({ type: "approval.given", approval })));
    } catch (thrown) {
      pass.nothingNew = true;
      pass.report.trouble(thrown);
    }
  }
  return (request) => pass.journal.state.approvals.get(request) ?? [];
}

/** Activations by rule and person, so that a Decision sees only its own. */
class UsageIndex {
  private readonly byKey = new Map<string, Activation[]>();

  constructor(usage: readonly Activation[]) {
    for (const one of usage) this.put(one);
  }

  of({ rule, person }: DesiredGrant): readonly Activation[] {
    return this.byKey.get(JSON.stringify([rule, person])) ?? [];
  }

  add({ rule, person }: DesiredGrant, at: Instant): void {
    this.put({ rule, person, at });
  }

  private put(one: Activation): void {
    const key = JSON.stringify([one.rule, one.person]);
    const there = this.byKey.get(key);
    if (there === undefined) this.byKey.set(key, [one]);
    else there.push(one);
  }
}

function byId(a: DesiredGrant, b: DesiredGrant): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
