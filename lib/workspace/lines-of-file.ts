import { availableParallelism } from "node:os";
import { join } from "node:path";
import { startThread } from "../adapters/thread";
import { failure } from "../errors";
import { hashedLinesOf, linesOf, type HashedLines } from "../log";
import type { Files, ReadFile, Thread } from "../ports";

const chunkBytes = 1_048_576;

/** How long an export is worth a second thread: starting one takes as long as reading some thousand records. */
const worthAThread = 8 * chunkBytes;

/**
 * The lines of an exported Log in batches, see `linesOf`; memory does not grow with the file. Of a long one another thread makes
 * the hashes. Throws E606 without the file.
 */
export async function* linesOfFile(
  files: Files,
  path: string,
  startHasher: () => Thread | undefined = tryStartHasher,
): AsyncGenerator<readonly string[] | HashedLines> {
  const file = await files.tryOpenRead(path);
  if (file === undefined) throw failure("E606", { detail: `there is no file ${path}`, fix: "check the path" });
  const hasher = (await file.size()) < worthAThread ? undefined : startHasher();
  try {
    const chunks = chunksOf(file);
    yield* hasher === undefined ? linesOf(chunks) : hashedLinesOf(chunks, hasher);
  } finally {
    await hasher?.close();
    await file.close();
  }
}

/** The chunks of a file to its end; the next one is on its way while one is looked at. */
async function* chunksOf(file: ReadFile): AsyncGenerator<Uint8Array> {
  const begin = (offset: number): Promise<Uint8Array> => {
    const chunk = file.read(offset, chunkBytes);
    // It may fail before anybody waits for it, or when nobody does any more.
    chunk.catch(() => undefined);
    return chunk;
  };
  let offset = 0;
  let next = begin(offset);
  try {
    for (;;) {
      const chunk = await next;
      if (chunk.length === 0) return;
      offset += chunk.length;
      next = begin(offset);
      yield chunk;
    }
  } finally {
    // Whoever stops early leaves one under way: it must not outlive the file.
    await next.catch(() => undefined);
  }
}

/** On a machine with one processor two threads only wait for each other. */
function tryStartHasher(): Thread | undefined {
  return availableParallelism() < 2 ? undefined : startThread(join(__dirname, "..", "log", "hash-worker.js"));
}
