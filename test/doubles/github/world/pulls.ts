/** Pull requests: opening them, what is in them, and reviewing them. */
import type { ChangedFile } from "../git/diff";
import { emitIssueComment, emitPull, emitReview } from "./events";
import type { Account, App, Comment, Issue, Pull, Repository, Review, Team } from "./model";
import { closePull, setPullRef } from "./refs";
import { atLeast, fullName, type World } from "./world";

/** GitHub's refusal of a well-formed call: answered as 422 with this message. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status = 422,
    readonly errors?: readonly unknown[],
  ) {
    super(message);
  }
}

/** What an issue or a pull request starts with. */
export interface NewIssue {
  readonly title: string;
  readonly body?: string | null;
  readonly author: Account;
  readonly app?: App;
  readonly labels?: readonly string[];
  readonly assignees?: readonly Account[];
}

/** Opens an issue. */
export function openIssue(world: World, repository: Repository, facts: NewIssue): Issue {
  const issue: Issue = {
    id: world.nextId(),
    number: repository.nextNumber,
    title: facts.title,
    body: facts.body ?? null,
    author: facts.author,
    ...(facts.app === undefined ? {} : { app: facts.app }),
    state: "open",
    stateReason: null,
    labels: [...(facts.labels ?? [])],
    assignees: [...(facts.assignees ?? [])],
    comments: [],
    createdAt: world.now(),
    updatedAt: world.now(),
    closedAt: null,
  };
  repository.nextNumber += 1;
  repository.issues.set(issue.number, issue);
  return issue;
}

/** What a pull request starts with. */
export interface NewPull extends NewIssue {
  readonly base: string;
  readonly headRepository: Repository;
  readonly headBranch: string;
  readonly draft?: boolean;
}

/** Opens a pull request; refuses as GitHub does what has no commits or is open already. */
export async function openPull(world: World, repository: Repository, facts: NewPull): Promise<Pull> {
  const { headRepository, headBranch, base, author } = facts;
  const headSha = headRepository.git.tryReadRef(`refs/heads/${headBranch}`);
  const baseSha = repository.git.tryReadRef(`refs/heads/${base}`);
  const invalid = (field: string) =>
    new Refused("Validation Failed", 422, [{ resource: "PullRequest", field, code: "invalid" }]);
  const custom = (message: string) =>
    new Refused("Validation Failed", 422, [{ resource: "PullRequest", code: "custom", message }]);
  if (headSha === undefined) throw invalid("head");
  if (baseSha === undefined) throw invalid("base");
  const label = `${headRepository.owner.login}:${headBranch}`;
  for (const other of repository.pulls.values()) {
    if (other.issue.state !== "open" || other.headBranch !== headBranch || other.baseBranch !== base) continue;
    if (other.headRepository === headRepository) throw custom(`A pull request already exists for ${label}.`);
  }
  if (await repository.git.isAncestor(headSha, baseSha)) throw custom(`No commits between ${base} and ${headBranch}`);
  const issue = openIssue(world, repository, facts);
  const pull: Pull = {
    id: world.nextId(),
    number: issue.number,
    issue,
    repository,
    headRepository,
    headBranch,
    headSha,
    baseBranch: base,
    baseSha,
    isDraft: facts.draft ?? false,
    reviews: [],
    requestedReviewers: new Set(),
    requestedTeams: new Set(),
    lastPusher: author,
  };
  repository.pulls.set(pull.number, pull);
  await setPullRef(pull);
  await emitPull(world, pull, "opened", author);
  return pull;
}

/** What a pull request compares. */
export type Compared = Pick<Pull, "repository" | "baseSha" | "headSha">;

/** Ids of a pull request's commits, oldest first: what its head has and its base has not. Not cut. */
export async function commitsOf(pull: Compared): Promise<readonly string[]> {
  return pull.repository.git.commits("--topo-order", "--reverse", pull.headSha, `^${pull.baseSha}`);
}

/** The files that a pull request changes, counted from the merge base. Not cut. */
export async function filesOf(pull: Compared): Promise<readonly ChangedFile[]> {
  const { git } = pull.repository;
  const base = await git.tryMergeBase(pull.baseSha, pull.headSha);
  return git.changedFiles(base ?? null, pull.headSha);
}

