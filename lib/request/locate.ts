import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { SourceRange } from "../errors";
import { limits } from "../model/limits";
import { rangeAt, type SourceText } from "./source-position";
import { readYaml } from "./yaml";

/** Keys and indexes from the root of a document to one of its values. */
export type ValuePath = readonly (string | number)[];

/** Which end of a pair is meant: the value (default) or the key. */
export interface LocateOptions {
  readonly of?: "value" | "key";
}

/** The numbers of the first and the last line of a value. */
export function linesOf(source: SourceText, root: ParsedNode, path: ValuePath): { first: number; last: number } {
  const [from, to] = nodeAt(root, path, "value").range;
  return { first: rangeAt(source, from, from).line, last: rangeAt(source, Math.max(from, to - 1), to).line };
}

/**
 * The place of a value in a file that was read before, found by reading it again: positions are
 * slow, and only a file with a problem needs them. A path that leads further than the document goes
 * gives the deepest place that exists; a text that is not YAML gives its beginning.
 */
export function locate(source: SourceText, path: ValuePath, options: LocateOptions = {}): SourceRange {
  const reading = readYaml(source, { depth: limits.documentDepth, nodes: limits.documentNodes });
  return reading.kind === "value" ? locateNode(source, reading.root, path, options) : rangeAt(source, 0, 1);
}

/** The place of the first item of a list that is meant; a value that is no list, or holds no such item, is its own place. */
export function locateItem(source: SourceText, path: ValuePath, isIt: (item: string) => boolean): SourceRange {
  const reading = readYaml(source, { depth: limits.documentDepth, nodes: limits.documentNodes });
  if (reading.kind !== "value") return rangeAt(source, 0, 1);
  const list = nodeAt(reading.root, path, "value");
  const items: readonly ParsedNode[] = isSeq<ParsedNode>(list) ? list.items : [];
  const item = items.find((one) => isScalar(one) && isIt(String(one.value)));
  const [from, to] = (item ?? list).range;
  return rangeAt(source, from, to);
}

/** As `locate`, for a document at hand. */
export function locateNode(
  source: SourceText,
  root: ParsedNode,
  path: ValuePath,
  options: LocateOptions = {},
): SourceRange {
  const [from, to] = nodeAt(root, path, options.of ?? "value").range;
  return rangeAt(source, from, to);
}

function nodeAt(root: ParsedNode, path: ValuePath, of: "value" | "key"): ParsedNode {
  let node: ParsedNode = root;
  let key: ParsedNode | undefined;
  for (const step of path) {
    const next = tryStep(node, step);
    if (next === undefined) return key ?? node;
    key = next.key;
    // A value that is left out has no place of its own.
    if (next.value === null || next.value.range[0] === next.value.range[1]) return key ?? node;
    node = next.value;
  }
  return of === "key" ? (key ?? node) : node;
}

interface Step {
  readonly key: ParsedNode | undefined;
  readonly value: ParsedNode | null;
}

function tryStep(node: ParsedNode, step: string | number): Step | undefined {
  if (isSeq<ParsedNode>(node)) {
    const value = typeof step === "number" ? node.items[step] : undefined;
    return value === undefined ? undefined : { key: undefined, value };
  }
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return undefined;
  const pair = node.items.find((one) => isScalar(one.key) && one.key.value === String(step));
  return pair === undefined ? undefined : { key: pair.key, value: pair.value };
}
