/**
 * A moment in UTC, always written `YYYY-MM-DDTHH:MM:SS.mmmZ` with a four-digit year. One
 * representation everywhere: the text orders like time, so instants compare with `<` and `===`.
 */
export type Instant = string;

const latestYearMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The instant of a count of milliseconds since 1970-01-01T00:00:00Z; throws a RangeError outside the years 1970 to 9999. */
export function instantOf(epochMs: number): Instant {
  if (!Number.isFinite(epochMs) || epochMs < 0 || epochMs > latestYearMs) {
    throw new RangeError(`Expected a time in the years 1970 to 9999, got \`${epochMs}\` ms`);
  }
  return new Date(Math.floor(epochMs)).toISOString();
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant a number of seconds later (earlier when negative). */
export function plusSeconds(instant: Instant, seconds: number): Instant {
  return instantOf(epochMsOf(instant) + seconds * 1000);
}

/** Seconds from one instant to another, with fractions; negative when `to` is earlier. */
export function secondsBetween(from: Instant, to: Instant): number {
  return (epochMsOf(to) - epochMsOf(from)) / 1000;
}

/** The earliest of some instants; undefined when there is none. */
export function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a), undefined);
}

/** The latest of some instants; undefined when there is none. */
export function latest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);
}

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Reads an RFC 3339 date-time with its zone (`2026-11-25T18:00:00Z`, `…+01:00`); fractions are cut to
 * milliseconds. Returns undefined for anything else, for days that do not exist, and without a zone.
 */
export function tryParseInstant(text: string): Instant | undefined {
  const epochMs = tryParseEpochMs(text);
  return epochMs === undefined ? undefined : instantOf(epochMs);
}

/** The same as milliseconds since 1970-01-01T00:00:00Z, where the text is not wanted: it costs more than all the rest. */
export function tryParseEpochMs(text: string): number | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "", zone = "Z"] = match;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields;
  if (mo < 1 || mo > 12 || d < 1 || (d > 28 && d > daysIn(y, mo)) || h > 23 || mi > 59 || s > 59) return undefined;
  const offsetMinutes = tryParseOffset(zone);
  if (offsetMinutes === undefined) return undefined;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  const epochMs = Date.UTC(y, mo - 1, d, h, mi, s, ms) - offsetMinutes * 60_000;
  return epochMs < 0 || epochMs > latestYearMs ? undefined : epochMs;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function tryParseOffset(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
