import { failure } from "../errors";

/**
 * A text as Terraform's JSON means it: there `${` and `%{` begin a template, so a name that has them would be run.
 * Throws E206 for one that cdktf would take for a reference of its own.
 */
export function terraformText(text: string): string {
  if (text.includes("TfToken[")) {
    const detail = `\`${text}\` looks like a reference of cdktf`;
    throw failure("E206", { detail, fix: "give it another name" });
  }
  // By a function: within a text that replaces, `$$` is one `$`.
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** The same for several texts. */
export function terraformTexts(texts: readonly string[]): string[] {
  return texts.map(terraformText);
}

/** A text as a literal within an expression of Terraform. */
export function terraformLiteral(text: string): string {
  return JSON.stringify(terraformText(text)).replace(/[\u007f-\uffff]/g, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
