import { escapeTerminal } from "./escape";

/** What a rules program printed: each line marked as its, so that none is taken for ours or for a workflow command. */
export function renderPrinted(printed: string): string {
  return printed
    .trimEnd()
    .split("\n")
    .map((line) => `rules: ${escapeTerminal(line)}`)
    .join("\n");
}
