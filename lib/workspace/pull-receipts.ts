import { asDiagnostics, isFailure, type Diagnostic } from "../errors";
import { commentMarker, publishComment } from "../github";
import type { Instant } from "../model/instant";
import { plusSeconds } from "../model/instant";
import type { GrantState, LogState } from "../model/log-state";
import type { MergeFacts } from "../model/merge";
import type { PassReport } from "../reconcile/report";
import { pullComment } from "../render/pull-comment";
import type { PullInput, Receipt } from "../render/pull-input";
import { isUnchanged } from "../render/pull-unchanged";
import type { OnGitHub } from "./pull-plan";
import { inputOf, withoutMarker } from "./pull-told";
import { readKeptMerge, type ToldMerge } from "./pull-untold";
import { pendingOf } from "./read-status";
import type { Workspace } from "./workspace";

/** Whose receipts are brought up to date. */
export interface UpdateReceiptsInput extends OnGitHub {
  /** Merges of this run, whatever became of them. */
  readonly merges: readonly ToldMerge[];
  /** What the pass before did. */
  readonly report?: PassReport;
}

/** How long after the last change of its Grants a receipt is still looked at: a run that was missed is made up for. */
const lookedAtSeconds = 86_400;
/** In one run: the rest has its turn in the next one. */
const mostReceipts = 100;

/** What bringing receipts up to date came to. */
export interface UpdatedReceipts {
  readonly writes: number;
  /** The commits of merges whose receipts say what there is to say. */
  readonly told: ReadonlySet<string>;
  /** What kept the others from it. */
  readonly trouble: readonly Diagnostic[];
}

/**
 * Makes the comments of merged pull requests into receipts: of the merges given, and of those whose Grants
 * are there or ended lately. Nothing is decided by it and nothing stops for it: what fails is in `trouble`.
 */
export async function updateReceipts(workspace: Workspace, input: UpdateReceiptsInput): Promise<UpdatedReceipts> {
  const trouble: Diagnostic[] = [];
  const told = new Set<string>();
  let writes = 0;
  const given = input.merges.filter(({ snapshot }) => snapshot.pull !== undefined);
  for (const merge of [...given, ...(await recentMerges(workspace, given, trouble))].slice(0, mostReceipts)) {
    try {
      writes += await updateReceipt(workspace, input, merge);
      told.add(merge.snapshot.subject.sha);
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      trouble.push(...asDiagnostics(thrown));
      // Where GitHub cannot be reached, the others cannot be told either.
      if (thrown.class === "unreachable" || thrown.class === "credential") break;
    }
  }
  return { writes, told, trouble };
}

/** Merges of earlier runs whose Grants have moved lately, each read as it was decided. */
async function recentMerges(
  workspace: Workspace,
  given: readonly ToldMerge[],
  trouble: Diagnostic[],
): Promise<readonly ToldMerge[]> {
  const { state } = await workspace.log();
  const known = new Set(given.map(({ snapshot }) => snapshot.subject.sha));
  const found: ToldMerge[] = [];
  for (const merge of movedMerges(state, workspace.ports.clock.now())) {
    if (known.has(merge.commit) || merge.pull === undefined || merge.snapshot === undefined) continue;
    try {
      found.push(await readKeptMerge(workspace.store, state, merge));
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      trouble.push(...asDiagnostics(thrown));
    }
  }
  return found;
}

/** The merges that have something else to show than a day ago. */
function movedMerges({ grants, names, merges }: LogState, now: Instant): Iterable<MergeFacts> {
  const moved = new Set<string>();
  for (const grant of grants.values()) if (hasMoved(grant, now)) moved.add(grant.facts.request);
  const found = new Map<string, MergeFacts>();
  for (const [name, merge] of merges ?? []) {
    const mergedAt = names.get(name)?.mergedAt;
    const isNew = mergedAt !== undefined && plusSeconds(mergedAt, lookedAtSeconds) > now;
    if (isNew || moved.has(name)) found.set(merge.commit, merge);
  }
  return found.values();
}

/** Something of a Grant is other than it was a day ago, by the Log or by the clock alone. */
function hasMoved(grant: GrantState, now: Instant): boolean {
  const last = [grant.endedAt, grant.activatedAt, grant.intendedAt, grant.ending?.since].filter(
    (at) => at !== undefined,
  );
  return last.some((at) => plusSeconds(at, lookedAtSeconds) > now) || isOverdue(grant, now);
}

function isOverdue({ phase, end }: GrantState, now: Instant): boolean {
  return phase === "active" && end !== undefined && end <= now;
}

async function updateReceipt(workspace: Workspace, input: UpdateReceiptsInput, merge: ToldMerge): Promise<number> {
  const { snapshot } = merge;
  const number = snapshot.pull?.number;
  if (number === undefined) return 0;
  const { installation } = snapshot;
  const marker = commentMarker(installation);
  const { state } = await workspace.log();
  const receipt = await receiptsOf(workspace, {
    merge,
    state,
    ...(input.report === undefined ? {} : { report: input.report }),
  });
  const now = workspace.ports.clock.now();
  const told: PullInput = {
    ...inputOf({ ...merge, trouble: [], now }, marker),
    receipt,
    ...(merge.policy === undefined ? {} : { policyReceipt: merge.policy }),
  };
  const render = (at: Instant): ReturnType<typeof pullComment> => pullComment({ ...told, now: at });
  const { writes } = await publishComment(input.github, input.repository, {
    installation,
    number,
    text: withoutMarker(render(now).text, marker),
    isUnchanged: (body) => isUnchanged(body, { now, render }),
  });
  return writes;
}

async function receiptsOf(
  workspace: Workspace,
  what: { readonly merge: ToldMerge; readonly state: LogState; readonly report?: PassReport },
): Promise<readonly Receipt[]> {
  const { merge, state, report } = what;
  const { waiting = [] } = await pendingOf(workspace, state, workspace.ports.clock.now());
  const reasons = new Map(
    waiting.map((one) => [one.grant, one.from === undefined ? one.why : `${one.why}, from ${one.from}`]),
  );
  const failed = new Map(
    (report?.outcomes ?? [])
      .filter(({ result }) => result === "refused" || result === "unknown")
      .map(({ grant, detail }) => [grant, detail ?? "the gateway did not say why"]),
  );
  return merge.decision.grants.map(({ desired: { id, request, person, connection } }) => {
    const known = state.grants.get(id);
    const waitsFor = reasons.get(id);
    const why = failed.get(id);
    return {
      request,
      person,
      connection,
      ...(known === undefined ? {} : { state: known }),
      ...(waitsFor === undefined ? {} : { waitsFor }),
      ...(why === undefined ? {} : { failed: why }),
    };
  });
}
