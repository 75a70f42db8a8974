import { SourceMap } from "node:module";
import { transform, type Options } from "sucrase";

/** JavaScript (CommonJS) of a TypeScript or JavaScript text; lines stay where they are. Throws a SyntaxError. */
export function transpile(path: string, text: string): string {
  if (!needsTranspiling(path, text)) return text;
  return transform(text, optionsFor(path)).code;
}

/**
 * Where a position of the transpiled text was written; positions count from 1. Types that were taken out
 * move the columns, so the text is transpiled again, this time with a map.
 */
export function originalPosition(
  path: string,
  text: string,
  at: { readonly line: number; readonly column: number },
): { readonly line: number; readonly column: number } {
  const entry = tryMap(path, text)?.findEntry(at.line - 1, at.column - 1);
  if (entry === undefined || !("originalLine" in entry)) return at;
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** Made once for each file: of one program hundreds of places may be asked for. */
const maps = new Map<string, SourceMap | undefined>();

function tryMap(path: string, text: string): SourceMap | undefined {
  if (!maps.has(path)) maps.set(path, needsTranspiling(path, text) ? makeMap(path, text) : undefined);
  return maps.get(path);
}

function makeMap(path: string, text: string): SourceMap | undefined {
  try {
    const { sourceMap } = transform(text, { ...optionsFor(path), sourceMapOptions: { compiledFilename: path } });
    return sourceMap === undefined ? undefined : new SourceMap({ ...sourceMap, sourcesContent: [], sourceRoot: "" });
  } catch {
    return undefined;
  }
}

function optionsFor(path: string): Options {
  return {
    transforms: isTypeScript(path) ? ["typescript", "imports"] : ["imports"],
    disableESTransforms: true,
    production: true,
    filePath: path,
  };
}

function needsTranspiling(path: string, text: string): boolean {
  // A plain CommonJS file of some package is left as it is: most are, and some are large.
  return isTypeScript(path) || /^\s*(?:import|export)\b|\bimport\s*\(/m.test(text);
}

function isTypeScript(path: string): boolean {
  return /\.[cm]?ts$/.test(path);
}
