/** Git objects as the REST API shows them. */
import type { ChangedFile } from "../git/diff";
import type { StoredCommit, TreeEntry } from "../git/objects";
import type { Repository } from "../world/model";
import { named } from "../world/people";
import type { World } from "../world/world";
import { userShape } from "./shapes-people";
import { repositoryPage, repositoryUrl } from "./shapes-repository";

type Json = Readonly<Record<string, unknown>>;

/** A commit with the accounts of its e-mails (`commit`). */
export function commitShape(world: World, repository: Repository, sha: string, commit: StoredCommit): Json {
  const url = `${repositoryUrl(world, repository)}/commits/${sha}`;
  const author = named(world, commit.author).account;
  const committer = named(world, commit.committer).account;
  return {
    sha,
    node_id: `C_${repository.id}_${sha}`,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${repositoryUrl(world, repository)}/git/trees/${commit.tree}` },
      url: `${repositoryUrl(world, repository)}/git/commits/${sha}`,
      comment_count: 0,
      verification: verificationShape(repository, sha, commit),
    },
    url,
    html_url: `${repositoryPage(world, repository)}/commit/${sha}`,
    comments_url: `${url}/comments`,
    author: author === undefined ? null : userShape(world, author),
    committer: committer === undefined ? null : userShape(world, committer),
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${repositoryUrl(world, repository)}/commits/${parent}`,
      html_url: `${repositoryPage(world, repository)}/commit/${parent}`,
    })),
  };
}

/** A commit as a Git object (`git-commit`). */
export function gitCommitShape(world: World, repository: Repository, sha: string, commit: StoredCommit): Json {
  const api = `${repositoryUrl(world, repository)}/git`;
  const page = repositoryPage(world, repository);
  return {
    sha,
    node_id: `C_${repository.id}_${sha}`,
    url: `${api}/commits/${sha}`,
    html_url: `${page}/commit/${sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((one) => ({
      sha: one,
      url: `${api}/commits/${one}`,
      html_url: `${page}/commit/${one}`,
    })),
    verification: verificationShape(repository, sha, commit),
  };
}

/** A ref (`git-ref`). */
export function refShape(world: World, repository: Repository, ref: string, sha: string, type = "commit"): Json {
  const api = `${repositoryUrl(world, repository)}/git`;
  return {
    ref,
    node_id: `REF_${repository.id}_${ref}`,
    url: `${api}/${ref}`,
    object: { sha, type, url: `${api}/${type}s/${sha}` },
  };
}

/** A file that differs (`diff-entry`). Patches are not modelled. */
export function fileShape(world: World, repository: Repository, file: ChangedFile, commit: string): Json {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const page = repositoryPage(world, repository);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${commit}/${path}`,
    raw_url: `${page}/raw/${commit}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${commit}`,
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}

/** A commit as events and check suites show it (`simple-commit`). */
export function simpleCommitShape(sha: string, commit: StoredCommit): Json {
  const person = ({ name, email }: StoredCommit["author"]) => ({ name, email });
  return {
    id: sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: person(commit.author),
    committer: person(commit.committer),
  };
}

/** What an entry of a tree is; a submodule is a commit. */
export function typeOf(entry: TreeEntry): "tree" | "commit" | "blob" {
  return entry.mode === "40000" ? "tree" : entry.mode === "160000" ? "commit" : "blob";
}

function verificationShape(repository: Repository, sha: string, commit: StoredCommit): Json {
  const state = repository.signatures.get(sha);
  if (state === undefined) {
    return { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };
  }
  const signature = "-----BEGIN PGP SIGNATURE-----\n\n=test\n-----END PGP SIGNATURE-----\n";
  const isValid = state === "VALID";
  const reason = isValid ? "valid" : state.toLowerCase();
  return {
    verified: isValid,
    reason,
    signature,
    payload: `tree ${commit.tree}\n`,
    verified_at: isValid ? commit.committer.date : null,
  };
}
