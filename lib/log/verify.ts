import { LeaseholdError } from "../errors";
import type { Digest } from "../model/canonical";
import type { Instant } from "../model/instant";
import type { Head, LogRecord } from "../model/record";
import { lineHash, noDigest } from "./chain";
import { faultError, type ChainFault } from "./fault";
import { parseSoundRecord, tryParseRecord } from "./line";

/** What a verification is held against, and who looks on. */
export interface VerifyOptions {
  /** The position before the first line; undefined when the lines start with record 1. */
  readonly after?: Head | undefined;
  /** Heads from elsewhere that the chain has to hold: they show a cut tail and a chain written anew. */
  readonly against?: Head | readonly Head[] | undefined;
  /** Called with each record once it is known to follow the one before; an E600 it throws is the fault. */
  readonly onRecord?: (record: LogRecord, hash: Digest) => void;
}

/** What a verification found. */
export type ChainVerdict =
  | {
      readonly ok: true;
      /** How many records were read. */
      readonly records: number;
      readonly head: Head | undefined;
      /** Records with a time earlier than one before them: allowed, clocks jump, but worth a look. */
      readonly clockWentBack: { readonly count: number; readonly firstSequence?: number };
    }
  | { readonly ok: false; readonly fault: ChainFault };

/** Some lines of a chain with what another thread has found of them. */
export interface HashedLines {
  readonly lines: readonly string[];
  /** The hash of each, one after the other: 64 characters a line. */
  readonly hashes: string;
  /** Each is a record by itself: what is left is how they follow each other. */
  readonly isSound: boolean;
}

/** Lines of a chain in batches; with their hashes where another thread has made them already. */
export type Lines = AsyncIterable<readonly string[] | HashedLines> | Iterable<readonly string[] | HashedLines>;

/**
 * Verifies a chain of lines: each is the canonical JSON of a record, follows the one before by sequence
 * and hash, and no epoch goes back. Streams; memory does not grow with the chain. A record whose hash is
 * not what the next one says is told apart from a next one with an altered `previous` by the record after both.
 */
export async function verifyChain(batches: Lines, options: VerifyOptions = {}): Promise<ChainVerdict> {
  const reader = chainReader(options);
  for await (const batch of batches) {
    const found = "hashes" in batch ? readHashed(reader, batch) : readAll(reader, batch);
    if (found !== undefined) return { ok: false, fault: found };
  }
  return reader.finish();
}

