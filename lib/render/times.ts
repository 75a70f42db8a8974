import { durationWords } from "../model/duration";
import { secondsBetween, type Instant } from "../model/instant";

/** `2026-11-25 18:00 UTC`; seconds where they are not zero. */
export function utcWords(instant: Instant): string {
  if (isNever(instant)) return "no end";
  return `${instant.slice(0, 10)} ${clockWords(instant)} UTC`;
}

/** An instant without its milliseconds: what is written of it is the same. */
export function wholeSeconds(instant: Instant): Instant {
  return `${instant.slice(0, 19)}.000Z`;
}

/** `in 1 h 58 min`, `4 min ago`, `now`. */
export function relativeWords(instant: Instant, now: Instant): string {
  const seconds = Math.round(secondsBetween(now, instant));
  if (seconds === 0) return "now";
  return seconds > 0 ? `in ${durationWords(seconds)}` : `${durationWords(-seconds)} ago`;
}

/** UTC and relative time together: `18:00 UTC today (in 4 h)`, `2026-11-27 09:30 UTC (in 1 d 19 h)`. */
export function whenWords(instant: Instant, now: Instant): string {
  if (isNever(instant)) return "never by itself";
  const day = instant.slice(0, 10);
  const clock = clockWords(instant, now);
  const time = day === now.slice(0, 10) ? `${clock} UTC today` : `${day} ${clock} UTC`;
  return `${time} (${relativeWords(instant, now)})`;
}

/** The same for a column that says it is in UTC: `18:00 (in 4 h)`, `11-27 09:30 (in 1 d 19 h)`. */
export function shortWhenWords(instant: Instant, now: Instant): string {
  if (isNever(instant)) return "no end";
  const day = instant.slice(0, 10) === now.slice(0, 10) ? "" : `${instant.slice(5, 10)} `;
  return `${day}${clockWords(instant, now)} (${relativeWords(instant, now)})`;
}

/** Whether an instant stands for "not bounded": the last year there is. */
export function isNever(instant: Instant): boolean {
  return instant.startsWith("9999-");
}

/** Hours and minutes; seconds where they are not zero and, with a now, within an hour of it. */
function clockWords(instant: Instant, now?: Instant): string {
  const isNear = now === undefined || Math.abs(secondsBetween(now, instant)) < 3600;
  return instant.slice(17, 19) === "00" || !isNear ? instant.slice(11, 16) : instant.slice(11, 19);
}
