import type { Files } from "../../ports";
import type { FileLayout } from "./file-layout";
import { isTorn } from "./file-tail";
import { linesFrom } from "./lines";
import { readFailure } from "./failure";

/** Reads the chain's file from any record on. */
export interface FileReader {
  read(fromSequence: number): AsyncGenerator<readonly string[]>;
}

/** How many records lie between two places that are remembered. */
const placeEvery = 4_096;

/**
 * Reads the chain without its lock. Remembers where records begin, so that reading on costs what is new;
 * a wrong memory (the file was replaced) shows as a chain that does not verify, because each record
 * says its sequence and the hash of the one before. Ends before what a crash has torn, where the next writer cuts it:
 * where that was noted as written, the chain is too short for its note.
 */
export function fileReader(files: Files, layout: FileLayout): FileReader {
  /** Offsets by sequence, ascending; and where the last reading came to. */
  const places: { readonly sequence: number; readonly offset: number }[] = [{ sequence: 1, offset: 0 }];
  let latest = { sequence: 1, offset: 0 };

  async function* read(fromSequence: number): AsyncGenerator<readonly string[]> {
    const file = await tryOpen();
    if (file === undefined) return;
    try {
      const start = placeBefore(fromSequence);
      let { sequence } = start;
      for await (const batch of linesFrom(file, start.offset)) {
        const skipped = Math.min(Math.max(fromSequence - sequence, 0), batch.lines.length);
        const torn = batch.lines.findIndex(isTorn);
        if (torn >= 0) {
          if (skipped < torn) yield batch.lines.slice(skipped, torn);
          return;
        }
        remember(sequence, batch);
        sequence += batch.lines.length;
        if (skipped < batch.lines.length) yield skipped === 0 ? batch.lines : batch.lines.slice(skipped);
      }
    } catch (error) {
      throw readFailure(error, layout.chain);
    } finally {
      await file.close();
    }
  }

  async function tryOpen() {
    try {
      return await files.tryOpenRead(layout.chain);
    } catch (error) {
      throw readFailure(error, layout.chain);
    }
  }

  function placeBefore(sequence: number): { readonly sequence: number; readonly offset: number } {
    if (latest.sequence <= sequence) return latest;
    return places.findLast((place) => place.sequence <= sequence) ?? { sequence: 1, offset: 0 };
  }

  /** The last line of a batch is kept as a place too: the next reading begins by reading it again. */
  function remember(
    first: number,
    batch: { readonly lines: readonly string[]; readonly offset: number; readonly end: number },
  ): void {
    const last = batch.lines.at(-1) ?? "";
    const place = {
      sequence: first + batch.lines.length - 1,
      offset: batch.end - Buffer.byteLength(last) - 1,
    };
    if (place.sequence > latest.sequence) latest = place;
    const known = places.at(-1)?.sequence ?? 0;
    if (first >= known + placeEvery) places.push({ sequence: first, offset: batch.offset });
  }

  return { read };
}
