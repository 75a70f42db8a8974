/**
 * A text as a literal of TypeScript, on one line and in ASCII, whatever is in it: nothing ends it, opens a template or a comment,
 * or hides what it says.
 */
export function literal(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, unicodeEscape);
}

/** Some texts as a list. */
export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(", ")}]`;
}

/** A text behind `//`, on one line and in ASCII: nothing ends the comment. */
export function comment(text: string): string {
  // oxlint-disable-next-line no-control-regex -- what a comment must not hold
  return `// ${text.replace(/[\u0000-\u001f\u007f-\uffff]/g, unicodeEscape)}`;
}

/** A name as SQL reads it, on one line and in ASCII. */
export function sqlName(name: string): string {
  const quoted = name.replaceAll('"', '""');
  if (/^[ -~]*$/.test(name)) return `"${quoted}"`;
  const escaped = quoted.replaceAll("\\", "\\\\").replace(/[^ -~]/gu, sqlEscape);
  return `U&"${escaped}"`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function sqlEscape(character: string): string {
  return `\\+${(character.codePointAt(0) ?? 0).toString(16).padStart(6, "0")}`;
}
