/** Git objects, refs, commits and comparisons. */
import { listTree } from "../git/files";
import { isRefName } from "../git/bare-repository";
import type { Signature } from "../git/objects";
import { fails, notFound, ok } from "../http/answer";
import { paged } from "../http/page";
import type { RepositoryCall, Route } from "../http/route";
import { tryFindExpression } from "../graphql/objects";
import { identityOf } from "../world/people";
import { forceRefusal, pushRefusal } from "../world/protection";
import { associatedPulls } from "../world/pulls";
import { moveRef } from "../world/refs";
import { commitShape, fileShape, gitCommitShape, refShape, typeOf } from "./shapes-git";
import { pullShape } from "./shapes-pull";
import { repositoryPage, repositoryUrl } from "./shapes-repository";

const reads = { permission: "contents", level: "read" } as const;
const writes = { permission: "contents", level: "write" } as const;

/** Everything that Git knows. */
export const gitRoutes: readonly Route[] = [
  { operation: "GET /repos/{owner}/{repo}/git/blobs/{file_sha}", needed: reads, answer: getBlob },
  { operation: "POST /repos/{owner}/{repo}/git/blobs", needed: writes, answer: createBlob },
  { operation: "GET /repos/{owner}/{repo}/git/trees/{tree_sha}", needed: reads, answer: getTree },
  { operation: "POST /repos/{owner}/{repo}/git/trees", needed: writes, answer: createTree },
  { operation: "GET /repos/{owner}/{repo}/git/commits/{commit_sha}", needed: reads, answer: getGitCommit },
  { operation: "POST /repos/{owner}/{repo}/git/commits", needed: writes, answer: createCommit },
  { operation: "GET /repos/{owner}/{repo}/git/ref/{ref}", needed: reads, answer: getRef },
  { operation: "GET /repos/{owner}/{repo}/git/matching-refs/{ref}", needed: reads, answer: matchingRefs },
  { operation: "POST /repos/{owner}/{repo}/git/refs", needed: writes, answer: createRef },
  { operation: "PATCH /repos/{owner}/{repo}/git/refs/{ref}", needed: writes, answer: updateRef },
  { operation: "DELETE /repos/{owner}/{repo}/git/refs/{ref}", needed: writes, answer: deleteRef },
  { operation: "GET /repos/{owner}/{repo}/commits", needed: reads, answer: listCommits },
  { operation: "GET /repos/{owner}/{repo}/commits/{ref}", needed: reads, answer: getCommit },
  {
    operation: "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    needed: { permission: "pull_requests", level: "read" },
    answer: commitPulls,
  },
  { operation: "GET /repos/{owner}/{repo}/compare/{basehead}", needed: reads, answer: compare },
];

async function getBlob({ world, repository, at }: RepositoryCall) {
  const sha = at("file_sha");
  const object = await repository.git.tryRead(sha);
  if (object?.kind !== "blob") return notFound;
  return ok({
    sha,
    node_id: `B_${repository.id}_${sha}`,
    size: object.bytes.length,
    url: `${repositoryUrl(world, repository)}/git/blobs/${sha}`,
    // GitHub breaks its base64 into lines.
    content: object.bytes.toString("base64").replaceAll(/.{60}/g, "$&\n"),
    encoding: "base64",
  });
}

function createBlob({ world, repository, body }: RepositoryCall) {
  const bytes = Buffer.from(String(body["content"]), body["encoding"] === "base64" ? "base64" : "utf8");
  const sha = repository.git.writeBlob(bytes);
  return ok({ sha, url: `${repositoryUrl(world, repository)}/git/blobs/${sha}` }, 201);
}

