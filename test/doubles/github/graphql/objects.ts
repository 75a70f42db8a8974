/** Git objects as GraphQL shows them. */
import { isUtf8 } from "node:buffer";
import { judge } from "../world/access";
import { parseCommit, parseTree, type StoredCommit, type TreeEntry } from "../git/objects";
import { listTree, tryFindEntry } from "../git/files";
import type { Repository } from "../world/model";
import { authorsOf, named } from "../world/people";
import { associatedPulls } from "../world/pulls";
import { fullName } from "../world/world";
import { checkSuitesField } from "./checks";
import { connection, type PageArguments } from "./connection";
import type { Asking } from "./execute";
import { GraphQLFault } from "./fault";
import { gitActorView, notAccessible, userView } from "./people";
import { pullView } from "./pull";
import { repositoryView } from "./repository";

type View = Readonly<Record<string, unknown>>;

/** Any object by id; null where there is none. */
export async function objectView(asking: Asking, repository: Repository, sha: string): Promise<View | null> {
  if (judge(asking.world, asking.token, repository, { permission: "contents", level: "read" }) !== "allowed") {
    throw new GraphQLFault("FORBIDDEN", notAccessible);
  }
  const object = await repository.git.tryRead(sha);
  if (object === undefined) return null;
  switch (object.kind) {
    case "blob":
      return blobView(asking, repository, sha, object.bytes);
    case "tree":
      return { ...base(asking, repository, sha, "Tree"), entries: () => entriesOf(asking, repository, object.bytes) };
    case "commit":
      return commitView(asking, repository, sha, parseCommit(object.bytes));
    case "tag":
      return base(asking, repository, sha, "Tag");
  }
}

/** What `expression` of `Repository.object` names: `REVISION` or `REVISION:path`. */
export async function tryFindExpression(repository: Repository, expression: string): Promise<string | undefined> {
  const colon = expression.indexOf(":");
  const revision = colon === -1 ? expression : expression.slice(0, colon);
  const { git } = repository;
  const places = [revision, `refs/heads/${revision}`, `refs/tags/${revision}`, `refs/${revision}`];
  const head = revision === "HEAD" ? git.tryReadRef(`refs/heads/${repository.defaultBranch}`) : undefined;
  const sha = /^[0-9a-f]{40}$/.test(revision)
    ? revision
    : (head ?? places.map((one) => git.tryReadRef(one)).find(Boolean));
  if (sha === undefined || colon === -1) return sha;
  const commit = await git.tryReadCommit(sha);
  const path = expression.slice(colon + 1);
  if (commit === undefined) return undefined;
  return path === "" ? commit.tree : (await tryFindEntry(git, commit.tree, path))?.sha;
}

/** A commit by its id. */
export async function commitById(asking: Asking, repository: Repository, sha: string): Promise<View | null> {
  const commit = await repository.git.tryReadCommit(sha);
  return commit === undefined ? null : commitView(asking, repository, sha, commit);
}

/** A commit. */
export function commitView(asking: Asking, repository: Repository, sha: string, commit: StoredCommit): View {
  const { world } = asking;
  const people = authorsOf(world, commit);
  const state = repository.signatures.get(sha);
  const [headline = "", ...rest] = commit.message.split("\n");
  return {
    ...base(asking, repository, sha, "Commit"),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join("\n").trim(),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    author: () => gitActorView(world, named(world, commit.author)),
    committer: () => gitActorView(world, named(world, commit.committer)),
    authors: (page: PageArguments) =>
      list("authors", people, (person: (typeof people)[number]) => gitActorView(world, person), page),
    parents: (page: PageArguments) =>
      list("parents", commit.parents, (parent: string) => commitById(asking, repository, parent), page),
    tree: () => ({
      ...base(asking, repository, commit.tree, "Tree"),
      entries: () => treeEntries(asking, repository, commit.tree),
    }),
    file: async ({ path }: { readonly path: string }) => {
      const entry = await tryFindEntry(repository.git, commit.tree, path);
      return entry === undefined ? null : entryView(asking, repository, entry, path);
    },
    signature: () => (state === undefined ? null : signatureView(asking, commit, state)),
    committedViaWeb: commit.committer.email === "noreply@github.com",
    associatedPullRequests: async (page: PageArguments) =>
      list("associatedPullRequests", await associatedPulls(repository, sha), (pull) => pullView(asking, pull), page),
    checkSuites: checkSuitesField(asking, repository, sha),
    history: async (page: PageArguments) =>
      list("history", await repository.git.commits(sha), (one: string) => commitById(asking, repository, one), page),
  };

  function list<T>(name: string, items: readonly T[], view: (item: T) => unknown, page: PageArguments): View {
    return connection({ name, items, view, pageSize: world.limits.pageSize }, page);
  }
}

function base(asking: Asking, repository: Repository, sha: string, kind: string): View {
  const path = `/${fullName(repository)}/${kind.toLowerCase()}/${sha}`;
  return {
    __typename: kind,
    id: `${kind[0]}_${repository.id}_${sha}`,
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    url: `${asking.world.addresses.serverUrl}${path}`,
    resourcePath: path,
    repository: () => repositoryView(asking, repository),
  };
}

/** GitHub finds out the encoding, gives no text of what has NUL bytes, and cuts long text. */
function blobView(asking: Asking, repository: Repository, sha: string, bytes: Buffer): View {
  const utf16 =
    bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff));
  const isBinary = !utf16 && bytes.subarray(0, 8000).includes(0);
  const isTruncated = bytes.length > asking.world.limits.blobText;
  const shown = isTruncated ? bytes.subarray(0, asking.world.limits.blobText) : bytes;
  const encoding = utf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : isUtf8(shown) ? "utf-8" : "latin1";
  return {
    ...base(asking, repository, sha, "Blob"),
    byteSize: bytes.length,
    isBinary,
    isTruncated,
    text: isBinary ? null : new TextDecoder(encoding, { ignoreBOM: true }).decode(shown),
  };
}

async function treeEntries(asking: Asking, repository: Repository, tree: string): Promise<readonly View[]> {
  return (await listTree(repository.git, tree, "one level")).map((entry) =>
    entryView(asking, repository, entry, entry.path),
  );
}

function entriesOf(asking: Asking, repository: Repository, bytes: Buffer): readonly View[] {
  return parseTree(bytes).map((entry) => entryView(asking, repository, entry, entry.name));
}

function entryView(asking: Asking, repository: Repository, entry: TreeEntry, path: string): View {
  const type = entry.mode === "40000" ? "tree" : entry.mode === "160000" ? "commit" : "blob";
  return {
    name: entry.name,
    nameRaw: Buffer.from(entry.name).toString("base64"),
    path,
    mode: Number.parseInt(entry.mode, 8),
    oid: entry.sha,
    type,
    object: () => (type === "commit" ? null : objectView(asking, repository, entry.sha)),
  };
}

function signatureView({ world }: Asking, commit: StoredCommit, state: string): View {
  const byGitHub = commit.committer.email === "noreply@github.com";
  const signer = named(world, commit.committer).account;
  return {
    __typename: "GpgSignature",
    email: commit.committer.email,
    isValid: state === "VALID",
    state,
    wasSignedByGitHub: byGitHub,
    signer: signer === undefined ? null : userView(world, signer),
  };
}
