import * as fc from "fast-check";
import { isFailure } from "../../lib/errors";
import { Duration, Window } from "../../lib/index";
import { tryParseDuration } from "../../lib/model/duration";

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const weekday = fc.integer({ min: 1, max: 7 });
const two = (n: number): string => String(n).padStart(2, "0");
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${two(h)}:${two(m)}`);

function daysOf(text: string): readonly number[] {
  const { value } = Window.weekly(`${text} 07:00-21:00`, "Europe/Berlin");
  return value.kind === "weekly" ? value.days : [];
}

describe("Window.weekly", () => {
  test("reads days, hours and zone as they stand", () => {
    expect(Window.weekly("Mon-Fri 07:00-21:00", "Europe/Berlin").value).toEqual({
      kind: "weekly",
      days: [1, 2, 3, 4, 5],
      from: "07:00",
      to: "21:00",
      zone: "Europe/Berlin",
    });
    expect(Window.weekly("daily 22:00-24:00", "UTC").value).toMatchObject({ days: [1, 2, 3, 4, 5, 6, 7], to: "24:00" });
  });

  test("lists the days between two, also over the end of the week, in the order of the week", () => {
    fc.assert(
      fc.property(weekday, weekday, (from, to) => {
        const between = Array.from({ length: 7 }, (_, step) => ((from - 1 + step) % 7) + 1);
        const expected = between.slice(0, between.indexOf(to) + 1).toSorted((a, b) => a - b);
        expect(daysOf(`${dayNames[from - 1]}-${dayNames[to - 1]}`)).toEqual(expected);
      }),
    );
  });

  test("takes days in any order and repeated, and gives each once", () => {
    fc.assert(
      fc.property(fc.array(weekday, { minLength: 1, maxLength: 10 }), (days) => {
        const text = days.map((day) => dayNames[day - 1]).join(",");
        expect(daysOf(text)).toEqual([...new Set(days)].toSorted((a, b) => a - b));
      }),
    );
  });

  test("keeps every time of day as written", () => {
    fc.assert(
      fc.property(time, time, (from, to) => {
        expect(Window.weekly(`Tue ${from}-${to}`, "Asia/Kolkata").value).toMatchObject({ from, to });
      }),
    );
  });

  test("either reads a text or refuses it by its catalogued error, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z,-]{0,9} [0-9:-]{0,12}$/)), (text) => {
        try {
          const { value } = Window.weekly(text, "UTC");
          expect(value.kind === "weekly" && value.days.length > 0).toBe(true);
        } catch (error) {
          expect(isFailure(error, "input")).toBe(true);
        }
      }),
    );
  });
});

test("Window.between means the same for a Date and for a text in any zone", () => {
  const end = "2026-11-26T00:00:00Z";
  const windows = ["2026-11-25T18:00:00Z", "2026-11-25T19:00:00+01:00", new Date(Date.UTC(2026, 10, 25, 18))];
  for (const from of windows) {
    expect(Window.between(from, end).value).toEqual({
      kind: "between",
      from: "2026-11-25T18:00:00.000Z",
      to: "2026-11-26T00:00:00.000Z",
    });
  }
});

describe("Duration", () => {
  test("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 36_525 * 86_400 }), (seconds) => {
        const duration = Duration.seconds(seconds);
        expect(Duration.parse(duration.toString()).seconds).toBe(seconds);
      }),
    );
  });

  test("reads the short and the ISO form as the same", () => {
    const unit = fc.integer({ min: 0, max: 99 });
    fc.assert(
      fc.property(unit, unit, unit, unit, (d, h, m, s) => {
        fc.pre(d + h + m + s > 0);
        expect(tryParseDuration(`P${d}DT${h}H${m}M${s}S`)).toBe(tryParseDuration(`${d}d${h}h${m}m${s}s`));
      }),
    );
  });

  test.each(["", "0h", "-1h", "1h30", "P1M", "P1Y", "PT", "P", "1.5h", "1h 30m", "1H", "９h"])("refuses %p", (text) => {
    expect(() => Duration.parse(text)).toThrow(RangeError);
  });
});
