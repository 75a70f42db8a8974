import { epochMsOf, type Instant } from "../../model/instant";
import type { AccessRow } from "../../model/report";
import { rowState, type RowState } from "../access-row";
import { groupBy } from "../counts";

/** One grant in the timeline; times in milliseconds. */
export interface Bar {
  /** Its place in the report: the same number as its row in the table. */
  readonly row: number;
  readonly grant: AccessRow;
  readonly state: RowState;
  readonly from: number;
  readonly until: number;
}

/** A line of the timeline: bars that do not overlap. */
export type Lane = readonly Bar[];

/** Lanes under one label. */
export interface LaneGroup {
  readonly label: string;
  readonly lanes: readonly Lane[];
}

const dayMs = 86_400_000;
const mostBack = dayMs;
const mostAhead = 3 * dayMs;

/** The part of time that the timeline shows: at most a day back and three days ahead of now. */
export function timeRange(bars: readonly Bar[], now: Instant): { readonly from: number; readonly until: number } {
  const at = epochMsOf(now);
  const first = bars.reduce((least, bar) => Math.min(least, bar.from), at);
  const last = bars.reduce((most, bar) => Math.max(most, bar.until), at);
  const from = Math.max(first, at - mostBack);
  const until = Math.min(last, at + mostAhead);
  const margin = Math.max(60_000, (until - from) * 0.03);
  return { from: from - margin, until: until + margin };
}

/** A bar for each grant that was, is or may become active. */
export function barsOf(rows: readonly AccessRow[], now: Instant): readonly Bar[] {
  return rows.flatMap((grant, row) => {
    const state = rowState(grant, now);
    const span = barSpan(grant, state, now);
    return span === undefined || span[1] <= span[0] ? [] : [{ row, grant, state, from: span[0], until: span[1] }];
  });
}

/** Bars on lanes: one each while they are few, else by resource and as tight as they go. */
export function laneGroups(bars: readonly Bar[], options: { readonly mostSingle: number }): readonly LaneGroup[] {
  if (bars.length <= options.mostSingle) {
    return bars.map((bar) => ({ label: `${bar.grant.person} · ${bar.grant.connection}`, lanes: [[bar]] }));
  }
  return [...groupBy(bars, (bar) => bar.grant.resource)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, own]) => ({ label, lanes: packed(own) }));
}

function barSpan(grant: AccessRow, state: RowState, now: Instant): readonly [number, number] | undefined {
  const at = epochMsOf(now);
  switch (state) {
    case "waiting":
    case "starting":
      return grant.startBefore === undefined ? undefined : [at, epochMsOf(grant.startBefore)];
    case "overdue":
      return [epochMsOf(grant.activatedAt ?? now), at];
    case "active":
    case "ending soon":
    case "ended": {
      const until = grant.endedAt ?? grant.end;
      if (grant.activatedAt === undefined || until === undefined) return undefined;
      return [epochMsOf(grant.activatedAt), epochMsOf(until)];
    }
    case "rejected":
      return undefined;
  }
}

/** Greedy: each bar goes on the first lane that is free again; by its start. */
function packed(bars: readonly Bar[]): readonly Lane[] {
  const lanes: Bar[][] = [];
  const free: number[] = [];
  for (const bar of bars.toSorted((a, b) => a.from - b.from || a.row - b.row)) {
    const at = free.findIndex((until) => until <= bar.from);
    if (at < 0) {
      lanes.push([bar]);
      free.push(bar.until);
    } else {
      lanes[at]?.push(bar);
      free[at] = bar.until;
    }
  }
  return lanes;
}
