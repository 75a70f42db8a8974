import { whoCouldApprove } from "../approval";
import { failure } from "../errors";
import type { GitHub, OpenedPull, RepositoryName } from "../github";
import { digestOfText } from "../model/canonical";
import type { DesiredGrant } from "../model/desired";
import type { Manifest } from "../model/manifest";
import type { PersonId } from "../model/names";
import { desiredState, manifestIndex } from "../policy";
import type { Workspace } from "./workspace";
import type { RequestDraft } from "./write-request";

/** Whom to ask for a review: logins, and slugs of teams. */
export interface Reviewers {
  readonly logins: readonly string[];
  readonly teams: readonly string[];
  /** What the policy in force asks, a step each: `1 of security`. */
  readonly steps: readonly string[];
}

/** A drafted request and where it goes. */
export interface RequestToOpen {
  readonly draft: RequestDraft;
  /** Path relative to the repository, with `/`. */
  readonly file: string;
  readonly github: GitHub;
  readonly repository: RepositoryName;
  readonly isDraft: boolean;
}

/**
 * Opens a pull request with one request file, through the API: branch, signed commit, text, and the
 * people asked whom the policy in force would ask. Throws what GitHub throws, and E705 where the
 * branch is there already.
 */
export async function openRequestPull(workspace: Workspace, asked: RequestToOpen): Promise<OpenedPull> {
  const { openPullRequest } = await import("../github/open-pull.js");
  const { requestPullText } = await import("../render/pull-bodies.js");
  const { draft, file, github, repository } = asked;
  const { request } = draft;
  const reviewers = await reviewersFor(workspace, draft);
  const { title, message, body } = requestPullText({
    request,
    path: file,
    steps: reviewers.steps,
    reviewers: [...reviewers.logins, ...reviewers.teams],
    now: workspace.ports.clock.now(),
  });
  return openPullRequest(github, repository, {
    branch: `leasehold/${request.name}`,
    files: [{ path: file, text: draft.text }],
    message,
    title,
    body,
    isDraft: asked.isDraft,
    reviewers: reviewers.logins,
    teams: reviewers.teams,
  });
}

/** The most people and the most teams that GitHub lets be asked at once (docs.github.com, "Requesting a review"). */
const mostAsked = 15;

async function reviewersFor(workspace: Workspace, { request }: RequestDraft): Promise<Reviewers> {
  const policy = await workspace.tryPolicyInForce();
  if (policy === undefined) return { logins: [], teams: [], steps: [] };
  const { manifest } = policy;
  const asOf = workspace.ports.clock.now();
  const { grants, refusals } = desiredState({
    installation: workspace.installation,
    manifest,
    requests: { requests: [request] },
    asOf,
    state: (await workspace.log()).state,
  });
  const [refusal] = refusals;
  if (grants.length === 0 && refusal !== undefined) {
    throw failure("E300", { detail: refusal.sentence, fix: refusal.fix });
  }
  return reviewersOf(manifest, grants, asOf);
}

/** For each step that is asked a few of those who could approve, so that not everybody is called every time. */
export function reviewersOf(manifest: Manifest, grants: readonly DesiredGrant[], asOf: string): Reviewers {
  const { users, groups } = manifestIndex(manifest);
  const beneficiaries = new Set(grants.map(({ person }) => person));
  const logins = new Set<string>();
  const teams = new Set<string>();
  const words = new Set<string>();
  for (const desired of grants) {
    const steps = whoCouldApprove({
      desired,
      manifest,
      approvals: [],
      usage: [],
      asOf,
      beneficiaries: [...beneficiaries],
    });
    for (const step of steps) {
      words.add(step.words);
      const able = step.people.filter((person) => users.get(person)?.github !== undefined);
      for (const person of someOf(able, step.step.approvals + 1, desired.request)) {
        logins.add(users.get(person)?.github?.login ?? "");
      }
      for (const group of step.teams) teams.add(slugOf(groups.get(group)?.githubTeam ?? ""));
    }
  }
  const first = (all: ReadonlySet<string>): readonly string[] =>
    [...all].filter((one) => one !== "").slice(0, mostAsked);
  return { logins: first(logins), teams: first(teams), steps: [...words] };
}

/** Others each time, but the same for the same request. */
function someOf(people: readonly PersonId[], most: number, request: string): readonly PersonId[] {
  if (people.length <= most) return people;
  const start = Number.parseInt(digestOfText(request).slice(0, 8), 16) % people.length;
  return [...people.slice(start), ...people.slice(0, start)].slice(0, most);
}

function slugOf(team: string): string {
  return team.split("/")[1] ?? "";
}
