import * as fc from "fast-check";
import { pullComment } from "../../../lib/render/pull-comment";
import { pullCheck } from "../../../lib/render/pull-check";
import { unapprovedMergeIssue } from "../../../lib/render/pull-issue";
import { hasHiddenCharacter } from "../../../lib/model/characters";
import { hostileTexts } from "../../attacks/support/hostile-texts";
import { loadReaders, type Readers } from "../../attacks/support/acts";
import { soiledInput } from "./support/soiled";
import { readMarkdown } from "./support/outline";
import { situations, unapproved } from "./support/situations";

type Place = "before" | "after";
type Shown = (text: string, place: Place) => string;

/** Those with many people only say the same many times over. */
const crowded = new Set(["five-hundred-requests", "forty-people", "group-edit-forty-people"]);

const shown: readonly (readonly [string, Shown])[] = [
  ...Object.entries(situations)
    .filter(([name]) => !crowded.has(name))
    .map(([name, make]): readonly [string, Shown] => [
      name,
      (text, place) => pullComment(soiledInput(make(), text, place)).text,
    ]),
  ...Object.entries(unapproved).map(([name, make]): readonly [string, Shown] => [
    name,
    (text, place) => unapprovedMergeIssue(soiledInput(make(), text, place)).body,
  ]),
];

/** Together they have every section there is. */
const telling = new Set([
  "void-after-push",
  "refused",
  "rule-edit",
  "rule-edit-adds-approvers",
  "invalid-files",
  "narrowing-only",
  "wrong-approvers",
  "breaker",
  "starts-later",
  "team-unreadable",
  "gateway-unreachable",
  "automatic-not-used",
  "applied-in-part",
  "given-back",
  "policy-refused",
  "direct-push",
]);

/** Short enough that everything still fits, in every place at once. */
const texts = hostileTexts.map(({ text }) => text.slice(0, 60));
const atoms = fc.constantFrom(
  ...texts,
  ..."|`*_[]()<>#@!~\\-+=:&$^\n\r\t. ",
  "x",
  "1.",
  "<!--",
  "-->",
  "</details>",
  "\u202e",
  "\u200b",
  "```",
  "| a |\n|---|",
);
const places = fc.constantFrom("before" as Place, "after" as Place);
const hostile = fc.array(atoms, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("").slice(0, 60));

describe("hostile words, in every place that somebody else can write to", () => {
  let readers: Readers;
  beforeAll(async () => {
    readers = await loadReaders();
  });

  test.each(texts)("%j changes the structure of no comment and no issue, and nothing acts", (text) => {
    for (const [name, render] of shown.filter(([one]) => telling.has(one))) {
      // Which side is chosen by the text: both are taken by half of them.
      expectHarmless(name, render, text, text.length % 2 === 0 ? "before" : "after");
    }
  });

  test("whatever they are", () => {
    fc.assert(
      fc.property(fc.constantFrom(...shown), hostile, places, ([name, render], text, place) => {
        expectHarmless(name, render, text, place);
      }),
      // Found by chance once: a table takes the backslash for the escape of another one, and the pipe for the end of a cell.
      { numRuns: 150, examples: shown.map((one) => [one, "\\| a |\n|---|", "before"]) },
    );
  });

  test("stay words in titles and annotations too", () => {
    for (const text of texts) {
      for (const [name, make] of Object.entries(situations)) {
        if (crowded.has(name)) continue;
        const { title, annotations } = pullCheck(soiledInput(make(), text, "before"));
        for (const words of [title, ...annotations.flatMap((one) => [one.title, ...one.message.split("\n")])]) {
          expect(hasHiddenCharacter(words)).toBe(false);
          expect(words).not.toMatch(/^\s*::|##\[/);
        }
        expect(title).not.toContain("\n");
      }
    }
  });

  const plain = new Map<string, { readonly text: string; readonly outline: readonly string[] }>();

  function plainOf(name: string, render: Shown, place: Place) {
    const key = `${name} ${place}`;
    const text = plain.get(key)?.text ?? render("x", place);
    const known = plain.get(key) ?? { text, outline: readMarkdown(text, readers).outline };
    plain.set(key, known);
    return known;
  }

  function expectHarmless(name: string, render: Shown, text: string, place: Place): void {
    const dirty = render(text, place);
    const known = plainOf(name, render, place);
    const { outline, acts } = readMarkdown(dirty, readers);
    expect(acts).toEqual([]);
    expect(dirty.split("\n").some(hasHiddenCharacter)).toBe(false);
    // Longer words leave less room for raw sections: where one is cut, only what is seen has to be the same.
    const isCut = dirty.includes("… cut here") || known.text.includes("… cut here");
    const [one, other] = [outline, known.outline].map((lines) => (isCut ? seenOf(lines) : lines));
    expect(one).toEqual(other);
  }
});

function seenOf(outline: readonly string[]): readonly string[] {
  const fold = outline.findIndex((line) => line.startsWith("html <details>"));
  return fold < 0 ? outline : outline.slice(0, fold);
}
