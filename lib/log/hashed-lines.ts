import { failure } from "../errors";
import type { Thread } from "../ports";
import { linesOfPiece, piecesOf, type Piece } from "./stores/lines";
import type { HashedLines } from "./verify";

/**
 * The lines of an exported Log as `linesOf` gives them, with their hashes, which `hasher` makes (a thread that runs
 * hash-worker) while the lines before are looked at. Needs no more memory than a few chunks.
 */
export async function* hashedLinesOf(
  chunks: AsyncIterable<Uint8Array>,
  hasher: Thread,
): AsyncGenerator<readonly string[] | HashedLines> {
  const ahead: Asked[] = [];
  for await (const piece of piecesOf(chunks)) {
    ahead.push(ask(hasher, piece));
    if (ahead.length > mostAhead) yield await answered(ahead);
  }
  while (ahead.length > 0) yield await answered(ahead);
}

/** So that the other thread always has one to go on with. */
const mostAhead = 2;

interface Asked {
  readonly piece: Piece;
  readonly answer: Promise<unknown>;
}

function ask(hasher: Thread, piece: Piece): Asked {
  const answer = piece.isWhole ? hasher.ask(piece.bytes) : Promise.resolve("");
  // It may fail before anybody waits for it, or when nobody does any more.
  answer.catch(() => undefined);
  return { piece, answer };
}

async function answered(ahead: Asked[]): Promise<readonly string[] | HashedLines> {
  const first = ahead.shift();
  if (first === undefined) return [];
  const { piece, answer } = first;
  const hashes = await answer;
  const lines = linesOfPiece(piece);
  if (!piece.isWhole) return lines;
  if (typeof hashes === "string" && hashes.length === 64 * lines.length) return { lines, hashes };
  throw failure("E900", { detail: `not a hash for each of ${lines.length} lines`, fix: "please report this" });
}
