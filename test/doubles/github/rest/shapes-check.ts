/** Checks and statuses as the REST API shows them. */
import type { CheckRun, Pull, Repository } from "../world/model";
import type { World } from "../world/world";
import { appShape } from "./shapes-people";
import { repositoryPage, repositoryUrl } from "./shapes-repository";

type Json = Readonly<Record<string, unknown>>;

/** A check run (`check-run`). */
export function checkRunShape(world: World, repository: Repository, run: CheckRun): Json {
  const url = `${repositoryUrl(world, repository)}/check-runs/${run.id}`;
  const pulls = [...repository.pulls.values()].filter(
    (one) => one.issue.state === "open" && one.headSha === run.headSha,
  );
  return {
    id: run.id,
    name: run.name,
    node_id: `CR_${run.id}`,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${repositoryPage(world, repository)}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appShape(world, run.suite.app),
    pull_requests: pulls.filter((one) => one.headRepository === repository).map((one) => minimalPullShape(world, one)),
  };
}

/** A pull request as checks and runs show it (`pull-request-minimal`); only those of the same repository, as on GitHub. */
export function minimalPullShape(world: World, pull: Pull): Json {
  const side = (repository: Repository, ref: string, sha: string) => ({
    ref,
    sha,
    repo: { id: repository.id, url: repositoryUrl(world, repository), name: repository.name },
  });
  return {
    url: `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`,
    id: pull.id,
    number: pull.number,
    head: side(pull.headRepository, pull.headBranch, pull.headSha),
    base: side(pull.repository, pull.baseBranch, pull.baseSha),
  };
}
