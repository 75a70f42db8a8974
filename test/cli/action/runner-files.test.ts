import * as fc from "fast-check";
import { outputLines, stepSummary } from "../../../lib/cli/action/runner-files";
import { readOutputs } from "../../support/runner";

const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom("`", "~", "\n", "<", "a", " ", "#", "|", "\r") }),
  fc.constantFrom(
    "a\nEOF\nb=c",
    "x<<EOF",
    "leasehold_00\nexit-code=0",
    "```\n# Approved\n```",
    "</details>\n# Approved",
  ),
);

test("whatever a value holds, the runner reads it back whole and nothing else", () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const text = outputLines("a", a, () => "4a5b6c7d8e9f") + outputLines("b", b, () => "f9e8d7c6b5a4");
      expect(readOutputs(text)).toEqual({ a, b });
    }),
  );
});

test("a value with the delimiter in it is not written at all", () => {
  expect(() => outputLines("a", "x\nleasehold_00\nb=c", () => "00")).toThrow(RangeError);
});

test("a summary is made of one heading and one block of text for each command, whatever they said", async () => {
  const { remark } = await import("remark");
  const { default: remarkGfm } = await import("remark-gfm");
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const markdown = stepSummary([
        { command: "validate", exitCode: 0, text: a },
        { command: "pr plan --number 12", exitCode: 3, text: b },
      ]);
      const { children } = remark().use(remarkGfm).parse(markdown);
      expect(children.map((one) => one.type)).toEqual(["heading", "code", "heading", "code"]);
    }),
  );
});

test("a summary stays far below what GitHub takes", () => {
  const told = { command: "pr apply", exitCode: 0, text: "long line\n".repeat(200_000) };
  const markdown = stepSummary([told, told]);
  expect(markdown.length).toBeLessThan(201_000);
  expect(markdown).toContain("characters more in the step's log");
});
