import { failure } from "../errors";
import { limits } from "../model/limits";
import { firstParentChain } from "./compare";
import type { GitHub } from "./open-github";
import type { RepositoryName } from "./types";

/** What came onto a branch. */
export interface FirstParents {
  /** Oldest first, without the one asked from. */
  readonly commits: readonly string[];
  readonly tip: string;
  readonly branch: string;
}

/**
 * The first-parent commits of a branch after `from`, oldest first; of the default branch where none is named.
 * Throws E405 when `from` is not a first-parent ancestor of its tip, E524 when there is no such branch.
 */
export async function firstParentsSince(
  github: GitHub,
  repository: RepositoryName,
  { from, branch }: { readonly from: string; readonly branch?: string },
): Promise<FirstParents> {
  const tip = await readTip(github, repository, branch);
  const chain = await firstParentChain(github, repository, { from, to: tip.sha });
  return { commits: chain.map((one) => one.sha), tip: tip.sha, branch: tip.branch };
}

/** The tip of a branch, of the default branch where none is named; throws E524 where there is none. */
export async function readTip(
  github: GitHub,
  { owner, name }: RepositoryName,
  branch: string | undefined,
): Promise<{ readonly branch: string; readonly sha: string; readonly tree: string }> {
  const target = "name target { __typename oid ... on Commit { tree { oid } } }";
  const named = branch === undefined ? "" : `ref(qualifiedName: $ref) { ${target} }`;
  const document = `query Tip($owner: String!, $name: String!${branch === undefined ? "" : ", $ref: String!"}) {
    repository(owner: $owner, name: $name) { defaultBranchRef { ${target} } ${named} }
  }`;
  const variables = { owner, name, ...(branch === undefined ? {} : { ref: `refs/heads/${branch}` }) };
  const { data } = await github.query("tip of a branch", document, { variables });
  const ref = data.get("repository").nullable(branch === undefined ? "defaultBranchRef" : "ref");
  if (ref === undefined) {
    throw failure("E524", {
      detail: branch === undefined ? "the repository has no default branch" : `there is no branch ${branch}`,
      fix: "push a first commit, or name a branch that is there",
    });
  }
  const commit = ref.get("target");
  return {
    branch: ref.get("name").string(limits.pathCharacters),
    sha: commit.get("oid").sha(),
    tree: commit.at("tree", "oid").sha(),
  };
}
