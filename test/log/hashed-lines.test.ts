import { join } from "node:path";
import * as fc from "fast-check";
import { startThread } from "../../lib/adapters/thread";
import { hashedLinesOf, linesOf, verifyChain, verifyLines, type ChainVerdict } from "../../lib/log";
import type { HashAnswer } from "../../lib/log/hashed-lines";
import type { Thread } from "../../lib/ports";
import { projectRoot } from "../support/root";
import { chainOf, linesFor } from "./bodies";

const text = `${linesFor(chainOf(200)).join("\n")}\n`;
const bytes = Buffer.from(text);
let hasher: Thread;

beforeAll(() => {
  hasher = startThread(join(projectRoot, "dist/lib/log/hash-worker.js"));
});
afterAll(() => hasher.close());

it("finds in lines that another thread hashes what is found in lines alone, wherever a bit is flipped", async () => {
  const anyBit = fc.nat({ max: bytes.length * 8 - 1 });
  await fc.assert(
    fc.asyncProperty(anyBit, fc.integer({ min: 300, max: 30_000 }), async (bit, size) => {
      const altered = Buffer.from(bytes);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const verdict = await verifyWith(hasher, altered, size);
      expect(verdict).toEqual(await verifyLines(linesOf(chunks(altered, size))));
    }),
    { numRuns: 100 },
  );
  expect(await verifyWith(hasher, bytes, 5_000)).toEqual(await verifyLines([text.trimEnd().split("\n")]));
});

it("believes the hash of the bytes, so that a record with another is the one that is named", async () => {
  const lies: Thread = { ...hasher, ask: async (asked) => lied((await hasher.ask(asked)) as HashAnswer, 150) };
  const verdict = await verifyChain(hashedLinesOf(chunks(bytes, bytes.length), lies));
  expect(verdict).toMatchObject({ ok: false, fault: { sequence: 150, reason: "altered" } });
});

it.each<readonly [string, Thread["ask"]]>([
  ["has ended", () => Promise.reject(new Error("a thread of Leasehold ended"))],
  ["leaves out a hash", async (asked) => withoutFirst((await hasher.ask(asked)) as HashAnswer)],
  ["does not say whether the lines are records", async (asked) => ({ hashes: await hashesOf(asked) })],
  ["answers nonsense", () => Promise.resolve({})],
])("vouches for nothing where the other thread %s", async (_what, ask) => {
  const verified = verifyWith({ ask, close: () => Promise.resolve() }, bytes, 7_000);
  await expect(verified).rejects.toThrow(/thread of Leasehold ended|not a hash for each/);
});

function verifyWith(thread: Thread, of: Buffer, size: number): Promise<ChainVerdict> {
  return verifyLines(hashedLinesOf(chunks(of, size), thread));
}

/** An answer with another hash for one line. */
function lied({ hashes, isSound }: HashAnswer, line: number): HashAnswer {
  return { hashes: `${hashes.slice(0, 64 * (line - 1))}${"f".repeat(64)}${hashes.slice(64 * line)}`, isSound };
}

function withoutFirst({ hashes, isSound }: HashAnswer): HashAnswer {
  return { hashes: hashes.slice(64), isSound };
}

async function hashesOf(asked: unknown): Promise<string> {
  return ((await hasher.ask(asked)) as HashAnswer).hashes;
}

/** Each with a buffer of its own, as a file gives them: they are taken over. */
async function* chunks(of: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < of.length; start += size) {
    yield await Promise.resolve(new Uint8Array(of.subarray(start, start + size)));
  }
}
