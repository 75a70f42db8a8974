/** A pull request, its reviews and comments as GraphQL shows them. */
import type { Comment, Pull, Review } from "../world/model";
import { associationOf } from "../world/association";
import { commitsOf, filesOf, tryTestMerge } from "../world/pulls";
import { actorOf, atLeast, fullName } from "../world/world";
import { connection, type PageArguments } from "./connection";
import type { Asking } from "./execute";
import { commitById } from "./objects";
import { actorView, teamView, userView } from "./people";
import { refView, repositoryView } from "./repository";

type View = Readonly<Record<string, unknown>>;

/** A pull request. */
export function pullView(asking: Asking, pull: Pull): View {
  const { world } = asking;
  const { issue, repository, headRepository } = pull;
  const url = `${world.addresses.serverUrl}/${fullName(repository)}/pull/${pull.number}`;
  const page = <T>(
    name: string,
    items: readonly T[],
    view: (item: T) => unknown,
    asked: PageArguments,
    total?: number,
  ) =>
    connection(
      { name, items, view, pageSize: world.limits.pageSize, ...(total === undefined ? {} : { totalCount: total }) },
      asked,
    );
  const reviews = (wanted: readonly Review[]) => wanted;
  return {
    __typename: "PullRequest",
    id: `PR_${pull.id}`,
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    title: issue.title,
    body: issue.body ?? "",
    url,
    permalink: url,
    resourcePath: `/${fullName(repository)}/pull/${pull.number}`,
    state: pull.merged === undefined ? issue.state.toUpperCase() : "MERGED",
    closed: issue.state === "closed",
    isDraft: pull.isDraft,
    isCrossRepository: headRepository !== repository,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    closedAt: issue.closedAt,
    author: () => actorView(world, issue.author),
    authorAssociation: associationOf(world, repository, issue.author),
    viewerDidAuthor: issue.author === actorOf(asking.token),
    headRefOid: pull.headSha,
    headRefName: pull.headBranch,
    headRef: () => refView(asking, headRepository, `refs/heads/${pull.headBranch}`),
    headRepository: () => (headRepository.isDeleted ? null : repositoryView(asking, headRepository)),
    baseRefOid: pull.baseSha,
    baseRefName: pull.baseBranch,
    baseRef: () => refView(asking, repository, `refs/heads/${pull.baseBranch}`),
    baseRepository: () => repositoryView(asking, repository),
    repository: () => repositoryView(asking, repository),
    merged: pull.merged !== undefined,
    mergedAt: pull.merged?.at ?? null,
    mergedBy: () => (pull.merged === undefined ? null : actorView(world, pull.merged.by)),
    mergeCommit: () => (pull.merged === undefined ? null : commitById(asking, repository, pull.merged.commit)),
    mergeable: async () =>
      pull.merged !== undefined ? "UNKNOWN" : (await tryTestMerge(pull)) === undefined ? "CONFLICTING" : "MERGEABLE",
    potentialMergeCommit: async () => {
      const merge = pull.merged === undefined ? await tryTestMerge(pull) : undefined;
      return merge === undefined ? null : commitById(asking, repository, merge);
    },
    isInMergeQueue: repository.queue.some((entry) => entry.pull === pull),
    changedFiles: async () => (await filesOf(pull)).length,
    commits: async (asked: PageArguments) => {
      const all = await commitsOf(pull);
      const view = (sha: string) => ({
        __typename: "PullRequestCommit",
        id: `PRC_${pull.id}_${sha}`,
        commit: () => commitById(asking, repository, sha),
        pullRequest: () => pullView(asking, pull),
      });
      return page("commits", all.slice(0, world.limits.pullCommits), view, asked, all.length);
    },
    files: async (asked: PageArguments) =>
      page(
        "files",
        (await filesOf(pull)).slice(0, world.limits.pullFiles),
        (file) => ({
          path: file.path,
          additions: file.additions,
          deletions: file.deletions,
          changeType: file.status === "removed" ? "DELETED" : file.status.toUpperCase(),
        }),
        asked,
      ),
    reviews: (asked: PageArguments & { readonly states?: readonly string[] | null; readonly author?: string | null }) =>
      page(
        "reviews",
        reviews(pull.reviews).filter(
          (one) =>
            (asked.states?.includes(one.state) ?? true) &&
            (typeof asked.author !== "string" || one.author.login.toLowerCase() === asked.author.toLowerCase()),
        ),
        (review) => reviewView(asking, pull, review),
        asked,
      ),
    latestReviews: (asked: PageArguments) =>
      page(
        "latestReviews",
        pull.reviews.filter((one, at) => !pull.reviews.slice(at + 1).some((later) => later.author === one.author)),
        (review) => reviewView(asking, pull, review),
        asked,
      ),
    reviewRequests: (asked: PageArguments) =>
      page(
        "reviewRequests",
        [
          ...[...pull.requestedReviewers].map((one) => userView(world, one)),
          ...[...pull.requestedTeams].map((one) => teamView(world, one)),
        ],
        (requestedReviewer) => ({ requestedReviewer, asCodeOwner: false }),
        asked,
      ),
    comments: (asked: PageArguments) =>
      page("comments", issue.comments, (one) => commentView(asking, pull, one), asked),
  };
}

function reviewView(asking: Asking, pull: Pull, review: Review): View {
  const { world, token } = asking;
  const { author } = review;
  return {
    __typename: "PullRequestReview",
    id: `PRR_${review.id}`,
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    author: () => actorView(world, author),
    authorAssociation: associationOf(world, pull.repository, author),
    authorCanPushToRepository: atLeast(world.permissionOf(author, pull.repository), "write"),
    state: review.state,
    body: review.body,
    commit: () => commitById(asking, pull.repository, review.commit),
    submittedAt: review.submittedAt,
    createdAt: review.submittedAt,
    updatedAt: review.updatedAt,
    url: `${world.addresses.serverUrl}/${fullName(pull.repository)}/pull/${pull.number}#pullrequestreview-${review.id}`,
    viewerDidAuthor: author === actorOf(token),
    pullRequest: () => pullView(asking, pull),
  };
}

/** A comment on a pull request. */
export function commentView(asking: Asking, pull: Pull, comment: Comment): View {
  const { world, token } = asking;
  return {
    __typename: "IssueComment",
    id: `IC_${comment.id}`,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    author: () => actorView(world, comment.author),
    authorAssociation: associationOf(world, pull.repository, comment.author),
    editor: () => (comment.editor === undefined ? null : actorView(world, comment.editor)),
    includesCreatedEdit: false,
    lastEditedAt: comment.editor === undefined ? null : comment.updatedAt,
    body: comment.body,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    url: `${world.addresses.serverUrl}/${fullName(pull.repository)}/pull/${pull.number}#issuecomment-${comment.id}`,
    isMinimized: false,
    viewerDidAuthor: comment.author === actorOf(token),
    viewerCanUpdate:
      atLeast(world.permissionOf(actorOf(token), pull.repository), "write") || comment.author === actorOf(token),
    pullRequest: () => pullView(asking, pull),
  };
}
