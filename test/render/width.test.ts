import { displayWidth } from "../../lib/render/width";

test.each([
  ["plain", 5],
  ["é", 1],
  ["e\u0301", 1],
  ["日本", 4],
  ["🙂", 2],
  ["한글", 4],
  ["", 0],
])("%s takes %d columns", (text, width) => {
  expect(displayWidth(text)).toBe(width);
});