async function getTree({ world, repository, at, url }: RepositoryCall) {
  const named = await tryFindExpression(repository, at("tree_sha"));
  const object = named === undefined ? undefined : await repository.git.tryRead(named);
  if (named === undefined || object === undefined) return notFound;
  if (object.kind === "blob") return fails(422, "The git object is not a tree");
  const sha = object.kind === "commit" ? (await repository.git.readCommit(named)).tree : named;
  const depth = (url.searchParams.get("recursive") ?? "") === "" ? "one level" : "recursive";
  const entries = await listTree(repository.git, sha, depth);
  const shown = entries.slice(0, world.limits.treeEntries);
  return ok({
    sha,
    url: `${repositoryUrl(world, repository)}/git/trees/${sha}`,
    tree: await Promise.all(
      shown.map(async (entry) => {
        const type = typeOf(entry);
        const size = type === "blob" ? (await repository.git.tryRead(entry.sha))?.bytes.length : undefined;
        return {
          path: entry.path,
          mode: entry.mode.padStart(6, "0"),
          type,
          sha: entry.sha,
          ...(size === undefined ? {} : { size }),
          ...(type === "commit" ? {} : { url: `${repositoryUrl(world, repository)}/git/${type}s/${entry.sha}` }),
        };
      }),
    ),
    truncated: shown.length < entries.length,
  });
}

async function createTree({ world, repository, body }: RepositoryCall) {
  const { git } = repository;
  const named = body["base_tree"];
  let base: string | null = null;
  if (typeof named === "string") {
    const object = await git.tryRead(named);
    if (object === undefined || object.kind === "blob") return fails(422, "base_tree is not a valid tree oid");
    base = object.kind === "commit" ? (await git.readCommit(named)).tree : named;
  }
  const asked = body["tree"] as readonly AskedEntry[];
  for (const entry of asked) {
    if (typeof entry.sha === "string" && entry.mode !== "160000" && (await git.tryRead(entry.sha)) === undefined) {
      return fails(422, `tree.sha ${entry.sha} is not a valid blob`);
    }
    if ((entry.path ?? "") === "" || entry.path?.startsWith("/") === true)
      return fails(422, "tree.path cannot start with a slash");
  }
  const sha = await placed(base, asked);
  const entries = await listTree(git, sha, "one level");
  return ok(
    {
      sha,
      url: `${repositoryUrl(world, repository)}/git/trees/${sha}`,
      tree: entries.map((entry) => ({
        path: entry.path,
        mode: entry.mode.padStart(6, "0"),
        type: typeOf(entry),
        sha: entry.sha,
        ...(typeOf(entry) === "commit"
          ? {}
          : { url: `${repositoryUrl(world, repository)}/git/${typeOf(entry)}s/${entry.sha}` }),
      })),
      truncated: false,
    },
    201,
  );

  async function placed(tree: string | null, wanted: readonly AskedEntry[]): Promise<string> {
    const held = new Map((tree === null ? [] : await git.readTree(tree)).map((one) => [one.name, one]));
    const folders = new Map<string, AskedEntry[]>();
    for (const entry of wanted) {
      const [name = "", ...rest] = (entry.path ?? "").split("/");
      if (rest.length > 0) folders.set(name, [...(folders.get(name) ?? []), { ...entry, path: rest.join("/") }]);
      else if (entry.sha === null) held.delete(name);
      else {
        const stored = entry.sha ?? git.writeBlob(Buffer.from(entry.content ?? ""));
        held.set(name, { name, mode: (entry.mode ?? "100644").replace(/^0/, ""), sha: stored });
      }
    }
    for (const [name, inside] of folders) {
      const before = held.get(name);
      const below = await placed(before?.mode === "40000" ? before.sha : null, inside);
      if ((await git.readTree(below)).length === 0) held.delete(name);
      else held.set(name, { name, mode: "40000", sha: below });
    }
    return git.writeTree([...held.values()]);
  }
}

interface AskedEntry {
  readonly path?: string;
  readonly mode?: string;
  readonly sha?: string | null;
  readonly content?: string;
}

async function getGitCommit({ world, repository, at }: RepositoryCall) {
  const commit = await repository.git.tryReadCommit(at("commit_sha"));
  return commit === undefined ? notFound : ok(gitCommitShape(world, repository, at("commit_sha"), commit));
}

