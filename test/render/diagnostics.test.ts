import * as fc from "fast-check";
import { catalogue, diagnostic, type Diagnostic, type ErrorCode } from "../../lib/errors";
import { hasHiddenCharacter } from "../../lib/model/characters";
import { diagnosticsSummary, renderDiagnostics, sortDiagnostics } from "../../lib/render/diagnostics";
import { schemaProblems } from "../support/schemas";
import sarifSchema from "../fixtures/sarif-2.1.0-part.json";

const tooLong = diagnostic("E103", {
  summary: "duration is longer than rule orders-readonly allows",
  detail: "9 h asked, at most 4 h (access.ts, rule orders-readonly)",
  fix: "ask for 4h or less, or ask for rule orders-migration (up to 12 h, 2 approvals)",
  where: { file: "requests/alice.yaml", line: 6, column: 13, length: 2, source: "  duration: 9h" },
});

const codes = Object.keys(catalogue) as ErrorCode[];
const text = fc.string({ unit: "binary", maxLength: 40 });
const anyDiagnostic: fc.Arbitrary<Diagnostic> = fc.record(
  {
    code: fc.constantFrom(...codes),
    severity: fc.constantFrom("error" as const, "warning" as const, "note" as const),
    summary: text,
    detail: text,
    fix: text,
    where: fc.record(
      {
        file: text,
        line: fc.integer({ min: 1, max: 99 }),
        column: fc.integer({ min: 1, max: 50 }),
        length: fc.integer({ min: 1, max: 99 }),
        source: text,
      },
      { requiredKeys: ["file", "line", "column", "length"] },
    ),
  },
  { requiredKeys: ["code", "severity", "summary", "fix"] },
);

describe("as text", () => {
  test("a diagnostic is laid out as in the documentation", () => {
    expect(renderDiagnostics([tooLong], { format: "text" }))
      .toBe(`requests/alice.yaml:6:13 error E103: duration is longer than rule orders-readonly allows
  6 |   duration: 9h
    |             ^^ 9 h asked, at most 4 h (access.ts, rule orders-readonly)
  fix: ask for 4h or less, or ask for rule orders-migration (up to 12 h, 2 approvals)
`);
  });

  test("without a source line or a place the rest stands", () => {
    const bare = diagnostic("E700", { detail: "looked in /tmp and above it", fix: "run `leasehold init`" });
    expect(renderDiagnostics([bare], { format: "text" })).toBe(
      "error E700: there is no leasehold.yaml\n  looked in /tmp and above it\n  fix: run `leasehold init`\n",
    );
  });

  test("colour is never the only sign", () => {
    const coloured = renderDiagnostics([tooLong], { format: "text", colour: true });
    expect(coloured).toContain("\u001b[31merror E103\u001b[39m");
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(renderDiagnostics([tooLong], { format: "text" }));
  });

  test("the caret stands below what it marks, also behind wide, escaped and cut characters", () => {
    for (const before of ["日本: ", "🙂 ", "\t", "\u202e", "x".repeat(500), "e\u0301"]) {
      const where = { file: "a", line: 1, column: before.length + 1, length: 3, source: `${before}bad and more` };
      const lines = renderDiagnostics([{ ...tooLong, where }], { format: "text" }).split("\n");
      const shown = lines[1] ?? "";
      const caret = (lines[2] ?? "").indexOf("^^^");
      expect(columns(shown.slice(0, shown.indexOf("bad")))).toBe(caret);
      expect(shown.length).toBeLessThan(200);
    }
  });

  test("nothing hidden reaches the terminal, and no line is a workflow command", () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 5 }), (all) => {
        const rendered = renderDiagnostics(all, { format: "text" });
        expect(hasHiddenCharacter(rendered)).toBe(false);
        expect(rendered).not.toMatch(/^\s*::/m);
        expect(rendered).not.toContain("##[");
      }),
    );
  });
});

describe("as JSON", () => {
  test("it is what the schema says, and nothing is lost", () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 5 }), (all) => {
        const json = renderDiagnostics(all, { format: "json" });
        expect(hasHiddenCharacter(json)).toBe(false);
        const report: unknown = JSON.parse(json);
        expect(schemaProblems("diagnostics.v1", report)).toEqual([]);
        expect(report).toEqual({ diagnosticsVersion: 1, diagnostics: sortDiagnostics(all) });
      }),
    );
  });
});