/** Where a merge would lead now; undefined on a conflict. */
export async function tryTestMerge(pull: Pull): Promise<string | undefined> {
  const { git } = pull.repository;
  const base = git.tryReadRef(`refs/heads/${pull.baseBranch}`) ?? pull.baseSha;
  const tree = await git.tryMergeTrees(base, pull.headSha);
  if (tree === undefined) return undefined;
  const github = { name: "GitHub", email: "noreply@github.com", date: pull.issue.createdAt };
  const message = `Merge ${pull.headSha} into ${base}`;
  const commit = git.writeCommit({ tree, parents: [base, pull.headSha], author: github, committer: github, message });
  pull.repository.signatures.set(commit, "VALID");
  const ref = `refs/pull/${pull.number}/merge`;
  if (git.tryReadRef(ref) !== commit) await git.setRef(ref, commit);
  return commit;
}

/** The pull requests that GitHub associates with a commit. */
export async function associatedPulls(repository: Repository, sha: string): Promise<readonly Pull[]> {
  const told = repository.associations.get(sha);
  if (told !== undefined) return told.flatMap((number) => repository.pulls.get(number) ?? []);
  const found: Pull[] = [];
  for (const pull of repository.pulls.values()) {
    const merged = pull.merged?.commits.includes(sha) === true || pull.merged?.commit === sha;
    if (merged || pull.headSha === sha || (await commitsOf(pull)).includes(sha)) found.push(pull);
  }
  return found;
}

/** What a review says. */
export interface NewReview {
  readonly by: Account;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  readonly body?: string;
  readonly commit?: string;
}

/** Submits a review; GitHub lets nobody approve the own pull request. */
export async function submitReview(world: World, pull: Pull, facts: NewReview): Promise<Review> {
  const { by, state } = facts;
  if (by === pull.issue.author && state !== "COMMENTED") {
    const verb = state === "APPROVED" ? "approve" : "request changes on";
    throw new Refused("Unprocessable Entity", 422, [`Can not ${verb} your own pull request`]);
  }
  const review: Review = {
    id: world.nextId(),
    author: by,
    state,
    body: facts.body ?? "",
    commit: facts.commit ?? pull.headSha,
    submittedAt: world.now(),
    updatedAt: world.now(),
  };
  pull.reviews.push(review);
  pull.requestedReviewers.delete(by);
  pull.issue.updatedAt = world.now();
  await emitReview(world, pull, review, "submitted", by);
  return review;
}

/** Dismisses a review. */
export async function dismissReview(world: World, pull: Pull, review: Review, by: Account): Promise<void> {
  if (review.state === "COMMENTED") throw new Refused("Can not dismiss a commented pull request review");
  review.state = "DISMISSED";
  review.updatedAt = world.now();
  await emitReview(world, pull, review, "dismissed", by);
}

/** Asks people and teams for a review; who may not read the repository cannot be asked. */
export async function requestReviewers(
  world: World,
  pull: Pull,
  asked: { readonly people: readonly Account[]; readonly teams: readonly Team[]; readonly by: Account },
): Promise<void> {
  const { repository } = pull;
  if (asked.people.includes(pull.issue.author)) {
    throw new Refused("Review cannot be requested from pull request author.");
  }
  const strangers = asked.people.filter((one) => !atLeast(world.permissionOf(one, repository), "read"));
  const strangeTeams = asked.teams.filter((one) => !repository.teams.has(one));
  if (strangers.length > 0 || strangeTeams.length > 0) {
    const what =
      strangers.length > 0
        ? "Reviews may only be requested from collaborators."
        : "Reviews may only be requested from collaborators.";
    throw new Refused(
      `${what} One or more of the users or teams you specified is not a collaborator of the ${fullName(repository)} repository.`,
    );
  }
  for (const person of asked.people) pull.requestedReviewers.add(person);
  for (const team of asked.teams) pull.requestedTeams.add(team);
  await emitPull(world, pull, "review_requested", asked.by);
}