async function createCommit({ world, repository, body, actor, app }: RepositoryCall) {
  const { git } = repository;
  const parents = (body["parents"] ?? []) as readonly string[];
  for (const parent of parents) {
    if ((await git.tryReadCommit(parent)) === undefined)
      return fails(422, `Parent SHA does not exist or is not a commit object`);
  }
  if ((await git.tryRead(String(body["tree"])))?.kind !== "tree") return fails(422, "Tree SHA does not exist");
  const own = identityOf(actor, world.now());
  const given = (person: unknown, otherwise: Signature): Signature =>
    person === undefined ? otherwise : { ...otherwise, ...(person as Partial<Signature>) };
  const author = given(body["author"], own);
  const committer = given(body["committer"], author);
  const sha = git.writeCommit({
    tree: String(body["tree"]),
    parents,
    author,
    committer,
    message: String(body["message"]),
  });
  // GitHub signs what a bot commits as itself.
  if (app !== undefined && body["author"] === undefined && body["committer"] === undefined) {
    repository.signatures.set(sha, "VALID");
  }
  return ok(gitCommitShape(world, repository, sha, await git.readCommit(sha)), 201);
}

async function getRef({ world, repository, at }: RepositoryCall) {
  const ref = `refs/${at("ref")}`;
  const sha = repository.git.tryReadRef(ref);
  if (sha === undefined) return notFound;
  return ok(refShape(world, repository, ref, sha, (await repository.git.tryRead(sha))?.kind));
}

async function matchingRefs({ world, repository, at, url }: RepositoryCall) {
  const prefix = `refs/${at("ref")}`;
  const items = (await repository.git.refs("")).filter((one) => one.ref.startsWith(prefix));
  const view = (one: (typeof items)[number]) => refShape(world, repository, one.ref, one.sha);
  return paged({ items, view, url, pageSize: Number.MAX_SAFE_INTEGER });
}

async function createRef({ world, repository, body, actor }: RepositoryCall) {
  const ref = String(body["ref"]);
  const sha = String(body["sha"]);
  if (!isRefName(ref) || ref.split("/").length < 3)
    return fails(422, `${JSON.stringify(ref)} is not a valid ref name.`);
  if ((await repository.git.tryRead(sha)) === undefined) return fails(422, "Object does not exist");
  if (repository.git.tryReadRef(ref) !== undefined) return fails(422, "Reference already exists");
  if (isHidden(ref)) return fails(422, "Reference cannot be created");
  const done = await moveRef(world, { repository, ref, before: null, after: sha, by: actor });
  return done ? ok(refShape(world, repository, ref, sha), 201) : fails(422, "Reference update failed");
}

async function updateRef({ world, repository, at, body, actor }: RepositoryCall) {
  const ref = `refs/${at("ref")}`;
  const after = String(body["sha"]);
  const before = repository.git.tryReadRef(ref);
  if (before === undefined || isHidden(ref)) return fails(422, "Reference does not exist");
  if ((await repository.git.tryRead(after)) === undefined) return fails(422, "Object does not exist");
  const isForward = await repository.git.isAncestor(before, after);
  if (!isForward && body["force"] !== true) return fails(422, "Update is not a fast forward");
  const branch = ref.slice("refs/heads/".length);
  const refusal = ref.startsWith("refs/heads/")
    ? (pushRefusal(world, repository, branch, actor) ??
      (isForward ? undefined : forceRefusal(world, repository, branch, actor)))
    : undefined;
  if (refusal !== undefined) return fails(422, refusal);
  const done = await moveRef(world, { repository, ref, before, after, by: actor });
  return done ? ok(refShape(world, repository, ref, after)) : fails(409, "Reference update failed");
}

async function deleteRef({ world, repository, at, actor }: RepositoryCall) {
  const ref = `refs/${at("ref")}`;
  const before = repository.git.tryReadRef(ref);
  if (before === undefined || isHidden(ref)) return fails(422, "Reference does not exist");
  if (ref === `refs/heads/${repository.defaultBranch}`) return fails(422, "Cannot delete the default branch");
  await moveRef(world, { repository, ref, before, after: null, by: actor });
  return { status: 204 };
}

async function listCommits({ world, repository, url }: RepositoryCall) {
  const { git } = repository;
  const start = await tryFindExpression(repository, url.searchParams.get("sha") ?? "HEAD");
  if (start === undefined) {
    return repository.git.tryReadRef(`refs/heads/${repository.defaultBranch}`) === undefined
      ? fails(409, "Git Repository is empty.")
      : notFound;
  }
  const path = url.searchParams.get("path");
  const items = await git.commits(start, ...(path === null ? [] : ["--", path]));
  const view = async (sha: string) => commitShape(world, repository, sha, await git.readCommit(sha));
  return paged({ items, view, url, pageSize: world.limits.pageSize });
}

