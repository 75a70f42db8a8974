import * as fc from "fast-check";
import { chainReader, chainRecords, lineHash, linesOf, recordHash, verifyChain, type ChainFault } from "../../lib/log";
import type { Head, LogRecord, RecordBody } from "../../lib/model/record";
import { decodeLines } from "../../lib/log/stores/lines";
import { at, chainOf, linesFor, opened } from "./bodies";

const length = 1_000;

/** A Log of 1,000 records of every size between a note and a whole Grant. */
const records = mixedChain();
const lines = linesFor(records);
const heads: readonly Head[] = records.map(headOf);
const last = heads.at(-1) as Head;

describe(`QUALITY.md bar 10: any change to a Log of ${length} records`, () => {
  it("is reported with the first bad record: every single flipped bit", () => {
    const missed: string[] = [];
    let flips = 0;
    // A million lines that are no JSON are a million errors; their stack traces would take most of the time.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    for (let n = 1; n <= length; n += 1) {
      const after = heads[n - 2];
      const [next = "", second = ""] = lines.slice(n, n + 2);
      const bytes = Buffer.from(`${lines[n - 1]}\n`);
      const joined = Buffer.from(`${lines[n - 1]}\n${next}\n`);
      // Of the last line's break nothing is left to read but a line that is not whole; see below.
      const bits = (n < length ? bytes.length : bytes.length - 1) * 8;
      for (let bit = 0; bit < bits; bit += 1) {
        const isBreak = bit >> 3 === bytes.length - 1;
        const seen = isBreak ? [...flipped(joined, bit), second] : [...flipped(bytes, bit), next, second];
        const fault = faultIn(seen, after);
        if (fault?.sequence !== n) missed.push(`bit ${bit} of record ${n}: ${JSON.stringify(fault)}`);
        flips += 1;
      }
    }
    Error.stackTraceLimit = stackTraceLimit;
    expect(missed).toEqual([]);
    expect(flips).toBeGreaterThan(length * 1_700);
    tell(`${flips} single flipped bits, ${missed.length} missed`);
  }, 600_000);

  it.each<readonly [string, (n: number) => readonly string[] | undefined, (n: number) => number]>([
    ["deleted", (n) => lines.toSpliced(n - 1, 1), (n) => n],
    ["inserted before it", (n) => lines.toSpliced(n - 1, 0, lines[(n * 7) % length]!), (n) => n],
    ["duplicated", (n) => lines.toSpliced(n, 0, lines[n - 1]!), (n) => n + 1],
    ["swapped with the next", (n) => (n === length ? undefined : swapped(n, n + 1)), (n) => n],
    ["swapped with one far away", (n) => (n > length - 400 ? undefined : swapped(n, n + 399)), (n) => n],
    ["followed by an empty line", (n) => lines.toSpliced(n, 0, ""), (n) => n + 1],
    ["cut off with all after it", (n) => lines.slice(0, n - 1), (n) => n],
  ])("is reported with the first bad record: each record %s", (name, change, expected) => {
    let found = 0;
    for (let n = 1; n <= length; n += 1) {
      const changed = change(n);
      // A copy of the very record before which it is put in is a duplicate.
      const first = changed?.findIndex((line, index) => line !== lines[index]) ?? -1;
      if (changed === undefined) continue;
      const sequence = first === -1 ? changed.length + 1 : first + 1;
      const fault = faultFrom(n, changed.slice(n - 1));
      expect([n, fault?.sequence]).toEqual([n, Math.max(expected(n), Math.min(sequence, expected(n) + 1))]);
      found += 1;
    }
    tell(`${found} times a record ${name}, 0 missed`);
  });

  it("is reported from the first byte on, as an export is verified", async () => {
    const bytes = Buffer.from(`${lines.join("\n")}\n`);
    const anyBit = fc.nat({ max: bytes.length * 8 - 1 });
    await fc.assert(
      fc.asyncProperty(anyBit, async (bit) => {
        const altered = Buffer.from(bytes);
        flipBit(altered, bit);
        const verdict = await verifyChain(linesOf(chunksOf(altered)), { against: last });
        expect(verdict).toMatchObject({ ok: false, fault: { sequence: recordAt(bytes, bit) } });
      }),
      { numRuns: 150 },
    );
    expect(await verifyChain(linesOf(chunksOf(bytes)), { against: last })).toMatchObject({ ok: true, head: last });
  });

  it("is reported against a head from outside, also when the whole chain was written anew", async () => {
    const forged = chainRecords(
      undefined,
      1,
      at(0),
      records.map(({ body }, n) => (n === 500 ? opening("forged") : body)),
    );
    expect(await verifyChain([linesFor(forged)])).toMatchObject({ ok: true });
    const verdict = await verifyChain([linesFor(forged)], { against: last });
    expect(verdict).toMatchObject({ ok: false, fault: { sequence: 1_000, reason: "altered" } });
    const middle = { against: heads[600] as Head };
    expect(await verifyChain([linesFor(forged)], middle)).toMatchObject({ ok: false, fault: { sequence: 601 } });
    expect(await verifyChain([lines], middle)).toMatchObject({ ok: true });
  });
});

