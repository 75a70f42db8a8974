import { CST, Lexer, Parser } from "yaml";
import { diagnostic, type Diagnostic } from "../errors";
import { rangeAt, type SourceText } from "./source-position";

/** Bounds of one YAML document. */
export interface YamlBounds {
  readonly depth: number;
  readonly nodes: number;
}

/** The concrete syntax of a text that uses none of the refused features, or why it does. */
export type GateResult =
  | { readonly kind: "tokens"; readonly tokens: readonly CST.Token[] }
  | { readonly kind: "problems"; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads a text lexeme by lexeme and stops what must never be composed: anchors, aliases, tags,
 * directives, explicit keys, too many nodes, too deep nesting. Linear in time and memory, whatever
 * the text; hidden characters must be refused before, as the lexer uses some as marks of its own.
 */
export function passYamlGate(source: SourceText, bounds: YamlBounds): GateResult {
  const features = new FeatureUses();
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let offset = 0;
  let nodes = 0;
  let lexemes = 0;
  let isScalarNext = false;
  for (const lexeme of new Lexer().lex(source.text)) {
    const kind = isScalarNext ? "node" : kindOf(lexeme);
    isScalarNext = lexeme === CST.SCALAR;
    lexemes += 1;
    if (kind === "node") nodes += 1;
    else if (typeof kind === "object") features.add(kind, offset, lexeme.length);
    if (features.areMany) break;
    if (nodes > bounds.nodes || lexemes > bounds.nodes * lexemesPerNode) {
      return { kind: "problems", diagnostics: [...features.problems(source), tooManyNodes(source, offset, bounds)] };
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (kind !== "mark") offset += lexeme.length;
  }
  const problems = features.problems(source);
  if (problems.length > 0) return { kind: "problems", diagnostics: problems };
  for (const token of parser.end()) tokens.push(token);
  const deep = tryFindTooDeep(tokens, bounds.depth);
  return deep === undefined ? { kind: "tokens", tokens } : tooDeep(source, deep, bounds);
}

/** A node comes with its indicators, spaces, line breaks and a few lines of comment. */
const lexemesPerNode = 20;

interface Feature {
  readonly what: string;
  readonly fix: string;
}

/** Refused features, each with its first place and how often it occurs. */
class FeatureUses {
  readonly #uses = new Map<Feature, { readonly offset: number; readonly length: number; count: number }>();
  #count = 0;

  /** Enough to refuse the file whatever follows. */
  get areMany(): boolean {
    return this.#count > mostUses;
  }

  add(feature: Feature, offset: number, length: number): void {
    this.#count += 1;
    const use = this.#uses.get(feature);
    if (use === undefined) this.#uses.set(feature, { offset, length, count: 1 });
    else use.count += 1;
  }

  problems(source: SourceText): readonly Diagnostic[] {
    return [...this.#uses].map(([feature, { offset, length, count }]) => {
      const others = this.areMany ? "the many more" : `the ${count - 1} more`;
      return diagnostic("E108", {
        summary: "a YAML feature that may not be used here",
        detail: `${feature.what} is not allowed here${count > 1 ? `, nor ${others} in this file` : ""}`,
        fix: feature.fix,
        where: rangeAt(source, offset, offset + length),
      });
    });
  }
}

const mostUses = 100;

const anchor = { what: "an anchor", fix: "remove the `&` mark; write the value out, or put the text in quotes" };
const alias = { what: "an alias", fix: "write the value out instead of `*`, or put the text in quotes" };
const tag = { what: "a tag", fix: "remove the `!` tag, or put the text in quotes" };
const directive = { what: "a directive", fix: "remove the line that begins with `%`" };
const explicitKey = { what: "an explicit key", fix: "write `key: value` instead of `? key`" };

/**
 * What a lexeme that is no plain scalar stands for: a refused feature, a node or its separator, a mark
 * of the lexer that is not in the text, or nothing that counts. By the first character, as `CST.tokenType`.
 */
function kindOf(lexeme: string): Feature | "node" | "mark" | "other" {
  switch (lexeme[0]) {
    case "&":
      return anchor;
    case "*":
      return alias;
    case "!":
      return tag;
    case "%":
      return directive;
    case "?":
      return explicitKey;
    case "'":
    case '"':
    case "|":
    case ">":
    case "{":
    case "[":
    case ":":
    case ",":
      return "node";
    case "-":
      return lexeme === "-" ? "node" : "other";
    case CST.SCALAR:
    case CST.DOCUMENT:
    case CST.FLOW_END:
      return "mark";
    default:
      return "other";
  }
}

function tooManyNodes(source: SourceText, offset: number, bounds: YamlBounds): Diagnostic {
  return diagnostic("E109", {
    detail: `more than ${bounds.nodes} keys and values, or more than ${bounds.nodes * lexemesPerNode} signs and lines`,
    fix: "split it into several files",
    where: rangeAt(source, offset, offset + 1),
  });
}

function tooDeep(source: SourceText, offset: number, bounds: YamlBounds): GateResult {
  const problem = diagnostic("E109", {
    detail: `nested more than ${bounds.depth} levels deep`,
    fix: "take out the nesting; nothing here needs it",
    where: rangeAt(source, offset, offset + 1),
  });
  return { kind: "problems", diagnostics: [problem] };
}

/** The offset of the first collection below the deepest level allowed; walks without recursion. */
function tryFindTooDeep(tokens: readonly CST.Token[], most: number): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (const token of tokens) if (token.type === "document" && token.value) open.push({ token: token.value, depth: 1 });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!CST.isCollection(next.token)) continue;
    if (next.depth > most) return next.token.offset;
    for (const item of next.token.items) {
      if (item.key) open.push({ token: item.key, depth: next.depth + 1 });
      if (item.value) open.push({ token: item.value, depth: next.depth + 1 });
    }
  }
  return undefined;
}
