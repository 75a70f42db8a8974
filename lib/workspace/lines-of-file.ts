import { failure } from "../errors";
import { linesOf } from "../log";
import type { Files } from "../ports";

const chunkBytes = 1_048_576;

/** The lines of an exported Log in batches, see `linesOf`; memory does not grow with the file. Throws E606 without the file. */
export async function* linesOfFile(files: Files, path: string): AsyncGenerator<readonly string[]> {
  const file = await files.tryOpenRead(path);
  if (file === undefined) throw failure("E606", { detail: `there is no file ${path}`, fix: "check the path" });
  try {
    yield* linesOf(chunksOf((offset) => file.read(offset, chunkBytes)));
  } finally {
    await file.close();
  }
}

/** The chunks of a file to its end; the next one is on its way while one is looked at. */
async function* chunksOf(read: (offset: number) => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  const begin = (offset: number): Promise<Uint8Array> => {
    const chunk = read(offset);
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
