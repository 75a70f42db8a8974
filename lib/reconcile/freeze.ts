import type { Actor } from "../model/actor";
import type { Random } from "../ports";
import { newSpoolId } from "./spool-id";
import { refuseClockBehind, underEpoch, type LogWorld } from "./under-epoch";

/** What stops new access at once, and for which incident. */
export interface FreezeInput extends LogWorld {
  readonly random: Random;
  readonly by: Actor;
  readonly note: string;
}

/** Stops all new access at once, without a lock: through the spool, which every writer reads before it grants. Endings go on. */
export async function freeze(input: FreezeInput): Promise<void> {
  const { store, clock, random, by, note } = input;
  await store.addToSpool({ id: newSpoolId(random), at: clock.now(), body: { kind: "freeze", by, note } });
}

/** Lets new access start again. Throws E605 while another writer holds the Log; not frozen is no error. */
export async function thaw(input: LogWorld & { readonly by: Actor }): Promise<{ readonly wasFrozen: boolean }> {
  return underEpoch(input, async (journal) => {
    refuseClockBehind(journal);
    const frozen = journal.spool.waiting.filter(({ body }) => body.kind === "freeze");
    await journal.mustRecord(
      frozen.flatMap(({ id, body }) =>
        body.kind === "freeze" ? [{ type: "freeze.set", by: body.by, note: body.note, spool: id } as const] : [],
      ),
    );
    const wasFrozen = journal.state.frozen !== undefined;
    if (wasFrozen) await journal.mustRecord([{ type: "freeze.lifted", by: input.by }]);
    await input.store.removeFromSpool(frozen.map((entry) => entry.id));
    return { wasFrozen };
  });
}
