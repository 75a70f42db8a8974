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
  const uses = new Map<Feature, FeatureUse>();
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let offset = 0;
  let nodes = 0;
  let isScalarNext = false;
  for (const lexeme of new Lexer().lex(source.text)) {
    const kind = isScalarNext ? "node" : kindOf(lexeme);
    isScalarNext = lexeme === CST.SCALAR;
    if (kind === "node") nodes += 1;
    else if (typeof kind === "object") {
      const use = uses.get(kind);
      if (use === undefined) uses.set(kind, { offset, length: lexeme.length, count: 1 });
      else use.count += 1;
    }
    if (nodes > bounds.nodes) return tooManyNodes(source, offset, bounds);
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (kind !== "mark") offset += lexeme.length;
  }
  for (const token of parser.end()) tokens.push(token);
  if (uses.size > 0) return { kind: "problems", diagnostics: [...uses].map((use) => refusedFeature(source, ...use)) };
  const deep = tryFindTooDeep(tokens, bounds.depth);
  return deep === undefined ? { kind: "tokens", tokens } : tooDeep(source, deep, bounds);
}

interface Feature {
  readonly what: string;
  readonly fix: string;
}

/** The first place of a feature, and how often it occurs. */
interface FeatureUse {
  readonly offset: number;
  readonly length: number;
  count: number;
}

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

function refusedFeature(source: SourceText, feature: Feature, use: FeatureUse): Diagnostic {
  const more = use.count > 1 ? `, nor the ${use.count - 1} more in this file` : "";
  return diagnostic("E108", {
    summary: "a YAML feature that may not be used here",
    detail: `${feature.what} is not allowed here${more}`,
    fix: feature.fix,
    where: rangeAt(source, use.offset, use.offset + use.length),
  });
}

function tooManyNodes(source: SourceText, offset: number, bounds: YamlBounds): GateResult {
  const problem = diagnostic("E109", {
    detail: `more than ${bounds.nodes} keys and values`,
    fix: "split it into several files",
    where: rangeAt(source, offset, offset + 1),
  });
  return { kind: "problems", diagnostics: [problem] };
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
