/** A commit on a branch, which GitHub signs for whoever the token is of. */
import { writeFiles } from "../git/files";
import { judge, maySee } from "../world/access";
import { identityOf } from "../world/people";
import { moveRef } from "../world/refs";
import { actorOf } from "../world/world";
import type { Asking } from "./execute";
import { GraphQLFault } from "./fault";
import { commitView } from "./objects";
import { notAccessible } from "./people";

interface CommitInput {
  readonly branch: { readonly repositoryNameWithOwner?: string; readonly branchName?: string };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions?: readonly { readonly path: string }[];
  };
}

/** `createCommitOnBranch`, as GitHub's documentation describes it. */
export async function createCommitOnBranch(asking: Asking, input: CommitInput): Promise<object> {
  const { world, token } = asking;
  const [owner = "", name = ""] = (input.branch.repositoryNameWithOwner ?? "").split("/");
  const repository = world.tryFindRepository(owner, name);
  if (repository === undefined || !maySee(world, token, repository)) {
    throw new GraphQLFault("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  if (judge(world, token, repository, { permission: "contents", level: "write" }) !== "allowed") {
    throw new GraphQLFault("FORBIDDEN", notAccessible);
  }
  const ref = `refs/heads/${input.branch.branchName ?? ""}`;
  const { git } = repository;
  const before = git.tryReadRef(ref);
  if (before === undefined) throw new GraphQLFault("NOT_FOUND", `A ref named "${ref}" does not exist.`);
  if (before !== input.expectedHeadOid) {
    throw new GraphQLFault("STALE_DATA", `Expected branch to point to "${input.expectedHeadOid}" but it did not.`);
  }
  const { additions = [], deletions = [] } = input.fileChanges ?? {};
  const files = Object.fromEntries([
    ...deletions.map(({ path }) => [path, null] as const),
    ...additions.map(({ path, contents }) => [path, { base64: contents }] as const),
  ]);
  const base = (await git.readCommit(before)).tree;
  const { headline, body } = input.message;
  const by = actorOf(token);
  const sha = git.writeCommit({
    tree: await writeFiles(git, base, files),
    parents: [before],
    author: identityOf(by, world.now()),
    committer: identityOf(world.webFlow, world.now()),
    message: body === undefined ? headline : `${headline}\n\n${body}`,
  });
  repository.signatures.set(sha, "VALID");
  if (!(await moveRef(world, { repository, ref, before, after: sha, by }))) {
    throw new GraphQLFault("STALE_DATA", `${ref} moved meanwhile.`);
  }
  return { commit: commitView(asking, repository, sha, await git.readCommit(sha)) };
}
