import { diagnostic, failure, type Diagnostic } from "../errors";
import { digestOfBytes, type Digest } from "../model/canonical";
import { limits } from "../model/limits";
import type { AccessRequest } from "../model/request";
import type { SourceTree, Thread } from "../ports";
import { decodeText } from "./decode";
import { duplicateNames } from "./duplicate-names";
import { findFiles } from "./find-files";
import { tryParseGlob } from "./glob";
import type { LoadedRequest } from "./loaded-request";
import type { ParseCache, StoredParseCache } from "./parse-cache";
import { parseRequest } from "./parse";
import { parseMany } from "./parse-many";
import type { SourceText } from "./source-position";

/** All requests of a repository. */
export interface LoadedRequests {
  /** In ascending order of name; without files that have errors. */
  readonly requests: readonly LoadedRequest[];
  /** Everything that is wrong, of all files. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many files the glob found; none is for the caller to judge. */
  readonly files: number;
}

/** Where the requests are. */
export interface LoadInput {
  readonly tree: SourceTree;
  /** `requests:` of the config; see lib/request/glob.ts for what it can say. */
  readonly glob: string;
  /** Opens what was parsed before; asked for only where there are many files. Undefined: there is none. */
  readonly openCache?: () => Promise<StoredParseCache | undefined>;
  /** Starts lib/request/parse-worker.ts as a second thread; used only where many files have to be parsed. */
  readonly startThread?: () => Thread;
}

/**
 * Reads every request file that a glob finds. One file's problems never hide another's; two files
 * with one name are both refused. Throws E701 for a glob that is none, E704 for what cannot be read.
 */
export async function loadRequests(input: LoadInput): Promise<LoadedRequests> {
  const glob = tryParseGlob(input.glob);
  if (glob === undefined) {
    throw failure("E701", {
      detail: `\`${input.glob}\` is no pattern of request files`,
      fix: "write `requests: requests/**/*.yaml` in leasehold.yaml",
    });
  }
  const found = await findFiles(input.tree, glob);
  const diagnostics: Diagnostic[] = [...found.diagnostics];
  const loaded: LoadedRequest[] = [];
  const cache = found.files.length < worthACache ? undefined : await input.openCache?.();
  const toParse: FileText[] = [];
  for (const file of found.files) {
    // oxlint-disable-next-line no-await-in-loop -- one file is read at a time; the tree reads without waiting
    const read = readFile(file, await input.tree.tryRead(file, limits.requestFileBytes), cache);
    if (read.kind === "loaded") loaded.push(read.loaded);
    else if (read.kind === "problems") diagnostics.push(...read.diagnostics);
    else toParse.push(read);
  }
  const parsings = await parseMany(toParse, input.startThread);
  for (const [at, parsing] of parsings.entries()) {
    const read = toParse[at];
    if (parsing.kind === "problems") diagnostics.push(...parsing.diagnostics);
    else if (read !== undefined) loaded.push(keep(read, parsing.request, cache));
  }
  await cache?.save();
  const { unique, problems } = duplicateNames(loaded);
  return { requests: unique, diagnostics: [...diagnostics, ...problems], files: found.files.length };
}

/** Fewer files are parsed in less time than a cache is worth. */
const worthACache = 300;

/** Reads one request file by its bytes; for a file that is not in the tree's glob, such as an argument of `validate`. */
export function loadFile(file: string, bytes: Uint8Array | undefined, cache?: ParseCache): LoadedFile {
  const read = readFile(file, bytes, cache);
  if (read.kind !== "text") return read;
  const parsing = parseRequest(read);
  return parsing.kind === "problems" ? parsing : { kind: "loaded", loaded: keep(read, parsing.request, cache) };
}

/** One file's request, or its problems. */
export type LoadedFile =
  | { readonly kind: "loaded"; readonly loaded: LoadedRequest }
  | { readonly kind: "problems"; readonly diagnostics: readonly Diagnostic[] };

/** A file that is still to be parsed. */
interface FileText extends SourceText {
  readonly kind: "text";
  /** Of its bytes; empty without a cache. */
  readonly digest: Digest;
}

/** A file's text, or already its request where the cache knows these bytes, or what is wrong with the bytes. */
function readFile(file: string, bytes: Uint8Array | undefined, cache?: ParseCache): LoadedFile | FileText {
  if (bytes === undefined) return problem(file, "E101", { detail: "there is no such file", fix: "check the path" });
  if (bytes.length > limits.requestFileBytes) {
    return problem(file, "E109", {
      detail: `larger than ${limits.requestFileBytes} bytes`,
      fix: "a request has a few lines: check that this is the right file",
    });
  }
  const decoding = decodeText(file, bytes);
  if (decoding.kind === "problem") return { kind: "problems", diagnostics: [decoding.diagnostic] };
  const { text } = decoding;
  const digest = cache === undefined ? "" : digestOfBytes(bytes);
  const known = cache?.tryFind(digest);
  return known === undefined
    ? { kind: "text", file, text, digest }
    : { kind: "loaded", loaded: { request: known, file, text } };
}

function keep(read: FileText, request: AccessRequest, cache: ParseCache | undefined): LoadedRequest {
  cache?.add(read.digest, request);
  return { request, file: read.file, text: read.text };
}

function problem(file: string, code: "E101" | "E109", words: { detail: string; fix: string }): LoadedFile {
  const where = { file, line: 1, column: 1, length: 1 };
  return { kind: "problems", diagnostics: [diagnostic(code, { ...words, where })] };
}