describe("a chain that does not verify says why", () => {
  const [one = "", two = "", three = "", four = ""] = lines;
  const withoutKeyOrder = two.replace(/^\{"body":(.*),"epoch":(\d+),/, '{"epoch":$2,"body":$1,');

  it.each<readonly [string, readonly string[], Partial<ChainFault>]>([
    ["no JSON", [one, "{"], { sequence: 2, reason: "unreadable" }],
    ["half a record", [one, two.slice(0, 80)], { sequence: 2, reason: "unreadable" }],
    ["JSON and nonsense", [one, "42"], { sequence: 2, reason: "wrong shape" }],
    ["an unknown type", [one, two.replace('"type":"', '"type":"new.')], { sequence: 2, reason: "wrong shape" }],
    ["a field missing", [one, two.replace('"rule":"orders-read",', "")], { sequence: 2, reason: "wrong shape" }],
    ["a field too much", [one, two.replace(/\}$/, ',"x":1}')], { sequence: 2, reason: "wrong shape" }],
    ["a space", [one, two.replace(",", ", ")], { sequence: 2, reason: "not canonical" }],
    ["keys out of order", [one, withoutKeyOrder], { sequence: 2, reason: "not canonical" }],
    ["a needless escape", [one, two.replace('"read"', '"\\u0072ead"')], { sequence: 2, reason: "not canonical" }],
    ["a key twice", [one, two.replace('"epoch":1', '"epoch":1,"epoch":1')], { sequence: 2, reason: "not canonical" }],
    [
      "a number written oddly",
      [one, two.replace('"epoch":1', '"epoch":1.0')],
      { sequence: 2, reason: "not canonical" },
    ],
    ["no first record", [two, three], { sequence: 1, reason: "out of sequence" }],
    ["a first record that opens nothing", [two.replace('"sequence":2', '"sequence":1')], { reason: "not opened" }],
    ["a second opening", [one, one.replace('"sequence":1', '"sequence":2')], { sequence: 2, reason: "not opened" }],
    ["an unknown format", [one.replace('"format":1', '"format":2')], { sequence: 1, reason: "unknown format" }],
    ["a gap", [one, two, four], { sequence: 3, reason: "out of sequence" }],
  ])("%s", async (_name, changed, expected) => {
    expect(await verifyChain([changed])).toMatchObject({ ok: false, fault: expected });
  });

  it("tells a record that is too long without reading it", () => {
    const fault = chainReader({}).read("x".repeat(33_554_433));
    expect(fault).toMatchObject({ sequence: 1, reason: "too long" });
  });

  it("an epoch that goes back", async () => {
    const first = chainRecords(undefined, 7, at(0), [opened]);
    const second = chainRecords(headOf(first[0]!), 6, at(0), [opening("x")]);
    const verdict = await verifyChain([linesFor([...first, ...second])]);
    expect(verdict).toMatchObject({ ok: false, fault: { sequence: 2, reason: "epoch went back" } });
  });

  it("but lets a clock go back, and counts how often", async () => {
    let head: Head | undefined;
    const told = [5, 9, 3, 8, 9].flatMap((second, n) => {
      const added = chainRecords(head, 1, at(second), [n === 0 ? opened : opening("x")]);
      head = headOf(added[0]!);
      return added;
    });
    const verdict = await verifyChain([linesFor(told)]);
    expect(verdict).toMatchObject({ ok: true, clockWentBack: { count: 2, firstSequence: 3 } });
  });
});

