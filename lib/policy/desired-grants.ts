import type { DesiredGrant, LapsedRequest, Refusal } from "../model/desired";
import { grantId } from "../model/grant";
import { plusSeconds, secondsBetween, type Instant } from "../model/instant";
import { limits } from "../model/limits";
import type { GrantState } from "../model/log-state";
import { tryParsePrincipal, type ConnectionId, type PersonId } from "../model/names";
import type { AccessRequest } from "../model/request";
import type { Connection, Resource } from "../model/resource";
import type { AccessRule } from "../model/rule";
import { tryFindDecidingRule } from "./deciding-rule";
import type { DesiredInput } from "./desired-input";
import { expandGroup, peopleOfRule } from "./groups";
import { digestOfPrivileges, digestOfRule, isKnownPerson, manifestIndex } from "./manifest-index";
import { isSameRequest, tryFindNarrowingFault } from "./narrowing";
import * as refuse from "./refusals";

/** What one request comes to. */
export interface RequestResult {
  readonly grants: readonly DesiredGrant[];
  readonly refusals: readonly Refusal[];
  readonly lapsed?: LapsedRequest;
}

/** What requests are judged against. */
export interface RequestContext extends DesiredInput {
  /** The latest `startBefore` that a new request may have. */
  readonly latestStart: Instant;
}

/** Makes ready what all requests are judged against. */
export function requestContext(input: DesiredInput): RequestContext {
  return { ...input, latestStart: plusSeconds(input.asOf, input.manifest.limits.startWithinSeconds) };
}

/**
 * The Grants of one request. Strict bounds on the start hold for what is new to the Log; an active
 * Grant stays under its own rule as long as that rule lets its person ask; nothing is refused that
 * can no longer start anyway. `before` is the same request as it was merged.
 */
export function grantsOfRequest(
  request: AccessRequest,
  before: AccessRequest | undefined,
  context: RequestContext,
): RequestResult {
  const asked = askOf(request, before, context);
  const grants: DesiredGrant[] = [];
  const refusals = [...asked.refusals];
  for (const [person, via] of asked.people) {
    for (const connection of asked.connections) {
      const result = judgePair({ ask: asked, person, via, connection }, context);
      if (result === undefined) continue;
      if ("reason" in result && "sentence" in result) refusals.push(result);
      else grants.push(result);
    }
  }
  if (!asked.isOver) return { grants: sortGrants(grants), refusals };
  const lapsed = refusals[0];
  return {
    grants: sortGrants(grants),
    refusals: [],
    ...(lapsed === undefined ? {} : { lapsed: { request: request.name, sentence: lapsedSentence(request, lapsed) } }),
  };
}

/** The request with its groups expanded. */
interface Ask {
  readonly request: AccessRequest;
  /** By person, the group through which the request names them. */
  readonly people: ReadonlyMap<PersonId, string | undefined>;
  readonly connections: readonly ConnectionId[];
  readonly refusals: readonly Refusal[];
  readonly isNew: boolean;
  /** Merged before, and its latest start has passed. */
  readonly isOver: boolean;
  /** Only Grants that the Log knows go on, and why. */
  readonly onlyKnown: boolean;
  /** The request as it was merged, where this one is an edit of it. */
  readonly edited?: AccessRequest;
}

interface Pair {
  readonly ask: Ask;
  readonly person: PersonId;
  readonly via: string | undefined;
  readonly connection: ConnectionId;
}

function askOf(request: AccessRequest, before: AccessRequest | undefined, context: RequestContext): Ask {
  const known = context.state.names.get(request.name);
  const { people, refusals } = expandPrincipals(request, context);
  const connections = request.access.length === 1 ? request.access : [...new Set(request.access)].sort();
  const count = people.size * connections.length;
  const isTooMany = count > limits.requestPairs;
  if (isTooMany) refusals.push(refuse.tooManyPairs(request.name, count));
  const isTooFar = known === undefined && request.startBefore > context.latestStart;
  if (isTooFar) {
    const within = context.manifest.limits.startWithinSeconds;
    refusals.push(refuse.startTooFarAhead(request.name, request.startBefore, within));
  }
  const isSpent = known?.removedAt !== undefined;
  if (isSpent) refusals.push(refuse.nameIsSpent(request.name, known.removedAt));
  const isEdited = before !== undefined && known !== undefined && !isSpent && !isSameRequest(before, request);
  return {
    request,
    people,
    connections,
    refusals,
    isNew: known === undefined,
    isOver: known !== undefined && request.startBefore <= context.asOf,
    onlyKnown: isTooMany || isSpent || isTooFar,
    ...(isEdited ? { edited: before } : {}),
  };
}

function expandPrincipals(
  request: AccessRequest,
  context: RequestContext,
): { readonly people: Map<PersonId, string | undefined>; readonly refusals: Refusal[] } {
  const { manifest } = context;
  const people = new Map<PersonId, string | undefined>();
  const refusals: Refusal[] = [];
  for (const ref of request.for) {
    const principal = tryParsePrincipal(ref);
    if (principal?.kind !== "group") {
      people.set(ref, undefined);
      continue;
    }
    const group = manifestIndex(manifest).groups.get(principal.name);
    if (group === undefined) refusals.push(refuse.unknownGroup(manifest, request.name, principal.name));
    else if (group.githubTeam !== undefined) {
      refusals.push(refuse.groupMayOnlyApprove(request.name, group.name, group.githubTeam));
    } else {
      for (const person of expandGroup(manifest, group.name)) {
        if (!people.has(person)) people.set(person, group.name);
      }
    }
  }
  return { people, refusals };
}

