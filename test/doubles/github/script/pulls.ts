/** What tests do to pull requests, reviews, comments, checks and merges. */
import { addCheckRun } from "../rest/routes-checks";
import { emitWorkflowRun } from "../world/events";
import { enqueuePull, flushQueue, mergePull } from "../world/merge";
import type { MergeMethod, Pull, Repository } from "../world/model";
import * as pulls from "../world/pulls";
import type { World } from "../world/world";
import { pusherOf } from "./code";
import { findTeam } from "./people";

/** Which pull request (or, for comments, issue). */
export interface PullName {
  readonly repository: string;
  readonly number: number;
}

/** A pull request, as tests are told of it. */
export interface KnownPull {
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  readonly isDraft: boolean;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseBranch: string;
  readonly mergeCommit: string | null;
  readonly body: string | null;
  readonly title: string;
  readonly requestedReviewers: readonly string[];
  readonly requestedTeams: readonly string[];
}

/** A comment, as tests are told of it. */
export interface KnownComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

/** A check run, as tests are told of it. */
export interface KnownCheckRun {
  readonly id: number;
  readonly name: string;
  readonly app: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly externalId: string;
  readonly annotations: readonly { readonly path: string; readonly message: string; readonly start_line: number }[];
}

/** Actions on pull requests. */
export function pullScript(world: World) {
  const find = ({ repository, number }: PullName): Pull => {
    const pull = world.findRepository(repository).pulls.get(number);
    if (pull === undefined) throw new Error(`There is no pull request ${repository}#${number}.`);
    return pull;
  };
  const findIssue = ({ repository, number }: PullName) => {
    const issue = world.findRepository(repository).issues.get(number);
    if (issue === undefined) throw new Error(`There is no issue ${repository}#${number}.`);
    return issue;
  };
  const who = (repository: Repository, login?: string) => pusherOf(world, repository, login);
  return {
    /** Opens one. `head` is a branch, or `owner:branch` of a fork. */
    async openPull(facts: {
      readonly repository: string;
      readonly head: string;
      readonly base?: string;
      readonly by?: string;
      readonly title?: string;
      readonly body?: string;
      readonly draft?: boolean;
    }): Promise<KnownPull> {
      const repository = world.findRepository(facts.repository);
      const [first = "", branch] = facts.head.split(":");
      const headRepository =
        branch === undefined
          ? repository
          : world.repositories.find((one) => one.owner.login === first && one.forkOf === repository);
      if (headRepository === undefined) throw new Error(`${first} has no fork of ${facts.repository}.`);
      const author = who(repository, facts.by);
      const app = [...world.apps.values()].find((one) => one.bot === author);
      const pull = await pulls.openPull(world, repository, {
        title: facts.title ?? `Change of ${facts.head}`,
        body: facts.body ?? null,
        author,
        ...(app === undefined ? {} : { app }),
        base: facts.base ?? repository.defaultBranch,
        headRepository,
        headBranch: branch ?? first,
        draft: facts.draft ?? false,
      });
      return knownPull(pull);
    },
    /** The pull request as it stands. */
    async readPull(name: PullName): Promise<KnownPull> {
      return knownPull(find(name));
    },
    /** Closes, opens again, changes the base or the draft state. */
    async editPull(
      facts: PullName & {
        readonly by?: string;
        readonly state?: "open" | "closed";
        readonly base?: string;
        readonly draft?: boolean;
      },
    ) {
      const pull = find(facts);
      const { state, base, draft } = facts;
      await pulls.editPull(world, pull, {
        by: who(pull.repository, facts.by),
        ...(state === undefined ? {} : { state }),
        ...(base === undefined ? {} : { base }),
        ...(draft === undefined ? {} : { draft }),
      });
    },
    /** Submits a review, on the head unless a commit is named; gives its id. */
    async review(
      facts: PullName & {
        readonly by: string;
        readonly state?: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
        readonly commit?: string;
        readonly body?: string;
      },
    ): Promise<number> {
      const review = await pulls.submitReview(world, find(facts), {
        by: world.findAccount(facts.by),
        state: facts.state ?? "APPROVED",
        ...(facts.commit === undefined ? {} : { commit: facts.commit }),
        ...(facts.body === undefined ? {} : { body: facts.body }),
      });
      return review.id;
    },
    async dismissReview(facts: PullName & { readonly review: number; readonly by?: string }): Promise<void> {
      const pull = find(facts);
      const review = pull.reviews.find((one) => one.id === facts.review);
      if (review === undefined) throw new Error(`There is no review ${facts.review}.`);
      await pulls.dismissReview(world, pull, review, who(pull.repository, facts.by));
    },
    /** The review is not there any more, without a trace. */
    async removeReview(facts: PullName & { readonly review: number }): Promise<void> {
      const { reviews } = find(facts);
      reviews.splice(
        reviews.findIndex((one) => one.id === facts.review),
        1,
      );
    },
    async requestReviewers(
      facts: PullName & {
        readonly people?: readonly string[];
        readonly teams?: readonly string[];
        readonly by?: string;
      },
    ) {
      const pull = find(facts);
      await pulls.requestReviewers(world, pull, {
        people: (facts.people ?? []).map((one) => world.findAccount(one)),
        teams: (facts.teams ?? []).map((one) => findTeam(world, one)),
        by: who(pull.repository, facts.by),
      });
    },
    /** Comments on a pull request or an issue; gives the comment's id. */
    async comment(facts: PullName & { readonly by: string; readonly body: string }): Promise<number> {
      const author = world.findAccount(facts.by);
      const app = [...world.apps.values()].find((one) => one.bot === author);
      const repository = world.findRepository(facts.repository);
      const named = { by: author, body: facts.body, ...(app === undefined ? {} : { app }) };
      return (await pulls.addComment(world, repository, findIssue(facts), named)).id;
    },
    /** Somebody edits a comment, perhaps another's. */
    async editComment(facts: {
      readonly repository: string;
      readonly comment: number;
      readonly body: string;
      readonly by: string;
    }): Promise<void> {
      const by = world.findAccount(facts.by);
      await pulls.editComment(world, world.findRepository(facts.repository), findComment(world, facts), {
        body: facts.body,
        by,
      });
    },
    async deleteComment(facts: {
      readonly repository: string;
      readonly comment: number;
      readonly by?: string;
    }): Promise<void> {
      const repository = world.findRepository(facts.repository);
      await pulls.deleteComment(world, repository, findComment(world, facts), who(repository, facts.by));
    },
    /** All comments of a pull request or issue. */
    async comments(name: PullName): Promise<readonly KnownComment[]> {
      return findIssue(name).comments.map(({ id, author, body }) => ({ id, author: author.login, body }));
    },
    /** All issues that are no pull requests. */
    async issues(repository: string) {
      const held = world.findRepository(repository);
      return [...held.issues.values()]
        .filter((one) => !held.pulls.has(one.number))
        .map(({ number, title, body, state, author }) => ({ number, title, body, state, author: author.login }));
    },
    async openIssue(facts: {
      readonly repository: string;
      readonly title: string;
      readonly body?: string;
      readonly by: string;
    }): Promise<number> {
      const author = world.findAccount(facts.by);
      return pulls.openIssue(world, world.findRepository(facts.repository), { ...facts, author }).number;
    },
    /** A check run by any App: also one that forges ours. */
    async createCheckRun(facts: {
      readonly repository: string;
      readonly commit: string;
      readonly name: string;
      readonly app?: string;
      readonly conclusion?: string;
    }): Promise<number> {
      const app = world.apps.get(facts.app ?? "github-actions");
      if (app === undefined) throw new Error(`The test GitHub has no App ${String(facts.app)}.`);
      const run = addCheckRun(world, world.findRepository(facts.repository), {
        app,
        name: facts.name,
        headSha: facts.commit,
      });
      if (facts.conclusion === undefined) return run.id;
      run.status = "completed";
      run.conclusion = facts.conclusion;
      run.completedAt = world.now();
      return run.id;
    },
    /** All check runs of a commit, oldest first. */
    async checkRuns(facts: {
      readonly repository: string;
      readonly commit: string;
    }): Promise<readonly KnownCheckRun[]> {
      return [...world.findRepository(facts.repository).checkRuns.values()]
        .filter((run) => run.headSha === facts.commit)
        .map((run) => ({
          id: run.id,
          name: run.name,
          app: run.suite.app.slug,
          status: run.status,
          conclusion: run.conclusion,
          title: run.title,
          summary: run.summary,
          text: run.text,
          externalId: run.externalId,
          annotations: run.annotations.map(({ path, message, start_line }) => ({ path, message, start_line })),
        }));
    },
    /** A run of a workflow, finished unless told: the event workflow_run, as the privileged job hears it. */
    async runWorkflow(facts: {
      readonly repository: string;
      readonly name?: string;
      readonly path?: string;
      readonly event?: string;
      readonly headBranch: string;
      readonly headSha: string;
      readonly headRepository?: string;
      readonly conclusion?: string | null;
      readonly by?: string;
    }): Promise<number> {
      const repository = world.findRepository(facts.repository);
      const id = world.nextId();
      const conclusion = facts.conclusion === undefined ? "success" : facts.conclusion;
      const run = {
        id,
        name: facts.name ?? "plan",
        path: facts.path ?? ".github/workflows/plan.yml",
        event: facts.event ?? "pull_request",
        headBranch: facts.headBranch,
        headSha: facts.headSha,
        headRepository: world.findRepository(facts.headRepository ?? facts.repository),
        status: conclusion === null ? "in_progress" : "completed",
        conclusion,
        actor: who(repository, facts.by),
        number: repository.workflowRuns.size + 1,
        createdAt: world.now(),
      };
      repository.workflowRuns.set(id, run);
      await emitWorkflowRun(world, repository, run, conclusion === null ? "requested" : "completed");
      return id;
    },
    /** Merges as the button does; gives the commit on the base branch. Branch rules hold nobody up here. */
    async merge(
      facts: PullName & {
        readonly by?: string;
        readonly method?: MergeMethod;
        readonly title?: string;
        readonly message?: string;
      },
    ): Promise<string> {
      const pull = find(facts);
      return mergePull(world, pull, {
        by: who(pull.repository, facts.by),
        method: facts.method ?? "merge",
        ...(facts.title === undefined ? {} : { title: facts.title }),
        ...(facts.message === undefined ? {} : { message: facts.message }),
      });
    },
    /** Puts it into the merge queue. */
    async enqueue(facts: PullName & { readonly by?: string; readonly method?: MergeMethod }) {
      const pull = find(facts);
      const by = who(pull.repository, facts.by);
      const { baseSha, headSha, ref } = await enqueuePull(world, pull, { by, method: facts.method ?? "merge" });
      return { baseSha, headSha, ref };
    },
    /** Merges all that waits in the queue of a branch, or up to one pull request; gives the branch's new tip. */
    async flushQueue(facts: {
      readonly repository: string;
      readonly branch?: string;
      readonly upTo?: number;
    }): Promise<string> {
      const repository = world.findRepository(facts.repository);
      const last = repository.queue.find((entry) => entry.pull.number === facts.upTo);
      return flushQueue(world, repository, facts.branch ?? repository.defaultBranch, last);
    },
  };
}

function knownPull(pull: Pull): KnownPull {
  return {
    number: pull.number,
    state: pull.merged === undefined ? pull.issue.state : "merged",
    isDraft: pull.isDraft,
    headSha: pull.headSha,
    baseSha: pull.baseSha,
    baseBranch: pull.baseBranch,
    mergeCommit: pull.merged?.commit ?? null,
    title: pull.issue.title,
    body: pull.issue.body,
    requestedReviewers: [...pull.requestedReviewers].map((one) => one.login),
    requestedTeams: [...pull.requestedTeams].map((one) => `${one.organization.login}/${one.slug}`),
  };
}

function findComment(world: World, facts: { readonly repository: string; readonly comment: number }) {
  const found = pulls.tryFindComment(world.findRepository(facts.repository), facts.comment);
  if (found === undefined) throw new Error(`There is no comment ${facts.comment}.`);
  return found;
}
