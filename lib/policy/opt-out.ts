import type { OptOut } from "../model/approval";
import type { LogState } from "../model/log-state";
import type { PersonId } from "../model/names";
import type { SpoolEntry } from "../model/record";

/** Whether an OptOut keeps this person from this rule or class. */
export function isOptedOut(
  optOut: OptOut,
  asked: { readonly person: PersonId; readonly rule: string; readonly class: string },
): boolean {
  if (optOut.person !== asked.person) return false;
  return optOut.from.kind === "rule" ? optOut.from.rule === asked.rule : optOut.from.class === asked.class;
}

/** All OptOuts in force by person: those in the Log and those that still wait in the spool. */
export function optOutsByPerson(
  state: LogState,
  spool: readonly SpoolEntry[],
): ReadonlyMap<PersonId, readonly OptOut[]> {
  const byPerson = new Map<PersonId, OptOut[]>();
  const add = (optOut: OptOut): void => {
    byPerson.set(optOut.person, [...(byPerson.get(optOut.person) ?? []), optOut]);
  };
  for (const optOut of state.optOuts.values()) add(optOut);
  for (const entry of spool) {
    if (entry.body.kind === "opt-out" && !state.folded.has(entry.id)) add(entry.body.optOut);
  }
  return byPerson;
}
