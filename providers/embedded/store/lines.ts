/** The lines of the journal: how an entry is written, and how a file of them is read and checked. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { failure } from "../../../lib/errors";

const linePrefix = '{"crc":"00000000","entries":'.length;

/** A line of the journal: `{"crc":"<8 hex digits>","entries":[...]}`, the CRC over the text of the entries. */
export function lineOf(entries: string): string {
  return `{"crc":"${crc32(entries).toString(16).padStart(8, "0")}","entries":${entries}}\n`;
}

/** The entries of a line, or undefined when it is not whole. */
function entriesOf(line: string): readonly unknown[] | undefined {
  const entries = line.slice(linePrefix, -1);
  if (`${line}\n` !== lineOf(entries)) return undefined;
  const parsed: unknown = JSON.parse(entries);
  return Array.isArray(parsed) ? parsed : undefined;
}

/**
 * Reads a journal, giving each entry to `replay`; `good` is where its last whole line ends, `torn` what comes after.
 * Throws E508 when a line does not verify and good ones follow: that is damage, not a crash.
 */
export async function readEntries(
  path: string,
  replay: (entry: unknown) => void,
): Promise<{ good: number; torn: number }> {
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) return { good: 0, torn: 0 };
  let good = 0;
  let bad = false;
  for await (const line of linesOf(path)) {
    const entries = line.whole ? entriesOf(line.text) : undefined;
    if (entries === undefined) {
      bad = true;
    } else {
      if (bad) throw damaged(path, good);
      for (const entry of entries) replay(entry);
      good += line.bytes;
    }
  }
  return { good, torn: size - good };
}

interface Line {
  readonly text: string;
  readonly bytes: number;
  readonly whole: boolean;
}

async function* linesOf(path: string): AsyncGenerator<Line> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      const bytes = Buffer.concat([...rest, chunk.subarray(from, at)]);
      rest = [];
      yield { text: bytes.toString("utf8"), bytes: bytes.length + 1, whole: true };
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield { text: "", bytes: 0, whole: false };
}

function damaged(path: string, at: number): Error {
  return failure("E508", {
    summary: "the gateway's journal is damaged",
    detail: `${path} has a line at byte ${at} that does not verify, with good lines after it`,
    fix: "restore the gateway's directory from a copy; a torn tail is mended by itself, this is not one",
  });
}
