/** SQL's own quoting, for the one place where values cannot be parameters: the SQL that an admin installs. */

/** A name as SQL writes it: in double quotes, whatever stands in it. Throws for a NUL, which no name can have. */
export function quotedName(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`;
}

/** A text as SQL writes it, with `standard_conforming_strings` on. Throws for a NUL, which no text can have. */
export function quotedText(text: string): string {
  return `'${withoutNul(text).replaceAll("'", "''")}'`;
}

function withoutNul(text: string): string {
  if (text.includes("\0")) throw new RangeError("Expected a text without NUL: PostgreSQL has none");
  return text;
}
