import { diagnostic, type Diagnostic, type SourceRange } from "../errors";
import { hasHiddenCharacter } from "../model/characters";
import { tryParseDuration } from "../model/duration";
import { tryParseInstant, type Instant } from "../model/instant";
import { limits } from "../model/limits";
import { canonicalReason, type AccessRequest } from "../model/request";
import { byteLength } from "./bytes";
import { durationProblem } from "./duration-words";
import { instantProblem, instantText } from "./instant-words";
import { locateNode, type ValuePath } from "./locate";
import { validate } from "./request-validator.generated";
import { seenWords } from "./seen";
import { findShapeProblems, type ShapeWords } from "./shape";
import type { SourceText } from "./source-position";
import { readYaml, type YamlReading } from "./yaml";

/** The request of a file, or everything that is wrong with the file. */
export type RequestParsing =
  | { readonly kind: "request"; readonly request: AccessRequest }
  | { readonly kind: "problems"; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads a request file: strict YAML, the schema, and what a schema cannot say of one file alone. The
 * value is canonical: two files that mean the same give equal requests. Knows no clock and no rules.
 */
export function parseRequest(source: SourceText): RequestParsing {
  const tooLarge = sizeProblem(source);
  if (tooLarge !== undefined) return { kind: "problems", diagnostics: [tooLarge] };
  const reading = readYaml(source, { depth: limits.documentDepth, nodes: limits.requestNodes });
  if (reading.kind === "problems") return reading;
  const kind = kindProblem(source, reading);
  if (kind !== undefined) return { kind: "problems", diagnostics: [kind] };
  const request = validate(reading.value) ? tryCanonicalRequest(reading.value as unknown as RequestFile) : undefined;
  if (request !== undefined) return { kind: "request", request };
  const shape = shapeProblems(source, reading);
  const foreign = shape.filter((one) => one.code === "E101");
  // A file of another kind or version is told so once, not that every key of it is wrong.
  const problems = foreign.length > 0 ? foreign : [...shape, ...valueProblems(source, reading)];
  return { kind: "problems", diagnostics: problems };
}

/** A request file as schemas/request.v1.json describes it. */
export interface RequestFile {
  readonly apiVersion: "leasehold/v1";
  readonly kind: "AccessRequest";
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly for: string | readonly string[];
    readonly access: readonly string[];
    readonly duration?: string;
    readonly startBefore: string;
    readonly startAfter?: string;
    readonly reason: string;
    readonly ticket?: string;
    readonly rule?: string;
    readonly extends?: string;
  };
}

/**
 * The canonical value of a request that fits its schema: sorted lists, instants in UTC, one space
 * between words. Undefined when a duration, an instant, their order or the reason is not valid.
 */
export function tryCanonicalRequest(file: RequestFile): AccessRequest | undefined {
  const { metadata, spec } = file;
  const startBefore = tryParseInstant(spec.startBefore);
  const startAfter = spec.startAfter === undefined ? undefined : tryParseInstant(spec.startAfter);
  const durationSeconds = spec.duration === undefined ? undefined : tryParseDuration(spec.duration);
  const reason = canonicalReason(spec.reason);
  if (startBefore === undefined || reason === "" || hasHiddenCharacter(reason)) return undefined;
  if (spec.startAfter !== undefined && (startAfter === undefined || startAfter >= startBefore)) return undefined;
  if (spec.duration !== undefined && (durationSeconds ?? Infinity) > limits.durationSeconds) return undefined;
  return {
    name: metadata.name,
    for: typeof spec.for === "string" ? [spec.for] : spec.for.toSorted(),
    access: spec.access.toSorted(),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    startBefore,
    ...(startAfter === undefined ? {} : { startAfter }),
    reason,
    ...(spec.ticket === undefined ? {} : { ticket: spec.ticket }),
    ...(spec.rule === undefined ? {} : { rule: spec.rule }),
    ...(spec.extends === undefined ? {} : { extends: spec.extends }),
  };
}

