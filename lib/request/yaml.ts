import { Composer, isMap, isScalar, isSeq, type Document, type ParsedNode, type YAMLError } from "yaml";
import { diagnostic, type Diagnostic } from "../errors";
import { findHiddenCharacters } from "../model/characters";
import { seenWords } from "./seen";
import { rangeAt, type SourceText } from "./source-position";
import { passYamlGate, type YamlBounds } from "./yaml-gate";
import type { YamlValue } from "./yaml-value";

export type { YamlMap, YamlValue } from "./yaml-value";

/** The value of a file, or everything that is wrong with its YAML. */
export type YamlReading =
  | { readonly kind: "value"; readonly value: YamlValue; readonly root: ParsedNode }
  | { readonly kind: "problems"; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads strict YAML 1.2 core: exactly one document, unique string keys, no anchors, aliases, tags,
 * directives, merge keys or hidden characters, bounded depth and count. Line breaks may be LF or CRLF.
 */
export function readYaml(source: SourceText, bounds: YamlBounds): YamlReading {
  const hidden = hiddenCharacters(source);
  if (hidden.length > 0) return { kind: "problems", diagnostics: hidden };
  const gate = passYamlGate(source, bounds);
  if (gate.kind === "problems") return gate;
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    merge: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents = [...composer.compose(gate.tokens, true, source.text.length)] as Document.Parsed[];
  const [document, second] = documents;
  const problems = documents.flatMap((one) =>
    [...one.errors, ...one.warnings].slice(0, mostProblems).map((error) => syntaxProblem(source, error)),
  );
  if (second !== undefined) problems.push(secondDocument(source, second));
  if (problems.length > 0 || document === undefined) return { kind: "problems", diagnostics: problems };
  return valueOfRoot(source, document);
}

function valueOfRoot(source: SourceText, document: Document.Parsed): YamlReading {
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) {
    const where = rangeAt(source, 0, 1);
    const problem = diagnostic("E101", {
      detail: "the file is empty",
      fix: "write a document, or delete the file",
      where,
    });
    return { kind: "problems", diagnostics: [problem] };
  }
  const problems: Diagnostic[] = [];
  const value = valueOf(source, root, problems);
  return problems.length > 0 ? { kind: "problems", diagnostics: problems } : { kind: "value", value, root };
}

/** Safe to recurse: the gate has bounded the depth. */
function valueOf(source: SourceText, node: ParsedNode | null, problems: Diagnostic[]): YamlValue {
  if (node === null) return null;
  if (isSeq<ParsedNode>(node)) return node.items.map((item) => valueOf(source, item, problems));
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return isScalar(node) ? (node.value as YamlValue) : null;
  const map = Object.create(null) as Record<string, YamlValue>;
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    if (typeof key !== "string" || key === "<<") problems.push(badKey(source, pair.key, key));
    else map[key] = valueOf(source, pair.value, problems);
  }
  return map;
}

function badKey(source: SourceText, node: ParsedNode, key: unknown): Diagnostic {
  const where = rangeAt(source, node.range[0], node.range[1]);
  if (key === "<<") {
    return diagnostic("E108", {
      summary: "a YAML feature that may not be used here",
      detail: "a merge key is not allowed here",
      fix: "write the keys out instead of `<<`",
      where,
    });
  }
  const seen = key === undefined ? "a collection" : key === null ? "nothing" : `the ${typeof key} ${String(key)}`;
  return diagnostic("E108", {
    summary: "a key is no word",
    detail: `${seen} seen as a key, a word expected`,
    fix: "put the key in quotes",
    where,
  });
}

function secondDocument(source: SourceText, second: Document.Parsed): Diagnostic {
  const from = source.text.lastIndexOf("---", second.range[0]);
  return diagnostic("E108", {
    summary: "more than one document in the file",
    detail: "a second document begins here, one per file is allowed",
    fix: "remove the line `---`, or move what follows it into a file of its own",
    where: rangeAt(source, Math.max(0, from), Math.max(0, from) + 3),
  });
}

function hiddenCharacters(source: SourceText): readonly Diagnostic[] {
  // A line may end with CR LF; a CR anywhere else could hide text on a terminal.
  const text = source.text.includes("\r") ? source.text.replaceAll("\r\n", " \n") : source.text;
  return findHiddenCharacters(text, mostCharacters).map((found) =>
    diagnostic("E110", {
      summary: "the text has a hidden character",
      detail: `${found.name} seen`,
      fix: "delete the character, it cannot be seen; retype the line if in doubt",
      where: rangeAt(source, found.offset, found.offset + 1),
    }),
  );
}

const mostCharacters = 10;
/** What follows the first mistakes of syntax is mostly their consequence. */
const mostProblems = 20;

function syntaxProblem(source: SourceText, error: YAMLError): Diagnostic {
  // What is missing at the end of the file is shown after its last word, not on an empty line.
  const from = Math.min(error.pos[0], source.text.trimEnd().length);
  const where = rangeAt(source, from, Math.max(from, error.pos[1]));
  const detail = error.message.replace(/\.$/, "");
  if (error.code === "DUPLICATE_KEY") {
    const word = /^[^\s:,{}[\]]+/.exec(source.text.slice(error.pos[0], error.pos[0] + 100))?.[0] ?? "";
    return diagnostic("E108", {
      summary: "a key stands twice in one map",
      detail: `${seenWords(word)} is already there`,
      fix: "keep one of the two",
      where: rangeAt(source, error.pos[0], error.pos[0] + word.length),
    });
  }
  return diagnostic("E100", { detail, fix: fixes[error.code] ?? "correct the YAML at this place", where });
}

const fixes: Partial<Record<YAMLError["code"], string>> = {
  TAB_AS_INDENT: "indent with spaces",
  BAD_INDENT: "indent the keys of one map with the same number of spaces",
  BAD_DQ_ESCAPE: "write `\\\\` for a backslash, or use single quotes",
  MISSING_CHAR: "add what is missing: a quote, a bracket, or a space after the colon",
  MULTILINE_IMPLICIT_KEY: "write the key on one line, or put the text before it in quotes",
  BLOCK_AS_IMPLICIT_KEY: "put the text in quotes: it has `: ` in it, or the indentation is off",
  BAD_SCALAR_START: "put the text in quotes",
  UNEXPECTED_TOKEN: "check quotes, brackets and indentation here",
};
