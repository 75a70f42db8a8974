import { epochMsOf, instantOf, type Instant } from "../../model/instant";
import type { AccessReport } from "../../model/report";
import { endWords, type RowState } from "../access-row";
import { count } from "../counts";
import { relativeWords } from "../times";
import { htmlVoice } from "../voice";
import { activityAt } from "../activity";
import { barsOf, laneGroups, timeRange, type Bar, type LaneGroup } from "./bars";
import { stateLooks } from "./look";

/** Up to so many grants each have a line with their name; above it they are packed by resource. */
const mostSingle = 60;
const axisHeight = 30;
const areaHeight = 46;

/** The timeline as an inline SVG: active grants over time, a bar per grant, a line for now. Undefined when nothing has a time. */
export function timelineSvg(report: AccessReport, now: Instant): string | undefined {
  const bars = barsOf(report.rows, now);
  if (bars.length === 0) return undefined;
  const range = timeRange(bars, now);
  const groups = laneGroups(bars, { mostSingle });
  const scale = (ms: number) => percent((ms - range.from) / (range.until - range.from));
  const metrics = bars.length <= mostSingle ? single : dense;
  const top = axisHeight + areaHeight + 12;
  const height = groups.reduce((sum, group) => sum + groupHeight(group, metrics), top) + 8;
  const drawing: Drawing = { now, range, scale, metrics, height };
  return [
    `<svg class="plot" height="${height}" role="img" aria-labelledby="timeline-title timeline-words" focusable="false">`,
    `<title id="timeline-title">Timeline of grants</title>`,
    `<desc id="timeline-words">${htmlVoice.text(timelineWords(bars, now))} The table below says the same in words.</desc>`,
    patterns,
    ticks(drawing),
    area(report, drawing),
    ...groupLines(groups, top, drawing),
    nowLine(drawing),
    "</svg>",
  ].join("\n");
}

/** The same small picture for the key of the timeline. */
export function keySvg(state: RowState): string {
  return `<svg aria-hidden="true" focusable="false"><rect class="${stateLooks[state].className}" x="1" y="1" width="24" height="10" rx="3"/></svg>`;
}

interface Metrics {
  readonly label: number;
  readonly lane: number;
  readonly bar: number;
  readonly gap: number;
}

const single: Metrics = { label: 18, lane: 14, bar: 11, gap: 8 };
const dense: Metrics = { label: 20, lane: 10, bar: 8, gap: 12 };

interface Drawing {
  readonly now: Instant;
  readonly range: { readonly from: number; readonly until: number };
  readonly scale: (ms: number) => string;
  readonly metrics: Metrics;
  readonly height: number;
}

const patterns = `<defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern>
<pattern id="cross" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="cross-ground" width="6" height="6"/><path class="cross-line" d="M0 0L6 6M6 0L0 6"/></pattern>
</defs>`;

function timelineWords(bars: readonly Bar[], now: Instant): string {
  const number = (...states: readonly RowState[]) => bars.filter((bar) => states.includes(bar.state)).length;
  const next = bars
    .filter((bar) => bar.state === "active" || bar.state === "ending soon")
    .reduce<Bar | undefined>((a, b) => (a === undefined || b.until < a.until ? b : a), undefined);
  const first =
    next === undefined
      ? ""
      : ` The next to end is ${next.grant.person} on ${next.grant.connection}, ${relativeWords(instantOf(next.until), now)}.`;
  return `${count(bars.length, "grant")}: ${number("active", "ending soon")} active, ${number("ending soon")} of them ending soon, ${number("overdue")} overdue, ${number("waiting", "starting")} waiting, ${number("ended")} ended.${first}`;
}

const minute = 60_000;
const steps = [1, 5, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * minute);