function readAll(reader: ChainReader, lines: readonly string[]): ChainFault | undefined {
  for (const line of lines) {
    const found = reader.read(line);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readHashed(reader: ChainReader, { lines, hashes, isSound }: HashedLines): ChainFault | undefined {
  for (const [at, line] of lines.entries()) {
    const found = reader.read(line, { hash: hashes.slice(64 * at, 64 * at + 64), isSound });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads a chain line by line; see `verifyChain`. `read` and `finish` say what is wrong, once. */
export interface ChainReader {
  /** `known`: what has been found of the line before. */
  read(line: string, known?: KnownOfLine): ChainFault | undefined;
  finish(): ChainVerdict;
  /** The last record that follows the ones before it. */
  readonly head: Head | undefined;
}

/** What is known of a line before it is read in its place. */
export interface KnownOfLine {
  readonly hash: Digest;
  /** It is a record by itself. */
  readonly isSound: boolean;
}

/** Starts reading a chain. */
export function chainReader(options: VerifyOptions): ChainReader {
  const { onRecord } = options;
  const startsAfter = options.after?.sequence ?? 0;
  const against = headsAfter(startsAfter, options.against);
  let awaited = 0;
  let sequence = startsAfter;
  let hash: Digest = options.after?.hash ?? noDigest;
  let epoch = options.after?.epoch ?? 0;
  let latestTime: Instant = "";
  let backCount = 0;
  let firstBack: number | undefined;
  let suspect: { readonly hash: Digest; readonly sequence: number } | undefined;

  const headNow = (): Head | undefined => (sequence === 0 ? undefined : { sequence, hash, epoch });

  function read(line: string, known?: KnownOfLine): ChainFault | undefined {
    if (suspect !== undefined) return blame(suspect, startsAfter, previousOf(line));
    const expected = sequence + 1;
    const parsed = known?.isSound === true ? parseSoundRecord(line, expected) : tryParseRecord(line, expected);
    if ("reason" in parsed) return parsed;
    if (parsed.sequence !== expected) return outOfSequence(parsed.sequence, expected);
    if (parsed.previous !== hash) {
      if (sequence === 0) return fault(1, "altered", "it does not start a chain: something should stand before it");
      suspect = { hash: known?.hash ?? lineHash(line), sequence: expected };
      return undefined;
    }
    if (parsed.epoch < epoch) {
      return fault(expected, "epoch went back", `epoch ${parsed.epoch} after epoch ${epoch}`);
    }
    const next = known?.hash ?? lineHash(line);
    for (; against[awaited]?.sequence === expected; awaited += 1) {
      const hashThen = against[awaited]?.hash;
      if (hashThen !== next) return fault(expected, "altered", `its hash is ${next}, expected ${hashThen}`);
    }
    return accept(parsed, next);
  }

  function accept(record: LogRecord, next: Digest): ChainFault | undefined {
    try {
      onRecord?.(record, next);
    } catch (error) {
      const found = illegalOf(error, record.sequence);
      if (found === undefined) throw error;
      return found;
    }
    ({ sequence, epoch } = record);
    hash = next;
    if (record.time >= latestTime) latestTime = record.time;
    else {
      backCount += 1;
      firstBack ??= sequence;
    }
    return undefined;
  }

  function finish(): ChainVerdict {
    if (suspect !== undefined)
      return { ok: false, fault: blame(suspect, startsAfter, headHash(against, suspect.sequence)) };
    const last = against.at(-1);
    if (last !== undefined && sequence < last.sequence) {
      const seen = `the chain ends at record ${sequence}, but there was a record ${last.sequence}`;
      return { ok: false, fault: fault(sequence + 1, "cut", seen) };
    }
    const clockWentBack = { count: backCount, ...(firstBack === undefined ? {} : { firstSequence: firstBack }) };
    return { ok: true, records: sequence - startsAfter, head: headNow(), clockWentBack };
  }

  return {
    read,
    finish,
    get head() {
      return headNow();
    },
  };
}

/** Throws the error for a verdict that is not good; gives the Head of a good one. */
export function headOrThrow(verdict: ChainVerdict): Head | undefined {
  if (!verdict.ok) throw faultError(verdict.fault);
  return verdict.head;
}

/**
 * Record n says another hash of record n-1 than that has: one of them was altered. What comes after
 * tells which: where it confirms n, it was n-1. What was read before is known to be whole.
 */
function blame(
  suspect: { readonly hash: Digest; readonly sequence: number },
  knownUpTo: number,
  confirmed: Digest | undefined,
): ChainFault {
  const isItself = confirmed !== undefined && confirmed !== suspect.hash;
  return isItself || suspect.sequence - 1 === knownUpTo
    ? fault(suspect.sequence, "altered", `it does not hold the hash of record ${suspect.sequence - 1}`)
    : fault(suspect.sequence - 1, "altered", `its hash is not the one that record ${suspect.sequence} holds`);
}

function previousOf(line: string): Digest | undefined {
  return /,"previous":"([0-9a-f]{64})","sequence":\d+,"time":"[^"]*"\}$/.exec(line)?.[1];
}

/** The Heads to hold, in order; of those up to where the reading begins nothing is seen. */
function headsAfter(sequence: number, against: Head | readonly Head[] | undefined): readonly Head[] {
  const heads = against === undefined ? [] : "sequence" in against ? [against] : against;
  return heads.filter((head) => head.sequence > sequence).toSorted((a, b) => a.sequence - b.sequence);
}

function headHash(against: readonly Head[], sequence: number): Digest | undefined {
  return against.find((head) => head.sequence === sequence)?.hash;
}

function outOfSequence(seen: number, expected: number): ChainFault {
  const what = seen > expected ? "a record is missing here" : "a record stands here twice or in the wrong place";
  return fault(expected, "out of sequence", `${what}: record ${seen} where ${expected} should be`);
}

function illegalOf(error: unknown, sequence: number): ChainFault | undefined {
  if (!(error instanceof LeaseholdError) || error.code !== "E600") return undefined;
  const detail = error.diagnostics[0]?.detail ?? "";
  return fault(sequence, "illegal", detail.replace(/^record \d+: /, ""));
}

function fault(sequence: number, reason: ChainFault["reason"], detail: string): ChainFault {
  return { sequence, reason, detail };
}
