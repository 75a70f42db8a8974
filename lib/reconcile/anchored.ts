import { lineHash, standingAnchors, type Log } from "../log";
import type { Anchor } from "../model/anchor";
import type { Digest } from "../model/canonical";
import type { Head } from "../model/record";
import type { Anchors, AnchorDetails, LogStore } from "../ports";
import type { Pass } from "./pass-state";

/**
 * Reads the newest anchor, which has to happen before the chain is read: else a writer that goes on meanwhile
 * looks like a loss. What cannot be trusted is given as `trouble`: then nobody knows whether the Log is whole.
 */
export async function readAnchor(
  anchors: Anchors | undefined,
): Promise<{ readonly anchor?: Head | undefined; readonly trouble?: unknown }> {
  try {
    return { anchor: await anchors?.newest() };
  } catch (trouble) {
    return { trouble };
  }
}

/** Why the Log is not the one that was anchored, if so: it ends before that record, or has another one there. */
export async function tryFindAnchorLoss(log: Log, anchor: Head | undefined): Promise<string | undefined> {
  if (anchor === undefined) return undefined;
  const { head, store } = log;
  const sequence = head?.sequence ?? 0;
  if (anchor.sequence > sequence) {
    return `the Log ends at record ${sequence}, but there was a record ${anchor.sequence}`;
  }
  const hash = anchor.sequence === sequence ? head?.hash : await tryHashAt(store, anchor.sequence);
  return hash === anchor.hash ? undefined : `record ${anchor.sequence} of the Log is not the one that was anchored`;
}

/**
 * Anchors where a pass has brought the Log to. A Log that may not be the right one is never anchored, nor is
 * one under somebody else's epoch.
 */
export async function anchorHead(pass: Pass): Promise<void> {
  const { input, journal, report, anchor } = pass;
  const { head, recovering } = journal.state;
  if (input.anchors === undefined || pass.anchorTrouble !== undefined || head === undefined || !journal.canRecord)
    return;
  if (recovering !== undefined || (anchor !== undefined && anchor.sequence >= head.sequence)) return;
  try {
    await input.anchors.add(head, { time: journal.times().record });
  } catch (thrown) {
    report.trouble(thrown);
  }
}

/** Anchors a Log that was rebuilt: what was anchored of the lost one is replaced by it. Throws E611 and E610. */
export async function anchorRebuilt(pass: Pass): Promise<void> {
  const { input, journal } = pass;
  const { head } = journal.state;
  if (input.anchors === undefined || head === undefined) return;
  const time = journal.times().record;
  const lost = await lostAnchors(input.store, await input.anchors.history());
  const sequences = lost.map(({ sequence }) => sequence);
  const details: AnchorDetails =
    lost.length === 0 ? { time } : { time, replaces: { first: Math.min(...sequences), last: Math.max(...sequences) } };
  await input.anchors.add(head, details);
}

/** The anchors that the chain does not hold. */
async function lostAnchors(store: LogStore, anchors: readonly Anchor[]): Promise<readonly Anchor[]> {
  const standing = standingAnchors(anchors);
  const wanted = new Set(standing.map(({ sequence }) => sequence));
  const hashes = new Map<number, Digest>();
  let sequence = 0;
  for await (const lines of store.read(1)) {
    for (const line of lines) {
      sequence += 1;
      if (wanted.has(sequence)) hashes.set(sequence, lineHash(line));
    }
  }
  return standing.filter((anchor) => hashes.get(anchor.sequence) !== anchor.hash);
}

async function tryHashAt(store: LogStore, sequence: number): Promise<Digest | undefined> {
  for await (const [line] of store.read(sequence)) {
    if (line !== undefined) return lineHash(line);
  }
  return undefined;
}
