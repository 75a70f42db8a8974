import type { ConnectionId, PersonId } from "../model/names";
import type { AccessRequest } from "../model/request";
import type { Manifest } from "../model/manifest";
import type { AccessRule } from "../model/rule";
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
  if (request.startBefore > before.startBefore) return "startBefore moved to later";
  if (before.startAfter !== undefined && (request.startAfter ?? "") < before.startAfter) {
    return "startAfter moved to earlier";
  }
  if (request.reason !== before.reason) return "its reason changed";
  if (request.ticket !== before.ticket) return "its ticket changed";
  if (request.rule !== before.rule) return "its rule changed";
  return request.extends === before.extends ? undefined : "what it extends changed";
}

function isNamed(request: AccessRequest, person: PersonId, manifest: Manifest): boolean {
  return request.for.some((ref) => ref === person || personsOf(manifest, ref).includes(person));
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
