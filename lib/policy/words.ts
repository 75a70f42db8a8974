import type { Window } from "../model/window";

/** `a`, `a or b`, `a, b or c`. */
export function listWords(items: readonly string[], joint: "or" | "and"): string {
  if (items.length <= 1) return items[0] ?? "nobody";
  return `${items.slice(0, -1).join(", ")} ${joint} ${items.at(-1)}`;
}

/** The first of some items, and how many more there are: `a, b and 7 more`. */
export function someWords(items: readonly string[], most: number): string {
  if (items.length <= most) return listWords(items, "and");
  return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}

/** `Mon-Fri 07:00-21:00 Europe/Berlin`, or from one instant to another. */
export function windowWords(window: Window): string {
  if (window.kind === "between") return `${window.from} to ${window.to}`;
  return `${daysWords(window.days)} ${window.from}-${window.to} ${window.zone}`;
}

/** `1 grant`, `2 grants`. */
export function countWords(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

const dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** Why nobody, and no rule, can approve a request where approvals are on GitHub and no merge there brought it. */
export function noMergeWords(request: string): string {
  return `request ${request} came with no merge that was decided on GitHub, so nobody can approve it: write a new one`;
}

/** Runs of three days and more as a range. */
function daysWords(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) => (run.length > 2 ? [`${nameOf(run[0])}-${nameOf(run.at(-1))}`] : run.map(nameOf)))
    .join(",");
}

function nameOf(day: number | undefined): string {
  return dayNames[(day ?? 0) - 1] ?? String(day);
}
