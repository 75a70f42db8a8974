/** A Log that several machines share, where a later writer ends an earlier one, as git and PostgreSQL have it. */
import type { LogStore, Writer } from "../../../lib/ports";
import type { Calls } from "./calls";

/** Puts turns around a store that knows epochs and no lock. */
export function storeInTurns(calls: Calls, store: LogStore, taken: (epoch: number) => void): LogStore {
  async function* read(from: number): AsyncGenerator<readonly string[]> {
    yield* await calls.do(`read the chain from ${from}`, async () => {
      const batches: (readonly string[])[] = [];
      for await (const lines of store.read(from)) batches.push(lines);
      return batches;
    });
  }
  const writerInTurns = (writer: Writer): Writer => ({
    epoch: writer.epoch,
    holder: writer.holder,
    append: (head, records) =>
      calls.do(`append ${records.map(({ body }) => body.type).join(", ")} under epoch ${writer.epoch}`, () =>
        writer.append(head, records),
      ),
    release: () => calls.do(`release epoch ${writer.epoch}`, () => writer.release()),
  });
  return {
    kind: store.kind,
    read,
    notedHead: () => store.notedHead(),
    takeEpoch: (options) =>
      calls.do("take an epoch", async () => {
        const writer = await store.takeEpoch({ ...options, waitMs: 0 });
        taken(writer.epoch);
        return writerInTurns(writer);
      }),
    putBlob: (text) => calls.do("put a blob", () => store.putBlob(text)),
    tryReadBlob: (digest) => calls.do("read a blob", () => store.tryReadBlob(digest)),
    addToSpool: (entry) => calls.do(`spool ${entry.body.kind}`, () => store.addToSpool(entry)),
    readSpool: () => calls.do("read the spool", () => store.readSpool()),
    removeFromSpool: (ids) => calls.do("remove from the spool", () => store.removeFromSpool(ids)),
    close: () => Promise.resolve(),
  };
}
