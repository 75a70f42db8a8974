import type { GitHub, PullComment, RepositoryName } from "../github";
import { tryParseComment } from "../github/comment-command";
import { isFailure } from "../errors";
import { findGrants } from "../log";
import type { Actor } from "../model/actor";
import type { DesiredGrant } from "../model/desired";
import type { GrantId } from "../model/grant";
import type { LogState } from "../model/log-state";
import type { MergeFacts } from "../model/merge";
import type { PersonId } from "../model/names";
import type { GitHubAccount } from "../model/snapshot";
import { desiredState, tryFindRightToRevoke } from "../policy";
import { endGrants } from "../reconcile/end-grants";
import type { EndGrantsReport } from "../reconcile/end-input";
import type { Workspace } from "./workspace";
import { openWorldOf } from "./world";

/** What became of a comment on a pull request. */
export type CommentOutcome =
  /** Talk, or a command in a comment that nobody answers for. */
  | { readonly kind: "nothing"; readonly why: string }
  | { readonly kind: "plan" }
  /** `by`: the login of who asked. */
  | { readonly kind: "refused"; readonly by: string; readonly why: string; readonly fix: string }
  | { readonly kind: "revoked"; readonly by: Actor; readonly right: string; readonly report: EndGrantsReport };

/** A comment of a pull request, by numbers only: it is read anew. */
export interface CommentPlace {
  readonly repository: RepositoryName;
  readonly number: number;
  readonly comment: number;
}

/**
 * Carries out the command of a comment. What it says and who wrote it are read from GitHub now; who may
 * revoke is told by the numeric user id. An ending needs no approval, no lock and no plan.
 */
export async function carryOutComment(
  workspace: Workspace,
  reading: { readonly github: GitHub; readonly place: CommentPlace },
): Promise<CommentOutcome> {
  const { readComment } = await import("../github/comments.js");
  const { github, place } = reading;
  const comment = await readComment(github, place.repository, { number: place.number, id: place.comment });
  const command = tryParseComment(comment.body);
  if (command === undefined) return { kind: "nothing", why: "the comment is no command" };
  const refusal = whyNotTaken(comment);
  if (refusal !== undefined) return refusal;
  if (command.kind === "plan" || comment.by === undefined) return { kind: "plan" };
  return revoke(workspace, { by: comment.by, number: place.number, what: command.what });
}

/** Somebody with write access can change what another wrote. */
function whyNotTaken({ by, isEdited }: PullComment): CommentOutcome | undefined {
  if (by?.kind !== "user") return { kind: "nothing", why: "only people give commands" };
  if (!isEdited) return undefined;
  return refused(by, "the comment was edited", "write the command in a new comment");
}

interface Asked {
  readonly by: GitHubAccount;
  readonly number: number;
  readonly what: string | undefined;
}

async function revoke(workspace: Workspace, asked: Asked): Promise<CommentOutcome> {
  const { state } = await workspace.log();
  const merges = [...(state.merges ?? [])].filter(([, merge]) => merge.pull === asked.number);
  if (merges.length === 0) {
    return refused(asked.by, "nothing of this pull request has been applied", "close it: nobody gains anything by it");
  }
  const meant = await findMeant(workspace, new Map(merges), asked);
  if (!Array.isArray(meant)) return meant;
  const person = personOf(asked.by, state);
  const policy = await workspace.tryPolicyInForce();
  const allowed = meant.flatMap((one) => {
    const right = policy === undefined ? undefined : tryFindRightToRevoke(policy.manifest, person, one, one.rosters);
    return right === undefined ? [] : [{ ...one, right }];
  });
  const [first] = allowed;
  if (first === undefined) return mayNot(asked, meant);
  const by: Actor = { id: asked.by.login, githubId: asked.by.id, authenticatedBy: "github" };
  const isOwn = allowed.every((one) => one.person === person);
  const report = await endGrants({
    ...(await openWorldOf(workspace)),
    select: { kind: "grants", grants: allowed.map(({ grant }) => grant) },
    by,
    reason: isOwn ? "given back" : "revoked",
    note: `pull request ${asked.number}`,
    signal: workspace.ports.signal,
  });
  return { kind: "revoked", by, right: first.right, report };
}

