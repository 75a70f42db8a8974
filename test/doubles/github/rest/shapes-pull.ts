/** Issues, pull requests, reviews and comments as the REST API shows them. */
import { associationOf } from "../world/association";
import type { Comment, Issue, Pull, Repository, Review } from "../world/model";
import { commitsOf, type Compared, filesOf, tryTestMerge } from "../world/pulls";
import type { World } from "../world/world";
import { appShape, teamShape, userOrNull, userShape } from "./shapes-people";
import { repositoryPage, repositoryShape, repositoryUrl } from "./shapes-repository";

type Json = Readonly<Record<string, unknown>>;

/** A pull request in a list (`pull-request-simple`). */
export function pullShape(world: World, pull: Pull): Json {
  const { issue, repository, number } = pull;
  const api = repositoryUrl(world, repository);
  const url = `${api}/pulls/${number}`;
  const page = `${repositoryPage(world, repository)}/pull/${number}`;
  const href = {
    self: url,
    html: page,
    issue: `${api}/issues/${number}`,
    comments: `${api}/issues/${number}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${pull.headSha}`,
  };
  return {
    url,
    id: pull.id,
    node_id: `PR_${pull.id}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: href.issue,
    commits_url: href.commits,
    review_comments_url: href.review_comments,
    review_comment_url: href.review_comment,
    comments_url: href.comments,
    statuses_url: href.statuses,
    number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: userShape(world, issue.author),
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.commit ?? null,
    assignee: userOrNull(world, issue.assignees[0]),
    assignees: issue.assignees.map((one) => userShape(world, one)),
    requested_reviewers: [...pull.requestedReviewers].map((one) => userShape(world, one)),
    requested_teams: [...pull.requestedTeams].map((one) => teamShape(world, one)),
    labels: issue.labels.map((name) => labelShape(world, repository, name)),
    milestone: null,
    draft: pull.isDraft,
    head: sideShape(world, pull.headRepository, pull.headBranch, pull.headSha),
    base: sideShape(world, repository, pull.baseBranch, pull.baseSha),
    _links: Object.fromEntries(Object.entries(href).map(([name, one]) => [name, { href: one }])),
    author_association: associationOf(world, repository, issue.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** A pull request asked for by number (`pull-request`). */
export async function fullPullShape(world: World, pull: Pull): Promise<Json> {
  const isOpen = pull.issue.state === "open";
  const test = isOpen ? await tryTestMerge(pull) : undefined;
  return {
    ...pullShape(world, pull),
    ...pullExtraShape(world, pull),
    ...(await pullCountsShape(pull)),
    merge_commit_sha: pull.merged?.commit ?? test ?? null,
    mergeable: isOpen ? test !== undefined : null,
    rebaseable: isOpen ? test !== undefined : null,
    mergeable_state: !isOpen ? "unknown" : test === undefined ? "dirty" : pull.isDraft ? "draft" : "clean",
  };
}

/** What a pull request asked for by number has more; whether it can be merged is not known yet, as in events. */
export function pullExtraShape(world: World, pull: Pull): Json {
  return {
    merged: pull.merged !== undefined,
    mergeable: null,
    rebaseable: null,
    mergeable_state: "unknown",
    merged_by: userOrNull(world, pull.merged?.by),
    comments: pull.issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
  };
}

/** How much a pull request changes. */
export async function pullCountsShape(pull: Compared): Promise<Json> {
  const files = await filesOf(pull);
  return {
    commits: (await commitsOf(pull)).length,
    additions: files.reduce((sum, one) => sum + one.additions, 0),
    deletions: files.reduce((sum, one) => sum + one.deletions, 0),
    changed_files: files.length,
  };
}

/** A review (`pull-request-review`). */
export function reviewShape(world: World, pull: Pull, review: Review): Json {
  const { repository, number } = pull;
  const page = `${repositoryPage(world, repository)}/pull/${number}#pullrequestreview-${review.id}`;
  const url = `${repositoryUrl(world, repository)}/pulls/${number}`;
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: userOrNull(world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: url,
    _links: { html: { href: page }, pull_request: { href: url } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
    author_association: associationOf(world, repository, review.author),
  };
}

/** An issue (`issue`); pull requests are issues too. */
export function issueShape(world: World, repository: Repository, issue: Issue): Json {
  const api = repositoryUrl(world, repository);
  const url = `${api}/issues/${issue.number}`;
  const pull = repository.pulls.get(issue.number);
  const kind = pull === undefined ? "issues" : "pull";
  const page = `${repositoryPage(world, repository)}/${kind}/${issue.number}`;
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: issue.id,
    node_id: `I_${issue.id}`,
    number: issue.number,
    title: issue.title,
    user: userOrNull(world, issue.author),
    labels: issue.labels.map((name) => labelShape(world, repository, name)),
    state: issue.state,
    locked: false,
    assignee: userOrNull(world, issue.assignees[0]),
    assignees: issue.assignees.map((one) => userShape(world, one)),
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: associationOf(world, repository, issue.author),
    active_lock_reason: null,
    body: issue.body,
    closed_by: userOrNull(world, issue.closedBy),
    reactions: reactionsShape(`${url}/reactions`, []),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: issue.app === undefined ? null : appShape(world, issue.app),
    state_reason: issue.stateReason,
    ...(pull === undefined
      ? {}
      : {
          draft: pull.isDraft,
          pull_request: {
            url: `${api}/pulls/${issue.number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: pull.merged?.at ?? null,
          },
        }),
  };
}

/** A comment (`issue-comment`). */
export function commentShape(world: World, repository: Repository, issue: Issue, comment: Comment): Json {
  const url = `${repositoryUrl(world, repository)}/issues/comments/${comment.id}`;
  const kind = repository.pulls.has(issue.number) ? "pull" : "issues";
  return {
    url,
    html_url: `${repositoryPage(world, repository)}/${kind}/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(world, repository)}/issues/${issue.number}`,
    id: comment.id,
    node_id: `IC_${comment.id}`,
    user: userOrNull(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(world, repository, comment.author),
    body: comment.body,
    reactions: reactionsShape(
      `${url}/reactions`,
      comment.reactions.map((one) => one.content),
    ),
    performed_via_github_app: comment.app === undefined ? null : appShape(world, comment.app),
  };
}

function sideShape(world: World, repository: Repository, branch: string, sha: string): Json {
  return {
    label: `${repository.owner.login}:${branch}`,
    ref: branch,
    sha,
    user: userShape(world, repository.owner),
    // GitHub answers null for a deleted fork, whatever its schema says.
    repo: repository.isDeleted ? null : repositoryShape(world, repository),
  };
}

function labelShape(world: World, repository: Repository, name: string): Json {
  const url = `${repositoryUrl(world, repository)}/labels/${encodeURIComponent(name)}`;
  return { id: 1, node_id: "LA_1", url, name, color: "ededed", default: false, description: "" };
}

function reactionsShape(url: string, contents: readonly string[]): Json {
  const kinds = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"];
  const counted = kinds.map((kind) => [kind, contents.filter((one) => one === kind).length] as const);
  return { url, total_count: contents.length, ...Object.fromEntries(counted) };
}
