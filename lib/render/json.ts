import { canonicalJson } from "../model/canonical";
import { hiddenAsJson } from "./escape";

/** Canonical JSON on one line, the same to a parser and harmless to a terminal: hidden characters are written as escapes. */
export function canonicalJsonText(value: unknown): string {
  return hiddenAsJson(canonicalJson(value));
}
