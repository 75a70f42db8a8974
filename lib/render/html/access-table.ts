import type { Instant } from "../../model/instant";
import type { AccessReport, AccessRow } from "../../model/report";
import { approvedByWords, endWords, rowState, whyWords } from "../access-row";
import { shortWhenWords } from "../times";
import { htmlVoice } from "../voice";
import { stateLooks } from "./look";

/** The table of grants: a row each, in the order of the report. */
export function accessTable(report: AccessReport, now: Instant): string {
  return [
    "<table>",
    "<caption>Who has what, why, until when and approved by whom</caption>",
    `<thead><tr>${titles.map((title) => `<th scope="col">${title}</th>`).join("")}</tr></thead>`,
    "<tbody>",
    ...report.rows.map((row, at) => tableRow(row, at, now)),
    "</tbody>",
    "</table>",
  ].join("\n");
}

const titles = ["Who", "What", "Level", "State", "Ends (UTC)", "Why", "Approved by", "Request"];

function tableRow(row: AccessRow, at: number, now: Instant): string {
  const { text } = htmlVoice;
  const { className, sign, word } = stateLooks[rowState(row, now)];
  const over = className === "ended" ? ` class="over"` : "";
  return [
    `<tr${over} data-row="${at}" data-state="${className}">`,
    `<th scope="row">${text(row.person)}</th>`,
    `<td class="what">${text(row.resource)}<small class="${classOf(row.class)}">${text(row.class)}</small></td>`,
    `<td>${text(row.level)}</td>`,
    `<td><span class="badge ${className}"><span aria-hidden="true">${sign}</span>${word}</span></td>`,
    `<td class="end">${endCell(row, now)}</td>`,
    `<td class="why">${whyWords(row, htmlVoice)}</td>`,
    `<td class="people">${approvedByCell(row)}</td>`,
    `<td class="request">${text(row.request)}<small>rule ${text(row.rule)}</small><small><code>${text(row.grant)}</code></small></td>`,
    "</tr>",
  ].join("");
}

const knownClasses: ReadonlySet<string> = new Set(["low", "medium", "high", "critical"]);

function classOf(name: string): string {
  return knownClasses.has(name) ? `class-${name}` : "class-other";
}

/** One person a line. */
function approvedByCell(row: AccessRow): string {
  if (row.approvedBy === "automatic" || row.approvers.length === 0) return approvedByWords(row, htmlVoice);
  return row.approvers.map(htmlVoice.text).join("<br>");
}

/** The time first, what is relative or a reason below it. */
function endCell(row: AccessRow, now: Instant): string {
  const words = endWords(row, htmlVoice, now, shortWhenWords);
  const match = /^([-\d: ]+\d) \((.+?)\)(?:: (.+))?$/.exec(words);
  if (match === null) return words;
  const why = match[3] === undefined ? "" : `<small>${match[3]}</small>`;
  return `${match[1]}<small>${match[2]}</small>${why}`;
}
