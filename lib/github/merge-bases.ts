import type { CommitPlace, ParentCommit } from "./commit-facts";
import type { GitHub } from "./open-github";
import type { RepositoryName } from "./types";

/**
 * The merge base of a commit of a pull request with the base branch, where the list of its commits alone tells: all
 * that leads out of the list lies on the base branch, and where only one commit does, it is that one.
 * Undefined where several do (the base branch was merged into the head), or none.
 */
export function mergeBaseFromList(sha: string, places: ReadonlyMap<string, CommitPlace>): ParentCommit | undefined {
  const outside = new Map<string, ParentCommit>();
  const seen = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const place = places.get(next);
    if (place === undefined || seen.has(next)) continue;
    seen.add(next);
    for (const parent of place.parents) {
      if (places.has(parent.sha)) open.push(parent.sha);
      else outside.set(parent.sha, parent);
    }
    // A root: this history begins beside that of the base branch.
    if (place.parents.length === 0) return undefined;
  }
  const [only, ...more] = outside.values();
  return more.length === 0 ? only : undefined;
}

/**
 * Asks GitHub for the merge base of two commits; undefined where one of them is gone, or they have none.
 */
export async function askMergeBase(
  github: GitHub,
  { owner, name: repo }: RepositoryName,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<ParentCommit | undefined> {
  // The merge base stands on every page; changed files, which nobody wants here, only on the first.
  const attempt = await github.attempt("compare", { owner, repo, basehead: `${base}...${head}`, per_page: 1, page: 2 });
  if (attempt.kind === "refused") {
    if (attempt.status === 404 || attempt.status === 422) return undefined;
    throw attempt.error;
  }
  const commit = attempt.body.get("merge_base_commit");
  return { sha: commit.get("sha").sha(), tree: commit.at("commit", "tree", "sha").sha() };
}
