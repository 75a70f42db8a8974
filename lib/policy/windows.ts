import type { IANAZone } from "luxon";
import { epochMsOf, instantOf, type Instant } from "../model/instant";
import { limits } from "../model/limits";
import type { Weekday, Window } from "../model/window";

/**
 * Whether a Window is open at an instant. A wall-clock time means the first instant of its day at
 * which the clock shows that time or a later one: a time inside a gap is the gap's end, a time that
 * occurs twice is its first occurrence. A zone that does not exist is never open.
 */
export function isWindowOpen(window: Window, at: Instant): boolean {
  return closeOf(window, epochMsOf(at)) !== undefined;
}

/** Whether any of the Windows is open; with none there is no limit. */
export function isAnyWindowOpen(windows: readonly Window[], at: Instant): boolean {
  return windows.length === 0 || windows.some((window) => isWindowOpen(window, at));
}

/**
 * When the union of the Windows closes after an instant: `at` itself when it is closed then;
 * undefined without Windows, or when it stays open until `until`, by default for longer than any
 * lease may last.
 */
export function windowCloses(windows: readonly Window[], at: Instant, until?: Instant): Instant | undefined {
  if (windows.length === 0) return undefined;
  const start = epochMsOf(at);
  const horizon = until === undefined ? start + limits.durationSeconds * 1000 : epochMsOf(until);
  for (let now = start; ;) {
    const close = latestClose(windows, now);
    if (close === undefined) return instantOf(now);
    if (close > horizon) return undefined;
    now = close;
  }
}

/** The first instant in [from, until) at which one of the Windows is open; undefined when there is none. */
export function windowOpens(windows: readonly Window[], from: Instant, until: Instant): Instant | undefined {
  if (isAnyWindowOpen(windows, from)) return from < until ? from : undefined;
  const end = epochMsOf(until);
  let first: number | undefined;
  for (const window of windows) {
    const open = nextOpen(window, epochMsOf(from), end);
    if (open !== undefined && (first === undefined || open < first)) first = open;
  }
  return first === undefined ? undefined : instantOf(first);
}

const dayMs = 86_400_000;
const zones = new Map<string, IANAZone | undefined>();

function latestClose(windows: readonly Window[], now: number): number | undefined {
  let latest: number | undefined;
  for (const window of windows) {
    const close = closeOf(window, now);
    if (close !== undefined && (latest === undefined || close > latest)) latest = close;
  }
  return latest;
}

/** When the occurrence that is open at `now` closes; undefined when none is open. */
function closeOf(window: Window, now: number): number | undefined {
  if (window.kind === "between") {
    const close = epochMsOf(window.to);
    return epochMsOf(window.from) <= now && now < close ? close : undefined;
  }
  const zone = zoneOf(window.zone);
  if (zone === undefined) return undefined;
  const today = localDay(zone, now);
  let latest: number | undefined;
  for (const day of [today - 1, today, today + 1]) {
    const [open, close] = occurrence(window, zone, day);
    if (open <= now && now < close && (latest === undefined || close > latest)) latest = close;
  }
  return latest;
}

/** The next opening in [from, end) of a Window that is closed at `from`. */
function nextOpen(window: Window, from: number, end: number): number | undefined {
  if (window.kind === "between") {
    const open = epochMsOf(window.from);
    return open >= from && open < end && window.from < window.to ? open : undefined;
  }
  const zone = zoneOf(window.zone);
  if (zone === undefined) return undefined;
  const lastDay = localDay(zone, Math.min(end, from + 400 * dayMs)) + 1;
  for (let day = localDay(zone, from) - 1; day <= lastDay; day++) {
    const [open, close] = occurrence(window, zone, day);
    if (open < close && open >= from && open < end) return open;
  }
  return undefined;
}

/** Opening and close of the occurrence that begins on a local day; empty when the day is not one of the Window's. */
function occurrence(
  window: Extract<Window, { kind: "weekly" }>,
  zone: IANAZone,
  day: number,
): readonly [number, number] {
  if (!window.days.includes(weekdayOf(day))) return [0, 0];
  const from = minutesOf(window.from);
  const to = minutesOf(window.to);
  const open = instantOfWall(zone, day * dayMs + from * 60_000);
  const close = instantOfWall(zone, (to <= from ? day + 1 : day) * dayMs + to * 60_000);
  return [open, close];
}

/** The first instant at which the zone's clock shows a wall time (as if it were UTC) or a later one. */
function instantOfWall(zone: IANAZone, wall: number): number {
  const before = offsetMs(zone, wall - dayMs);
  const after = offsetMs(zone, wall + dayMs);
  const candidates = [wall - before, wall - after].filter((at) => at + offsetMs(zone, at) === wall);
  return candidates.length > 0 ? Math.min(...candidates) : transition(zone, wall - dayMs, wall + dayMs);
}

/** The first instant of (low, high] with another offset than `low`, to the second. */
function transition(zone: IANAZone, low: number, high: number): number {
  const before = offsetMs(zone, low);
  let [from, to] = [low, high];
  while (to - from > 1000) {
    const middle = from + Math.floor((to - from) / 2000) * 1000;
    if (offsetMs(zone, middle) === before) from = middle;
    else to = middle;
  }
  return to;
}

function zoneOf(name: string): IANAZone | undefined {
  if (!zones.has(name)) {
    // Loaded on first use: most runs meet no Window, and `--help` should not pay for luxon.
    const luxon = require("luxon") as typeof import("luxon");
    const zone = luxon.IANAZone.create(name);
    zones.set(name, zone.isValid ? zone : undefined);
  }
  return zones.get(name);
}

function offsetMs(zone: IANAZone, at: number): number {
  return Math.round(zone.offset(at) * 60_000);
}

/** Days since 1970-01-01 on the zone's calendar. */
function localDay(zone: IANAZone, at: number): number {
  return Math.floor((at + offsetMs(zone, at)) / dayMs);
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}
