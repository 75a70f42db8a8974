import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { openJournal } from "../../../../providers/embedded/store/journal";
import { temporaryFolder } from "../../../support/folders";

const root = temporaryFolder();
let count = 0;

/** A path of its own for each run. */
function freshPath(): string {
  count += 1;
  return join(root, `journal-${count}.jsonl`);
}

async function readAll(path: string): Promise<{ readonly entries: readonly unknown[]; readonly cut: number }> {
  const entries: unknown[] = [];
  const { journal, cut } = await openJournal(path, (entry) => entries.push(entry));
  await journal.close();
  return { entries, cut };
}

async function writeAll(path: string, entries: readonly unknown[]): Promise<void> {
  const { journal } = await openJournal(path, () => undefined);
  for (const [at, entry] of entries.entries()) {
    journal.append(entry);
    if (at % 3 === 0) await journal.durable();
  }
  await journal.durable();
  await journal.close();
}

const entryLists = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 12 });

describe("the journal", () => {
  test("gives back what was appended, in order, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(entryLists, async (entries) => {
        const path = freshPath();
        await writeAll(path, entries);
        expect(await readAll(path)).toEqual({ entries: JSON.parse(JSON.stringify(entries)), cut: 0 });
      }),
      { numRuns: 40 },
    );
  });

  test("cut at any byte gives a whole beginning of what was appended, and can go on from there", async () => {
    await fc.assert(
      fc.asyncProperty(entryLists, fc.nat(), async (entries, where) => {
        const path = freshPath();
        await writeAll(path, entries);
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.subarray(0, where % (bytes.length + 1)));
        const { journal } = await openJournal(path, () => undefined);
        journal.append("after the crash");
        await journal.durable();
        await journal.close();
        const found = (await readAll(path)).entries;
        expect(found.at(-1)).toBe("after the crash");
        const kept = found.slice(0, -1);
        expect(kept).toEqual((JSON.parse(JSON.stringify(entries)) as unknown[]).slice(0, kept.length));
      }),
      { numRuns: 40 },
    );
  });

  test("with one bit flipped is refused or loses its last line only: it never gives something else", async () => {
    await fc.assert(
      fc.asyncProperty(entryLists, fc.nat(), fc.nat(7), async (entries, where, bit) => {
        const path = freshPath();
        await writeAll(path, entries);
        const bytes = readFileSync(path);
        const at = where % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        writeFileSync(path, bytes);
        const all = JSON.parse(JSON.stringify(entries)) as unknown[];
        const found = await readAll(path).catch((error: { readonly code?: string }) => error.code);
        if (typeof found === "object" && found !== null)
          expect(found.entries).toEqual(all.slice(0, found.entries.length));
        else expect(found).toBe("E508");
      }),
      { numRuns: 60 },
    );
  });

  test("shares one write among all that is appended in one turn", async () => {
    const path = freshPath();
    const { journal } = await openJournal(path, () => undefined);
    for (let at = 0; at < 1000; at += 1) journal.append(at);
    await journal.durable();
    await journal.close();
    expect(readFileSync(path, "utf8").trimEnd().split("\n")).toHaveLength(1);
  });

  test("is replaced in one step when it is compacted; what is appended meanwhile comes after", async () => {
    const path = freshPath();
    const { journal } = await openJournal(path, () => undefined);
    for (let at = 0; at < 500; at += 1) journal.append({ at });
    await journal.durable();
    const before = journal.size;
    journal.append("covered by the snapshot");
    const compacted = journal.compact(() => ["snapshot"]);
    journal.append("meanwhile");
    await compacted;
    await journal.durable();
    expect(journal.size).toBeLessThan(before);
    expect(journal.size).toBe(readFileSync(path).length);
    await journal.close();
    const { entries } = await readAll(path);
    expect(entries[0]).toBe("snapshot");
    expect(entries.slice(1)).toEqual(entries.includes("meanwhile") ? ["meanwhile"] : []);
  });
});
