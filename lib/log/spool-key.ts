import type { GrantId } from "../model/grant";
import type { SpoolEntry } from "../model/record";

/**
 * How `LogState.folded` notes that one Grant's ending out of a spool entry is in the chain. An entry can
 * end several Grants, each with a record of its own; a crash between them must not forget the rest.
 */
export function foldedEnding(entry: string, grant: GrantId): string {
  return `${entry}/${grant}`;
}

/** Whether all of a spool entry is in the chain, so that it may be removed from the spool. */
export function isFolded(folded: ReadonlySet<string>, entry: SpoolEntry): boolean {
  return entry.body.kind === "end"
    ? entry.body.grants.every((grant) => folded.has(foldedEnding(entry.id, grant)))
    : folded.has(entry.id);
}
