import type { StoredCommit } from "../git/objects";
import { userShape } from "../rest/shapes-people";
import { repositoryPage, repositoryShape } from "../rest/shapes-repository";
import type { Repository } from "../world/model";
import { named, type NamedPerson } from "../world/people";
import type { RefMove } from "../world/refs";
import type { World } from "../world/world";

type Json = Readonly<Record<string, unknown>>;

const nothing = "0".repeat(40);

/** What GitHub lists of a push's commits at most. */
const listed = 2048;

/** The payload of a push, but for organization and sender. What may change is caught at once. */
export function pushPayload(world: World, { repository, ref, before, after, by }: RefMove): () => Promise<Json> {
  const { git } = repository;
  const page = repositoryPage(world, repository);
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
  const known = {
    ref,
    before: before ?? nothing,
    after: after ?? nothing,
    repository: {
      ...repositoryShape(world, repository),
      url: page,
      owner: { ...userShape(world, repository.owner), name: repository.owner.login, email: null },
      created_at: seconds(repository.createdAt),
      pushed_at: seconds(world.now()),
      stargazers: 0,
      master_branch: repository.defaultBranch,
    },
    pusher: { name: by.login, email: by.emails[0] ?? null },
    created: before === null,
    deleted: after === null,
    base_ref: null,
    compare: `${page}/compare/${(before ?? nothing).slice(0, 12)}...${(after ?? nothing).slice(0, 12)}`,
  };
  return async () => {
    const forced = before !== null && after !== null && !(await git.isAncestor(before, after));
    const since = before === null ? "--max-count=1" : `^${before}`;
    const range = after === null ? [] : await git.commits("--reverse", after, since);
    const commits = await Promise.all(range.slice(-listed).map((sha) => pushedCommit(world, repository, sha)));
    return {
      ...known,
      forced,
      commits,
      head_commit: after === null ? null : await pushedCommit(world, repository, after),
    };
  };
}

async function pushedCommit(world: World, repository: Repository, sha: string): Promise<Json> {
  const object = await repository.git.tryReadCommit(sha);
  // A tag or another object.
  if (object === undefined) return { id: sha };
  const commit: StoredCommit = object;
  const files = await repository.git.changedFiles(commit.parents[0] ?? null, sha);
  const paths = (...status: readonly string[]) =>
    files.filter((one) => status.includes(one.status)).map((one) => one.path);
  const previous = files.flatMap((one) => one.previousPath ?? []);
  return {
    id: sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${repositoryPage(world, repository)}/commit/${sha}`,
    author: person(named(world, commit.author)),
    committer: person(named(world, commit.committer)),
    added: paths("added", "renamed"),
    removed: [...paths("removed"), ...previous],
    modified: paths("modified", "changed"),
  };
}

function person({ name, email, account }: NamedPerson): Json {
  return { name, email, ...(account === undefined ? {} : { username: account.login }) };
}
