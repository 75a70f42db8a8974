import type { LogState } from "../model/log-state";
import type { LogRecord } from "../model/record";
import type { LogStore } from "../ports";
import { headOrThrow, verifyChain } from "./verify";
import { foldRecord } from "./fold/fold";
import { emptyState } from "./fold/state";

/** The fold of the chain up to the first record that is meant, which is not in it. Throws E600 where it does not verify. */
export async function stateBefore(store: LogStore, isMeant: (record: LogRecord) => boolean): Promise<LogState> {
  const state = emptyState();
  let isOver = false;
  const verdict = await verifyChain(store.read(1), {
    onRecord: (record, hash) => {
      isOver ||= isMeant(record);
      if (!isOver) foldRecord(state, record, hash);
    },
  });
  headOrThrow(verdict);
  return state;
}
