import { instantOf, tryParseInstant, type Instant } from "../model/instant";
import type { Weekday, Window as WindowValue } from "../model/window";
import { misuse } from "./misuse";

/** When something is allowed: every week at some hours of a time zone, or once. */
export class Window {
  /** The window as the Manifest has it. */
  readonly value: WindowValue;

  private constructor(value: WindowValue) {
    this.value = value;
  }

  /**
   * Days and hours of every week, e.g. `Mon-Fri 07:00-21:00`, `Sat,Sun 10:00-16:00`, `daily 22:00-06:00`
   * (over midnight), in local time of an IANA zone such as `Europe/Berlin`; the end is excluded.
   */
  static weekly(text: string, zone: string): Window {
    const match = typeof text === "string" ? weeklyPattern.exec(text.trim()) : null;
    const [, dayText = "", from = "", to = ""] = match ?? [];
    const days = match === null ? undefined : tryParseDays(dayText);
    if (days === undefined) {
      throw misuse("the days and hours of Window.weekly", "like `Mon-Fri 07:00-21:00`", text);
    }
    if (!isZone(zone)) throw misuse("the zone of Window.weekly", "an IANA time zone like `Europe/Berlin`", zone);
    return new Window({ kind: "weekly", days, from, to, zone });
  }

  /** Once, from one moment to another, the end excluded: Dates, or RFC 3339 with a zone (`2026-11-25T18:00:00Z`). */
  static between(from: string | Date, to: string | Date): Window {
    const start = instantFrom("the start of Window.between", from);
    const end = instantFrom("the end of Window.between", to);
    if (end <= start) throw misuse("the end of Window.between", `after its start ${start}`, to);
    return new Window({ kind: "between", from: start, to: end });
  }
}

/** The instant of a Date or an RFC 3339 text; throws E203 naming `what`. */
export function instantFrom(what: string, value: string | Date): Instant {
  const instant = value instanceof Date ? tryInstantOf(value) : tryParseInstant(String(value));
  if (instant === undefined) throw misuse(what, "a moment with its zone, like `2026-11-25T18:00:00Z`", value);
  return instant;
}

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const hour = "(?:[01]\\d|2[0-3]):[0-5]\\d";
const weeklyPattern = new RegExp(`^([A-Za-z,\\-]{3,50}) +(${hour})-(${hour}|24:00)$`);

function tryParseDays(text: string): readonly Weekday[] | undefined {
  if (text === "daily") return [1, 2, 3, 4, 5, 6, 7];
  const days = new Set<Weekday>();
  for (const part of text.split(",")) {
    const [first = "", last = first, ...rest] = part.split("-");
    const from = dayNames.indexOf(first);
    const to = dayNames.indexOf(last);
    if (from < 0 || to < 0 || rest.length > 0) return undefined;
    // `Fri-Mon` goes over the end of the week.
    for (let day = from; ; day = (day + 1) % 7) {
      days.add((day + 1) as Weekday);
      if (day === to) break;
    }
  }
  return [...days].toSorted((a, b) => a - b);
}

const knownZones = new Set<string>();

function isZone(zone: unknown): zone is string {
  if (typeof zone !== "string") return false;
  if (knownZones.has(zone)) return true;
  // Offsets such as `+02:00` know no daylight saving, and not every version of Node takes them.
  if (!/^[A-Z][A-Za-z0-9_+-]{0,31}(?:\/[A-Za-z0-9_+-]{1,31}){0,2}$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    return false;
  }
  knownZones.add(zone);
  return true;
}

function tryInstantOf(date: Date): Instant | undefined {
  try {
    return instantOf(date.getTime());
  } catch {
    return undefined;
  }
}