async function getCommit({ world, repository, at, url }: RepositoryCall) {
  const { git } = repository;
  const sha = await tryFindExpression(repository, at("ref"));
  const commit = sha === undefined ? undefined : await git.tryReadCommit(sha);
  if (sha === undefined || commit === undefined) return fails(422, `No commit found for SHA: ${at("ref")}`);
  const changed = await git.changedFiles(commit.parents[0] ?? null, sha);
  const sum = (key: "additions" | "deletions") => changed.reduce((total, one) => total + one[key], 0);
  const stats = {
    additions: sum("additions"),
    deletions: sum("deletions"),
    total: sum("additions") + sum("deletions"),
  };
  return paged({
    items: changed.slice(0, world.limits.pullFiles),
    view: (file) => fileShape(world, repository, file, sha),
    url: withDefaultPage(url, 300),
    pageSize: 300,
    wrap: (files) => ({ ...commitShape(world, repository, sha, commit), stats, files }),
  });
}

async function commitPulls({ world, repository, at, url }: RepositoryCall) {
  const sha = at("commit_sha");
  if ((await repository.git.tryReadCommit(sha)) === undefined) return fails(422, `No commit found for SHA: ${sha}`);
  const items = await associatedPulls(repository, sha);
  return paged({ items, view: (pull) => pullShape(world, pull), url, pageSize: world.limits.pageSize });
}

/** At most 250 commits and, on the first page only, 300 files: the rest of the files is not to be had. */
async function compare({ world, repository, at, url }: RepositoryCall) {
  const { git } = repository;
  const [from = "", to = ""] = at("basehead").split("...");
  const base = await tryFindExpression(repository, from.split(":").at(-1) ?? "");
  const head = await tryFindExpression(repository, to.split(":").at(-1) ?? "");
  if (base === undefined || head === undefined) return notFound;
  const [baseCommit, headCommit] = [await git.tryReadCommit(base), await git.tryReadCommit(head)];
  if (baseCommit === undefined || headCommit === undefined) return notFound;
  const merge = await git.tryMergeBase(base, head);
  if (merge === undefined) return fails(404, `No common ancestor between ${from} and ${to}.`);
  const ahead = await git.commits("--topo-order", "--reverse", head, `^${base}`);
  const behind = (await git.commits(base, `^${head}`)).length;
  const files = await git.changedFiles(merge, head);
  const isPaged = url.searchParams.has("page") || url.searchParams.has("per_page");
  const isFirst = (url.searchParams.get("page") ?? "1") === "1";
  const address = `${repositoryUrl(world, repository)}/compare/${from}...${to}`;
  const page = `${repositoryPage(world, repository)}/compare/${from}...${to}`;
  const commit = async (sha: string) => commitShape(world, repository, sha, await git.readCommit(sha));
  const [base_commit, merge_base_commit] = [await commit(base), await commit(merge)];
  return paged({
    items: isPaged ? ahead : ahead.slice(-world.limits.pullCommits),
    view: commit,
    url: isPaged ? url : withDefaultPage(url, world.limits.pullCommits),
    pageSize: isPaged ? world.limits.pageSize : world.limits.pullCommits,
    wrap: (commits) => ({
      url: address,
      html_url: page,
      permalink_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      base_commit,
      merge_base_commit,
      status: ahead.length === 0 ? (behind === 0 ? "identical" : "behind") : behind === 0 ? "ahead" : "diverged",
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits,
      files: isFirst
        ? files.slice(0, world.limits.compareFiles).map((file) => fileShape(world, repository, file, head))
        : [],
    }),
  });
}

function withDefaultPage(url: URL, size: number): URL {
  const copy = new URL(url);
  if (!copy.searchParams.has("per_page")) copy.searchParams.set("per_page", String(size));
  return copy;
}

function isHidden(ref: string): boolean {
  return ref.startsWith("refs/pull/");
}