/** The Grant of a pair, why it is refused, or undefined where nothing is to be said of it. */
function judgePair(pair: Pair, context: RequestContext): DesiredGrant | Refusal | undefined {
  const { installation, manifest, state } = context;
  const { person, connection } = pair;
  const { request, onlyKnown } = pair.ask;
  const id = grantId({ installation, request: request.name, person, connection });
  const known = state.grants.get(id);
  if (known !== undefined && (known.phase === "ended" || known.phase === "rejected")) return undefined;
  const isHeld = known !== undefined && known.phase !== "pending";
  if (onlyKnown && !isHeld) return undefined;
  const { connections, resources } = manifestIndex(manifest);
  const way = connections.get(connection);
  const resource = way === undefined ? undefined : resources.get(way.resource);
  if (isHeld) {
    const rule = tryFindOwnRule(known, pair, context);
    if (way === undefined || resource === undefined || rule === undefined) return undefined;
    return desiredGrant({ id, pair, way, resource, rule, seconds: heldSeconds(known, pair) });
  }
  if (!isKnownPerson(manifest, person)) return refuse.unknownPerson(manifest, request.name, person);
  if (way === undefined || resource === undefined) return refuse.unknownConnection(manifest, request.name, connection);
  const rule = tryFindDecidingRule(manifest, person, connection, request.rule);
  const asked = { request: request.name, person, connection };
  if (rule === undefined) {
    return request.rule === undefined
      ? refuse.noRule(manifest, asked)
      : refuse.wrongRule(manifest, asked, request.rule);
  }
  return judgeBounds({ id, pair, way, resource, rule, seconds: askedSeconds(request, rule, context) }, context);
}

/** The rule under which a held Grant was given, while it still lets this person ask for this Connection. */
function tryFindOwnRule(held: GrantState, pair: Pair, context: RequestContext): AccessRule | undefined {
  const rule = manifestIndex(context.manifest).rules.get(held.facts.rule);
  if (rule === undefined || !rule.may.includes(pair.connection)) return undefined;
  return peopleOfRule(context.manifest, rule).has(pair.person) ? rule : undefined;
}

/**
 * How long a held Grant is to last: what the request says, since a narrowed one shortens it; without
 * a word in the request what was fixed at its intent, since a rule's new default shortens nothing.
 * A refused edit changes nothing.
 */
function heldSeconds(held: GrantState, pair: Pair): number {
  const { request, edited } = pair.ask;
  if (request.durationSeconds === undefined) return fixedSeconds(held);
  return edited === undefined ? request.durationSeconds : Math.min(request.durationSeconds, fixedSeconds(held));
}

function fixedSeconds(held: GrantState): number {
  const start = held.intendedAt ?? held.activatedAt;
  if (start === undefined || held.end === undefined) return limits.durationSeconds;
  return Math.max(1, Math.ceil(secondsBetween(start, held.end)));
}

function askedSeconds(request: AccessRequest, rule: AccessRule, { manifest }: RequestContext): number {
  return request.durationSeconds ?? Math.min(rule.defaultDurationSeconds, manifest.limits.maxDurationSeconds);
}

interface GrantParts {
  readonly id: string;
  readonly pair: Pair;
  readonly way: Connection;
  readonly resource: Resource;
  readonly rule: AccessRule;
  readonly seconds: number;
}

function judgeBounds(parts: GrantParts, context: RequestContext): DesiredGrant | Refusal {
  const { pair, rule, seconds } = parts;
  const { person, connection } = pair;
  const { request, edited } = pair.ask;
  const asked = { request: request.name, person, connection };
  const most = Math.min(context.manifest.limits.maxDurationSeconds, limits.durationSeconds);
  if (seconds > rule.maxDurationSeconds) return refuse.tooLongForRule(context.manifest, asked, rule, seconds);
  if (seconds > most) return refuse.tooLongForOrganisation(asked, rule, { asked: seconds, most });
  if (rule.ticketRequired && request.ticket === undefined) return refuse.ticketRequired(asked, rule);
  if (edited !== undefined) {
    const fault = tryFindNarrowingFault(
      edited,
      { request, person, connection },
      { manifest: context.manifest, rule, seconds },
    );
    if (fault !== undefined) return refuse.editedAfterMerge(request.name, fault);
  }
  return desiredGrant(parts);
}

function desiredGrant({ id, pair, way, resource, rule, seconds }: GrantParts): DesiredGrant {
  const { person, via } = pair;
  const { request } = pair.ask;
  return {
    id,
    request: request.name,
    person,
    connection: way.id,
    resource: resource.name,
    level: way.level,
    class: resource.class,
    labels: resource.labels,
    gateway: resource.gateway,
    gatewayName: way.gatewayName,
    ...(via === undefined ? {} : { via }),
    durationSeconds: seconds,
    ...(request.startAfter === undefined ? {} : { startAfter: request.startAfter }),
    startBefore: request.startBefore,
    reason: request.reason,
    ...(request.ticket === undefined ? {} : { ticket: request.ticket }),
    rule: rule.name,
    ruleDigest: digestOfRule(rule),
    approval: rule.approval,
    guardrails: way.guardrails,
    maskingRules: way.maskingRules,
    ...(way.privileges === undefined ? {} : { privilegesDigest: digestOfPrivileges(way.privileges) }),
  };
}

function sortGrants(grants: DesiredGrant[]): readonly DesiredGrant[] {
  return grants.length < 2 ? grants : grants.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function lapsedSentence(request: AccessRequest, refusal: Refusal): string {
  return `Request ${request.name} could start until ${request.startBefore} and no longer counts. ${refusal.sentence}`;
}
