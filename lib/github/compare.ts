import { failure } from "../errors";
import { limits } from "../model/limits";
import type { Foreign } from "./foreign";
import type { GitHub } from "./open-github";
import type { RepositoryName } from "./types";

/** A commit of the base branch: its tree, and the commit that it was put on. */
export interface ChainLink {
  readonly sha: string;
  readonly tree: string;
  readonly base: string;
  readonly baseTree: string;
}

/**
 * The first-parent commits from one commit to another, oldest first. Throws E405 where `from` is gone or is not
 * among the first parents of `to`: then somebody rewrote the branch.
 */
export async function firstParentChain(
  github: GitHub,
  repository: RepositoryName,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly ChainLink[]> {
  if (from === to) return [];
  const { commits, baseTree } = await comparedCommits(github, repository, { from, to });
  const chain: ChainLink[] = [];
  for (let sha = to; sha !== from;) {
    const commit = commits.get(sha);
    const parent = commit?.parents[0];
    // It leads out of the list past `from`, or in a circle.
    if (commit === undefined || parent === undefined || chain.length > commits.size) throw rewritten(from);
    const tree = parent === from ? baseTree : commits.get(parent)?.tree;
    if (tree === undefined) throw rewritten(from);
    chain.push({ sha, tree: commit.tree, base: parent, baseTree: tree });
    sha = parent;
  }
  return chain.reverse();
}

interface Compared {
  readonly commits: ReadonlyMap<string, { readonly tree: string; readonly parents: readonly string[] }>;
  /** The tree of the commit compared from. */
  readonly baseTree: string;
}

/** Everything reachable from `to` and not from `from`, pages to the end. */
async function comparedCommits(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Compared> {
  const commits = new Map<string, { tree: string; parents: readonly string[] }>();
  const basehead = `${from}...${to}`;
  for (let page = 1; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- whether there is another page is known after this one
    const attempt = await github.attempt("compare", { owner, repo, basehead, per_page: 100, page });
    if (attempt.kind === "refused") throw attempt.status === 404 ? rewritten(from) : attempt.error;
    const { body } = attempt;
    const total = body.get("total_commits").count();
    if (total > limits.walkedCommits) body.fail(`more than ${limits.walkedCommits} commits`);
    const listed = body.get("commits").list(250);
    for (const commit of listed) commits.set(commit.get("sha").sha(), linkOf(commit));
    if (commits.size >= total) return { commits, baseTree: body.at("base_commit", "commit", "tree", "sha").sha() };
    if (listed.length === 0) body.fail(`${commits.size} of ${total} commits listed`);
  }
}

function linkOf(commit: Foreign): { tree: string; parents: readonly string[] } {
  const parents = commit.get("parents").list(100);
  return { tree: commit.at("commit", "tree", "sha").sha(), parents: parents.map((one) => one.get("sha").sha()) };
}

function rewritten(from: string): Error {
  return failure("E405", {
    detail: `the commit ${from}, decided last, is no longer among the first parents of the branch`,
    fix: "put it back (`git push origin <old tip>:<branch>`); if it was meant, accept the policy anew with `leasehold policy accept`",
  });
}
