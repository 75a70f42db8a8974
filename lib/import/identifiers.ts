import { digestOfText } from "../model/canonical";
import { isIdentifier } from "../model/names";

/** An identifier for each of some names of a database, each another one; a name that is one keeps it. */
export function identifiersFor(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name, identifierFor(name)]));
}

/** An identifier that says what a name said, with a part of its digest where it says not all of it. */
export function identifierFor(name: string): string {
  if (isIdentifier(name) && name.length <= longest && !/-[0-9a-f]{8}$/.test(name)) return name;
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .slice(0, longest - 9)
    .replace(/^[._-]+|[._-]+$/g, "");
  return `${plain === "" ? "role" : plain}-${digestOfText(name).slice(0, 8)}`;
}

/** Room for what is put before or behind it. */
const longest = 48;
