import type { Anchor } from "../../model/anchor";
import { limits } from "../../model/limits";
import { anchorLine, distrusted, readAnchor, type AnchorTrust } from "./anchor";

/**
 * Reads a file of anchors, a line each, oldest first. `where` names it. Throws E610 when any of them is not to be
 * trusted, or when one stands at or before the one before it without replacing it.
 */
export function readHistory(text: string, trust: AnchorTrust, where: string): readonly Anchor[] {
  const lines = text.replace(/\n$/, "").split("\n");
  if (text.trim() === "") throw distrusted(`${where} is empty`);
  const anchors = lines.map((line, index) => readAnchor(line, trust, `${where}, line ${index + 1}`));
  anchors.forEach((anchor, index) => {
    const before = anchors[index - 1];
    if (before !== undefined && before.installation !== anchor.installation) {
      throw distrusted(`${where}, line ${index + 1}: it is of another installation than the line before`);
    }
    if (before === undefined || anchor.sequence > before.sequence || anchor.replaces !== undefined) return;
    throw distrusted(
      `${where}, line ${index + 1}: record ${anchor.sequence} is anchored after record ${before.sequence}`,
    );
  });
  return anchors;
}

/** The text of a file of anchors. */
export function historyText(anchors: readonly Anchor[]): string {
  return anchors.map((anchor) => `${anchorLine(anchor)}\n`).join("");
}

/**
 * Adds an anchor and keeps the file bounded: every one that replaces others, the last of each day (UTC), and
 * of the newest hundred all; at most `limits.anchors`, then the oldest go.
 */
export function withAnchor(anchors: readonly Anchor[], added: Anchor): readonly Anchor[] {
  const all = [...anchors, added];
  const kept = all.filter((anchor, index) => {
    const next = all[index + 1];
    const isLastOfDay = next === undefined || dayOf(next) !== dayOf(anchor);
    return isLastOfDay || anchor.replaces !== undefined || index >= all.length - newestKept;
  });
  return kept.slice(-limits.anchors);
}

/** The anchors that the Log must hold: without those that a later one replaces. */
export function standingAnchors(anchors: readonly Anchor[]): readonly Anchor[] {
  return anchors.filter(({ sequence }, index) =>
    anchors
      .slice(index + 1)
      .every(({ replaces }) => replaces === undefined || sequence < replaces.first || sequence > replaces.last),
  );
}

const newestKept = 100;

function dayOf({ time }: Anchor): string {
  return time.slice(0, 10);
}
