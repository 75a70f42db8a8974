/** What a reader saw and its writer took back, because it could not be made durable, is no damage; anything else that goes is. */
import { memoryStore, openLog, recordHash } from "../../lib/log";
import type { Head } from "../../lib/model/record";
import type { LogStore } from "../../lib/ports";
import { chainOf, installation, linesFor } from "./bodies";

const all = linesFor(chainOf(9));

test("records beyond the noted Head may go again, and others come in their place", async () => {
  const { log, lines } = await openedAt({ showsUndurable: true, noted: headOf(6) });
  expect(log.head?.sequence).toBe(9);
  lines.splice(7);
  await log.refresh();
  expect(log.head).toEqual(headOf(7));
  lines.push(...all.slice(7));
  await log.refresh();
  expect(log.head?.sequence).toBe(9);
});

test("the noted Head itself may not go", async () => {
  const { log, lines } = await openedAt({ showsUndurable: true, noted: headOf(6) });
  lines.splice(5);
  await expect(log.refresh()).rejects.toMatchObject({ code: "E600" });
});

test("nor may what a writer of its own has appended or found", async () => {
  const { log, lines } = await openedAt({ showsUndurable: true });
  await (await log.takeWriter({ holder: "a", waitMs: 0 })).release();
  lines.splice(8);
  await expect(log.refresh()).rejects.toMatchObject({ code: "E600" });
});

test("where readers see only what is durable, nothing may go", async () => {
  const { log, lines } = await openedAt({});
  lines.splice(8);
  await expect(log.refresh()).rejects.toMatchObject({ code: "E600" });
});

async function openedAt(parts: { readonly showsUndurable?: true; readonly noted?: Head | undefined }) {
  const { noted, ...rest } = parts;
  const lines = [...all];
  const store: LogStore = {
    ...memoryStore(),
    ...rest,
    notedHead: async () => noted,
    async *read(from) {
      yield await Promise.resolve(lines.slice(from - 1));
    },
  };
  return { log: await openLog({ store, installation }), lines };
}

function headOf(length: number): Head | undefined {
  const last = chainOf(9)[length - 1];
  return last === undefined ? undefined : { sequence: length, epoch: last.epoch, hash: recordHash(last) };
}
