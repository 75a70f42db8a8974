/** SQL's own quoting, for the one place where values cannot be parameters: the SQL that an admin installs. */

/** A name as SQL writes it: in double quotes, whatever stands in it. Throws for a NUL, which no name can have. */
export function quotedName(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`;
}

/** A text as SQL writes it, with `standard_conforming_strings` on. Throws for a NUL, which no text can have. */
export function quotedText(text: string): string {
  return `'${withoutNul(text).replaceAll("'", "''")}'`;
}

/** A block of PL/pgSQL as a statement of its own, in dollar quotes that nothing in it can close, whatever names stand there. */
export function doBlock(body: string): string {
  let tag = "$do$";
  for (let more = 1; body.includes(tag); more += 1) tag = `$do${more}$`;
  return `DO ${tag}\n${body}\n${tag};`;
}

function withoutNul(text: string): string {
  if (text.includes("\0")) throw new RangeError("Expected a text without NUL: PostgreSQL has none");
  return text;
}
