import { characterName } from "../model/characters";
import { didYouMean } from "../model/suggest";
import type { ValuePath } from "./locate";
import { kindWords, seenWords } from "./seen";
import type { YamlValue } from "./yaml-value";

/** A difference between a value and a schema, as ajv's generated validators tell it (with `verbose`). */
export interface SchemaProblem {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema?: { readonly title?: string; readonly properties?: Readonly<Record<string, unknown>> };
  readonly data?: unknown;
  /** The key that `propertyNames` is about. */
  readonly propertyName?: string;
}

/** A validator as ajv's standalone code exports it. */
export interface SchemaValidator {
  (value: unknown): boolean;
  errors?: readonly SchemaProblem[] | null;
}

/** How the problems of one kind of file are told. */
export interface ShapeWords {
  readonly validate: SchemaValidator;
  /** Schema titles whose values have a check of their own with better words; their pattern is left to it. */
  readonly checkedElsewhere: ReadonlySet<string>;
  /** Keys that mean something in one map of the file, with the key of that map, for keys in the wrong place. */
  readonly homes: ReadonlyMap<string, string>;
  /** Whether the value seen may be repeated; always, where it is left out. */
  readonly mayQuote?: (problem: { readonly keyword: string; readonly path: ValuePath }) => boolean;
}

/** One difference in words. */
export interface ShapeProblem {
  readonly path: ValuePath;
  readonly of: "key" | "value";
  readonly detail: string;
  readonly fix: string;
  /** What stands there was meant for another place: it may be anything, also a secret. */
  readonly isSuspect: boolean;
}

/** Everything in which a value differs from its schema; empty when it fits. */
export function findShapeProblems(value: YamlValue, words: ShapeWords): readonly ShapeProblem[] {
  if (words.validate(value)) return [];
  return (words.validate.errors ?? []).flatMap((problem) => tell(problem, words) ?? []);
}

type Telling = Omit<ShapeProblem, "isSuspect">;

function tell(problem: SchemaProblem, words: ShapeWords): ShapeProblem | undefined {
  const path = pathOf(problem.instancePath);
  const mayQuote = words.mayQuote?.({ keyword: problem.keyword, path }) ?? true;
  const quote = mayQuote ? seenWords : kindWords;
  const told = tellByKeyword(problem, path, words, quote);
  const isSuspect = !mayQuote || problem.keyword === "additionalProperties";
  return told === undefined ? undefined : { ...told, isSuspect };
}

type Quote = (value: YamlValue) => string;

function tellByKeyword(problem: SchemaProblem, path: ValuePath, words: ShapeWords, quote: Quote): Telling | undefined {
  switch (problem.keyword) {
    case "required":
      return tellMissing(problem, path);
    case "additionalProperties":
      return tellUnknownKey(problem, path, words, quote);
    case "if":
    case "propertyNames":
      return undefined;
    case "const":
    case "enum":
      return tellChoice(problem, path, quote);
    case "pattern":
      if (problem.propertyName !== undefined) return tellKey(problem, path);
      return words.checkedElsewhere.has(titleOf(problem)) ? undefined : tellValue(problem, path, words, quote);
    case "type":
      // Lists name the type of their items beside the reference that says it with a title.
      return problem.parentSchema?.title === undefined ? undefined : tellValue(problem, path, words, quote);
    case "uniqueItems":
      return tellRepeat(problem, path, quote);
    default:
      return tellValue(problem, path, words, quote);
  }
}

function tellMissing(problem: SchemaProblem, path: ValuePath): Telling {
  const missing = String(problem.params["missingProperty"]);
  const expected = titleOfProperty(problem, missing);
  return {
    path,
    of: "key",
    detail: `${dotted([...path, missing])} is missing${expected === undefined ? "" : `: expected ${expected}`}`,
    fix: path.length === 0 ? `add \`${missing}:\`` : `add \`${missing}:\` under \`${String(path.at(-1))}\``,
  };
}

