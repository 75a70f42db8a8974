import type { Diagnostic } from "../errors";
import type { Instant } from "../model/instant";
import { count } from "./counts";
import { renderEnded, type EndedView } from "./ended";
import { canonicalJsonText } from "./json";
import { terminalVoice } from "./voice";

/** A rebuilt Log as it is told. */
export interface RebuiltView extends EndedView {
  readonly adopted: readonly string[];
  readonly spent: readonly string[];
  readonly wasRecovering: boolean;
  readonly errors: readonly Diagnostic[];
}

/** What was adopted, ended and marked as spent; the summary last. */
export function renderRebuilt(
  view: RebuiltView,
  options: { readonly format: "text" | "json"; readonly now: Instant },
): string {
  if (options.format === "json") return canonicalJsonText({ rebuiltVersion: 1, ...view });
  if (!view.wasRecovering) return "The Log is not recovering; nothing was done.";
  const voice = terminalVoice({ colour: false });
  return [
    ...view.adopted.map((grant) => `+ ${voice.text(grant)} is live and explained: it runs on to its own end`),
    ...view.spent.map((name) => `- ${voice.text(name)} is spent: to get it again, write a new request`),
    renderEnded(view, options),
    `Rebuilt: ${count(view.adopted.length, "grant")} adopted, ${count(view.spent.length, "request")} spent.`,
  ].join("\n");
}
