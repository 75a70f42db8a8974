import type { Diagnostic } from "../errors";
import type { Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import type { OverdueEnding, PassOutcome } from "../model/pass";
import { count } from "./counts";
import { renderDiagnostics } from "./diagnostics";
import { canonicalJsonText } from "./json";
import { whenWords } from "./times";
import { terminalVoice } from "./voice";

/** What a giving back, a revoke or an opt-out came to. */
export interface EndedView {
  readonly outcomes: readonly PassOutcome[];
  readonly overdue: readonly OverdueEnding[];
  readonly errors: readonly Diagnostic[];
  /** Grants that had not begun, and will not. */
  readonly neverStart?: readonly string[];
  /** Others that still let the same people in. */
  readonly stillHeld?: readonly GrantState[];
  /** Given back with no more than the holder's own token. */
  readonly byHolder?: { readonly person: string; readonly connection: string; readonly sessionsCut: number };
}

/** What ended, what still lets people in and how to end that too, and what did not end; the summary last. */
export function renderEnded(
  view: EndedView,
  options: { readonly format: "text" | "json"; readonly now: Instant; readonly colour?: boolean },
): string {
  if (options.format === "json") return canonicalJsonText({ endedVersion: 1, ...view });
  const voice = terminalVoice({ colour: options.colour ?? false });
  const { byHolder } = view;
  const held = (view.stillHeld ?? []).map(
    ({ facts, end }) =>
      `! ${voice.text(facts.person)} still has ${voice.text(facts.connection)} by ${voice.text(facts.request)}` +
      `${end === undefined ? "" : ` until ${whenWords(end, options.now)}`}: leasehold revoke ${voice.text(facts.grant)}`,
  );
  const overdue = view.overdue.map(
    (one) => `! ${voice.text(one.person)} may still be on ${voice.text(one.connection)}: ${voice.text(one.why)}`,
  );
  const errors = renderDiagnostics(view.errors, { format: "text", colour: options.colour ?? false }).trimEnd();
  const done = view.outcomes.filter((one) => one.result === "done" || one.result === "unrecorded");
  const cut = done.reduce((sum, one) => sum + (one.sessionsCut ?? 0), 0) + (byHolder?.sessionsCut ?? 0);
  const ended = done.length + (byHolder === undefined ? 0 : 1);
  const never = view.neverStart?.length ?? 0;
  const summary =
    `Ended ${count(ended, "grant")}, cut ${count(cut, "session")}` +
    `${never === 0 ? "" : `, ${count(never, "more")} will not start`}` +
    `${byHolder === undefined ? "" : "; the next pass records it"}.`;
  return [...held, ...overdue, ...(errors === "" ? [] : [errors]), summary].join("\n");
}
