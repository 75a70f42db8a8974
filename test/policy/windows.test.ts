import * as fc from "fast-check";
import { epochMsOf, instantOf, type Instant } from "../../lib/model/instant";
import { limits } from "../../lib/model/limits";
import type { Weekday, Window } from "../../lib/model/window";
import { isAnyWindowOpen, isWindowOpen, windowCloses, windowOpens } from "../../lib/policy";

const berlin = "Europe/Berlin";
const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

function weekly(from: string, to: string, more: Partial<Extract<Window, { kind: "weekly" }>> = {}): Window {
  return { kind: "weekly", days: everyDay, from, to, zone: berlin, ...more };
}

function open(window: Window, at: string): boolean {
  return isWindowOpen(window, instantOf(Date.parse(at)));
}

describe("a weekly window", () => {
  const office = weekly("07:00", "21:00", { days: [1, 2, 3, 4, 5] });

  it("is open from its first minute to the last before its end, in local time", () => {
    expect(open(office, "2026-11-23T05:59:59.999Z")).toBe(false);
    expect(open(office, "2026-11-23T06:00:00Z")).toBe(true);
    expect(open(office, "2026-11-23T19:59:59.999Z")).toBe(true);
    expect(open(office, "2026-11-23T20:00:00Z")).toBe(false);
  });

  it("is closed on days that it does not name", () => {
    expect(open(office, "2026-11-22T10:00:00Z")).toBe(false);
  });

  it("follows daylight saving: the same wall clock is another hour in UTC", () => {
    expect(open(office, "2026-07-06T05:00:00Z")).toBe(true);
    expect(open(office, "2026-07-06T04:59:00Z")).toBe(false);
  });

  it("crosses midnight into a day that it does not name", () => {
    const friday = weekly("22:00", "02:00", { days: [5] });
    expect(open(friday, "2026-11-28T00:30:00Z")).toBe(true);
    expect(open(friday, "2026-11-28T01:00:00Z")).toBe(false);
    expect(open(friday, "2026-11-27T00:30:00Z")).toBe(false);
  });

  it("takes 24:00 as midnight and an equal end as a whole day", () => {
    expect(open(weekly("20:00", "24:00"), "2026-11-23T22:59:59Z")).toBe(true);
    expect(open(weekly("20:00", "24:00"), "2026-11-23T23:00:00Z")).toBe(false);
    expect(open(weekly("09:00", "09:00", { days: [1] }), "2026-11-24T07:59:00Z")).toBe(true);
  });

  it("opens at the end of a gap when its start is inside it, and is empty when all of it is", () => {
    // On 2026-03-29 the clock in Berlin goes from 02:00 to 03:00 at 01:00 UTC.
    expect(windowOpens([weekly("02:30", "04:00")], "2026-03-29T00:00:00.000Z", "2026-03-30T00:00:00.000Z")).toBe(
      "2026-03-29T01:00:00.000Z",
    );
    expect(windowOpens([weekly("02:15", "02:45")], "2026-03-29T00:00:00.000Z", "2026-03-29T20:00:00.000Z")).toBe(
      undefined,
    );
  });

  it("takes the first of two equal wall-clock times", () => {
    // On 2026-10-25 the clock in Berlin shows 02:00 to 03:00 twice: from 00:00 and from 01:00 UTC.
    expect(windowCloses([weekly("01:00", "02:30")], "2026-10-24T23:30:00.000Z")).toBe("2026-10-25T00:30:00.000Z");
    expect(open(weekly("01:00", "02:30"), "2026-10-25T01:15:00Z")).toBe(false);
    expect(open(weekly("02:15", "04:00"), "2026-10-25T00:15:00Z")).toBe(true);
  });

  it("is never open in a zone that does not exist", () => {
    expect(open(weekly("00:00", "24:00", { zone: "Mars/Olympus" }), "2026-11-23T12:00:00Z")).toBe(false);
  });

  it("is empty on a day that a zone left out", () => {
    // Samoa went from 2011-12-29 to 2011-12-31 at once.
    const samoa = weekly("08:00", "17:00", { zone: "Pacific/Apia", days: [5] });
    expect(windowOpens([samoa], "2011-12-29T00:00:00.000Z", "2012-01-04T00:00:00.000Z")).toBe(undefined);
  });
});