/** In the place of a secret also a key may be one: a missing space after the colon makes it so. */
function tellUnknownKey(problem: SchemaProblem, path: ValuePath, words: ShapeWords, quote: Quote): Telling {
  const key = String(problem.params["additionalProperty"]);
  const known = Object.keys(problem.parentSchema?.properties ?? {});
  const home = words.homes.get(key);
  const suggestion = didYouMean(key, known);
  const isMisplaced = home !== undefined && suggestion === "";
  return {
    path: [...path, key],
    of: "key",
    detail: `${quote(key)} is not a key that ${path.length === 0 ? "the file" : dotted(path)} may have${suggestion}`,
    fix: isMisplaced
      ? `move \`${key}:\` ${home === "" ? "to the beginning of the line" : `under \`${home}\``}`
      : `use one of: ${known.join(", ")}`,
  };
}

function tellChoice(problem: SchemaProblem, path: ValuePath, quote: Quote): Telling {
  const allowed = problem.params["allowedValues"];
  const choices = Array.isArray(allowed) ? allowed.map(String) : [String(problem.params["allowedValue"])];
  const seen = problem.data as YamlValue;
  const suggestion = typeof seen === "string" && quote === seenWords ? didYouMean(seen, choices) : "";
  return {
    path,
    of: "value",
    detail: `${quote(seen)} seen as ${dotted(path)}, ${choices.join(" or ")} expected${suggestion}`,
    fix: `write ${choices.map((choice) => `\`${String(path.at(-1))}: ${choice}\``).join(" or ")}`,
  };
}

function tellKey(problem: SchemaProblem, path: ValuePath): Telling {
  const key = problem.propertyName ?? "";
  return {
    path: [...path, key],
    of: "key",
    detail: `${seenWords(key)} seen, ${titleOf(problem)} expected`,
    fix: "use another name",
  };
}

function tellRepeat(problem: SchemaProblem, path: ValuePath, quote: Quote): Telling {
  const index = Math.max(Number(problem.params["i"]), Number(problem.params["j"]));
  const list = Array.isArray(problem.data) ? (problem.data as readonly YamlValue[]) : [];
  return {
    path: [...path, index],
    of: "value",
    detail: `${quote(list[index] ?? null)} stands in ${dotted(path)} twice`,
    fix: "remove one of the two",
  };
}

function tellValue(problem: SchemaProblem, path: ValuePath, words: ShapeWords, quote: Quote): Telling {
  const seen = problem.data as YamlValue;
  const wanted = titleOf(problem);
  return {
    path,
    of: "value",
    detail: `${problem.keyword === "maxLength" ? `${Array.from(String(seen)).length} characters` : quote(seen)} seen as ${dotted(path)}, ${wanted} expected${quote === seenWords ? foreignLetters(seen) : ""}`,
    fix: fixOfValue(problem, words) ?? `write ${wanted}`,
  };
}

function fixOfValue(problem: SchemaProblem, words: ShapeWords): string | undefined {
  const seen = problem.data as YamlValue;
  if (problem.keyword === "type" && problem.params["type"] === "string" && isPlain(seen)) {
    return words.checkedElsewhere.has(titleOf(problem)) ? undefined : "put the text in quotes";
  }
  if (problem.keyword !== "pattern" || typeof seen !== "string") return undefined;
  const lower = seen.toLowerCase();
  return new RegExp(String(problem.params["pattern"]), "u").test(lower) ? `write \`${lower}\`` : undefined;
}

/** Names are ASCII: a letter that only looks like one of it is said by number. */
function foreignLetters(seen: YamlValue): string {
  const letters = typeof seen === "string" ? (seen.slice(0, mostLetters).match(/[^\0-\x7F]/gu) ?? []) : [];
  const [first, ...others] = [...new Set(letters)].map((letter) => characterName(letter));
  if (first === undefined) return "";
  return `; it has ${first}${others.length === 0 ? "" : ` and ${others.length} more`}, which ${others.length === 0 ? "is" : "are"} not ASCII`;
}

const mostLetters = 300;

function isPlain(value: YamlValue): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function titleOf(problem: SchemaProblem): string {
  return problem.parentSchema?.title ?? "something else";
}

function titleOfProperty(problem: SchemaProblem, key: string): string | undefined {
  const schema = problem.parentSchema?.properties?.[key] as { title?: string; const?: string } | undefined;
  return schema?.title ?? schema?.const;
}

function dotted(path: ValuePath): string {
  return (
    path.map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`)).join("") ||
    "the file"
  );
}

/** RFC 6901; indexes are told from keys by their digits, which no key of ours has. */
function pathOf(pointer: string): ValuePath {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^(0|[1-9]\d*)$/.test(step) ? Number(step) : step));
}
