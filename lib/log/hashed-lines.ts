import { failure } from "../errors";
import type { Thread } from "../ports";
import { linesOfPiece, piecesOf, type Piece } from "./stores/lines";
import type { HashedLines } from "./verify";

/**
 * The lines of an exported Log as `linesOf` gives them, with their hashes, which `hasher` makes and looks at each line by itself
 * (a thread that runs hash-worker), while the lines before are looked at. Needs no more memory than a few chunks, which it takes over with the
 * buffers beneath them.
 */
export async function* hashedLinesOf(
  chunks: AsyncIterable<Uint8Array>,
  hasher: Thread,
): AsyncGenerator<readonly string[] | HashedLines> {
  const ahead: Asked[] = [];
  for await (const piece of piecesOf(chunks)) {
    ahead.push(ask(hasher, piece));
    if (ahead.length > mostAhead) yield await nextOf(ahead);
  }
  while (ahead.length > 0) yield await nextOf(ahead);
}

/** So that the other thread always has one to go on with. */
const mostAhead = 2;

/** What the other thread says of some lines. */
export interface HashAnswer {
  /** Their SHA-256, one after the other: 64 characters a line. */
  readonly hashes: string;
  /** Each is a record by itself. */
  readonly isSound: boolean;
}

function isAnswerFor(lines: readonly string[], answer: unknown): answer is HashAnswer {
  if (typeof answer !== "object" || answer === null) return false;
  const { hashes, isSound } = answer as Partial<HashAnswer>;
  return typeof hashes === "string" && hashes.length === 64 * lines.length && typeof isSound === "boolean";
}

interface Asked {
  readonly lines: readonly string[];
  readonly isWhole: boolean;
  readonly answer: Promise<unknown>;
}

/** The lines are cut before the bytes go: to copy them for the other thread would take half as long as to hash them. */
function ask(hasher: Thread, piece: Piece): Asked {
  const { bytes, isWhole } = piece;
  const lines = linesOfPiece(piece);
  const answer = isWhole ? hasher.ask(bytes, givenOf(bytes)) : Promise.resolve(undefined);
  // It may fail before anybody waits for it, or when nobody does any more.
  answer.catch(() => undefined);
  return { lines, isWhole, answer };
}

/** The buffer under some bytes, where it is theirs alone: small ones are parts of one that others use. */
function givenOf({ buffer, byteLength }: Buffer): readonly ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && byteLength > Buffer.poolSize ? [buffer] : [];
}

async function nextOf(ahead: Asked[]): Promise<readonly string[] | HashedLines> {
  const first = ahead.shift();
  if (first === undefined) return [];
  const { lines, isWhole, answer } = first;
  const answered = await answer;
  if (!isWhole) return lines;
  if (isAnswerFor(lines, answered)) return { lines, ...answered };
  throw failure("E900", { detail: `not a hash for each of ${lines.length} lines`, fix: "please report this" });
}
