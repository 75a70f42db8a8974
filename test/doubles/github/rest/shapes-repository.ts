/** Repositories as the REST API shows them. */
import type { Repository, Token } from "../world/model";
import { actorOf, atLeast, fullName, type World } from "../world/world";
import { userShape } from "./shapes-people";

type Json = Readonly<Record<string, unknown>>;

/** Where a repository lies in the API. */
export function repositoryUrl(world: World, repository: Repository): string {
  return `${world.addresses.apiUrl}/repos/${fullName(repository)}`;
}

/** Where its pages lie. */
export function repositoryPage(world: World, repository: Repository): string {
  return `${world.addresses.serverUrl}/${fullName(repository)}`;
}

/** A repository as it stands in other things (`minimal-repository`). */
export function minimalRepositoryShape(world: World, repository: Repository): Json {
  const url = repositoryUrl(world, repository);
  return {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
    owner: userShape(world, repository.owner),
    html_url: repositoryPage(world, repository),
    description: null,
    fork: repository.forkOf !== undefined,
    url,
    ...Object.fromEntries(Object.entries(links).map(([name, path]) => [name, `${url}/${path}`])),
  };
}

/** A repository as it stands in a pull request (`repository`). */
export function repositoryShape(world: World, repository: Repository): Json {
  const open = [...repository.issues.values()].filter((one) => one.state === "open").length;
  const page = repositoryPage(world, repository);
  const { host } = new URL(world.addresses.serverUrl);
  return {
    ...minimalRepositoryShape(world, repository),
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.createdAt,
    git_url: `git://${host}/${fullName(repository)}.git`,
    ssh_url: `git@${host}:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.isPrivate ? "private" : "public",
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** A repository asked for by name (`full-repository`). */
export function fullRepositoryShape(world: World, repository: Repository, token: Token | undefined): Json {
  const { forkOf, owner } = repository;
  const held = token === undefined ? "read" : world.permissionOf(actorOf(token), repository);
  const isAdmin = atLeast(held, "admin");
  return {
    ...repositoryShape(world, repository),
    permissions: {
      admin: isAdmin,
      maintain: atLeast(held, "maintain"),
      push: atLeast(held, "write"),
      triage: atLeast(held, "triage"),
      pull: true,
    },
    temp_clone_token: null,
    ...(isAdmin
      ? {
          allow_squash_merge: true,
          allow_merge_commit: true,
          allow_rebase_merge: true,
          allow_auto_merge: false,
          delete_branch_on_merge: false,
          allow_update_branch: false,
          use_squash_pr_title_as_default: false,
          squash_merge_commit_message: "COMMIT_MESSAGES",
          squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
          merge_commit_message: "PR_TITLE",
          merge_commit_title: "MERGE_MESSAGE",
        }
      : {}),
    ...(owner.type === "Organization" ? { organization: userShape(world, owner) } : {}),
    ...(forkOf === undefined ? {} : { parent: repositoryShape(world, forkOf), source: repositoryShape(world, forkOf) }),
    network_count: 0,
    subscribers_count: 1,
  };
}

const links = {
  forks_url: "forks",
  keys_url: "keys{/key_id}",
  collaborators_url: "collaborators{/collaborator}",
  teams_url: "teams",
  hooks_url: "hooks",
  issue_events_url: "issues/events{/number}",
  events_url: "events",
  assignees_url: "assignees{/user}",
  branches_url: "branches{/branch}",
  tags_url: "tags",
  blobs_url: "git/blobs{/sha}",
  git_tags_url: "git/tags{/sha}",
  git_refs_url: "git/refs{/sha}",
  trees_url: "git/trees{/sha}",
  statuses_url: "statuses/{sha}",
  languages_url: "languages",
  stargazers_url: "stargazers",
  contributors_url: "contributors",
  subscribers_url: "subscribers",
  subscription_url: "subscription",
  commits_url: "commits{/sha}",
  git_commits_url: "git/commits{/sha}",
  comments_url: "comments{/number}",
  issue_comment_url: "issues/comments{/number}",
  contents_url: "contents/{+path}",
  compare_url: "compare/{base}...{head}",
  merges_url: "merges",
  archive_url: "{archive_format}{/ref}",
  downloads_url: "downloads",
  issues_url: "issues{/number}",
  pulls_url: "pulls{/number}",
  milestones_url: "milestones{/number}",
  notifications_url: "notifications{?since,all,participating}",
  labels_url: "labels{/name}",
  releases_url: "releases{/id}",
  deployments_url: "deployments",
} as const;
