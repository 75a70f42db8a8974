import { escapeHtml, escapeMarkdown, escapeTerminal, markdownCode } from "./escape";

/**
 * How one medium says a text that came from people or from a gateway. Sentences are written once, with
 * a voice as argument: whatever a person wrote reaches a page only through it, escaped and bounded.
 */
export interface Voice {
  /** Running text. */
  text(user: string): string;
  /** What the reader must not miss. */
  strong(user: string): string;
  /** Something to be typed, or an id. */
  code(user: string): string;
}

/** Colours of a terminal; never the only sign of anything. */
export type Tone = "good" | "bad" | "careful" | "loud" | "quiet" | "strong";

/** Puts a text that is already escaped into a tone. */
export type Paint = (tone: Tone, text: string) => string;

/** Longer texts of people are cut, with an ellipsis; every bound of lib/model/limits.ts is below it. */
export const mostCharacters = 600;

/** The voice of a terminal, and the paint that goes with it. */
export function terminalVoice(options: { readonly colour: boolean }): Voice & { readonly paint: Paint } {
  const paint = paintWith(options);
  return {
    text: (user) => escapeTerminal(bounded(user)),
    strong: (user) => paint("strong", escapeTerminal(bounded(user))),
    code: (user) => `\`${escapeTerminal(bounded(user))}\``,
    paint,
  };
}

/** Says a text as it is: only for sentences that are kept as values and escaped where they are shown. */
export const plainVoice: Voice = { text: (user) => user, strong: (user) => user, code: (user) => user };

/** The voice of GitHub's Markdown, in running text and in table cells. */
export const markdownVoice: Voice = {
  text: (user) => escapeMarkdown(bounded(user)),
  strong: (user) => (user.trim() === "" ? escapeMarkdown(user) : `**${escapeMarkdown(bounded(user).trim())}**`),
  code: (user) => markdownCode(bounded(user)),
};

/**
 * A sentence of ours in GitHub's Markdown: our own commands in it become code spans. Other backticks may
 * be somebody's and stay what they are.
 */
export function markdownProse(sentence: string): string {
  const parts = bounded(sentence).split(ourCommand);
  return parts.map((part, index) => (index % 2 === 1 ? markdownCode(part) : escapeMarkdown(part))).join("");
}

/** `leasehold log rebuild`, `--confirm-removals 12`: words that cannot do anything in a code span. */
const ourCommand = /`((?:leasehold |--)[a-z0-9 -]{1,80})`/;

/** The voice of HTML, in text and in quoted attributes (`text` only). */
export const htmlVoice: Voice = {
  text: (user) => escapeHtml(bounded(user)),
  strong: (user) => `<strong>${escapeHtml(bounded(user))}</strong>`,
  code: (user) => `<code>${escapeHtml(bounded(user))}</code>`,
};

/** A text cut at a number of characters, the last one an ellipsis; never through a surrogate pair. */
export function bounded(text: string, most = mostCharacters): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

const sgr: Readonly<Record<Tone, readonly [on: number, off: number]>> = {
  good: [32, 39],
  bad: [31, 39],
  careful: [33, 39],
  loud: [35, 39],
  quiet: [2, 22],
  strong: [1, 22],
};

/** Colours for a terminal, or none (ECMA-48, select graphic rendition). */
function paintWith(options: { readonly colour: boolean }): Paint {
  if (!options.colour) return (_tone, text) => text;
  return (tone, text) => `\u001b[${sgr[tone][0]}m${text}\u001b[${sgr[tone][1]}m`;
}
