import * as fc from "fast-check";
import { plusSeconds } from "../../lib/model/instant";
import { activityAt, activityOf, sparkline } from "../../lib/render/activity";
import { fitSections } from "../../lib/render/markdown-fit";
import { progressLine } from "../../lib/render/progress";
import { cutTo, textTable } from "../../lib/render/table";
import { relativeWords, utcWords, whenWords } from "../../lib/render/times";
import { bounded } from "../../lib/render/voice";
import { displayWidth } from "../../lib/render/width";
import { now } from "./support/plans";
import { aRow, at } from "./support/reports";

describe("times", () => {
  test("say UTC and the distance together", () => {
    expect(whenWords(at(118), now)).toBe("16:00 UTC today (in 1 h 58 min)");
    expect(whenWords(at(-4), now)).toBe("13:58 UTC today (4 min ago)");
    expect(whenWords(at(60 * 24), now)).toBe("2026-11-26 14:02 UTC (in 1 d)");
    expect(relativeWords(now, now)).toBe("now");
    expect(utcWords("2026-11-25T18:00:07.500Z")).toBe("2026-11-25 18:00:07 UTC");
  });

  test("say seconds only where they matter", () => {
    expect(whenWords(plusSeconds(now, 65), now)).toBe("14:03:05 UTC today (in 1 min 5 s)");
    expect(whenWords(plusSeconds(now, 7265), now)).toBe("16:03 UTC today (in 2 h 1 min)");
  });

  test("know the end that never comes", () => {
    expect(whenWords("9999-12-31T23:59:59.999Z", now)).toBe("never by itself");
    expect(utcWords("9999-12-31T23:59:59.999Z")).toBe("no end");
  });
});

describe("progress", () => {
  test.each([
    { done: 0, elapsed: 0, line: "[                    ] 0 of 1000 grants, 0 %" },
    { done: 400, elapsed: 8, line: "[########            ] 400 of 1000 grants, 40 %, 12 s left" },
    { done: 1000, elapsed: 90, line: "[####################] 1000 of 1000 grants, 100 %, took 1 min 30 s" },
  ])("of $done says how far and how long", ({ done, elapsed, line }) => {
    const startedAt = plusSeconds(now, -elapsed);
    expect(progressLine({ done, total: 1000, startedAt, now, of: "grants" })).toBe(line);
  });

  test("of nothing is done", () => {
    expect(progressLine({ done: 0, total: 0, startedAt: now, now, bar: 0 })).toBe("0 of 0, 100 %, took 0 s");
  });
});

describe("active grants over time", () => {
  test("are as many as the intervals that hold each moment", () => {
    const interval = fc.tuple(fc.integer({ min: -500, max: 400 }), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 30 }), fc.integer({ min: -600, max: 700 }), (spans, minute) => {
        const rows = spans.map(([from, length]) =>
          aRow({ phase: "ended", activatedAt: at(from), end: at(from + length), endedAt: at(from + length) }),
        );
        const moment = Date.parse(at(minute));
        const expected = spans.filter(([from, length]) => from <= minute && minute < from + length).length;
        expect(activityAt(rows, { now, moments: [moment] })).toEqual([expected]);
      }),
    );
  });

  test("count one that should have ended until now", () => {
    const rows = [aRow({ end: at(-30) })];
    const moments = [-10, 10].map((minutes) => Date.parse(at(minutes)));
    expect(activityAt(rows, { now, moments })).toEqual([1, 0]);
  });

  test("are undefined where nobody was ever active", () => {
    expect(activityOf([aRow({ phase: "pending", endedAt: at(-120) })], { now, points: 10 })).toBeUndefined();
  });

  test("are drawn with the most as the full block and none as the least", () => {
    expect(sparkline([0, 1, 4, 8], { plain: false })).toBe("▁▂▅█");
    expect(sparkline([0, 0], { plain: true })).toBe("__");
  });
});

describe("tables", () => {
  const wide = fc.string({ unit: "grapheme-composite", maxLength: 30 });

  test("are as wide as allowed while columns can shrink, and never lose a row", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(wide, wide), { minLength: 1, maxLength: 8 }), (rows) => {
        const cells = rows.map((row) => row.map((text) => ({ text: text.replace(/\s/g, "_") })));
        const lines = textTable(
          [
            { title: "A", shrinksTo: 5 },
            { title: "B", shrinksTo: 5, turn: 1 },
          ],
          cells,
          { width: 20 },
        );
        expect(lines).toHaveLength(rows.length + 1);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(20);
      }),
    );
  });

  test("leave out a column that is empty everywhere", () => {
    const lines = textTable([{ title: "A" }, { title: "B" }], [[{ text: "x" }, { text: "" }]], { width: 80 });
    expect(lines).toEqual(["A", "x"]);
  });

  test("cut a text to its width with an ellipsis", () => {
    expect(cutTo("abcdef", 6)).toBe("abcdef");
    expect(cutTo("abcdef", 4)).toBe("abc…");
    expect(displayWidth(cutTo("データベース", 5))).toBeLessThanOrEqual(5);
  });

  test("cut long texts of people, never through a character", () => {
    expect(bounded("x".repeat(601))).toHaveLength(600);
    expect(() => encodeURIComponent(bounded(`${"x".repeat(598)}😀x`))).not.toThrow();
  });
});

describe("a page with a bound", () => {
  const section = fc.string({ minLength: 1, maxLength: 400 }).map((text) => text.replace(/\s/g, "_"));

  test("keeps it, shows all that must be seen or says that it does not, and folds the rest", () => {
    fc.assert(
      fc.property(
        fc.array(section, { minLength: 1, maxLength: 6 }),
        fc.array(section, { maxLength: 4 }),
        fc.integer({ min: 700, max: 3_000 }),
        (seen, bodies, most) => {
          const folded = bodies.map((body, index) => ({ title: `Part ${index}`, body }));
          const { text, fits } = fitSections({ seen, folded, last: "the end", most, command: "leasehold plan" });
          if (fits) expect(text.length).toBeLessThanOrEqual(most);
          expect(text.endsWith("the end")).toBe(true);
          for (const part of fits ? seen : []) expect(text).toContain(part);
          expect(fits).toBe([...seen, "the end"].join("\n\n").length <= most);
          if (!fits) expect(text).toContain("does not fit here");
          expect(text.split("<details>").length).toBe(text.split("</details>").length);
        },
      ),
    );
  });

  test("closes the fence of what it cuts", () => {
    const body = Array.from({ length: 500 }, (_, index) => `line ${index}`).join("\n");
    const { text } = fitSections({
      seen: ["x"],
      folded: [{ title: "Raw", body, fence: "json" }],
      last: "end",
      most: 1_000,
      command: "leasehold plan",
    });
    expect(text.match(/```/g)).toHaveLength(2);
    expect(text).toContain("… cut here");
    expect(text.length).toBeLessThanOrEqual(1_000);
  });
});
