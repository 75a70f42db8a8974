import type { ConnectionId, PersonId } from "../model/names";
import type { AccessRequest } from "../model/request";
import type { Manifest } from "../model/manifest";
import type { AccessRule } from "../model/rule";
import { tryFindDecidingRule } from "./deciding-rule";
import { personsOf } from "./groups";

/** Whether two requests say the same. */
export function isSameRequest(a: AccessRequest, b: AccessRequest): boolean {
  if (a === b) return true;
  return (
    a.name === b.name &&
    a.durationSeconds === b.durationSeconds &&
    a.startBefore === b.startBefore &&
    a.startAfter === b.startAfter &&
    a.reason === b.reason &&
    a.ticket === b.ticket &&
    a.rule === b.rule &&
    a.extends === b.extends &&
    isSameList(a.for, b.for) &&
    isSameList(a.access, b.access)
  );
}

/** What makes an edit more than a narrowing: words that follow `but`, and the field of the spec that they are about. */
export interface EditFault {
  readonly words: string;
  readonly field:
    "for" | "access" | "duration" | "startBefore" | "startAfter" | "reason" | "ticket" | "rule" | "extends";
}

/**
 * What makes an edit of a merged request more than a narrowing as a whole; undefined when it only narrows,
 * or says the same. What no rule decides today is held to what is written, since a later rule may decide it.
 * Without a policy nothing can be compared: every edit is more.
 */
export function tryFindEditFault(
  before: AccessRequest,
  after: AccessRequest,
  manifest: Manifest | undefined,
): EditFault | undefined {
  if (isSameRequest(before, after)) return undefined;
  if (manifest === undefined) return { words: "no policy is in force to hold the edit against", field: "for" };
  const connection = after.access.find((one) => !before.access.includes(one));
  if (connection !== undefined) return { words: `${connection} was added`, field: "access" };
  const added = tryFindAddedPrincipal(before, after, manifest);
  if (added !== undefined) return { words: `${added} was added`, field: "for" };
  if (isLonger(before, after, manifest)) return { words: "it got longer", field: "duration" };
  return tryFindTermsFault(before, after);
}

/**
 * What makes an edit of a merged request more than a narrowing for one pair, in words that follow
 * `but`; undefined when it only narrows: fewer pairs, shorter, a start window inside.
 */
export function tryFindNarrowingFault(
  before: AccessRequest,
  after: { readonly request: AccessRequest; readonly person: PersonId; readonly connection: ConnectionId },
  context: { readonly manifest: Manifest; readonly rule: AccessRule; readonly seconds: number },
): string | undefined {
  const { request, person, connection } = after;
  if (!before.access.includes(connection)) return `${connection} was added`;
  if (!isNamed(before, person, context.manifest)) return `${person} was added`;
  if (context.seconds > (before.durationSeconds ?? context.rule.defaultDurationSeconds)) return "it got longer";
  return tryFindTermsFault(before, request)?.words;
}

/**
 * A Principal that the edit names and that the request did not mean before. Who was meant through a group
 * may be named; another group may not, though all its people were meant: who joins it later was not.
 */
function tryFindAddedPrincipal(before: AccessRequest, after: AccessRequest, manifest: Manifest): string | undefined {
  return after.for.find((ref) => !isNamed(before, ref, manifest));
}

/** Whether some pair lasts longer; where a default is meant that no rule gives today, that can't be ruled out. */
function isLonger(before: AccessRequest, after: AccessRequest, manifest: Manifest): boolean {
  const [from, to] = [before.durationSeconds, after.durationSeconds];
  if (from !== undefined && to !== undefined) return to > from;
  if (from === to) return false;
  const people = new Set(after.for.flatMap((ref) => personsOf(manifest, ref)));
  const rules = [...people].flatMap((person) =>
    after.access.map((connection) => tryFindDecidingRule(manifest, person, connection, after.rule)),
  );
  if (rules.length === 0) return true;
  return rules.some((rule) => {
    if (rule === undefined) return true;
    return (to ?? rule.defaultDurationSeconds) > (from ?? rule.defaultDurationSeconds);
  });
}

function tryFindTermsFault(before: AccessRequest, after: AccessRequest): EditFault | undefined {
  if (after.startBefore > before.startBefore) return { words: "startBefore moved to later", field: "startBefore" };
  if (before.startAfter !== undefined && (after.startAfter ?? "") < before.startAfter) {
    return { words: "startAfter moved to earlier", field: "startAfter" };
  }
  if (after.reason !== before.reason) return { words: "its reason changed", field: "reason" };
  if (after.ticket !== before.ticket) return { words: "its ticket changed", field: "ticket" };
  if (after.rule !== before.rule) return { words: "its rule changed", field: "rule" };
  return after.extends === before.extends ? undefined : { words: "what it extends changed", field: "extends" };
}

function isNamed(request: AccessRequest, person: PersonId, manifest: Manifest): boolean {
  return request.for.some((ref) => ref === person || personsOf(manifest, ref).includes(person));
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
