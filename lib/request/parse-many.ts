import type { Thread } from "../ports";
import { parseRequest, type RequestParsing } from "./parse";
import type { SourceText } from "./source-position";

/** How many files make it worth to start a second thread: starting one takes as long as parsing some hundreds. */
const worthAThread = 1_500;
/** Files in one message between threads. */
const batchSize = 250;

/**
 * Parses many files, with the help of a second thread where that is worth its start. Both run the one
 * parser; the results are in the order of the sources. A thread that fails fails the whole.
 */
export async function parseMany(
  sources: readonly SourceText[],
  startThread?: () => Thread,
): Promise<readonly RequestParsing[]> {
  if (startThread === undefined || sources.length < worthAThread) return sources.map((one) => parseRequest(one));
  const thread = startThread();
  try {
    return await shareWork(sources, thread);
  } finally {
    await thread.close();
  }
}

/** Both threads take the next batch when they are free; two are on their way to the other, so that it never waits for this one. */
async function shareWork(sources: readonly SourceText[], thread: Thread): Promise<readonly RequestParsing[]> {
  const results: RequestParsing[][] = [];
  const count = Math.ceil(sources.length / batchSize);
  let next = 0;
  const batch = (index: number): readonly SourceText[] =>
    sources.slice(index * batchSize, (index + 1) * batchSize).map(({ file, text }) => ({ file, text }));
  const there = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      // oxlint-disable-next-line no-await-in-loop
      results[index] = (await thread.ask(batch(index))) as RequestParsing[];
    }
  };
  const here = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      results[index] = batch(index).map((one) => parseRequest(one));
      // oxlint-disable-next-line no-await-in-loop -- lets answers of the other thread in
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all([there(), there(), here()]);
  return results.flat();
}
