import type { Diagnostic } from "../errors";
import type { Instant } from "../model/instant";
import { count } from "./counts";
import { diagnosticsLines } from "./diagnostics-markdown";
import type { EndedView } from "./ended";
import { utcWords, whenWords } from "./times";
import { bounded, markdownVoice } from "./voice";

/** A comment that asked for something, and what came of it. */
export interface ReplyTo {
  /** The login of who asked. */
  readonly login: string;
  readonly now: Instant;
}

/** The answer to `/revoke`: what ended, what did not, or why this person may not. */
export function revokeReply(to: ReplyTo, ended: EndedView): string {
  const done = ended.outcomes.filter(({ result }) => result === "done" || result === "unrecorded");
  const never = ended.neverStart ?? [];
  const cut = done.reduce((sum, one) => sum + (one.sessionsCut ?? 0), 0);
  const nothing = done.length + never.length === 0;
  const verdict = nothing
    ? `Nothing ended for ${strong(to.login)}`
    : `Ended ${count(done.length, "grant")} for ${strong(to.login)}, cut ${count(cut, "session")}${never.length === 0 ? "" : `, ${count(never.length, "more")} will not start`}`;
  return replyText([
    `${verdict} · ${utcWords(to.now)}`,
    ...done.map((one) => `- ended: ${pairWords(one)}`),
    ...ended.overdue.map((one) => `- ! ${pairWords(one)} may still be there: ${text(one.why)}`),
    ...(ended.stillHeld ?? []).map(
      ({ facts, end }) =>
        `- ! ${pairWords(facts)} stays by ${text(facts.request)}${end === undefined ? "" : ` until ${whenWords(end, to.now)}`}`,
    ),
    ...diagnosticsLines(ended.errors),
  ]);
}

/** The answer to a command that was not carried out: why, and what to do. */
export function refusedReply(to: ReplyTo, refused: { readonly why: string; readonly fix: string }): string {
  return replyText([`Not done for ${strong(to.login)}: ${text(refused.why)}`, `- fix: ${text(refused.fix)}`]);
}

/** The answer to `/plan`: that the comment is up to date, or why it could not be brought there. */
export function planReply(
  to: ReplyTo,
  planned: { readonly verdict: string; readonly trouble: readonly Diagnostic[] },
): string {
  const head = planned.trouble.length === 0 ? "Planned again" : "Could not be planned";
  return replyText([
    `${head} for ${strong(to.login)} · ${utcWords(to.now)}: ${text(planned.verdict)}`,
    ...diagnosticsLines(planned.trouble),
  ]);
}

const { text, strong, code } = markdownVoice;

/** A short answer stays short. */
const mostLines = 30;
const mostReply = 20_000;

function replyText(lines: readonly string[]): string {
  const shown = lines.slice(0, mostLines);
  const rest =
    lines.length > shown.length ? [`- and ${lines.length - shown.length} more: see ${code("leasehold status")}`] : [];
  const [head = "", ...items] = [...shown, ...rest];
  return bounded([head, "", ...items].join("\n").trimEnd(), mostReply);
}

function pairWords(pair: { readonly person?: string; readonly connection?: string }): string {
  return `${strong(pair.person ?? "somebody")} on ${strong(pair.connection ?? "something")}`;
}
