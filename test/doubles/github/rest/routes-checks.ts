/** Check runs and statuses. */
import { fails, notFound, ok } from "../http/answer";
import { paged } from "../http/page";
import type { RepositoryCall, Route } from "../http/route";
import { runsOf, suiteState } from "../graphql/checks";
import { tryFindExpression } from "../graphql/objects";
import type { Annotation, App, CheckRun, CheckSuite, CommitStatus, Repository } from "../world/model";
import type { World } from "../world/world";
import { checkRunShape, minimalPullShape } from "./shapes-check";
import { simpleCommitShape } from "./shapes-git";
import { appShape, userOrNull } from "./shapes-people";
import { minimalRepositoryShape, repositoryPage, repositoryUrl } from "./shapes-repository";

const reads = { permission: "checks", level: "read" } as const;
const writes = { permission: "checks", level: "write" } as const;

/** Checks of both kinds. */
export const checkRoutes: readonly Route[] = [
  { operation: "POST /repos/{owner}/{repo}/check-runs", needed: writes, answer: createRun },
  { operation: "GET /repos/{owner}/{repo}/check-runs/{check_run_id}", needed: reads, answer: getRun },
  { operation: "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", needed: writes, answer: updateRun },
  {
    operation: "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations",
    needed: reads,
    answer: listAnnotations,
  },
  { operation: "GET /repos/{owner}/{repo}/commits/{ref}/check-runs", needed: reads, answer: listRuns },
  { operation: "GET /repos/{owner}/{repo}/commits/{ref}/check-suites", needed: reads, answer: listSuites },
  {
    operation: "GET /repos/{owner}/{repo}/commits/{ref}/status",
    needed: { permission: "statuses", level: "read" },
    answer: combinedStatus,
  },
  {
    operation: "POST /repos/{owner}/{repo}/statuses/{sha}",
    needed: { permission: "statuses", level: "write" },
    answer: createStatus,
  },
];

