import type { Actor } from "../model/actor";
import { underEpoch, type LogWorld } from "./under-epoch";

/** Records that somebody confirmed how many Grants end through removed files; the pass that ends them is given the number too. */
export async function confirmRemovals(input: LogWorld & { readonly count: number; readonly by: Actor }): Promise<void> {
  await underEpoch(input, (journal) =>
    journal.mustRecord([{ type: "removals.confirmed", count: input.count, by: input.by }]),
  );
}