/** A Grant that came with the pull request and has not ended. */
interface Meant {
  readonly grant: GrantId;
  readonly request: string;
  readonly person: PersonId;
  readonly rule: string;
  readonly rosters: ReadonlyMap<string, readonly PersonId[]>;
}

/** The Grants that are meant, also those that have not begun; or why none is. */
async function findMeant(
  workspace: Workspace,
  merges: ReadonlyMap<string, MergeFacts>,
  asked: Asked,
): Promise<Meant[] | CommentOutcome> {
  const { state } = await workspace.log();
  const open = [...(await pendingOf(workspace, merges)), ...heldOf(state, merges)];
  const ids = asked.what === undefined ? undefined : tryFindIds(state, asked.what);
  const found = open.filter(
    ({ grant, request }) => asked.what === undefined || request === asked.what || ids?.has(grant) === true,
  );
  if (found.length > 0) return found;
  const what = asked.what === undefined ? "this pull request" : `\`${asked.what}\``;
  return refused(
    asked.by,
    `nothing of ${what} is there or could still start`,
    "`/revoke` alone ends all that this pull request gave; for anything else `leasehold revoke`",
  );
}

function heldOf(state: LogState, merges: ReadonlyMap<string, MergeFacts>): readonly Meant[] {
  return [...state.grants.values()].flatMap(({ phase, facts }) => {
    const merge = merges.get(facts.request);
    if (merge === undefined || phase === "ended" || phase === "rejected" || phase === "pending") return [];
    const { grant, request, person, rule } = facts;
    return [{ grant, request, person, rule, rosters: rostersOf(merge) }];
  });
}

async function pendingOf(workspace: Workspace, merges: ReadonlyMap<string, MergeFacts>): Promise<readonly Meant[]> {
  const policy = await workspace.tryPolicyInForce();
  if (policy === undefined) return [];
  const { state } = await workspace.log();
  const all = await workspace.mergedRequests();
  const requests = { requests: all.requests.filter(({ name }) => merges.has(name)) };
  const asOf = workspace.ports.clock.now();
  const { installation } = workspace;
  const { grants } = desiredState({ installation, manifest: policy.manifest, requests, asOf, state });
  const isPending = ({ id }: DesiredGrant): boolean => (state.grants.get(id)?.phase ?? "pending") === "pending";
  return grants.filter(isPending).map(({ id, request, person, rule }) => {
    const merge = merges.get(request);
    return { grant: id, request, person, rule, rosters: merge === undefined ? new Map() : rostersOf(merge) };
  });
}

function rostersOf({ rosters }: MergeFacts): ReadonlyMap<string, readonly PersonId[]> {
  return new Map(rosters.map(({ group, people }) => [group, people]));
}

function tryFindIds(state: LogState, text: string): ReadonlySet<GrantId> | undefined {
  try {
    return new Set(findGrants(state, text).map(({ facts }) => facts.grant));
  } catch (thrown) {
    if (isFailure(thrown, "input")) return undefined;
    throw thrown;
  }
}

/** By the pinned user id; a login proves nothing. */
function personOf(account: GitHubAccount, { policy }: LogState): PersonId {
  return policy?.pinned?.find(({ id }) => id === account.id)?.person ?? `github:${account.id}`;
}

function mayNot({ by }: Asked, meant: readonly Meant[]): CommentOutcome {
  const people = [...new Set(meant.map(({ person }) => person))].toSorted();
  const more = people.length > 5 ? ` and ${people.length - 5} more` : "";
  return refused(
    by,
    `${by.login} neither holds this access nor approves or may revoke under its rule`,
    `ask ${people.slice(0, 5).join(", ")}${more} to give it back, or whoever approves under its rule`,
  );
}

function refused({ login }: GitHubAccount, why: string, fix: string): CommentOutcome {
  return { kind: "refused", by: login, why, fix };
}
