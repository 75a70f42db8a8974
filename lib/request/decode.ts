import { diagnostic, type Diagnostic } from "../errors";

/** The text of a file, or why it has none. */
export type Decoding =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "problem"; readonly diagnostic: Diagnostic };

/** Reads the bytes of a file as UTF-8 without a byte order mark; anything else is named, never guessed. */
export function decodeText(file: string, bytes: Uint8Array): Decoding {
  const mark = byteOrderMark(bytes);
  if (mark !== undefined) return problem(file, `${mark} seen`, "save the file as UTF-8 without a byte order mark");
  if (bytes.includes(0)) {
    return problem(
      file,
      "NUL bytes seen: a binary file, or another encoding than UTF-8",
      "put a text file in UTF-8 here, or remove the file",
    );
  }
  try {
    return { kind: "text", text: decoder.decode(bytes) };
  } catch {
    const at = firstBadByte(bytes);
    const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0");
    return problem(file, `byte ${at + 1} (0x${byte}) is not UTF-8`, "save the file as UTF-8", placeOf(bytes, at));
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "a byte order mark";
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "UTF-16";
  return undefined;
}

/** The decoder with replacement gives one U+FFFD at the first bad byte; the text before it has a length in bytes. */
function firstBadByte(bytes: Uint8Array): number {
  const lenient = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  for (let at = lenient.indexOf("\uFFFD"); at >= 0; at = lenient.indexOf("\uFFFD", at + 1)) {
    const offset = Buffer.byteLength(lenient.slice(0, at), "utf8");
    // The character itself may stand in the file: EF BF BD.
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset;
  }
  return 0;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function placeOf(bytes: Uint8Array, at: number): Place {
  const before = Buffer.from(bytes.subarray(0, at)).toString("utf8");
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

function problem(file: string, detail: string, fix: string, place: Place = { line: 1, column: 1 }): Decoding {
  const where = { file, ...place, length: 1 };
  return {
    kind: "problem",
    diagnostic: diagnostic("E101", { summary: "the file is not UTF-8 text", detail, fix, where }),
  };
}
