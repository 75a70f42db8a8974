import { digestOfText } from "../model/canonical";
import type { Instant } from "../model/instant";
import type { AccessReport } from "../model/report";
import { rowState, type RowState } from "./access-row";
import { count } from "./counts";
import { accessTable } from "./html/access-table";
import { stateLooks } from "./html/look";
import { script } from "./html/script";
import { style } from "./html/style";
import { keySvg, timelineSvg } from "./html/timeline";
import { optOutWords } from "./record-sentence";
import { utcWords, whenWords } from "./times";
import { htmlVoice } from "./voice";

/**
 * Who has what as one self-contained HTML file: no network, no script or style but its own, whose
 * hashes its content security policy names. A snapshot: relative times are those of `now`.
 */
export function renderStatusHtml(report: AccessReport, options: { readonly now: Instant }): string {
  const { now } = options;
  return [
    "<!doctype html>",
    `<html lang="en">`,
    headElement(),
    "<body>",
    `<a class="skip" href="#grants">Skip to the table of grants</a>`,
    header(report, now),
    "<main>",
    timelineSection(report, now),
    tableSection(report, now),
    optOutSection(report),
    "</main>",
    footer(report, now),
    `<script>${script}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** The policy comes before anything that it governs (Content Security Policy Level 3, "The meta element"). */
function headElement(): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashSource(style)}'`,
    `script-src '${hashSource(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return [
    "<head>",
    `<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="referrer" content="no-referrer">`,
    "<title>Who has access · Leasehold</title>",
    `<style>${style}</style>`,
    "</head>",
  ].join("\n");
}

function hashSource(text: string): string {
  return `sha256-${Buffer.from(digestOfText(text), "hex").toString("base64")}`;
}

function header(report: AccessReport, now: Instant): string {
  const states = report.rows.map((row) => rowState(row, now));
  const number = (...wanted: readonly RowState[]) => states.filter((state) => wanted.includes(state)).length;
  const active = number("active", "ending soon", "overdue");
  const people = new Set(report.rows.filter((_, at) => isActiveState(states[at])).map((row) => row.person)).size;
  const verdict =
    active === 0
      ? "Nobody has access right now"
      : `${count(people, "person has", "people have")} access through ${count(active, "active grant")}`;
  return [
    "<header>",
    `<h1>${verdict}</h1>`,
    `<p class="when">As of <time datetime="${htmlVoice.text(report.at)}">${htmlVoice.text(utcWords(report.at))}</time> · all times UTC · a snapshot, it does not change by itself</p>`,
    ...notices(report, now, number("overdue")),
    `<ul class="tiles">`,
    tile("active", active, "active"),
    tile("soon", number("ending soon"), number("ending soon") === 1 ? "ends within 15 min" : "end within 15 min"),
    tile("overdue", number("overdue"), "overdue"),
    tile("waiting", number("waiting", "starting"), "waiting"),
    tile("ended", number("ended", "rejected"), "ended"),
    "</ul>",
    "</header>",
  ].join("\n");
}

function isActiveState(state: RowState | undefined): boolean {
  return state === "active" || state === "ending soon" || state === "overdue";
}

function tile(className: string, number: number, words: string): string {
  return `<li class="${className}${number === 0 ? " zero" : ""}"><b>${number}</b><span>${words}</span></li>`;
}

function notices(report: AccessReport, now: Instant, overdue: number): readonly string[] {
  const { text } = htmlVoice;
  const { frozen, recovering } = report;
  const bad = (words: string) => `<p class="notice bad"><strong>${words}</p>`;
  return [
    ...(report.verified ? [] : [bad("The Log was not verified.</strong> What follows is what it says, unproven.")]),
    ...(overdue === 0 ? [] : [bad(`${count(overdue, "grant")} should have ended</strong> and may still be open.`)]),
    ...(recovering === undefined
      ? []
      : [
          bad(
            `Recovering since ${text(whenWords(recovering.since, now))}.</strong> Only endings happen: ${text(recovering.why)}.`,
          ),
        ]),
    ...(frozen === undefined
      ? []
      : [
          `<p class="notice"><strong>Frozen by ${text(frozen.by)}, ${text(whenWords(frozen.at, now))}.</strong> No new access: ${text(frozen.note)}.</p>`,
        ]),
  ];
}

const keyStates: readonly RowState[] = ["active", "ending soon", "overdue", "waiting", "ended"];

function timelineSection(report: AccessReport, now: Instant): string {
  const svg = timelineSvg(report, now);
  if (svg === undefined) return "";
  const key = keyStates.map((state) => `<li>${keySvg(state)}${stateLooks[state].word}</li>`).join("");
  return [
    `<section class="card" aria-labelledby="timeline">`,
    `<div class="card-head"><h2 id="timeline">Timeline</h2><ul class="key" aria-label="What the bars mean">${key}</ul></div>`,
    `<div class="chart" tabindex="0" role="region" aria-label="Timeline, scrolls">`,
    svg,
    "</div>",
    "</section>",
  ].join("\n");
}

function tableSection(report: AccessReport, now: Instant): string {
  const total = count(report.rows.length, "grant");
  const options = keyStates.map(
    (state) => `<option value="${stateLooks[state].className}">${stateLooks[state].word}</option>`,
  );
  return [
    `<section class="card" aria-labelledby="grants">`,
    `<div class="card-head"><h2 id="grants" tabindex="-1">Grants</h2>`,
    `<form class="filter" id="filter" role="search" aria-label="Filter the grants" hidden>`,
    `<label>Filter <input id="filter-text" type="search" placeholder="name, resource, reason" autocomplete="off" spellcheck="false" aria-controls="rows"></label>`,
    `<label>State <select id="filter-state" aria-controls="rows"><option value="">any</option>${options.join("")}</select></label>`,
    `<output class="count" id="filter-count" aria-live="polite">${total}</output>`,
    "</form></div>",
    ...(report.rows.length === 0
      ? [`<p class="empty" id="rows">Nobody has access, and nobody waits for any.</p>`]
      : [
          `<div class="scroll" id="rows" tabindex="0" role="region" aria-label="Table of grants, scrolls">`,
          accessTable(report, now),
          "</div>",
        ]),
    "</section>",
  ].join("\n");
}

function optOutSection(report: AccessReport): string {
  if (report.optOuts.length === 0) return "";
  const items = report.optOuts.map(
    (one) =>
      `<li>${htmlVoice.strong(one.person)} from ${optOutWords(one, htmlVoice)}, since ${htmlVoice.text(utcWords(one.at))}</li>`,
  );
  return `<section class="card" aria-labelledby="opt-outs"><h2 id="opt-outs">Opted out</h2><ul>${items.join("")}</ul></section>`;
}

function footer(report: AccessReport, now: Instant): string {
  const { text, code } = htmlVoice;
  const head = report.head;
  const rows: readonly (readonly [string, string])[] = [
    ["Log", report.verified ? "✔ verifies from its first record to its head" : "✖ not verified"],
    [
      "Head",
      head === undefined
        ? "none: the Log is empty"
        : `record ${head.sequence}, epoch ${head.epoch}, ${code(head.hash)}`,
    ],
    ["Installation", code(report.installation)],
    ["Made", text(utcWords(now))],
    ["Check it", `${code("leasehold log verify")} must name this head or a later one`],
  ];
  return [
    "<footer>",
    `<h2>Where this comes from</h2>`,
    `<dl>${rows.map(([name, words]) => `<dt>${name}</dt><dd>${words}</dd>`).join("")}</dl>`,
    "</footer>",
  ].join("\n");
}
