import { simpleCommitShape } from "../rest/shapes-git";
import { userShape } from "../rest/shapes-people";
import { commentShape, issueShape, pullCountsShape, pullExtraShape, pullShape, reviewShape } from "../rest/shapes-pull";
import { repositoryShape } from "../rest/shapes-repository";
import { workflowRunShape } from "../rest/shapes-settings";
import type { Happening } from "../world/events";
import type { Account, QueueEntry, Repository } from "../world/model";
import { fullName, type GitHubEvent, type World } from "../world/world";
import { pushPayload } from "./push";

type Json = Readonly<Record<string, unknown>>;

/** An event whose state is caught; what Git must be asked for is asked when somebody looks. */
export type CaughtEvent = () => Promise<GitHubEvent>;

/** The event that GitHub would send: its name and the payload that a workflow finds at GITHUB_EVENT_PATH. */
export function eventOf(world: World, happening: Happening): CaughtEvent {
  switch (happening.kind) {
    case "push": {
      const payload = pushPayload(world, happening.move);
      return caught(world, "push", happening.move.repository, happening.move.by, payload);
    }
    case "pull_request": {
      const { pull, action, by, more } = happening;
      const shape = { ...pullShape(world, pull), ...pullExtraShape(world, pull) };
      const { repository, baseSha, headSha } = pull;
      return caught(world, "pull_request", repository, by, async () => {
        const counts = await pullCountsShape({ repository, baseSha, headSha });
        return { action, number: pull.number, pull_request: { ...shape, ...counts }, ...more };
      });
    }
    case "pull_request_review": {
      const { pull, review, action, by } = happening;
      // Here, unlike in the API, states are in lower case.
      const told = { ...reviewShape(world, pull, review), state: review.state.toLowerCase() };
      const payload = { action, review: told, pull_request: pullShape(world, pull) };
      return caught(world, "pull_request_review", pull.repository, by, async () => payload);
    }
    case "issue_comment": {
      const { repository, issue, comment, action, by } = happening;
      const payload = {
        action,
        ...(action === "edited" ? { changes: { body: { from: comment.previousBody ?? "" } } } : {}),
        issue: issueShape(world, repository, issue),
        comment: commentShape(world, repository, issue, comment),
      };
      return caught(world, "issue_comment", repository, by, async () => payload);
    }
    case "merge_group": {
      const { entry, action } = happening;
      return caught(world, "merge_group", entry.pull.repository, world.queueBot, () =>
        mergeGroupPayload(entry, action),
      );
    }
    case "workflow_run": {
      const { repository, run, action } = happening;
      const shape = workflowRunShape(world, repository, run);
      const workflow = workflowShape(world, repository, run);
      return caught(world, "workflow_run", repository, run.actor, async () => ({
        action,
        workflow_run: await shape,
        workflow,
      }));
    }
  }
}

async function mergeGroupPayload(entry: QueueEntry, action: string): Promise<Json> {
  const head = await entry.pull.repository.git.readCommit(entry.headSha);
  return {
    action,
    merge_group: {
      head_sha: entry.headSha,
      head_ref: entry.ref,
      base_sha: entry.baseSha,
      base_ref: `refs/heads/${entry.pull.baseBranch}`,
      head_commit: simpleCommitShape(entry.headSha, head),
    },
  };
}

function workflowShape(
  world: World,
  repository: Repository,
  run: { readonly name: string; readonly path: string; readonly createdAt: string },
): Json {
  const page = `${world.addresses.serverUrl}/${fullName(repository)}`;
  return {
    id: 1,
    node_id: "W_1",
    name: run.name,
    path: run.path,
    state: "active",
    created_at: run.createdAt,
    updated_at: run.createdAt,
    url: `${world.addresses.apiUrl}/repos/${fullName(repository)}/actions/workflows/1`,
    html_url: `${page}/blob/${repository.defaultBranch}/${run.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(run.name)}/badge.svg`,
  };
}

function caught(
  world: World,
  name: string,
  repository: Repository,
  by: Account,
  payload: () => Promise<Json>,
): CaughtEvent {
  const { owner } = repository;
  const common = {
    repository: repositoryShape(world, repository),
    ...(owner.type === "Organization" ? { organization: organizationShape(world, owner) } : {}),
    sender: userShape(world, by),
  };
  // What an event says itself comes last: a push has a repository of its own, with times as numbers.
  return async () => ({ name, repository: fullName(repository), payload: { ...common, ...(await payload()) } });
}

function organizationShape(world: World, account: Account): Json {
  const url = `${world.addresses.apiUrl}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: `O_${account.id}`,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.addresses.serverUrl}/avatars/u/${account.id}`,
    description: "",
  };
}
