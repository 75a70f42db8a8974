import type { SourceRange } from "../errors";
import type { Refusal } from "../model/desired";
import { assertNever } from "../model/exhaustive";
import { locate, locateItem, type ValuePath } from "../request/locate";
import type { CheckedRequest } from "./checked-request";

/** The place of a field in the request's file; of a request without text its file, of one without a file nothing. */
export function placeOfField(one: CheckedRequest, path: ValuePath): SourceRange | undefined {
  if (one.file === undefined) return undefined;
  if (one.text === undefined) return { file: one.file, line: 1, column: 1, length: 1 };
  return locate({ file: one.file, text: one.text }, path);
}

/** The place in the request's file that a refusal is about. */
export function placeOfRefusal(one: CheckedRequest, refusal: Refusal): SourceRange | undefined {
  switch (refusal.reason) {
    case "unknown person":
    case "unknown group":
    case "group may only approve":
      return placeOfItem(one, ["spec", "for"], (item) => names(item, refusal));
    case "unknown connection":
      return placeOfItem(one, ["spec", "access"], (item) => item === refusal.connection);
    case "no rule":
      if (one.request.rule !== undefined) return placeOfField(one, ["spec", "rule"]);
      return placeOfItem(one, ["spec", "access"], (item) => item === refusal.connection);
    case "unknown rule":
      return placeOfField(one, ["spec", "rule"]);
    case "longer than the rule allows":
    case "longer than the organisation allows":
      return placeOfField(one, ["spec", "duration"]);
    case "start too far ahead":
      return placeOfField(one, ["spec", "startBefore"]);
    case "too many pairs":
      return placeOfField(one, ["spec", "for"]);
    case "ticket required":
      return placeOfField(one, ["spec", "reason"]);
    case "name is spent":
    case "edited after merge":
      return placeOfField(one, ["metadata", "name"]);
    case "opted out":
    case "depends on the edit":
    case "cannot be held":
    case "user unknown at the gateway":
    case "foreign object":
    case "another installation":
    case "protected principal":
      return placeOfField(one, ["spec"]);
    default:
      return assertNever(refusal.reason);
  }
}

function placeOfItem(one: CheckedRequest, path: ValuePath, isIt: (item: string) => boolean): SourceRange | undefined {
  if (one.file === undefined || one.text === undefined) return placeOfField(one, path);
  return locateItem({ file: one.file, text: one.text }, path, isIt);
}

/** A refusal of a group names it only in its sentence. */
function names(item: string, refusal: Refusal): boolean {
  if (refusal.person !== undefined) return item === refusal.person;
  return item.startsWith("group:") && refusal.sentence.toLowerCase().includes(`group ${item.slice("group:".length)}`);
}
