import { epochMsOf, instantOf, latest, plusSeconds, type Instant } from "../model/instant";
import type { AccessRow } from "../model/report";

/** How many grants were and will be active at evenly spaced moments. */
export interface Activity {
  readonly from: Instant;
  readonly until: Instant;
  readonly counts: readonly number[];
  /** Which of `counts` is the one of now. */
  readonly nowAt: number;
  readonly most: { readonly count: number; readonly at: Instant };
}

const hourMs = 3_600_000;
/** No more than so far back and ahead. */
const mostMs = 7 * 24 * hourMs;

/** Active grants over time, from the first activation to the last end, at most a week either way of now. */
export function activityOf(
  rows: readonly AccessRow[],
  options: { readonly now: Instant; readonly points: number },
): Activity | undefined {
  const spans = spansOf(rows, options.now);
  if (spans.length === 0) return undefined;
  const now = epochMsOf(options.now);
  const first = spans.reduce((least, [from]) => Math.min(least, from), now);
  const last = spans.reduce((most, [, until]) => Math.max(most, until), now);
  const from = Math.max(first, now - mostMs);
  const until = Math.max(Math.min(last, now + mostMs), from + 60_000);
  const step = (until - from) / Math.max(1, options.points - 1);
  const moments = Array.from({ length: options.points }, (_, at) => from + at * step);
  const counts = countsAt(spans, moments);
  const top = counts.reduce((best, one, at) => (one > (counts[best] ?? 0) ? at : best), 0);
  return {
    from: toTheMinute(from),
    until: toTheMinute(until),
    counts,
    nowAt: Math.min(options.points - 1, Math.max(0, Math.round((now - from) / step))),
    most: { count: counts[top] ?? 0, at: toTheMinute(moments[top] ?? now) },
  };
}

/** How many grants were or will be active at each of some moments, in ascending milliseconds. */
export function activityAt(
  rows: readonly AccessRow[],
  options: { readonly now: Instant; readonly moments: readonly number[] },
): readonly number[] {
  return countsAt(spansOf(rows, options.now), options.moments);
}

const blocks = "▁▂▃▄▅▆▇█";
const plainBlocks = "_.:-=+*#";

/** Counts as a line of bars; `plain` for terminals that have no block characters. */
export function sparkline(counts: readonly number[], options: { readonly plain: boolean }): string {
  const bars = options.plain ? plainBlocks : blocks;
  const most = Math.max(1, ...counts);
  return counts.map((one) => bars.charAt(Math.ceil((one / most) * (bars.length - 1)))).join("");
}

function toTheMinute(epochMs: number): Instant {
  return instantOf(Math.round(epochMs / 60_000) * 60_000);
}

type Span = readonly [from: number, until: number];

/** When grants were or will be active; one that should have ended and did not is active now, too. */
function spansOf(rows: readonly AccessRow[], now: Instant): readonly Span[] {
  return rows.flatMap((row) => {
    const due = row.phase === "active" ? latest(row.end, plusSeconds(now, 1)) : row.end;
    const until = row.endedAt ?? due;
    if (row.activatedAt === undefined || until === undefined) return [];
    const span: Span = [epochMsOf(row.activatedAt), epochMsOf(until)];
    return span[1] > span[0] ? [span] : [];
  });
}

/** Counts spans that hold each moment (its start counts, its end does not), in one sweep. */
function countsAt(spans: readonly Span[], moments: readonly number[]): readonly number[] {
  const starts = spans.map(([from]) => from).toSorted((a, b) => a - b);
  const ends = spans.map(([, until]) => until).toSorted((a, b) => a - b);
  let started = 0;
  let ended = 0;
  return moments.map((moment) => {
    while (started < starts.length && (starts[started] ?? 0) <= moment) started += 1;
    while (ended < ends.length && (ends[ended] ?? 0) <= moment) ended += 1;
    return started - ended;
  });
}
