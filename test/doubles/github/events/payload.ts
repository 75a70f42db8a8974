import { simpleCommitShape } from "../rest/shapes-git";
import { userShape } from "../rest/shapes-people";
import { commentShape, fullPullShape, issueShape, pullShape, reviewShape } from "../rest/shapes-pull";
import { repositoryShape } from "../rest/shapes-repository";
import { workflowRunShape } from "../rest/shapes-settings";
import type { Happening } from "../world/events";
import type { Account, QueueEntry, Repository } from "../world/model";
import { fullName, type GitHubEvent, type World } from "../world/world";
import { pushPayload } from "./push";

type Json = Readonly<Record<string, unknown>>;

/** The event that GitHub would send: its name and the payload that a workflow finds at GITHUB_EVENT_PATH. */
export async function eventOf(world: World, happening: Happening): Promise<GitHubEvent> {
  switch (happening.kind) {
    case "push":
      return event(
        world,
        "push",
        happening.move.repository,
        happening.move.by,
        await pushPayload(world, happening.move),
      );
    case "pull_request": {
      const { pull, action, by, more } = happening;
      const pull_request = await fullPullShape(world, pull);
      return event(world, "pull_request", pull.repository, by, { action, number: pull.number, pull_request, ...more });
    }
    case "pull_request_review": {
      const { pull, review, action, by } = happening;
      // Here, unlike in the API, states are in lower case.
      const told = { ...reviewShape(world, pull, review), state: review.state.toLowerCase() };
      return event(world, "pull_request_review", pull.repository, by, {
        action,
        review: told,
        pull_request: pullShape(world, pull),
      });
    }
    case "issue_comment": {
      const { repository, issue, comment, action, by } = happening;
      const body = action === "edited" ? { changes: { body: { from: comment.previousBody ?? "" } } } : {};
      const told = {
        issue: issueShape(world, repository, issue),
        comment: commentShape(world, repository, issue, comment),
      };
      return event(world, "issue_comment", repository, by, { action, ...body, ...told });
    }
    case "merge_group":
      return mergeGroupEvent(world, happening.entry, happening.action);
    case "workflow_run": {
      const { repository, run, action } = happening;
      const workflow_run = await workflowRunShape(world, repository, run);
      return event(world, "workflow_run", repository, run.actor, {
        action,
        workflow_run,
        workflow: workflowShape(world, repository, run),
      });
    }
  }
}

async function mergeGroupEvent(world: World, entry: QueueEntry, action: string): Promise<GitHubEvent> {
  const { repository, baseBranch } = entry.pull;
  const head = await repository.git.readCommit(entry.headSha);
  const merge_group = {
    head_sha: entry.headSha,
    head_ref: entry.ref,
    base_sha: entry.baseSha,
    base_ref: `refs/heads/${baseBranch}`,
    head_commit: simpleCommitShape(entry.headSha, head),
  };
  return event(world, "merge_group", repository, world.queueBot, { action, merge_group });
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

function event(world: World, name: string, repository: Repository, by: Account, payload: Json): GitHubEvent {
  const organization =
    repository.owner.type === "Organization" ? { organization: organizationShape(world, repository.owner) } : {};
  return {
    name,
    repository: fullName(repository),
    // Push has a repository of its own, with times as numbers.
    payload: {
      repository: repositoryShape(world, repository),
      ...organization,
      sender: userShape(world, by),
      ...payload,
    },
  };
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