const shapeWords: ShapeWords = {
  validate,
  checkedElsewhere: new Set([
    "a duration such as 2h, 1h30m, 2d or PT2H",
    "a date and time with its zone such as 2026-11-25T18:00:00Z",
  ]),
  homes: new Map([
    ["apiVersion", ""],
    ["kind", ""],
    ["metadata", ""],
    ["spec", ""],
    ["name", "metadata"],
    ...["for", "access", "duration", "startBefore", "startAfter", "reason", "ticket", "rule", "extends"].map(
      (key): [string, string] => [key, "spec"],
    ),
  ]),
};

type Reading = Extract<YamlReading, { kind: "value" }>;

function sizeProblem(source: SourceText): Diagnostic | undefined {
  const bytes = byteLength(source.text, limits.requestFileBytes);
  if (bytes <= limits.requestFileBytes) return undefined;
  return diagnostic("E109", {
    detail: `larger than ${limits.requestFileBytes} bytes`,
    fix: "a request has a few lines: check that this is the right file",
    where: { file: source.file, line: 1, column: 1, length: 1 },
  });
}

/** A file of something else entirely gets one clear sentence instead of twenty. */
function kindProblem(source: SourceText, reading: Reading): Diagnostic | undefined {
  const value = reading.value;
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  if (isMap && ("kind" in value || "apiVersion" in value || "spec" in value)) return undefined;
  return diagnostic("E101", {
    detail: `${isMap ? "a map without apiVersion, kind and spec" : seenWords(value)} seen, a request expected`,
    fix: "begin with `apiVersion: leasehold/v1` and `kind: AccessRequest`; `leasehold request` writes a whole file",
    where: locateNode(source, reading.root, []),
  });
}

function shapeProblems(source: SourceText, reading: Reading): readonly Diagnostic[] {
  return findShapeProblems(reading.value, shapeWords).map(({ path, of, detail, fix }) =>
    diagnostic(path[0] === "apiVersion" || path[0] === "kind" ? "E101" : "E102", {
      detail,
      fix,
      where: locateNode(source, reading.root, path, { of }),
    }),
  );
}

function valueProblems(source: SourceText, reading: Reading): readonly Diagnostic[] {
  const spec = (reading.value as { spec?: unknown }).spec;
  if (typeof spec !== "object" || spec === null) return [];
  const fields = spec as Readonly<Record<string, unknown>>;
  const at = (path: ValuePath): SourceRange => locateNode(source, reading.root, path);
  const problems: Diagnostic[] = [];
  const duration = fields["duration"];
  if (typeof duration === "string") {
    const problem = durationProblem(duration, limits.durationSeconds);
    if (problem !== undefined) problems.push(diagnostic("E104", { ...problem, where: at(["spec", "duration"]) }));
  }
  for (const key of ["startBefore", "startAfter"] as const) {
    const text = fields[key];
    const problem = typeof text === "string" ? instantProblem(text) : undefined;
    if (problem !== undefined) problems.push(diagnostic("E105", { ...problem, where: at(["spec", key]) }));
  }
  const order = orderProblem(fields["startAfter"], fields["startBefore"]);
  if (order !== undefined) problems.push(diagnostic("E105", { ...order, where: at(["spec", "startAfter"]) }));
  const reason = reasonProblem(fields["reason"]);
  if (reason !== undefined) problems.push({ ...reason, where: at(["spec", "reason"]) });
  return problems;
}

function orderProblem(after: unknown, before: unknown): { detail: string; fix: string } | undefined {
  const from = instantOrUndefined(after);
  const until = instantOrUndefined(before);
  if (from === undefined || until === undefined || from < until) return undefined;
  return {
    detail: `startAfter ${instantText(from)} is not before startBefore ${instantText(until)}`,
    fix: "set startAfter to a time before startBefore, or leave it out",
  };
}

function instantOrUndefined(value: unknown): Instant | undefined {
  return typeof value === "string" ? tryParseInstant(value) : undefined;
}

function reasonProblem(reason: unknown): Diagnostic | undefined {
  if (typeof reason !== "string" || reason === "") return undefined;
  if (canonicalReason(reason) === "") {
    return diagnostic("E102", { detail: "a reason of white space only", fix: "say why access is needed" });
  }
  if (!hasHiddenCharacter(reason)) return undefined;
  return diagnostic("E110", {
    detail: "the reason has a hidden character, written as an escape such as \\u202e",
    fix: "remove the escape",
  });
}
