import { realpath } from "node:fs/promises";
import { failure, LeaseholdError } from "../errors";
import type { Actor } from "../model/actor";
import { canonicalJson } from "../model/canonical";
import type { Manifest } from "../model/manifest";
import { acceptPolicy, type AcceptedPolicy, type AcceptPolicyInput } from "../reconcile/accept-policy";
import { governedFiles, isGoverned, loadRequests } from "../request";
import { checkCommittedManifest } from "./committed-manifest";
import { readRules } from "./declared";
import { requestsGlob } from "./requests-glob";
import { pinAccounts, type ResolveAccounts } from "./pin-accounts";
import type { Workspace } from "./workspace";
import { logWorldOf } from "./world";

/** Who accepts, and how accounts on GitHub are found. */
export interface AcceptInput {
  readonly by: Actor;
  /** Absent without a token for GitHub. */
  readonly resolveAccounts?: ResolveAccounts;
}

/** An acceptance, and what somebody has to know about it. */
export interface AcceptedTree extends AcceptedPolicy {
  readonly printed: string;
  readonly notices: readonly string[];
  readonly commit?: string;
  /** How many declared logins have their numeric user id. */
  readonly pinned?: number;
}

/**
 * Makes the rules of the working tree the policy in force. With `approvals: github` they are those of a
 * commit: the governed files of the tree have to be that commit's, and its request files become spent.
 * Throws E406 where the tree is none, E205 for a committed Manifest that is not what the rules say.
 */
export async function acceptTree(workspace: Workspace, input: AcceptInput): Promise<AcceptedTree> {
  const { rules, diagnostics, printed } = await readRules(workspace.ports, workspace.repository);
  if (rules === undefined) throw new LeaseholdError(diagnostics);
  const common = { ...(await logWorldOf(workspace)), manifest: rules.manifest, by: input.by };
  if (rules.manifest.approvals === "local") return { ...(await acceptPolicy(common)), printed, notices: [] };
  const commit = await readCommit(workspace, rules.manifest);
  const pins = await pinAccounts({
    manifest: rules.manifest,
    before: (await workspace.log()).state.policy?.pinned ?? [],
    ...(input.resolveAccounts === undefined ? {} : { resolve: input.resolveAccounts }),
  });
  const accepted = await acceptPolicy({ ...common, ...commit.accepted, pinned: pins.pinned });
  return {
    ...accepted,
    printed,
    notices: [...commit.notices, ...pins.notices],
    commit: commit.accepted.commit,
    pinned: pins.pinned.length,
  };
}

interface ReadCommit {
  readonly accepted: Required<Pick<AcceptPolicyInput, "commit" | "governed" | "requestsInCommit" | "requests">>;
  readonly notices: readonly string[];
}

/** The commit whose rules these are, and what of it an acceptance records. */
async function readCommit(workspace: Workspace, manifest: Manifest): Promise<ReadCommit> {
  const { ports, repository } = workspace;
  const { root, config } = repository;
  const checkout = await ports.checkout(root);
  if (checkout.top !== (await realpath(root))) {
    throw failure("E406", {
      detail: `leasehold.yaml is in ${root}, the repository of Git begins at ${checkout.top}`,
      fix: "move leasehold.yaml, the rules and the requests to the top of the access repository",
    });
  }
  const glob = requestsGlob(config);
  const changed = checkout.changed.filter((path) => isGoverned(path, glob));
  if (changed.length > 0) throw notCommitted(changed);
  const loaded = await loadRequests({ tree: await ports.treeAt(root, checkout.commit), glob: config.requests });
  if (loaded.diagnostics.some((one) => one.severity === "error")) throw new LeaseholdError(loaded.diagnostics);
  const requests = loaded.requests.map(({ request }) => request).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    accepted: {
      commit: checkout.commit,
      governed: canonicalJson(governedFiles(checkout.files, glob)),
      requestsInCommit: requests.map(({ name }) => name),
      requests: { requests },
    },
    notices: await manifestNotices(workspace, manifest),
  };
}

function notCommitted(changed: readonly string[]): LeaseholdError {
  const some = changed.slice(0, 5).join(", ");
  return failure("E406", {
    summary: "what is accepted has to be a commit",
    detail: `${some}${changed.length > 5 ? ` and ${changed.length - 5} more` : ""} differ from what is checked out`,
    fix: "commit the edit, or take it back with `git restore`, and accept again",
  });
}

/** A commit without its Manifest can be accepted; one with another is a mistake that reviewers would be shown. */
async function manifestNotices({ ports, repository }: Workspace, manifest: Manifest): Promise<readonly string[]> {
  const fault = await checkCommittedManifest(ports, repository, manifest);
  if (fault === undefined) return [];
  if (fault.where !== undefined) throw new LeaseholdError([fault]);
  return ["Commit leasehold.out/manifest.json (`leasehold synth` writes it): every edit of the rules has to bring it."];
}