/** Makes a check run in the suite of its App and commit. */
export function addCheckRun(
  world: World,
  repository: Repository,
  facts: { readonly app: App; readonly name: string; readonly headSha: string },
): CheckRun {
  const { app, name, headSha } = facts;
  let suite = repository.checkSuites.find((one) => one.app === app && one.headSha === headSha);
  if (suite === undefined) {
    suite = { id: world.nextId(), app, headSha, createdAt: world.now() };
    repository.checkSuites.push(suite);
  }
  const id = world.nextId();
  const run: CheckRun = {
    id,
    suite,
    headSha,
    name,
    status: "queued",
    conclusion: null,
    externalId: "",
    detailsUrl: `${world.addresses.serverUrl}/apps/${app.slug}`,
    startedAt: world.now(),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
  repository.checkRuns.set(id, run);
  return run;
}

async function createRun(call: RepositoryCall) {
  const { world, repository, body, app } = call;
  if (app === undefined) return fails(403, "You must authenticate via a GitHub App.");
  const headSha = String(body["head_sha"]);
  if ((await repository.git.tryReadCommit(headSha)) === undefined)
    return fails(422, `No commit found for SHA: ${headSha}`);
  const refusal = outputRefusal(call);
  if (refusal !== undefined) return refusal;
  const run = addCheckRun(world, repository, { app, name: String(body["name"]), headSha });
  change(call, run);
  return ok(checkRunShape(world, repository, run), 201);
}

function getRun({ world, repository, at }: RepositoryCall) {
  const run = repository.checkRuns.get(Number(at("check_run_id")));
  return run === undefined ? notFound : ok(checkRunShape(world, repository, run));
}

function updateRun(call: RepositoryCall) {
  const { world, repository, at, app } = call;
  const run = repository.checkRuns.get(Number(at("check_run_id")));
  if (app === undefined) return fails(403, "You must authenticate via a GitHub App.");
  if (run === undefined) return notFound;
  if (run.suite.app !== app)
    return fails(
      403,
      "Invalid app_id `" + String(app.id) + "` - check run can only be modified by the GitHub App that created it.",
    );
  const refusal = outputRefusal(call);
  if (refusal !== undefined) return refusal;
  change(call, run);
  return ok(checkRunShape(world, repository, run));
}

function outputRefusal({ world, body }: RepositoryCall) {
  const output = body["output"] as Output | undefined;
  const invalid = (message: string) => fails(422, "Invalid request.\n\n" + message);
  if ((output?.annotations?.length ?? 0) > world.limits.annotations) {
    return invalid(
      `No more than ${world.limits.annotations} items are allowed; ${output?.annotations?.length ?? 0} were supplied.`,
    );
  }
  for (const [name, text] of [
    ["summary", output?.summary],
    ["text", output?.text],
  ] as const) {
    if ((text?.length ?? 0) > 65_535)
      return invalid(`Only 65535 characters are allowed in ${name}; ${text?.length ?? 0} were supplied.`);
  }
  if (body["status"] === "completed" && body["conclusion"] === undefined)
    return invalid(`"conclusion" wasn't supplied.`);
  return undefined;
}

interface Output {
  readonly title?: string;
  readonly summary?: string;
  readonly text?: string;
  readonly annotations?: readonly Annotation[];
}

/** Annotations are added to those that are there; everything else is set. */
function change({ world, body }: RepositoryCall, run: CheckRun): void {
  const text = (name: string) => (typeof body[name] === "string" ? body[name] : undefined);
  const output = body["output"] as Output | undefined;
  run.name = text("name") ?? run.name;
  run.externalId = text("external_id") ?? run.externalId;
  run.detailsUrl = text("details_url") ?? run.detailsUrl;
  run.startedAt = text("started_at") ?? run.startedAt;
  run.status = (text("status") as CheckRun["status"] | undefined) ?? run.status;
  if (body["conclusion"] !== undefined) {
    run.conclusion = String(body["conclusion"]);
    run.status = "completed";
    run.completedAt = text("completed_at") ?? world.now();
  } else if (body["status"] !== undefined && run.status !== "completed") {
    run.conclusion = null;
    run.completedAt = null;
  }
  if (output === undefined) return;
  run.title = output.title ?? run.title;
  run.summary = output.summary ?? run.summary;
  run.text = output.text ?? run.text;
  run.annotations.push(...(output.annotations ?? []));
}

function listAnnotations({ world, repository, at, url }: RepositoryCall) {
  const run = repository.checkRuns.get(Number(at("check_run_id")));
  if (run === undefined) return notFound;
  const view = (one: Annotation) => ({
    path: one.path,
    blob_href: `${repositoryUrl(world, repository)}/git/blobs/${run.headSha}`,
    start_line: one.start_line,
    start_column: one.start_column ?? null,
    end_line: one.end_line,
    end_column: one.end_column ?? null,
    annotation_level: one.annotation_level,
    title: one.title ?? null,
    message: one.message,
    raw_details: one.raw_details ?? null,
  });
  return paged({ items: run.annotations, view, url, pageSize: world.limits.pageSize });
}

async function listRuns({ world, repository, at, url }: RepositoryCall) {
  const sha = await tryFindExpression(repository, at("ref"));
  if (sha === undefined) return fails(422, `No commit found for SHA: ${at("ref")}`);
  const wanted = url.searchParams;
  const checkName = wanted.get("check_name");
  const checkType = wanted.get("filter") === "all" ? "ALL" : "LATEST";
  const items = repository.checkSuites
    .filter((suite) => suite.headSha === sha && (wanted.get("app_id") ?? String(suite.app.id)) === String(suite.app.id))
    .flatMap((suite) => runsOf(repository, suite, { checkName, checkType }))
    .filter((run) => (wanted.get("status") ?? run.status) === run.status);
  return paged({
    items,
    view: (run) => checkRunShape(world, repository, run),
    url,
    pageSize: world.limits.pageSize,
    wrap: (check_runs) => ({ total_count: items.length, check_runs }),
  });
}

async function listSuites({ world, repository, at, url }: RepositoryCall) {
  const sha = await tryFindExpression(repository, at("ref"));
  const commit = sha === undefined ? undefined : await repository.git.tryReadCommit(sha);
  if (sha === undefined || commit === undefined) return fails(422, `No commit found for SHA: ${at("ref")}`);
  const items = repository.checkSuites.filter((suite) => suite.headSha === sha);
  const api = repositoryUrl(world, repository);
  const view = (suite: CheckSuite) => ({
    id: suite.id,
    node_id: `CS_${suite.id}`,
    head_branch: null,
    head_sha: sha,
    ...suiteState(runsOf(repository, suite)),
    url: `${api}/check-suites/${suite.id}`,
    before: null,
    after: sha,
    pull_requests: [...repository.pulls.values()]
      .filter((one) => one.headSha === sha && one.headRepository === repository)
      .map((one) => minimalPullShape(world, one)),
    app: appShape(world, suite.app),
    repository: minimalRepositoryShape(world, repository),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
    head_commit: simpleCommitShape(sha, commit),
    latest_check_runs_count: runsOf(repository, suite).length,
    check_runs_url: `${api}/check-suites/${suite.id}/check-runs`,
  });
  const wrap = (check_suites: readonly unknown[]) => ({ total_count: items.length, check_suites });
  return paged({ items, view, url, pageSize: world.limits.pageSize, wrap });
}

async function combinedStatus({ world, repository, at }: RepositoryCall) {
  const sha = await tryFindExpression(repository, at("ref"));
  if (sha === undefined) return notFound;
  const all = repository.statuses.filter((one) => one.sha === sha);
  const latest = all.filter((one, index) => !all.slice(index + 1).some((later) => later.context === one.context));
  const bad = latest.some((one) => one.state === "failure" || one.state === "error");
  const good = latest.length > 0 && latest.every((one) => one.state === "success");
  return ok({
    state: bad ? "failure" : good ? "success" : "pending",
    statuses: latest.map((one) => ({ ...statusShape(world, repository, one), creator: undefined })),
    sha,
    total_count: latest.length,
    repository: minimalRepositoryShape(world, repository),
    commit_url: `${repositoryUrl(world, repository)}/commits/${sha}`,
    url: `${repositoryUrl(world, repository)}/commits/${sha}/status`,
  });
}

async function createStatus({ world, repository, at, body, actor }: RepositoryCall) {
  const sha = at("sha");
  if ((await repository.git.tryReadCommit(sha)) === undefined) return fails(422, `No commit found for SHA: ${sha}`);
  const status: CommitStatus = {
    id: world.nextId(),
    sha,
    state: body["state"] as CommitStatus["state"],
    context: typeof body["context"] === "string" ? body["context"] : "default",
    description: typeof body["description"] === "string" ? body["description"] : null,
    targetUrl: typeof body["target_url"] === "string" ? body["target_url"] : null,
    creator: actor,
    createdAt: world.now(),
  };
  repository.statuses.push(status);
  return ok({ ...statusShape(world, repository, status), creator: userOrNull(world, actor) }, 201);
}

function statusShape(world: World, repository: Repository, status: CommitStatus) {
  return {
    url: `${repositoryUrl(world, repository)}/statuses/${status.sha}`,
    avatar_url: `${repositoryPage(world, repository)}/avatar`,
    id: status.id,
    node_id: `SC_${status.id}`,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}
