import * as fc from "fast-check";
import { linesOf } from "../../../lib/log";
import { linesFrom } from "../../../lib/log/stores/lines";
import { limits } from "../../../lib/model/limits";
import type { ReadFile } from "../../../lib/ports";

const texts = fc.array(
  fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => text.replaceAll("\n", "")),
  { minLength: 1 },
);
const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 9 }));

it("reads lines whole wherever the chunks are cut, also within a character", async () => {
  await fc.assert(
    fc.asyncProperty(texts, cuts, async (lines, sizes) => {
      const bytes = Buffer.from(`${lines.join("\n")}\n`);
      expect(await all(linesOf(chunks(bytes, sizes)))).toEqual(lines);
      expect(await all(inFile(bytes, sizes))).toEqual(lines);
    }),
  );
});

it("says where the lines lie", async () => {
  const bytes = Buffer.from("ä\n\nxyz\nrest");
  const batches = [];
  for await (const batch of linesFrom(fileOf(bytes, [4, 100][Symbol.iterator]()), 0)) batches.push(batch);
  expect(batches).toEqual([
    { lines: ["ä", ""], offset: 0, end: 4 },
    { lines: ["xyz"], offset: 4, end: 8 },
  ]);
});

it("leaves an incomplete last line of a file alone, and gives that of an export so that it cannot be read", async () => {
  const bytes = Buffer.from('{"a":1}\n{"b":2}');
  expect(await all(inFile(bytes))).toEqual(['{"a":1}']);
  const [first, second] = await all(linesOf(chunks(bytes)));
  expect(first).toBe('{"a":1}');
  expect(() => JSON.parse(second!) as unknown).toThrow(SyntaxError);
});

it("gives a line that is not UTF-8 so that it cannot be read, and the lines around it as they are", async () => {
  const bytes = Buffer.from('{"a":"x"}\n{"b":"?"}\n{"c":"x"}\n');
  bytes[bytes.indexOf("?")] = 0xff;
  for (const lines of [await all(inFile(bytes)), await all(linesOf(chunks(bytes)))]) {
    expect([lines[0], lines[2]]).toEqual(['{"a":"x"}', '{"c":"x"}']);
    expect(() => JSON.parse(lines[1]!) as unknown).toThrow(SyntaxError);
  }
});

it("reads no more of a line without an end than a record may have", async () => {
  let read = 0;
  const endless: ReadFile = {
    size: () => Promise.resolve(Number.MAX_SAFE_INTEGER),
    read: (_offset, maxBytes) => {
      read += maxBytes;
      return Promise.resolve(new Uint8Array(maxBytes).fill(0x20));
    },
    close: () => Promise.resolve(),
  };
  const [line = ""] = await all(batchesOf(endless));
  expect(line.length).toBeGreaterThan(limits.logRecordBytes);
  expect(read).toBeLessThan(limits.logRecordBytes + 3 * 1_048_576);
});

async function all(batches: AsyncIterable<readonly string[]>): Promise<string[]> {
  const lines: string[] = [];
  for await (const batch of batches) lines.push(...batch);
  return lines;
}

function inFile(bytes: Buffer, sizes?: Iterator<number>): AsyncGenerator<readonly string[]> {
  return batchesOf(fileOf(bytes, sizes));
}

async function* batchesOf(file: ReadFile): AsyncGenerator<readonly string[]> {
  for await (const { lines } of linesFrom(file, 0)) yield lines;
}

/** A file that gives at most so many bytes at once. */
function fileOf(bytes: Buffer, sizes?: Iterator<number>): ReadFile {
  return {
    size: () => Promise.resolve(bytes.length),
    read: (offset, maxBytes) => {
      const size = Math.min(maxBytes, Number(sizes?.next().value ?? maxBytes));
      return Promise.resolve(bytes.subarray(offset, offset + size));
    },
    close: () => Promise.resolve(),
  };
}

async function* chunks(bytes: Buffer, sizes?: Iterator<number>): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const size = Number(sizes?.next().value ?? bytes.length);
    yield await Promise.resolve(bytes.subarray(start, start + size));
    start += size;
  }
}
