import { locate } from "../../lib/request";
import { locateItem } from "../../lib/request/locate";
import { rangeAt } from "../../lib/request/source-position";

const source = {
  file: "requests/a.yaml",
  text: "# a comment\r\nspec:\r\n  for: [ana@example.com, group:sre]\r\n  empty:\r\n  reason: >-\r\n    two\r\n    lines\r\n",
};

test("a value, a key and an item are found with line, column, length and their line", () => {
  expect(locate(source, ["spec", "for", 1])).toEqual({
    file: "requests/a.yaml",
    line: 3,
    column: 26,
    length: 9,
    source: "  for: [ana@example.com, group:sre]",
  });
  expect(locate(source, ["spec", "for"], { of: "key" })).toMatchObject({ line: 3, column: 3, length: 3 });
  expect(locateItem(source, ["spec", "for"], (item) => item === "group:sre")).toMatchObject({ line: 3, column: 26 });
  expect(locateItem(source, ["spec", "for"], () => false)).toMatchObject({ line: 3, column: 8 });
});

test("a value over several lines is marked on its first", () => {
  expect(locate(source, ["spec", "reason"])).toMatchObject({ line: 5, column: 11, length: 2 });
});

test("what is not there is shown at the nearest thing that is", () => {
  expect(locate(source, ["spec", "duration"])).toMatchObject({ line: 2, column: 1, length: 4 });
  expect(locate(source, ["spec", "empty"])).toMatchObject({ line: 4, column: 3, length: 5 });
  expect(locate(source, ["nowhere", "at", "all"])).toMatchObject({ line: 2, column: 1 });
  expect(locate({ file: "a.yaml", text: "[" }, ["spec"])).toMatchObject({ line: 1, column: 1, length: 1 });
});

test("columns count UTF-16 code units from 1, as editors do", () => {
  expect(rangeAt({ file: "a", text: "é😀x\n" }, 3, 4)).toEqual({
    file: "a",
    line: 1,
    column: 4,
    length: 1,
    source: "é😀x",
  });
});

test("places at and past the end of a text are on its last line", () => {
  expect(rangeAt({ file: "a", text: "x\ny" }, 99, 200)).toMatchObject({ line: 2, column: 2, length: 1 });
  expect(rangeAt({ file: "a", text: "" }, 0, 0)).toMatchObject({ line: 1, column: 1, length: 1, source: "" });
  expect(rangeAt({ file: "a", text: "\n\n" }, 1, 1)).toMatchObject({ line: 2, column: 1, source: "" });
});
