/** Texts in the tags of a Connection, in pieces: a value may have 256 letters, digits and `-_/+@:=.`. */

const pieceLength = 250;

/** The tags that carry a text, none for an empty one; undefined when it does not fit. */
export function tagsOf(name: string, text: string, maxPieces: number): Readonly<Record<string, string>> | undefined {
  const count = Math.ceil(text.length / pieceLength);
  if (count > maxPieces) return undefined;
  const pieces = Array.from({ length: count }, (_, at) => text.slice(at * pieceLength, (at + 1) * pieceLength));
  return Object.fromEntries(pieces.map((piece, at) => [pieceName(name, at), piece]));
}

/** The text that tags carry; empty without any. */
export function textOfTags(name: string, tags: Readonly<Record<string, string>>): string {
  let text = "";
  for (let at = 0; at < 10; at += 1) text += tags[pieceName(name, at)] ?? "";
  return text;
}

function pieceName(name: string, at: number): string {
  return at === 0 ? name : `${name}-${at + 1}`;
}
