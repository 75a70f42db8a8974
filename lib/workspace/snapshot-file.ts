import { failure, type LeaseholdError, type SourceRange } from "../errors";
import type { Snapshot } from "../model/snapshot";
import type { SourceText } from "../request/source-position";
import { jsonErrorPlace, jsonPlace, pathOfPointer, tryFindDeeper, tryFindInexact, type JsonPath } from "./json-place";
import { validate } from "./snapshot-validator.generated";

/**
 * Reads a Snapshot as `pr plan --snapshot` wrote it. Throws E407 with the place in the file for what is none: not JSON,
 * of another version, not of the shape of schemas/snapshot.v1.json. A Decision about one is total: what somebody wrote
 * into it by hand can make it another one, and gives nothing to anybody.
 */
export function parseSnapshotFile(text: string | undefined, file: string): Snapshot {
  if (text === undefined) throw notASnapshot(`${file}: there is no such file`);
  const source = { file, text };
  const value = parseJson(source);
  const version: unknown = isObject(value) ? Reflect.get(value, "snapshotVersion") : 1;
  if (version !== 1) {
    const seen = version === undefined ? "no snapshotVersion" : "another snapshotVersion";
    throw notASnapshot(`${seen} seen, 1 expected`, jsonPlace(source, ["snapshotVersion"]));
  }
  expectShape(source, value);
  return value as Snapshot;
}

function parseJson(source: SourceText): unknown {
  try {
    return JSON.parse(source.text);
  } catch (thrown) {
    throw notASnapshot("this is not JSON, or it is cut short", jsonErrorPlace(source, thrown));
  }
}

function expectShape(source: SourceText, value: unknown): void {
  // Conditions hold conditions: by hand they can be made deeper than the stack.
  const tooDeep = tryFindDeeper(source, mostLevels);
  if (tooDeep !== undefined) throw notASnapshot(`it nests more than ${mostLevels} deep`, tooDeep);
  const inexact = tryFindInexact(source);
  if (inexact !== undefined) throw notASnapshot("a whole number expected, at most 9007199254740991", inexact);
  if (validate(value)) return;
  const problem = deepest((validate as Validator).errors ?? []);
  const path = pathOfPointer(problem.instancePath);
  const words = wordsOf(problem, path);
  const key = problem.params["additionalProperty"];
  throw notASnapshot(words, jsonPlace(source, typeof key === "string" ? [...path, key] : path));
}

/** More than the deepest Condition that a Manifest may have needs. */
const mostLevels = 64;

interface SchemaProblem {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

interface Validator {
  errors?: readonly SchemaProblem[] | null;
}

/** Where one of several shapes was expected, the one that fits furthest says most. */
function deepest(problems: readonly SchemaProblem[]): SchemaProblem {
  const [first = { instancePath: "", keyword: "", params: {} }, ...others] = problems;
  const depth = ({ instancePath, keyword }: SchemaProblem): number =>
    instancePath.split("/").length + (keyword === "anyOf" ? 0.5 : 0);
  return others.reduce((found, one) => (depth(one) > depth(found) ? one : found), first);
}

function wordsOf({ keyword, params, message }: SchemaProblem, path: JsonPath): string {
  const where = path.length === 0 ? "the file" : path.join(".").slice(0, mostShown);
  if (keyword === "required") return `${where} has no ${String(params["missingProperty"])}`;
  if (keyword === "additionalProperties") return `${where} may not have this key`;
  if (keyword === "const") return `${where}: ${JSON.stringify(params["allowedValue"])} expected`;
  if (keyword === "enum") return `${where}: one of ${JSON.stringify(params["allowedValues"])} expected`;
  if (keyword === "anyOf") return `${where} has none of the forms that it may have`;
  return `${where} ${message ?? keyword}`;
}

const mostShown = 200;

function notASnapshot(detail: string, where?: SourceRange): LeaseholdError {
  return failure("E407", {
    detail,
    fix: "save one with `leasehold pr plan --number N --snapshot FILE`",
    ...(where === undefined ? {} : { where }),
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
