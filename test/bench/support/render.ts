/** docs/performance.md out of stored results: the same results give the same text. */
import { isReached, rounded, type BenchResult, type Check, type Machine, type Measured } from "./result";
import { rows, type Row } from "./rows";

/** The whole page. */
export function performancePage(results: readonly BenchResult[]): string {
  const byRow = new Map(results.map((result) => [result.row, result]));
  return [
    ...opening,
    ...table(
      ["#", "what", "what people use today", "bar", "measured", ""],
      rows.map((row) => tableRow(row, byRow.get(row.row))),
    ),
    "",
    ...machines(results),
    ...closing,
    "## How each was measured",
    "",
    ...rows.flatMap((row) => section(row, byRow.get(row.row))),
  ]
    .join("\n")
    .replace(/\n+$/, "\n");
}

const opening = [
  "# Performance",
  "",
  "What is measured, against what, and the bar that it has to reach. `npm run bench` measures every row and writes this page; `npm run bench -- P4`",
  "measures one. Both sides run in turn, at least five times where one round is short; the page gives the median and the spread. Benches are no part of",
  "`npm test`, which times nothing. Ratios of two sides in one run say more than times, which belong to a machine.",
  "",
];

const closing = [
  "On a hoop gateway the gateway is the wall: 27 to 30 grants and 27 to 43 killed sessions a second were recorded, and more calls at a time make it",
  "slower. A plan notes it where so many end at once that this takes long.",
  "",
];

function tableRow(row: Row, result: BenchResult | undefined): readonly string[] {
  const name = `[${row.row}](#${row.row.toLowerCase()})`;
  if (result === undefined) return [name, row.what, row.today, row.bar, "not run", ""];
  const isAll = result.checks.every(isReached);
  return [
    name,
    row.what,
    row.today,
    row.bar,
    result.checks.map(checkWords).join("; "),
    isAll ? "reached" : "**not reached**",
  ];
}

function checkWords(check: Check): string {
  const missed = isReached(check) ? "" : " (not reached)";
  return `${check.what}: ${amount(check.figure, check.unit)}${missed}`;
}

function section(row: Row, result: BenchResult | undefined): readonly string[] {
  const heading = [`### ${row.row}`, ""];
  if (result === undefined) return [...heading, `${sentence(row.what)} Not run.`, ""];
  return [
    ...heading,
    result.method,
    "",
    ...table(["measured", "median", "least", "most", "rounds"], result.measured.map(measuredRow)),
    "",
    ...(result.limit === undefined || result.checks.every(isReached) ? [] : [result.limit, ""]),
  ];
}

function measuredRow({ what, unit, median, least, most, rounds }: Measured): readonly string[] {
  return [what, amount(median, unit), amount(least, unit), amount(most, unit), String(rounds)];
}

/** Each machine and day once, with the rows measured there. */
function machines(results: readonly BenchResult[]): readonly string[] {
  const groups = new Map<string, { readonly machine: Machine; readonly rows: string[]; readonly loads: number[] }>();
  const order = rows.map(({ row }) => row);
  for (const { row, machine } of results.toSorted((a, b) => order.indexOf(a.row) - order.indexOf(b.row))) {
    const { cpu, memory, system, node, at } = machine;
    const key = JSON.stringify([cpu, memory, system, node, at]);
    const group = groups.get(key) ?? { machine, rows: [], loads: [] };
    group.rows.push(row);
    group.loads.push(machine.load[0]);
    groups.set(key, group);
  }
  const terraform = results.find(({ machine }) => machine.terraform !== undefined)?.machine.terraform;
  return [...groups.values()].flatMap(({ machine, rows: measuredRows, loads }) => {
    const load = loads.length === 1 ? `${loads[0]}` : `${Math.min(...loads)} to ${Math.max(...loads)}`;
    const versions = `Node ${machine.node}${terraform === undefined ? "" : `, Terraform ${terraform}`}`;
    return [
      `${measuredRows.join(", ")}: ${machine.at}, ${machine.cpu}, ${machine.memory}, ${machine.system}, ${versions}, load average ${load} when it began.`,
      "",
    ];
  });
}

function table(head: readonly string[], body: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, at) => Math.max(3, title.length, ...body.map((cells) => (cells[at] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (cells[at] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body.map(line)];
}

function amount(value: number, unit: string): string {
  const shown = rounded(value).toLocaleString("en-US", { maximumFractionDigits: 4 });
  if (unit === "x" || unit === "/s") return `${shown}${unit}`;
  return `${shown} ${unit}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
