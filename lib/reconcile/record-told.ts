import { underEpoch, type LogWorld } from "./under-epoch";

/** Merges that were told on GitHub, by commit. */
export interface RecordToldInput extends LogWorld {
  readonly commits: readonly string[];
}

/**
 * Records that what became of merges stands on GitHub; a run that looks later has nothing more to tell. What another
 * run has recorded meanwhile is left out. Throws E603, E605: then the next run looks again, and finds it said.
 */
export async function recordTold(input: RecordToldInput): Promise<void> {
  if (input.commits.length === 0) return;
  await underEpoch(input, async (journal) => {
    const open = input.commits.filter((commit) => journal.state.untold?.has(commit) === true);
    await journal.mustRecord(open.map((commit) => ({ type: "merge.told", commit }) as const));
  });
}
