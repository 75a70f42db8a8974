/**
 * The one escaper: every text that came from people passes through the function here that fits where
 * it goes. None of them throws but `escapeUrlPart`, and none gives an empty text for one that is not.
 */
import { replaceHiddenCharacters } from "../model/characters";

/**
 * For a terminal and for the log of a workflow, on one line: control, bidirectional and zero-width
 * characters become visible (`\u{202e}`), line breaks and tabs a space, and nothing begins a workflow
 * command (`::name::` at the start of a line, `##[name]` anywhere; see actions/runner, ActionCommand.cs).
 */
export function escapeTerminal(text: string): string {
  if (harmless.test(text)) return text;
  const visible = replaceHiddenCharacters(text.replace(/\r?\n|\t/g, " "), visibleForm);
  return withoutOldCommands(visible).replace(/^(\s*):(?=:)/, "$1\\:");
}

/** Most names and addresses; a plan can have a hundred thousand of them. */
const harmless = /^[A-Za-z0-9@._/ -]*$/;

/**
 * For running text and table cells in GitHub's Markdown: no markup, HTML, link, mention, issue
 * reference or emoji comes of it. A zero-width space after `@` and `#` and in `://` and `www.` stops
 * GitHub's own links, which look at the text after Markdown's escapes are gone.
 */
export function escapeMarkdown(text: string): string {
  return replaceHiddenCharacters(text.replace(/\s+/gu, " "), visibleForm)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_{}[\]()|~$!^=+-]/g, "\\$&")
    .replace(/^(\s*\d+)\.(?=\s|$)/, "$1\\.")
    .replaceAll("#", "#&#8203;")
    .replaceAll("@", "@&#8203;")
    .replaceAll(":", ":&#8203;")
    .replace(/www(?=\.)/gi, "$&&#8203;")
    .replace(/\b(gh)(?=\\-\d)/gi, "$1&#8203;")
    .replace(/\b[0-9a-f]{7,}\b/gi, (hash) => hash.replace(/.{6}(?=.)/g, "$&&#8203;"));
}

/**
 * For a code span in GitHub's Markdown, also within a table: the fence is longer than any run of backticks inside. Of a
 * backslash and a pipe a table makes a backslash and the end of the cell, so that backslash is made visible.
 */
export function markdownCode(text: string): string {
  const line = withoutOldCommands(replaceHiddenCharacters(text.replace(/\s+/gu, " "), visibleForm))
    .replace(/\\+(?=\|)/g, (run) => visibleForm("\\").repeat(run.length))
    .replaceAll("|", "\\|");
  const longest = (line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = "`".repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(line) ? " " : "";
  if (line === "") return "` `";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** For text and quoted attributes in HTML. */
export function escapeHtml(text: string): string {
  return replaceHiddenCharacters(text, visibleForm)
    .replace(/[&<>"'`]/g, (character) => htmlForms[character] ?? "")
    .replaceAll("##[", "#&#35;[");
}

/** One cell of a CSV file, RFC 4180: always in quotes; what a spreadsheet would take for a formula gets a `'` in front. */
export function csvCell(text: string): string {
  const line = withoutOldCommands(replaceHiddenCharacters(text.replace(/\s+/gu, " "), visibleForm));
  const safe = /^\s*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/u.test(line) ? `'${line}` : line;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The message of a GitHub workflow command. */
export function escapeWorkflowMessage(text: string): string {
  const visible = text.split(/\r?\n/).map((line) => replaceHiddenCharacters(line, visibleForm));
  return visible.join("\n").replaceAll("%", "%25").replaceAll("\n", "%0A");
}

/** A property of a GitHub workflow command, such as `file=` or `title=`. */
export function escapeWorkflowProperty(text: string): string {
  return escapeWorkflowMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** One segment of a URL's path or one value of its query; throws a RangeError for `.`, `..` and the empty text, which would move. */
export function escapeUrlPart(text: string): string {
  if (text === "" || text === "." || text === "..") {
    throw new RangeError(`Expected a part of a URL, got \`${text}\``);
  }
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD")).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** JSON that is the same to a parser and harmless to a terminal: hidden characters are written as escapes. */
export function jsonText(value: unknown, options: { readonly indent?: number } = {}): string {
  return hiddenAsJson(JSON.stringify(value, null, options.indent ?? 2));
}

/** Hidden characters and old workflow commands within JSON as `\\u` escapes; they can stand only in its strings. */
export function hiddenAsJson(json: string): string {
  return replaceHiddenCharacters(json, jsonForm).replaceAll("##[", "#\\u0023[");
}

/** JSON within a `<script>` element: nothing in it can end the element. */
export function jsonForHtml(value: unknown): string {
  return jsonText(value, { indent: 0 }).replace(/[<>&]/g, jsonForm);
}

const htmlForms: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** A text that holds no old workflow command, wherever in a line the runner looks for it (`##[name]`). */
function withoutOldCommands(text: string): string {
  return text.replaceAll("##[", "#\\#[");
}

function visibleForm(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function jsonForm(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
