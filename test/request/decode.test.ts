import * as fc from "fast-check";
import { decodeText } from "../../lib/request/decode";

function detail(bytes: Uint8Array): string {
  const decoding = decodeText("a.yaml", bytes);
  return decoding.kind === "text"
    ? "text"
    : `${decoding.diagnostic.where?.line}:${decoding.diagnostic.where?.column} ${decoding.diagnostic.detail}`;
}

test("UTF-8 without a byte order mark is read as it stands", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      fc.pre(!text.includes("\0") && !text.startsWith("\ufeff"));
      expect(decodeText("a.yaml", Buffer.from(text, "utf8"))).toEqual({ kind: "text", text });
    }),
  );
});

test.each([
  ["a byte order mark", Buffer.from("\ufeffa: 1"), "1:1 a byte order mark seen"],
  ["UTF-16, little end first", Buffer.from("\ufeffa: 1", "utf16le"), "1:1 UTF-16 seen"],
  ["UTF-16, big end first", Buffer.from("\ufeffa: 1", "utf16le").swap16(), "1:1 UTF-16 seen"],
  ["UTF-16 without a mark", Buffer.from("a: 1", "utf16le"), "1:1 NUL bytes"],
  ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), "1:1 NUL bytes"],
  ["Latin-1", Buffer.from("a: 1\nb: h\u00e4", "latin1"), "2:5 byte 10 (0xE4) is not UTF-8"],
  ["a cut character", Buffer.from("é").subarray(0, 1), "1:1 byte 1 (0xC3) is not UTF-8"],
  ["an overlong form", Buffer.from([0x61, 0xc0, 0xaf]), "1:2 byte 2 (0xC0) is not UTF-8"],
  ["a surrogate", Buffer.from([0xed, 0xa0, 0x80]), "1:1 byte 1 (0xED) is not UTF-8"],
  ["after a real U+FFFD", Buffer.from([0xef, 0xbf, 0xbd, 0xff]), "1:2 byte 4 (0xFF) is not UTF-8"],
])("%s is refused in words", (_what, bytes, expected) => {
  expect(detail(bytes)).toContain(expected);
});
