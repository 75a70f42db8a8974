import type { SourceRange } from "../errors";

/** A file's name and text: what places are found in. */
export interface SourceText {
  /** Path as people are told it, relative to the repository, with `/`. */
  readonly file: string;
  readonly text: string;
}

/** The place of a stretch of text, cut at the end of its first line; at least one character long. */
export function rangeAt(source: SourceText, from: number, to: number): SourceRange {
  const start = Math.max(0, Math.min(from, source.text.length));
  const lineStart = start === 0 ? 0 : source.text.lastIndexOf("\n", start - 1) + 1;
  const lineBreak = source.text.indexOf("\n", lineStart);
  const lineEnd = lineBreak < 0 ? source.text.length : lineBreak;
  const line = source.text.slice(lineStart, lineEnd).replace(/\r$/, "");
  const end = Math.min(to, lineStart + line.length);
  return {
    file: source.file,
    line: lineNumberAt(source.text, lineStart),
    column: start - lineStart + 1,
    length: Math.max(1, end - start),
    source: line,
  };
}

function lineNumberAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
