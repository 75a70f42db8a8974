import { diagnostic, type Diagnostic, type ErrorCode } from "../errors";
import type { Config } from "../model/config";
import { limits } from "../model/limits";
import { byteLength } from "../request/bytes";
import { durationProblem, type ValueProblem } from "../request/duration-words";
import { tryParseGlob } from "../request/glob";
import { linesOf, locateNode, type ValuePath } from "../request/locate";
import { findShapeProblems, type ShapeProblem, type ShapeWords } from "../request/shape";
import { rangeAt, type SourceText } from "../request/source-position";
import { readYaml, type YamlReading, type YamlValue } from "../request/yaml";
import { validate } from "./config-validator.generated";
import { configOf, type ConfigFile } from "./defaults";
import { anchorPathProblem, pathProblem } from "./paths";
import { isSecretPlace, secretProblem } from "./secrets";
import { urlProblem } from "./urls";

/** The config of a file, or everything that is wrong with the file. */
export type ConfigParsing =
  | { readonly kind: "config"; readonly config: Config }
  | { readonly kind: "problems"; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads leasehold.yaml: strict YAML, the schema, paths, URLs, durations and references of secrets.
 * Every default is filled in. A secret that stands in the file itself is refused and never repeated:
 * not in the words, and not in the source line of any diagnostic.
 */
export function parseConfig(source: SourceText): ConfigParsing {
  if (byteLength(source.text, limits.configBytes) > limits.configBytes) {
    return { kind: "problems", diagnostics: [tooLarge(source)] };
  }
  // Whoever read the file has put U+FFFD in the place of bytes that are no text.
  if (source.text.includes("\uFFFD")) return { kind: "problems", diagnostics: [notUtf8(source)] };
  const reading = readYaml(source, { depth: limits.documentDepth, nodes: limits.documentNodes });
  if (reading.kind === "problems") return { kind: "problems", diagnostics: reading.diagnostics.map(asConfigProblem) };
  const shape = findShapeProblems(reading.value, shapeWords);
  const found = [...shape, ...findValueProblems(reading.value)];
  if (found.length === 0) return { kind: "config", config: configOf(reading.value as unknown as ConfigFile) };
  return { kind: "problems", diagnostics: located(source, reading, found) };
}

interface ConfigProblem extends ValueProblem {
  readonly path: ValuePath;
  readonly code?: ErrorCode;
  readonly of?: "key" | "value";
  /** What stands there may be a secret. */
  readonly isSuspect?: boolean;
}

const shapeWords: ShapeWords = {
  validate,
  checkedElsewhere: new Set([
    "a duration such as 2h, 1h30m, 2d or PT2H",
    "a reference `${env:NAME}` or `${file:PATH}`",
  ]),
  homes: new Map([
    ["provider", "gateways"],
    ["store", "log"],
    ...["maxDuration", "startWithin", "approvalValidFor", "bulkRemovals"].map((key): [string, string] => [
      key,
      "limits",
    ]),
  ]),
  // A text in the wrong place may be a secret that slipped.
  mayQuote: (problem) => problem.keyword !== "type" && !isSecretPlace(problem.path),
};

function tooLarge(source: SourceText): Diagnostic {
  return diagnostic("E109", {
    detail: `larger than ${limits.configBytes} bytes`,
    fix: "check that this is the right file",
    where: { file: source.file, line: 1, column: 1, length: 1 },
  });
}

function notUtf8(source: SourceText): Diagnostic {
  const at = source.text.indexOf("\uFFFD");
  const { source: _hidden, ...where } = rangeAt(source, at, at + 1);
  return diagnostic("E701", { detail: "a byte that is not UTF-8", fix: "save the file as UTF-8", where });
}

/** Where the YAML itself is broken nobody knows what is a secret: no source line is shown. */
function asConfigProblem(problem: Diagnostic): Diagnostic {
  if (problem.where === undefined) return problem;
  const { source: _hidden, ...where } = problem.where;
  const detail = problem.code === "E100" ? problem.detail?.replace(/: ".*$/s, "") : problem.detail;
  return { ...problem, where, ...(detail === undefined ? {} : { detail }) };
}

function findValueProblems(value: YamlValue): readonly ConfigProblem[] {
  const checks: ConfigProblem[] = [];
  const check = (path: ValuePath, test: (text: string) => ValueProblem | undefined, code?: ErrorCode): void => {
    const text = textAt(value, path);
    const problem = text === undefined ? undefined : test(text);
    if (problem !== undefined) checks.push({ ...problem, path, ...(code === undefined ? {} : { code }) });
  };
  check(["app"], pathProblem, "E703");
  check(["requests"], globProblem);
  for (const name of keysAt(value, ["gateways"])) {
    check(["gateways", name, "directory"], pathProblem, "E703");
    const isDatabase = textAt(value, ["gateways", name, "provider"]) === "postgresql";
    check(["gateways", name, "url"], isDatabase ? secretProblem : urlProblem);
    check(["gateways", name, "observeUrl"], secretProblem);
    for (const key of keysAt(value, ["gateways", name, "keys"])) check(["gateways", name, "keys", key], secretProblem);
  }
  check(["log", "path"], pathProblem, "E703");
  check(["log", "url"], secretProblem);
  check(["log", "anchors", "file"], anchorPathProblem, "E703");
  check(["log", "anchors", "key"], secretProblem);
  check(["limits", "maxDuration"], (text) => durationProblem(text, limits.durationSeconds));
  check(["limits", "startWithin"], (text) => durationProblem(text, mostDaysAhead * 86_400));
  check(["limits", "approvalValidFor"], (text) => durationProblem(text, mostDaysAhead * 86_400));
  return checks.map((one) => ({ ...one, isSuspect: isSecretPlace(one.path) || one.path.at(-1) === "url" }));
}

/** Approvals and start windows further ahead than a year are no longer about one piece of work. */
const mostDaysAhead = 366;

function globProblem(text: string): ValueProblem | undefined {
  if (tryParseGlob(text) !== undefined) return undefined;
  return {
    detail: "a path below leasehold.yaml expected, with `*` for part of a name and `**` for any directories",
    fix: "write it like `requests/**/*.yaml`",
  };
}

function located(
  source: SourceText,
  reading: Extract<YamlReading, { kind: "value" }>,
  found: readonly (ShapeProblem | ConfigProblem)[],
): readonly Diagnostic[] {
  const hiddenLines = new Set<number>();
  for (const one of found) {
    if (one.isSuspect !== true) continue;
    const { first, last } = linesOf(source, reading.root, one.path);
    for (let line = first; line <= last; line += 1) hiddenLines.add(line);
  }
  return found.map((one) => {
    const { source: line, ...where } = locateNode(source, reading.root, one.path, { of: one.of ?? "value" });
    const isHidden = line === undefined || hiddenLines.has(where.line);
    const code = "code" in one && one.code !== undefined ? one.code : "E701";
    return diagnostic(code, { detail: one.detail, fix: one.fix, where: isHidden ? where : { ...where, source: line } });
  });
}

function textAt(value: YamlValue, path: ValuePath): string | undefined {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : undefined;
}

function keysAt(value: YamlValue, path: ValuePath): readonly string[] {
  const found = valueAt(value, path);
  return typeof found === "object" && found !== null && !Array.isArray(found) ? Object.keys(found) : [];
}

function valueAt(value: YamlValue, path: ValuePath): YamlValue | undefined {
  let at: YamlValue | undefined = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || Array.isArray(at)) return undefined;
    at = (at as Readonly<Record<string, YamlValue>>)[step];
  }
  return at;
}
