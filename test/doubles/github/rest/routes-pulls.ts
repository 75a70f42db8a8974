/** Pull requests, reviews and merging. */
import { fails, notFound, ok } from "../http/answer";
import { paged } from "../http/page";
import type { RepositoryCall, Route } from "../http/route";
import { mergePull } from "../world/merge";
import type { MergeMethod, Pull } from "../world/model";
import { commitsOf, dismissReview, editPull, filesOf, openPull, requestReviewers, submitReview } from "../world/pulls";
import { atLeast } from "../world/world";
import { commitShape, fileShape } from "./shapes-git";
import { teamShape, userShape } from "./shapes-people";
import { fullPullShape, pullShape, reviewShape } from "./shapes-pull";

const reads = { permission: "pull_requests", level: "read" } as const;
const writes = { permission: "pull_requests", level: "write", person: "read" } as const;
const merges = { permission: "contents", level: "write" } as const;

/** Pull requests. */
export const pullRoutes: readonly Route[] = [
  { operation: "GET /repos/{owner}/{repo}/pulls", needed: reads, answer: listPulls },
  { operation: "POST /repos/{owner}/{repo}/pulls", needed: writes, answer: createPull },
  { operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}", needed: reads, answer: getPull },
  { operation: "PATCH /repos/{owner}/{repo}/pulls/{pull_number}", needed: writes, answer: updatePull },
  { operation: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", needed: merges, answer: merge },
  { operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits", needed: reads, answer: listCommits },
  { operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}/files", needed: reads, answer: listFiles },
  { operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", needed: reads, answer: listReviews },
  { operation: "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", needed: writes, answer: createReview },
  {
    operation: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals",
    needed: { permission: "pull_requests", level: "write", person: "write" },
    answer: dismiss,
  },
  {
    operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
    needed: reads,
    answer: listRequested,
  },
  { operation: "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", needed: writes, answer: request },
];

function listPulls({ world, repository, url }: RepositoryCall) {
  const wanted = url.searchParams;
  const state = wanted.get("state") ?? "open";
  const head = wanted.get("head");
  const items = [...repository.pulls.values()]
    .filter((pull) => state === "all" || pull.issue.state === state)
    .filter((pull) => head === null || head === `${pull.headRepository.owner.login}:${pull.headBranch}`)
    .filter((pull) => (wanted.get("base") ?? pull.baseBranch) === pull.baseBranch)
    .toSorted((a, b) => (wanted.get("direction") === "asc" ? a.number - b.number : b.number - a.number));
  return paged({ items, view: (pull) => pullShape(world, pull), url, pageSize: world.limits.pageSize });
}

async function createPull({ world, repository, body, actor, app }: RepositoryCall) {
  const [owner, branch] = splitHead(String(body["head"]), repository.owner.login);
  const named = typeof body["head_repo"] === "string" ? body["head_repo"].split("/").at(-1) : repository.name;
  const headRepository = world.tryFindRepository(owner, named ?? repository.name);
  if (headRepository === undefined) {
    return fails(422, "Validation Failed", { errors: [{ resource: "PullRequest", field: "head", code: "invalid" }] });
  }
  const pull = await openPull(world, repository, {
    title: String(body["title"]),
    body: typeof body["body"] === "string" ? body["body"] : null,
    author: actor,
    ...(app === undefined ? {} : { app }),
    base: String(body["base"]),
    headRepository,
    headBranch: branch,
    draft: body["draft"] === true,
  });
  return ok(await fullPullShape(world, pull), 201);
}

async function getPull(call: RepositoryCall) {
  const pull = tryPull(call);
  return pull === undefined ? notFound : ok(await fullPullShape(call.world, pull));
}

async function updatePull(call: RepositoryCall) {
  const { world, repository, body, actor, app } = call;
  const pull = tryPull(call);
  if (pull === undefined) return notFound;
  const mayEdit =
    app !== undefined || pull.issue.author === actor || atLeast(world.permissionOf(actor, repository), "write");
  if (!mayEdit) return fails(403, "Must have admin rights to Repository.");
  if (typeof body["title"] === "string") pull.issue.title = body["title"];
  if (typeof body["body"] === "string" || body["body"] === null) pull.issue.body = body["body"];
  await editPull(world, pull, {
    by: actor,
    ...(body["state"] === "open" || body["state"] === "closed" ? { state: body["state"] } : {}),
    ...(typeof body["base"] === "string" ? { base: body["base"] } : {}),
  });
  return ok(await fullPullShape(world, pull));
}

async function merge(call: RepositoryCall) {
  const { world, body, actor } = call;
  const pull = tryPull(call);
  if (pull === undefined) return notFound;
  if (typeof body["sha"] === "string" && body["sha"] !== pull.headSha) {
    return fails(409, "Head branch was modified. Review and try the merge again.");
  }
  const sha = await mergePull(world, pull, {
    by: actor,
    method: (body["merge_method"] as MergeMethod | undefined) ?? "merge",
    ...(typeof body["commit_title"] === "string" ? { title: body["commit_title"] } : {}),
    ...(typeof body["commit_message"] === "string" ? { message: body["commit_message"] } : {}),
  });
  return ok({ sha, merged: true, message: "Pull Request successfully merged" });
}

async function listCommits(call: RepositoryCall) {
  const { world, repository, url } = call;
  const pull = tryPull(call);
  if (pull === undefined) return notFound;
  const items = (await commitsOf(pull)).slice(0, world.limits.pullCommits);
  const view = async (sha: string) => commitShape(world, repository, sha, await repository.git.readCommit(sha));
  return paged({ items, view, url, pageSize: world.limits.pageSize });
}

async function listFiles(call: RepositoryCall) {
  const { world, repository, url } = call;
  const pull = tryPull(call);
  if (pull === undefined) return notFound;
  const items = (await filesOf(pull)).slice(0, world.limits.pullFiles);
  return paged({
    items,
    view: (file) => fileShape(world, repository, file, pull.headSha),
    url,
    pageSize: world.limits.pageSize,
  });
}

function listReviews(call: RepositoryCall) {
  const { world, url } = call;
  const pull = tryPull(call);
  if (pull === undefined) return notFound;
  return paged({
    items: pull.reviews,
    view: (one) => reviewShape(world, pull, one),
    url,
    pageSize: world.limits.pageSize,
  });
}

async function createReview(call: RepositoryCall) {
  const { world, repository, body, actor } = call;
  const pull = tryPull(call);
  if (pull === undefined) return notFound;
  const states = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;
  const state = states[String(body["event"]) as keyof typeof states];
  if (state === undefined) return fails(422, "The test GitHub models no pending reviews.");
  const commit = typeof body["commit_id"] === "string" ? body["commit_id"] : pull.headSha;
  if ((await repository.git.tryReadCommit(commit)) === undefined) return fails(422, "Unprocessable Entity");
  const text = typeof body["body"] === "string" ? body["body"] : "";
  return ok(reviewShape(world, pull, await submitReview(world, pull, { by: actor, state, body: text, commit })));
}

async function dismiss(call: RepositoryCall) {
  const { world, actor, at } = call;
  const pull = tryPull(call);
  const review = pull?.reviews.find((one) => one.id === Number(at("review_id")));
  if (pull === undefined || review === undefined) return notFound;
  await dismissReview(world, pull, review, actor);
  return ok(reviewShape(world, pull, review));
}

function listRequested(call: RepositoryCall) {
  const { world } = call;
  const pull = tryPull(call);
  if (pull === undefined) return notFound;
  return ok({
    users: [...pull.requestedReviewers].map((one) => userShape(world, one)),
    teams: [...pull.requestedTeams].map((one) => teamShape(world, one)),
  });
}

async function request(call: RepositoryCall) {
  const { world, repository, body, actor } = call;
  const pull = tryPull(call);
  if (pull === undefined) return notFound;
  const logins = (body["reviewers"] ?? []) as readonly string[];
  const slugs = (body["team_reviewers"] ?? []) as readonly string[];
  const people = logins.map((login) => world.tryFindAccount(login));
  const teams = slugs.map((slug) => world.tryFindTeam(repository.owner.login, slug));
  if (people.includes(undefined) || teams.includes(undefined)) {
    return fails(
      422,
      "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.",
    );
  }
  await requestReviewers(world, pull, {
    people: people.flatMap((one) => one ?? []),
    teams: teams.flatMap((one) => one ?? []),
    by: actor,
  });
  return ok(pullShape(world, pull), 201);
}

function tryPull({ repository, at }: RepositoryCall): Pull | undefined {
  return repository.pulls.get(Number(at("pull_number")));
}

function splitHead(head: string, owner: string): readonly [owner: string, branch: string] {
  const colon = head.indexOf(":");
  return colon === -1 ? [owner, head] : [head.slice(0, colon), head.slice(colon + 1)];
}
