/** A name as PostgreSQL reads it, whatever is in it (as lib/pq's QuoteIdentifier). */
export function quoted(name: string): string {
  const [head = ""] = name.split("\0");
  return `"${head.replaceAll('"', '""')}"`;
}

/** Objects of a schema. As the real provider does it, with its fault: nothing is quoted from the first parenthesis on. */
export function objectList(schema: string, objects: readonly string[]): string {
  return objects
    .map((object) => {
      const [name = "", types] = object.split("(");
      return `${quoted(schema)}.${quoted(name)}${types === undefined ? "" : `(${types}`}`;
    })
    .join(",");
}

/** A text between quotes, as the real provider escapes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
