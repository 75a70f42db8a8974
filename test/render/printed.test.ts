import { renderPrinted } from "../../lib/render/printed";

describe("what a rules program printed", () => {
  test("is marked line by line, and no line of it is a command of a workflow", () => {
    const text = renderPrinted("hello\n::error::x\n  ::add-mask::y\n##[group]z\n\u001b[2J\n\n");
    expect(text.split("\n")).toEqual([
      "rules: hello",
      "rules: \\::error::x",
      "rules:   \\::add-mask::y",
      "rules: #\\#[group]z",
      "rules: \\u{1b}[2J",
    ]);
  });
});
