import { failure } from "../errors";
import { limits } from "../model/limits";
import type { PullCommit, PullFacts, PullReview, TeamMembers } from "../model/snapshot";
import { placeOf, pullCommitOf, type CommitPlace } from "./commit-facts";
import { senseless, type Foreign } from "./foreign";
import { commentMarker } from "./names";
import type { GitHub } from "./open-github";
import { allNodes } from "./pages";
import { accountOf } from "./people";
import { isLastPushApproved, protectionPaths } from "./protection";
import { publishedCheckOf, publishedCommentsOf, pullIdOf } from "./published";
import { morePagesQuery, pullQuery } from "./pull-query";
import { teamQuery, teamsOf } from "./teams";
import type { PublishedState, RepositoryName } from "./types";

/** A pull request as GitHub tells it, and where its commits stand. */
export interface PullReading {
  readonly facts: PullFacts;
  readonly places: readonly CommitPlace[];
  readonly defaultBranch: string;
  /** The base branch as it is now; absent where it is gone. */
  readonly base?: { readonly branch: string; readonly sha: string; readonly tree: string };
  readonly lastPushApproved: boolean;
  readonly teams: readonly TeamMembers[];
  readonly published: PublishedState;
}

/** What is read of a pull request. */
export interface PullToRead {
  readonly number: number;
  readonly teams: readonly string[];
  /** The installation whose comment and check run are looked for; left out, none are. */
  readonly publishedBy?: string;
}

/** Reads a pull request, its lists to the end. Throws E524 where there is none, E522 where lists are cut. */
export async function readPull(
  github: GitHub,
  { owner, name }: RepositoryName,
  { number, teams, publishedBy }: PullToRead,
): Promise<PullReading> {
  const query = teamQuery(teams);
  const document = pullQuery(query, { published: publishedBy !== undefined });
  const answer = await github.query("pull request", document, {
    variables: { owner, name, number, ...query.variables },
    mayBeMissing: [...query.keys, ...protectionPaths, "repository.pullRequest.headCommit"],
  });
  const repository = answer.data.get("repository");
  const pull = repository.get("pullRequest");
  const lists = listsOf(github, { owner, name }, number);
  const commits = await lists(pull, "commits", limits.pullCommits);
  const reviews = await lists(pull, "reviews", limits.pullReviews);
  const defaultBranch = repository.get("defaultBranchRef").get("name").string(limits.pathCharacters);
  const facts = factsOf(pull, {
    defaultBranch,
    commits: commits.map((node) => pullCommitOf(node.get("commit"))),
    reviews: reviews.flatMap(reviewOf),
  });
  expectWhole(facts);
  const base = baseOf(pull);
  return {
    facts,
    places: commits.map((node) => placeOf(node.get("commit"))),
    defaultBranch,
    ...(base === undefined ? {} : { base }),
    lastPushApproved:
      base !== undefined &&
      isLastPushApproved({
        branch: pull.get("baseRef"),
        mayAdminister: repository.get("viewerCanAdminister").boolean(),
      }),
    teams: await teamsOf(github, query, answer),
    published:
      publishedBy === undefined
        ? { pullId: pullIdOf(pull), comments: [] }
        : await publishedOf(pull, publishedBy, answer.data, lists),
  };
}

type Lists = (pull: Foreign, list: "commits" | "reviews" | "comments", most: number) => Promise<readonly Foreign[]>;

function listsOf(github: GitHub, { owner, name }: RepositoryName, number: number): Lists {
  return async (pull, list, most) => {
    const connection = pull.get(list);
    if (list === "commits" && connection.get("totalCount").count() >= most) throw tooManyCommits(number);
    return await allNodes(connection, {
      most,
      next: async (after) => {
        const variables = { owner, name, number, after };
        const { data } = await github.query("more of a pull request", morePagesQuery(list), { variables });
        return data.at("repository", "pullRequest", list);
      },
    });
  };
}

function factsOf(
  pull: Foreign,
  read: {
    readonly defaultBranch: string;
    readonly commits: readonly PullCommit[];
    readonly reviews: readonly PullReview[];
  },
): PullFacts {
  const author = accountOf(pull.nullable("author"));
  const mergedBy = accountOf(pull.nullable("mergedBy"));
  const mergedAs = pull.nullable("mergeCommit")?.get("oid").sha();
  const state = states[pull.get("state").oneOf("OPEN", "CLOSED", "MERGED")];
  // The repository of a deleted fork is null.
  const isFork = pull.get("isCrossRepository").boolean() || pull.nullable("headRepository") === undefined;
  return {
    number: pull.get("number").id(),
    state,
    isDraft: pull.get("isDraft").boolean(),
    isFork,
    ...(author === undefined ? {} : { author }),
    openedAt: pull.get("createdAt").instant(),
    head: pull.get("headRefOid").sha(),
    targetsDefault: pull.get("baseRefName").string(limits.pathCharacters) === read.defaultBranch,
    ...(mergedAs === undefined || state !== "merged" ? {} : { mergedAs }),
    ...(mergedBy === undefined ? {} : { mergedBy }),
    commits: read.commits,
    reviews: read.reviews,
  };
}

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

const reviewStates = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
} as const;

/** A review; none for one that is still being written, which GitHub shows to its writer. */
function reviewOf(review: Foreign): readonly PullReview[] {
  const state = review.get("state").oneOf("APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING");
  if (state === "PENDING") return [];
  const by = accountOf(review.nullable("author"));
  const commit = review.nullable("commit")?.get("oid").sha();
  return [
    {
      id: review.get("fullDatabaseId").id(),
      ...(by === undefined ? {} : { by }),
      state: reviewStates[state],
      ...(commit === undefined ? {} : { commit }),
      at: review.get("submittedAt").instant(),
      mayPush: review.get("authorCanPushToRepository").boolean(),
    },
  ];
}

/** The commits must be those of the head: while somebody pushes, GitHub may give the head of one moment and the commits of another. */
function expectWhole({ head, commits, number }: PullFacts): void {
  const shas = new Set(commits.map((one) => one.sha));
  if (shas.size !== commits.length) throw senseless(`pull request ${number}: a commit is listed twice`);
  if (!shas.has(head)) {
    throw senseless(
      `pull request ${number}: its head is not among its commits`,
      "run it again: somebody may be pushing",
    );
  }
}

function baseOf(pull: Foreign): PullReading["base"] | undefined {
  const ref = pull.nullable("baseRef");
  if (ref === undefined) return undefined;
  const target = ref.get("target");
  const branch = pull.get("baseRefName").string(limits.pathCharacters);
  return { branch, sha: target.get("oid").sha(), tree: target.at("tree", "oid").sha() };
}

async function publishedOf(pull: Foreign, installation: string, data: Foreign, lists: Lists): Promise<PublishedState> {
  const login = data.at("viewer", "login").string(100);
  const nodes = await lists(pull, "comments", limits.pullReviews);
  const check = publishedCheckOf(pull, login);
  return {
    pullId: pullIdOf(pull),
    comments: publishedCommentsOf(nodes, commentMarker(installation)),
    ...(check === undefined ? {} : { check }),
  };
}

function tooManyCommits(number: number): Error {
  return failure("E406", {
    summary: "the pull request has too many commits",
    detail: `pull request ${number} has ${limits.pullCommits} commits or more; GitHub may not list them all`,
    fix: "squash them on the branch, or open several pull requests",
  });
}
