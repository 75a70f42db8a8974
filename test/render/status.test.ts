import * as fc from "fast-check";
import { parse as parseCsv } from "csv-parse/sync";
import { renderStatus } from "../../lib/render/status";
import { displayWidth } from "../../lib/render/width";
import { schemaProblems } from "../support/schemas";
import { expectGolden } from "./support/golden";
import { now } from "./support/plans";
import { askedFor } from "./support/saturated";
import { aReport, aRow, at, everyState } from "./support/reports";

const asText = (report: ReturnType<typeof aReport>, columns = 140) =>
  renderStatus(report, { format: "text", now, columns });

describe("status as text", () => {
  test.each([
    { name: "every-state", report: everyState() },
    { name: "empty", report: aReport() },
    {
      name: "trouble",
      report: aReport({
        verified: false,
        frozen: { by: "carol@example.com", at: at(-20), note: "INC-4711" },
        recovering: { since: at(-5), why: "the Log is empty" },
        rows: [aRow({ end: at(-3) })],
      }),
    },
    {
      name: "given-back",
      report: aReport({ rows: [aRow({ phase: "ended", endedAt: at(-2), endReason: "given back" })] }),
    },
  ])("$name is what its golden file says", ({ name, report }) => {
    expectGolden(`status-${name}.txt`, asText(report));
  });

  test("keeps within the columns of the terminal down to 100, and cuts reasons before names", () => {
    for (const columns of [100, 120, 160]) {
      const widths = asText(everyState(), columns).split("\n").map(displayWidth);
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    }
    expect(asText(everyState(), 130)).toContain("service:ci-migrations");
  });

  test("has a line of plain characters where block characters cannot be shown", () => {
    const plain = renderStatus(everyState(), { format: "text", now, columns: 100, plain: true });
    expect(plain).not.toMatch(/[▁-█]/);
    expect(plain).toMatch(/^[_.:\-=+*#]{16,}$/m);
  });

  test("counts one that ends in 15 minutes as ending soon, and one at its end as overdue", () => {
    const last = (end: string) =>
      asText(aReport({ rows: [aRow({ end })] }))
        .split("\n")
        .at(-1);
    expect(last(at(16))).toBe("Status: 1 active, 0 waiting, 0 ended.");
    expect(last(at(15))).toBe("Status: 1 active, 0 waiting, 0 ended. 1 ends within 15 min.");
    expect(last(now)).toBe("Status: 1 active, 0 waiting, 0 ended. 1 is overdue.");
  });
});

describe("status as JSON", () => {
  test.each([everyState(), aReport()])("is the report, and valid against its schema", (report) => {
    const value: unknown = JSON.parse(renderStatus(report, { format: "json", now }));
    expect(schemaProblems("status.v1", value)).toEqual([]);
    expect(value).toEqual(JSON.parse(JSON.stringify(report)));
  });
});

describe("status as CSV", () => {
  test("has a title line and a row for each grant", () => {
    const rows: string[][] = parseCsv(renderStatus(everyState(), { format: "csv", now }));
    expect(rows).toHaveLength(everyState().rows.length + 1);
    expectGolden("status-every-state.csv", renderStatus(everyState(), { format: "csv", now }));
  });

  test("says what was said, but for a mark before what a spreadsheet would take for a formula", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        const rows: Record<string, string>[] = parseCsv(renderStatus(askedFor(text), { format: "csv", now }), {
          columns: true,
        });
        const cell = rows[0]!["reason"]!;
        expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/);
        if (/^[\w .,!?;"']*$/.test(text) && !/\s\s|\n/.test(text)) expect(cell).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
