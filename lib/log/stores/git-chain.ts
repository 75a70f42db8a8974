import type { Head } from "../../model/record";
import { lineHash } from "../chain";
import { faultError } from "../fault";
import { tryParseRecord } from "../line";
import { chainDirectory, chainDirectoryPath, chainFile, firstSequenceOf, paths } from "./git-layout";
import type { GitRepository, TreeFile } from "./git-repository";
import { decodeLines } from "./lines";

/** A file of the chain, and the record it begins with. */
interface ChainFile extends TreeFile {
  readonly first: number;
}

/** How much of the chain is read at once. */
const chunkBytes = 8_388_608;
/** How many directories of the chain are listed at once, after the first. */
const listedAtOnce = 8;

/** Reads the chain of a commit from a record on: only the files that hold it. What it gives is not yet verified. */
export async function* readChain(
  repository: GitRepository,
  commit: string,
  fromSequence: number,
): AsyncGenerator<readonly string[]> {
  for await (const files of chunksFrom(repository, commit, fromSequence)) {
    const contents = await repository.read(files.map((file) => file.object));
    for (const [n, file] of files.entries()) {
      const lines = linesOfFile(contents[n]);
      const skipped = Math.max(fromSequence - file.first, 0);
      if (skipped < lines.length) yield skipped === 0 ? lines : lines.slice(skipped);
    }
  }
}

/** The Head of a commit's chain, by its last line; undefined while it is empty. Throws E600 for a line that is no record. */
export async function headOf(repository: GitRepository, commit: string): Promise<Head | undefined> {
  const [last] = (await repository.directories(commit, paths.chain)).slice(-1);
  const file = last === undefined ? undefined : chainFiles(await repository.list(commit, [`${last}/`])).at(-1);
  if (file === undefined) return undefined;
  const [content] = await repository.read([file.object]);
  const lines = linesOfFile(content);
  const line = lines.at(-1) ?? "";
  const parsed = tryParseRecord(line, file.first + lines.length - 1);
  if ("reason" in parsed) throw faultError(parsed);
  return { sequence: parsed.sequence, epoch: parsed.epoch, hash: lineHash(line) };
}

/** Whether a commit's chain holds exactly this record. */
export async function holdsHead(repository: GitRepository, commit: string, head: Head): Promise<boolean> {
  for await (const [line] of readChain(repository, commit, head.sequence)) {
    return line !== undefined && lineHash(line) === head.hash;
  }
  return false;
}

/** The files that hold lines from a record on: no file crosses a directory, and none grows too long to be read at once. */
export function filesOfLines(
  fromSequence: number,
  lines: readonly string[],
): readonly { readonly path: string; readonly bytes: Uint8Array }[] {
  const files: { readonly first: number; readonly lines: string[]; length: number }[] = [];
  lines.forEach((line, n) => {
    const sequence = fromSequence + n;
    const open = files.at(-1);
    const fits = open !== undefined && open.length + line.length <= chunkBytes;
    if (open !== undefined && fits && chainDirectory(open.first) === chainDirectory(sequence)) {
      open.lines.push(line);
      open.length += line.length;
    } else {
      files.push({ first: sequence, lines: [line], length: line.length });
    }
  });
  return files.map((file) => ({
    path: chainFile(file.first),
    bytes: Buffer.from(file.lines.map((line) => `${line}\n`).join(""), "utf8"),
  }));
}

async function* chunksFrom(
  repository: GitRepository,
  commit: string,
  fromSequence: number,
): AsyncGenerator<readonly ChainFile[]> {
  let chunk: ChainFile[] = [];
  let bytes = 0;
  for await (const files of listingsFrom(repository, commit, fromSequence)) {
    const start = files.findLastIndex((file) => file.first <= fromSequence);
    for (const file of files.slice(Math.max(start, 0))) {
      if (chunk.length > 0 && bytes + file.bytes > chunkBytes) {
        yield chunk;
        chunk = [];
        bytes = 0;
      }
      chunk.push(file);
      bytes += file.bytes;
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** The chain's files from the directory of a record on, in batches. */
async function* listingsFrom(
  repository: GitRepository,
  commit: string,
  fromSequence: number,
): AsyncGenerator<readonly ChainFile[]> {
  let directory = chainDirectory(fromSequence);
  if (directory === 0) {
    yield chainFiles(await repository.list(commit, [`${paths.chain}/`]));
    return;
  }
  for (let hasMore = true; hasMore; directory += listedAtOnce) {
    const asked = Array.from({ length: listedAtOnce }, (_, n) => `${chainDirectoryPath(directory + n)}/`);
    const files = chainFiles(await repository.list(commit, asked));
    yield files;
    hasMore = files.some((file) => chainDirectory(file.first) === directory + listedAtOnce - 1);
  }
}

function chainFiles(files: readonly TreeFile[]): readonly ChainFile[] {
  return files
    .flatMap((file) => {
      const first = firstSequenceOf(file.path);
      return first === undefined ? [] : [{ ...file, first }];
    })
    .toSorted((a, b) => a.first - b.first);
}

/** The lines of a file. A last one without its break was not written by us, and must not pass for a record. */
function linesOfFile(content: Buffer | undefined): readonly string[] {
  if (content === undefined || content.length === 0) return [""];
  return content.at(-1) === 0x0a
    ? decodeLines(content)
    : decodeLines(Buffer.concat([content, Buffer.from([0x01, 0x0a])]));
}
