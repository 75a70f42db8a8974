import {
  characterName,
  findHiddenCharacters,
  hasHiddenCharacter,
  replaceHiddenCharacters,
} from "../../lib/model/characters";

test("controls, marks of direction, zero-width and private characters are hidden; letters, emoji, tab and line feed are not", () => {
  const hidden = [
    "\0",
    "\u001b",
    "\r",
    "\u007f",
    "\u0085",
    "\u00ad",
    "\u061c",
    "\u200b",
    "\u200d",
    "\u2028",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\ue000",
    "\ud800",
    "\ufffe",
    "\u{e0041}",
    "\u{10ffff}",
    "\u3164",
    "\u180e",
  ];
  for (const character of hidden) expect(hasHiddenCharacter(`a${character}b`)).toBe(true);
  for (const text of ["a\n\tb", "é e\u0301 日本 العربية", "⚠️ 🙂", "\u00a0", "\ufffd"])
    expect(hasHiddenCharacter(text)).toBe(false);
});

test("hidden characters are found and replaced one by one, also outside the basic plane", () => {
  expect(findHiddenCharacters("a\u202eb\u{e0041}\u200b", 2)).toEqual([
    { offset: 1, name: "U+202E (right-to-left override)" },
    { offset: 3, name: "U+E0041 (invisible tag character)" },
  ]);
  expect(replaceHiddenCharacters("a\u202eb\u{e0041}c", (one) => `<${characterName(one)}>`)).toBe(
    "a<U+202E (right-to-left override)>b<U+E0041 (invisible tag character)>c",
  );
  expect(characterName("é")).toBe("U+00E9");
  expect(characterName("\ud800")).toBe("U+D800 (half of a surrogate pair)");
});
