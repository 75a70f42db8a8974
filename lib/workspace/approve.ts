import { exitCodeOf, LeaseholdError } from "../errors";
import { decide } from "../approval";
import { usageOf } from "../log";
import type { ApprovalGiven } from "../model/approval";
import type { Decision } from "../model/decision";
import { giveApproval } from "../reconcile/give-approval";
import { actorOf, type Claim } from "./actor";
import { readDeclared } from "./declared";
import type { Workspace } from "./workspace";
import { logWorldOf } from "./world";

/** Who approves what. */
export interface ApproveInput {
  /** The request's name. */
  readonly request: string;
  readonly claim: Claim;
}

/** An approval, and where its request stands with it. */
export interface Approved {
  readonly approval: ApprovalGiven;
  /** False: the same person had approved as much before. */
  readonly changed: boolean;
  readonly decisions: readonly Decision[];
}

/** Gives a local approval for a request of the working tree; see `giveApproval` for what is refused. */
export async function approveRequest(workspace: Workspace, input: ApproveInput): Promise<Approved> {
  const declared = await readDeclared(workspace.ports, workspace.repository);
  if (exitCodeOf(declared.diagnostics) !== 0) throw new LeaseholdError(declared.diagnostics);
  const by = await actorOf(workspace, input.claim);
  const world = await logWorldOf(workspace);
  const given = await giveApproval({
    ...world,
    request: input.request,
    person: by.id,
    by,
    requests: declared.requests,
  });
  const policy = await workspace.tryPolicyInForce();
  if (policy === undefined) return { approval: given.approval, changed: given.changed, decisions: [] };
  const { state } = await workspace.log();
  const asOf = given.approval.at;
  const decisions = given.grants.map((desired) =>
    decide({
      desired,
      manifest: policy.manifest,
      approvals: state.approvals.get(input.request) ?? [],
      usage: usageOf(state, asOf),
      asOf,
      policy: policy.digest,
    }),
  );
  return { approval: given.approval, changed: given.changed, decisions };
}