/** Opens a closed pull request again; not when its branch is gone or was rewritten. */
export async function reopenPull(world: World, pull: Pull, by: Account): Promise<void> {
  const tip = pull.headRepository.git.tryReadRef(`refs/heads/${pull.headBranch}`);
  if (pull.merged !== undefined || tip === undefined || !(await pull.repository.git.isAncestor(pull.headSha, tip))) {
    throw new Refused("Validation Failed", 422, [
      {
        resource: "PullRequest",
        code: "invalid",
        field: "state",
        message: "state cannot be changed. The branch was force-pushed or recreated.",
      },
    ]);
  }
  pull.headSha = tip;
  pull.issue.state = "open";
  pull.issue.closedAt = null;
  delete pull.issue.closedBy;
  pull.issue.updatedAt = world.now();
  await setPullRef(pull);
  await emitPull(world, pull, "reopened", by);
}

/** Adds a comment to an issue or a pull request. */
export async function addComment(
  world: World,
  repository: Repository,
  issue: Issue,
  facts: { readonly by: Account; readonly app?: App; readonly body: string },
): Promise<Comment> {
  const comment: Comment = {
    id: world.nextId(),
    author: facts.by,
    ...(facts.app === undefined ? {} : { app: facts.app }),
    body: facts.body,
    createdAt: world.now(),
    updatedAt: world.now(),
    reactions: [],
  };
  issue.comments.push(comment);
  issue.updatedAt = world.now();
  await emitIssueComment(world, repository, { issue, comment }, "created", facts.by);
  return comment;
}

/** The comment of an id in a repository, with its issue. */
export function tryFindComment(repository: Repository, id: number): { issue: Issue; comment: Comment } | undefined {
  for (const issue of repository.issues.values()) {
    const comment = issue.comments.find((one) => one.id === id);
    if (comment !== undefined) return { issue, comment };
  }
  return undefined;
}

/** Changes state, title, body, base or draft of a pull request. */
export async function editPull(
  world: World,
  pull: Pull,
  change: {
    readonly by: Account;
    readonly state?: "open" | "closed";
    readonly base?: string;
    readonly draft?: boolean;
  },
): Promise<void> {
  if (change.base !== undefined && change.base !== pull.baseBranch) {
    const tip = pull.repository.git.tryReadRef(`refs/heads/${change.base}`);
    if (tip === undefined)
      throw new Refused("Validation Failed", 422, [{ resource: "PullRequest", field: "base", code: "invalid" }]);
    const from = { ref: pull.baseBranch, sha: pull.baseSha };
    pull.baseBranch = change.base;
    pull.baseSha = tip;
    await emitPull(world, pull, "edited", change.by, {
      changes: { base: { ref: { from: from.ref }, sha: { from: from.sha } } },
    });
  }
  if (change.draft !== undefined && change.draft !== pull.isDraft) {
    pull.isDraft = change.draft;
    await emitPull(world, pull, change.draft ? "converted_to_draft" : "ready_for_review", change.by);
  }
  if (change.state === "closed" && pull.issue.state === "open") await closePull(world, pull, change.by);
  if (change.state === "open" && pull.issue.state === "closed") await reopenPull(world, pull, change.by);
  pull.issue.updatedAt = world.now();
}

/** Closes or opens an issue. */
export function closeOrOpenIssue(world: World, issue: Issue, state: "open" | "closed", by: Account): void {
  if (issue.state === state) return;
  issue.state = state;
  issue.stateReason = state === "closed" ? "completed" : "reopened";
  issue.closedAt = state === "closed" ? world.now() : null;
  if (state === "closed") issue.closedBy = by;
  else delete issue.closedBy;
}

/** Changes what a comment says; anybody with write may, and it stays its author's. */
export async function editComment(
  world: World,
  repository: Repository,
  found: { readonly issue: Issue; readonly comment: Comment },
  change: { readonly body: string; readonly by: Account },
): Promise<void> {
  const { comment } = found;
  comment.previousBody = comment.body;
  comment.body = change.body;
  comment.editor = change.by;
  comment.updatedAt = world.now();
  await emitIssueComment(world, repository, found, "edited", change.by);
}

/** Takes a comment away. */
export async function deleteComment(
  world: World,
  repository: Repository,
  found: { readonly issue: Issue; readonly comment: Comment },
  by: Account,
): Promise<void> {
  const { comments } = found.issue;
  comments.splice(comments.indexOf(found.comment), 1);
  await emitIssueComment(world, repository, found, "deleted", by);
}