function ticks(drawing: Drawing): string {
  const { from, until } = drawing.range;
  const step = steps.find((one) => (until - from) / one <= 10) ?? 1440 * minute;
  const lines: string[] = [];
  for (let at = Math.ceil(from / step) * step; at < until; at += step) {
    const time = instantOf(at);
    const isDay = time.slice(11, 16) === "00:00";
    const part = (at - from) / (until - from);
    const isAtEdge = part < 0.02 || part > 0.98;
    const x = drawing.scale(at);
    lines.push(
      `<line class="${isDay ? "day" : "grid"}" x1="${x}" x2="${x}" y1="${axisHeight}" y2="${drawing.height}"/>`,
      isAtEdge
        ? ""
        : `<text class="tick" x="${x}" y="12" text-anchor="middle">${isDay ? dayWords(time) : time.slice(11, 16)}</text>`,
    );
  }
  return lines.join("\n");
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function dayWords(time: Instant): string {
  return `${Number(time.slice(8, 10))} ${months[Number(time.slice(5, 7)) - 1] ?? ""}`;
}

const areaPoints = 240;

/** Active grants over time, as an area that stretches with the page. */
function area(report: AccessReport, drawing: Drawing): string {
  const { from, until } = drawing.range;
  const moments = Array.from({ length: areaPoints + 1 }, (_, at) => from + ((until - from) * at) / areaPoints);
  const counts = activityAt(report.rows, { now: drawing.now, moments });
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const y = (one: number) => (areaHeight - (one / most) * (areaHeight - 6)).toFixed(1);
  const line = counts.map(
    (one, at) => `${at === 0 ? "M" : "L"}${at} ${at === 0 ? "" : `${y(counts[at - 1] ?? 0)}L${at} `}${y(one)}`,
  );
  const edge = line.join("");
  return [
    `<svg x="0" y="${axisHeight}" width="100%" height="${areaHeight}" viewBox="0 0 ${areaPoints} ${areaHeight}" preserveAspectRatio="none">`,
    `<path class="area" d="${edge}L${areaPoints} ${areaHeight}L0 ${areaHeight}Z"/>`,
    `<path class="edge" d="${edge}" vector-effect="non-scaling-stroke"/>`,
    "</svg>",
    `<text class="quiet label" x="2" y="${axisHeight + 11}">active grants, at most ${most}</text>`,
  ].join("\n");
}

function groupHeight(group: LaneGroup, metrics: Metrics): number {
  return metrics.label + group.lanes.length * metrics.lane + metrics.gap;
}

function groupLines(groups: readonly LaneGroup[], top: number, drawing: Drawing): readonly string[] {
  const { metrics } = drawing;
  const lines: string[] = [];
  let y = top;
  for (const group of groups) {
    lines.push(
      `<text class="label" x="2" y="${y + metrics.label - 6}">${htmlVoice.text(shortened(group.label))}</text>`,
    );
    group.lanes.forEach((lane, at) => {
      for (const bar of lane) lines.push(barSvg(bar, y + metrics.label + at * metrics.lane, drawing));
    });
    y += groupHeight(group, metrics);
  }
  return lines;
}

const mostLabel = 90;

function shortened(label: string): string {
  return label.length <= mostLabel ? label : `${label.slice(0, mostLabel - 1)}…`;
}

/** A bar, its title, an arrow where it goes on outside the picture, and a marker where it ends soon or should have ended. */
function barSvg(bar: Bar, y: number, drawing: Drawing): string {
  const { range, scale, metrics } = drawing;
  const from = Math.max(bar.from, range.from);
  const until = Math.min(bar.until, range.until);
  if (until <= range.from || from >= range.until) return "";
  const { className, word } = stateLooks[bar.state];
  const width = Math.max(0.15, ((until - from) / (range.until - range.from)) * 100).toFixed(3);
  const title = `${bar.grant.person} on ${bar.grant.connection}: ${word}, `;
  const words = htmlVoice.text(title) + endWords(bar.grant, htmlVoice, drawing.now);
  const parts = [
    `<rect class="${className}" x="${scale(from)}" y="${y}" width="${width}%" height="${metrics.bar}" rx="3"><title>${words}</title></rect>`,
    ...(bar.until > range.until ? [`<text x="100%" y="${y + metrics.bar - 1}" text-anchor="end">▸</text>`] : []),
    ...(bar.from < range.from ? [`<text x="0" y="${y + metrics.bar - 1}">◂</text>`] : []),
    ...markerOf(bar, y, scale(until), metrics),
  ];
  return `<g id="bar-${bar.row}">${parts.join("")}</g>`;
}

function markerOf(bar: Bar, y: number, x: string, metrics: Metrics): readonly string[] {
  const middle = y + metrics.bar / 2;
  if (bar.state === "ending soon") {
    return [`<svg x="${x}" y="${middle}" overflow="visible"><path class="mark-soon" d="M4 5L10 -6L16 5Z"/></svg>`];
  }
  if (bar.state !== "overdue") return [];
  return [
    `<svg x="${x}" y="${middle}" overflow="visible"><path class="mark-overdue" d="M5 -5L8 -2L11 -5L13 -3L10 0L13 3L11 5L8 2L5 5L3 3L6 0L3 -3Z"/></svg>`,
  ];
}

function nowLine(drawing: Drawing): string {
  const x = drawing.scale(epochMsOf(drawing.now));
  return [
    `<line class="now" x1="${x}" x2="${x}" y1="18" y2="${drawing.height}"/>`,
    `<svg x="${x}" y="16" overflow="visible"><rect class="now-flag" x="-19" y="0" width="38" height="15" rx="4"/><text class="now-label" x="0" y="11" text-anchor="middle">now</text></svg>`,
  ].join("\n");
}

function percent(part: number): string {
  return `${(part * 100).toFixed(3)}%`;
}
