import { displayWidth } from "./width";

/** One column of a text table. */
export interface Column {
  readonly title: string;
  /** It is cut, with an ellipsis, where there is no room; at least this wide. Never cut without it. */
  readonly shrinksTo?: number;
  /** Columns of a lower turn are cut to their least first; default 0. */
  readonly turn?: number;
  readonly align?: "right";
}

/** A cell: its text, already escaped and without colour, and how to colour it once it is cut and padded. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * A table as lines, two spaces between columns, no line wider than `width` as far as the columns that
 * may shrink allow. Columns that are empty in every row are left out.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: { readonly width: number; readonly paintTitle?: (text: string) => string },
): readonly string[] {
  const kept = columns.map((_, at) => at).filter((at) => rows.some((row) => (row[at]?.text ?? "") !== ""));
  const widths = fittedWidths(columns, rows, kept, options.width);
  const paintTitle = options.paintTitle ?? ((text: string) => text);
  const title = kept.map((at) => paddedCell({ text: columns[at]?.title ?? "" }, widths.get(at) ?? 0, columns[at]));
  const lines = rows.map((row) =>
    trimmed(kept.map((at) => paddedCell(row[at] ?? { text: "" }, widths.get(at) ?? 0, columns[at]))),
  );
  return [paintTitle(trimmed(title)), ...lines];
}

/** A text cut to a number of columns, the last one an ellipsis. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = "";
  let used = 0;
  for (const character of text) {
    const next = displayWidth(character);
    if (used + next > width - 1) break;
    cut += character;
    used += next;
  }
  return `${cut}…`;
}

function fittedWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  kept: readonly number[],
  width: number,
): ReadonlyMap<number, number> {
  const widths = new Map(kept.map((at) => [at, naturalWidth(columns, rows, at)]));
  const turns = [...new Set(kept.map((at) => columns[at]?.turn ?? 0))].toSorted((a, b) => a - b);
  let surplus = [...widths.values()].reduce((sum, one) => sum + one, 0) + 2 * (kept.length - 1) - width;
  for (const turn of turns) {
    while (surplus > 0) {
      const roomiest = kept
        .filter((at) => (columns[at]?.turn ?? 0) === turn && room(at) > 0)
        .reduce<number | undefined>((a, b) => (a === undefined || room(b) > room(a) ? b : a), undefined);
      if (roomiest === undefined) break;
      widths.set(roomiest, (widths.get(roomiest) ?? 0) - 1);
      surplus -= 1;
    }
  }
  return widths;

  function room(at: number): number {
    const now = widths.get(at) ?? 0;
    return now - (columns[at]?.shrinksTo ?? now);
  }
}

function naturalWidth(columns: readonly Column[], rows: readonly (readonly Cell[])[], at: number): number {
  return rows.reduce(
    (most, row) => Math.max(most, displayWidth(row[at]?.text ?? "")),
    displayWidth(columns[at]?.title ?? ""),
  );
}

function paddedCell(cell: Cell, width: number, column: Column | undefined): string {
  const cut = cutTo(cell.text, width);
  const pad = " ".repeat(Math.max(0, width - displayWidth(cut)));
  const painted = cell.paint === undefined ? cut : cell.paint(cut);
  return column?.align === "right" ? pad + painted : painted + pad;
}

function trimmed(cells: readonly string[]): string {
  return cells.join("  ").trimEnd();
}