describe("as SARIF", () => {
  test("it is valid SARIF 2.1.0 whatever the diagnostics say", () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 5 }), (all) => {
        const sarif = renderDiagnostics(all, { format: "sarif", version: "1.2.3" });
        expect(hasHiddenCharacter(sarif)).toBe(false);
        expect(schemaProblems(sarifSchema, JSON.parse(sarif))).toEqual([]);
      }),
    );
  });

  test("a result names its rule, its place and how to fix it", () => {
    const sarif = JSON.parse(renderDiagnostics([tooLong], { format: "sarif", version: "1.2.3" }));
    const [run] = sarif.runs;
    expect(run.tool.driver.rules[run.results[0].ruleIndex].id).toBe("E103");
    expect(run.results[0]).toMatchObject({
      ruleId: "E103",
      level: "error",
      message: { text: expect.stringContaining("fix: ask for 4h or less") },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "requests/alice.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 6, startColumn: 13, endColumn: 15 },
          },
        },
      ],
    });
  });

  test("the schema used here refuses what is no SARIF", () => {
    const sarif = JSON.parse(renderDiagnostics([tooLong], { format: "sarif" }));
    expect(schemaProblems(sarifSchema, { ...sarif, version: "2.0.0" })).not.toEqual([]);
    sarif.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
    expect(schemaProblems(sarifSchema, sarif)).not.toEqual([]);
  });
});

describe("as GitHub annotations", () => {
  test("each is one workflow command with its place", () => {
    expect(renderDiagnostics([tooLong], { format: "github" })).toBe(
      "::error file=requests/alice.yaml,line=6,col=13,endColumn=15,title=E103%3A duration is longer than rule orders-readonly allows" +
        "::9 h asked, at most 4 h (access.ts, rule orders-readonly)%0Afix: ask for 4h or less, or ask for rule orders-migration (up to 12 h, 2 approvals)\n",
    );
  });

  test("at most ten of a level, the last of them says how many are left out", () => {
    const many = Array.from({ length: 25 }, (_, at) => ({ ...tooLong, where: { ...tooLong.where!, line: at + 1 } }));
    const notes = many.slice(0, 10).map((one) => ({ ...one, severity: "note" as const }));
    const lines = renderDiagnostics([...many, ...notes], { format: "github" })
      .trim()
      .split("\n");
    expect(lines.filter((line) => line.startsWith("::error "))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith("::notice "))).toHaveLength(10);
    expect(lines[9]).toBe("::error title=leasehold::and 16 more");
  });

  test("nothing that a diagnostic says begins a command of its own", () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 5 }), (all) => {
        const lines = renderDiagnostics(all, { format: "github" }).split("\n").filter(Boolean);
        for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) [^\r\n]*$/);
        expect(lines).toHaveLength(sortDiagnostics(all).length);
      }),
    );
  });
});

test("diagnostics are sorted by file, line and column, and told once", () => {
  const at = (file: string, line: number, column: number) => ({ ...tooLong, where: { file, line, column, length: 1 } });
  const all = [at("b", 1, 1), at("a", 10, 1), at("a", 2, 5), at("a", 2, 1), at("b", 1, 1)];
  expect(sortDiagnostics(all).map((one) => `${one.where?.file}:${one.where?.line}:${one.where?.column}`)).toEqual([
    "a:2:1",
    "a:2:5",
    "a:10:1",
    "b:1:1",
  ]);
});

test("the summary counts by severity and by file", () => {
  expect(diagnosticsSummary([])).toBe("No problems.");
  expect(diagnosticsSummary([tooLong])).toBe("1 error in 1 file.");
  expect(diagnosticsSummary([tooLong, tooLong, { ...tooLong, severity: "note" }])).toBe("2 errors, 1 note in 1 file.");
});

/** Columns of a terminal, counted by hand for the characters of these tests. */
function columns(shown: string): number {
  let width = 0;
  for (const character of shown) width += /[日本🙂]/u.test(character) ? 2 : character === "\u0301" ? 0 : 1;
  return width;
}