describe("windows together", () => {
  it("have no limit when there is none", () => {
    expect(isAnyWindowOpen([], "2026-11-23T12:00:00.000Z")).toBe(true);
    expect(windowCloses([], "2026-11-23T12:00:00.000Z")).toBe(undefined);
  });

  it("close when the last of several that touch closes", () => {
    const both = [weekly("08:00", "12:00"), weekly("12:00", "18:00"), weekly("17:00", "19:00")];
    expect(windowCloses(both, "2026-11-23T08:00:00.000Z")).toBe("2026-11-23T18:00:00.000Z");
  });

  it("close at once when they are closed", () => {
    expect(windowCloses([weekly("08:00", "09:00")], "2026-11-23T12:00:00.000Z")).toBe("2026-11-23T12:00:00.000Z");
  });

  it("do not close when they stay open for longer than any lease", () => {
    expect(windowCloses([weekly("00:00", "24:00")], "2026-11-23T12:00:00.000Z")).toBe(undefined);
  });

  it("with two instants are open between them, the end excluded", () => {
    const between: Window = {
      kind: "between",
      from: "2026-11-23T12:00:00.000Z",
      to: "2026-11-23T13:00:00.000Z",
    };
    expect(isWindowOpen(between, between.from)).toBe(true);
    expect(isWindowOpen(between, between.to)).toBe(false);
    expect(windowCloses([between], between.from)).toBe(between.to);
    expect(windowOpens([between], "2026-11-23T11:00:00.000Z", "2026-11-24T00:00:00.000Z")).toBe(between.from);
    expect(windowOpens([between], "2026-11-23T11:00:00.000Z", between.from)).toBe(undefined);
  });
});

/**
 * Brute force: the first minute at which the zone's clock, read through Intl, shows a date and time
 * or a later one; found by walking every quarter of an hour, since no zone here changes at another time.
 */
function bruteWall(zone: string, day: number, minutes: number): number {
  const wanted = day * 1440 + minutes;
  for (let at = wanted - 15 * 60; at <= wanted + 15 * 60 + 1440; at += 15) {
    if (wallMinutes(zone, at) >= wanted) return at;
  }
  throw new Error("no such wall clock time");
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallMinutes(zone: string, at: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      hourCycle: "h23",
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(at * 60_000).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts["year"]!, parts["month"]! - 1, parts["day"]!, parts["hour"]!, parts["minute"]!) / 60_000;
}

function bruteOpen(window: Extract<Window, { kind: "weekly" }>, at: number): boolean {
  const today = Math.floor(wallMinutes(window.zone, at) / 1440);
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return [today - 1, today, today + 1].some((day) => {
    const weekday = new Date(day * 86_400_000).getUTCDay() || 7;
    if (!window.days.includes(weekday as Weekday)) return false;
    const [from, to] = [minutes(window.from), minutes(window.to)];
    const start = bruteWall(window.zone, day, from);
    const end = bruteWall(window.zone, to <= from ? day + 1 : day, to);
    return start <= at && at < end;
  });
}

describe("windows against brute force", () => {
  const zones = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Africa/Casablanca",
    "UTC",
  ];
  /** Days around changes of the clock, where mistakes live, and any other. */
  const changes = ["2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04", "2026-02-15"];
  const clock = fc
    .tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 45))
    .map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`);
  const window = fc.record({
    kind: fc.constant("weekly" as const),
    days: fc.uniqueArray(fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 }),
    from: clock,
    to: fc.oneof(clock, fc.constant("24:00")),
    zone: fc.constantFrom(...zones),
  });
  const minute = fc.oneof(
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -1440, max: 2880 }))
      .map(([day, offset]) => Date.parse(`${day}T00:00:00Z`) / 60_000 + offset),
    fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2030, 0) / 60_000 }),
  );

  it("agree on whether a weekly window is open", () => {
    fc.assert(
      fc.property(window, minute, (one, at) => {
        expect(isWindowOpen(one, instantOf(at * 60_000))).toBe(bruteOpen(one, at));
      }),
      { numRuns: 200 },
    );
  });

  it("close at the first instant that is not open, and open at the first that is", () => {
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), minute, (some, any) => {
        // Every boundary of these windows and zones lies on a quarter of an hour.
        const at = any - (any % 15);
        const from = instantOf(at * 60_000);
        const horizon = instantOf((at + 3 * 1440) * 60_000);
        expect(cut(windowCloses(some, from), horizon)).toBe(firstQuarter(at, (one) => !isOpenAt(some, one)));
        expect(windowOpens(some, from, horizon)).toBe(firstQuarter(at, (one) => isOpenAt(some, one)));
      }),
      { numRuns: 100 },
    );
  });

  function isOpenAt(some: readonly Window[], at: number): boolean {
    return some.some((one) => isWindowOpen(one, instantOf(at * 60_000)));
  }

  function firstQuarter(from: number, holds: (at: number) => boolean): Instant | undefined {
    for (let at = from; at < from + 3 * 1440; at += 15) if (holds(at)) return instantOf(at * 60_000);
    return undefined;
  }

  function cut(at: Instant | undefined, horizon: Instant): Instant | undefined {
    return at !== undefined && at >= horizon ? undefined : at;
  }
});

it("knows a horizon of as long as a lease may last", () => {
  const at = "2026-11-23T12:00:00.000Z";
  const end = instantOf(epochMsOf(at) + limits.durationSeconds * 1000 - 1);
  expect(windowCloses([{ kind: "between", from: at, to: end }], at)).toBe(end);
});
