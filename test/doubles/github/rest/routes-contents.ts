/** Files of a branch, one at a time. */
import { isUtf8 } from "node:buffer";
import { listTree, tryFindEntry, writeFiles } from "../git/files";
import type { TreeEntry } from "../git/objects";
import { tryFindExpression } from "../graphql/objects";
import { fails, notFound, ok } from "../http/answer";
import type { RepositoryCall, Route } from "../http/route";
import { identityOf } from "../world/people";
import { pushRefusal } from "../world/protection";
import { Refused } from "../world/pulls";
import { moveRef } from "../world/refs";
import { gitCommitShape, typeOf } from "./shapes-git";
import { repositoryPage, repositoryUrl } from "./shapes-repository";

const reads = { permission: "contents", level: "read" } as const;
const writes = { permission: "contents", level: "write" } as const;

/** Contents. */
export const contentRoutes: readonly Route[] = [
  { operation: "GET /repos/{owner}/{repo}/contents/{path}", needed: reads, answer: getContents },
  { operation: "PUT /repos/{owner}/{repo}/contents/{path}", needed: writes, answer: putContents },
];

async function getContents({ world, repository, at, url }: RepositoryCall) {
  const { git } = repository;
  const ref = url.searchParams.get("ref") ?? repository.defaultBranch;
  const commit = await tryFindExpression(repository, ref);
  if (commit === undefined) return fails(404, `No commit found for the ref ${ref}`);
  const { tree } = await git.readCommit(commit);
  const entry = await tryFindEntry(git, tree, at("path"));
  if (entry === undefined) return notFound;
  if (entry.mode === "40000") {
    const inside = await listTree(git, entry.sha, "one level", `${at("path")}/`);
    return ok(await Promise.all(inside.map((one) => contentShape({ world, repository }, one, ref, "listed"))));
  }
  return ok(await contentShape({ world, repository }, { ...entry, path: at("path") }, ref, "whole"));
}

async function putContents({ world, repository, at, body, actor }: RepositoryCall) {
  const { git } = repository;
  const branch = typeof body["branch"] === "string" ? body["branch"] : repository.defaultBranch;
  const ref = `refs/heads/${branch}`;
  const before = git.tryReadRef(ref);
  if (before === undefined) return fails(404, `Branch ${branch} not found`);
  const refusal = pushRefusal(world, repository, branch, actor);
  if (refusal !== undefined) return fails(409, `Repository rule violations found\n\n${refusal}`);
  const parent = await git.readCommit(before);
  const held = await tryFindEntry(git, parent.tree, at("path"));
  if (held !== undefined && body["sha"] === undefined) {
    return fails(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  }
  if (held !== undefined && held.sha !== body["sha"])
    return fails(409, `${at("path")} does not match ${String(body["sha"])}`);
  const tree = await writeFiles(git, parent.tree, { [at("path")]: { base64: String(body["content"]) } });
  const own = identityOf(actor, world.now());
  const author = { ...own, ...(body["author"] as object | undefined) };
  const committer = { ...own, ...(body["committer"] as object | undefined) };
  const sha = git.writeCommit({ tree, parents: [before], author, committer, message: String(body["message"]) });
  if (!(await moveRef(world, { repository, ref, before, after: sha, by: actor }))) return fails(409, "Conflict");
  const entry = await tryFindEntry(git, tree, at("path"));
  if (entry === undefined) throw new Refused("The file is gone.");
  const content = await contentShape({ world, repository }, { ...entry, path: at("path") }, branch, "listed");
  return ok(
    { content, commit: gitCommitShape(world, repository, sha, await git.readCommit(sha)) },
    held === undefined ? 201 : 200,
  );
}

async function contentShape(
  { world, repository }: Pick<RepositoryCall, "world" | "repository">,
  entry: TreeEntry & { readonly path: string },
  ref: string,
  how: "listed" | "whole",
) {
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  const url = `${repositoryUrl(world, repository)}/contents/${path}?ref=${ref}`;
  const page = repositoryPage(world, repository);
  const kind = typeOf(entry);
  const type = kind === "tree" ? "dir" : kind === "commit" ? "submodule" : entry.mode === "120000" ? "symlink" : "file";
  const bytes =
    kind === "blob" ? ((await repository.git.tryRead(entry.sha))?.bytes ?? Buffer.alloc(0)) : Buffer.alloc(0);
  const gitUrl = kind === "commit" ? null : `${repositoryUrl(world, repository)}/git/${kind}s/${entry.sha}`;
  const htmlUrl = kind === "commit" ? null : `${page}/${kind}/${ref}/${path}`;
  return {
    name: entry.path.split("/").at(-1),
    path: entry.path,
    sha: entry.sha,
    size: bytes.length,
    url,
    html_url: htmlUrl,
    git_url: gitUrl,
    download_url: kind === "blob" ? `${page}/raw/${ref}/${path}` : null,
    type,
    ...(how === "whole" && type === "file"
      ? { content: bytes.toString("base64").replaceAll(/.{60}/g, "$&\n"), encoding: "base64" }
      : {}),
    ...(how === "whole" && type === "symlink" ? { target: isUtf8(bytes) ? bytes.toString() : "" } : {}),
    ...(how === "whole" && type === "submodule" ? { submodule_git_url: null } : {}),
    _links: { self: url, git: gitUrl, html: htmlUrl },
  };
}
