/**
 * Characters that nobody sees: controls, bidirectional marks, zero-width and other ignorable
 * characters, line and paragraph separators, private use, lone surrogates and noncharacters. Text
 * from people may not hold them, and no output shows them raw.
 */
const hidden =
  /(?!\n|\t|\u{FE0F})[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/u;
const hiddenAll = new RegExp(hidden.source, "gu");

/** Whether a text holds a hidden character; line feeds, tabs and the emoji selector U+FE0F are not hidden. */
export function hasHiddenCharacter(text: string): boolean {
  return hidden.test(text);
}

/** Replaces each hidden character by what `replace` makes of it. */
export function replaceHiddenCharacters(text: string, replace: (character: string) => string): string {
  return hidden.test(text) ? text.replace(hiddenAll, replace) : text;
}

/** The offsets of hidden characters in UTF-16 code units, at most `most` of them. */
export function findHiddenCharacters(text: string, most: number): readonly { offset: number; name: string }[] {
  const found: { offset: number; name: string }[] = [];
  if (!hidden.test(text)) return found;
  for (const match of text.matchAll(hiddenAll)) {
    found.push({ offset: match.index, name: characterName(match[0]) });
    if (found.length >= most) break;
  }
  return found;
}

/** A character as `U+202E (right-to-left override)`, with words for the ones that attacks use. */
export function characterName(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const words = wordsFor(point);
  const hex = point.toString(16).toUpperCase().padStart(4, "0");
  return words === undefined ? `U+${hex}` : `U+${hex} (${words})`;
}

const known: ReadonlyMap<number, string> = new Map([
  [0x00, "NUL"],
  [0x07, "bell"],
  [0x08, "backspace"],
  [0x0d, "carriage return"],
  [0x1b, "escape"],
  [0x7f, "delete"],
  [0x85, "next line"],
  [0xad, "soft hyphen"],
  [0x061c, "Arabic letter mark"],
  [0x200b, "zero-width space"],
  [0x200c, "zero-width non-joiner"],
  [0x200d, "zero-width joiner"],
  [0x200e, "left-to-right mark"],
  [0x200f, "right-to-left mark"],
  [0x2028, "line separator"],
  [0x2029, "paragraph separator"],
  [0x202a, "left-to-right embedding"],
  [0x202b, "right-to-left embedding"],
  [0x202c, "pop directional formatting"],
  [0x202d, "left-to-right override"],
  [0x202e, "right-to-left override"],
  [0x2060, "word joiner"],
  [0x2066, "left-to-right isolate"],
  [0x2067, "right-to-left isolate"],
  [0x2068, "first strong isolate"],
  [0x2069, "pop directional isolate"],
  [0xfeff, "byte order mark"],
  [0x3164, "Hangul filler"],
]);

function wordsFor(point: number): string | undefined {
  if (point < 0x20 || (point >= 0x80 && point < 0xa0)) return known.get(point) ?? "control character";
  if (point >= 0xd800 && point <= 0xdfff) return "half of a surrogate pair";
  if (point >= 0xe0000 && point <= 0xe007f) return "invisible tag character";
  return known.get(point);
}