it("verifies what it was given for any JSON that records may hold", async () => {
  const word = fc.string({ unit: "binary", maxLength: 20 });
  const key = fc.oneof(word, fc.nat({ max: 99 }).map(String), fc.constantFrom("__proto__", "constructor"));
  const number = fc.oneof(fc.maxSafeInteger(), fc.nat({ max: 200 }));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(word, number, fc.boolean(), fc.constant(null), fc.array(tie("value")), tie("object")),
    object: fc.dictionary(key, tie("value"), { noNullPrototype: true }),
  }));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(key, value, { noNullPrototype: true }), word, async (secrets, gateway) => {
      const subject = { kind: "user", name: "x" } as const;
      const object = { ...secrets, ...subject } as unknown as never;
      const body: RecordBody = { type: "configuration.intended", gateway, subject, value: object };
      const told = chainRecords(undefined, 1, at(0), [opened, body, opening("after")]);
      const text = `${linesFor(told).join("\n")}\n`;
      expect(await verifyChain(linesOf(chunksOf(Buffer.from(text))))).toMatchObject({ ok: true, records: 3 });
    }),
    { numRuns: 500 },
  );
});

it("hashes the bytes of the line, as sha256sum does", () => {
  expect(lineHash('{"ü":1}')).toBe("963b1a04dfa30efb70b1b50a4b7a4cb3d7908564106760f28ee3f05a7c082a88");
  expect(recordHash(records[0]!)).toBe(records[1]!.previous);
});

function tell(figures: string): void {
  process.stdout.write(`bar 10: a Log of ${length} records, ${figures}\n`);
}

/** The fault in some lines after a record; the lines that follow them are as they were. */
function faultIn(seen: readonly string[], after: Head | undefined): ChainFault | undefined {
  const reader = chainReader({ after, against: last });
  for (const line of seen) {
    const fault = line === "" ? undefined : reader.read(line);
    if (fault !== undefined) return fault;
  }
  const verdict = reader.finish();
  return verdict.ok ? undefined : verdict.fault;
}

/** The lines of some bytes with one bit the other way. */
function flipped(bytes: Buffer, bit: number): readonly string[] {
  flipBit(bytes, bit);
  const seen = decodeLines(bytes);
  flipBit(bytes, bit);
  return seen;
}

/** What verification says when the records before n are as they were: exactly what it says of the whole chain. */
function faultFrom(n: number, changed: readonly string[]): ChainFault | undefined {
  const start = Math.max(0, n - 2);
  const reader = chainReader({ after: heads[start - 1], against: last });
  for (const line of [...lines.slice(start, n - 1), ...changed]) {
    const fault = reader.read(line);
    if (fault !== undefined) return fault;
  }
  const verdict = reader.finish();
  return verdict.ok ? undefined : verdict.fault;
}

function mixedChain(): LogRecord[] {
  const lives = chainOf(40).map(({ body }) => body);
  const short = Array.from({ length: length - lives.length }, (_, n) => opening(`n${n}`));
  return chainRecords(undefined, 1, at(0), [...lives.slice(0, 20), ...short, ...lives.slice(20)].slice(0, length));
}

function opening(gateway: string): RecordBody {
  return { type: "stray.ended", gateway, person: "é", gatewayName: "y" };
}

function headOf(record: LogRecord): Head {
  return { sequence: record.sequence, epoch: record.epoch, hash: recordHash(record) };
}

function swapped(a: number, b: number): readonly string[] {
  return lines.with(a - 1, lines[b - 1]!).with(b - 1, lines[a - 1]!);
}

function flipBit(bytes: Buffer, bit: number): void {
  bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7));
}

/** The record whose line, with its break, holds a bit. */
function recordAt(bytes: Buffer, bit: number): number {
  const before = bytes.subarray(0, bit >> 3);
  return 1 + before.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 1_000)
    yield await Promise.resolve(bytes.subarray(start, start + 1_000));
}
