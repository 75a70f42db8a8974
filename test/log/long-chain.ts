import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { chainRecords, recordHash, recordLine } from "../../lib/log";
import type { Head, RecordBody } from "../../lib/model/record";
import { at, lifeOf, opened } from "./bodies";

/** What was written. */
export interface LongChain {
  readonly records: number;
  readonly bytes: number;
  readonly head: Head;
}

/** How many Grants live their lives between two writes. */
const batchGrants = 500;

/** Writes a right chain of so many records (whole lives of Grants), as `leasehold log export` does. Needs no memory that grows with it. */
export async function writeChain(path: string, length: number): Promise<LongChain> {
  const file = createWriteStream(path, { mode: 0o600 });
  let head: Head | undefined;
  let bytes = 0;
  let next = 0;
  while ((head?.sequence ?? 0) < length) {
    const bodies: RecordBody[] = head === undefined ? [opened] : [];
    for (let n = 0; n < batchGrants; n += 1) bodies.push(...lifeOf(next + n));
    next += batchGrants;
    const records = chainRecords(head, 1, at(next), bodies.slice(0, length - (head?.sequence ?? 0)));
    const last = records.at(-1);
    if (last === undefined) break;
    head = { sequence: last.sequence, hash: recordHash(last), epoch: 1 };
    const text = records.map((record) => `${recordLine(record)}\n`).join("");
    bytes += Buffer.byteLength(text);
    if (!file.write(text)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
  if (head === undefined) throw new Error("a chain of no records");
  return { records: head.sequence, bytes, head };
}
