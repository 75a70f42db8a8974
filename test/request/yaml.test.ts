import { readYaml, type YamlValue } from "../../lib/request/yaml";

const bounds = { depth: 5, nodes: 100 };

function read(text: string): YamlValue {
  const reading = readYaml({ file: "a.yaml", text }, bounds);
  if (reading.kind === "problems") throw new Error(JSON.stringify(reading.diagnostics));
  return reading.value;
}

/** `line:column code detail` of each problem. */
function problems(text: string, most = bounds): readonly string[] {
  const reading = readYaml({ file: "a.yaml", text }, most);
  if (reading.kind === "value") return [];
  return reading.diagnostics.map((one) => `${one.where?.line}:${one.where?.column} ${one.code} ${one.detail}`);
}

test("values are read by the core schema of YAML 1.2", () => {
  const text = "a: 1\nb: 0o17\nc: 0x1f\nd: true\ne: ~\nf: no\ng: 1e3\nh: 2026-11-25\ni: 017\nj: 1_000\nk: 12:30:45\n";
  expect(JSON.parse(JSON.stringify(read(text)))).toEqual({
    a: 1,
    b: 15,
    c: 31,
    d: true,
    e: null,
    f: "no",
    g: 1000,
    h: "2026-11-25",
    i: 17,
    j: "1_000",
    k: "12:30:45",
  });
});

test.each([
  ["an anchor", "a: &x 1\n", "1:4"],
  ["an alias", "a: *x\n", "1:4"],
  ["an alias as a key", "*x : 1\n", "1:1"],
  ["a tag", "a: !!str 1\n", "1:4"],
  ["a local tag", "a: !secret 1\n", "1:4"],
  ["a verbatim tag", "a: !<tag:yaml.org,2002:str> 1\n", "1:4"],
  ["the non-specific tag", "a: ! 1\n", "1:4"],
  ["a directive", "%YAML 1.1\n---\na: 1\n", "1:1"],
  ["a tag directive", "%TAG ! tag:x,2002:\n---\na: 1\n", "1:1"],
  ["an explicit key", "? a\n: 1\n", "1:1"],
  ["an explicit key in a flow map", "a: { ? b : 1 }\n", "1:6"],
  ["a merge key", "a: { <<: { b: 1 } }\n", "1:6"],
  ["an anchor on an empty value", "a: &x\nb: 1\n", "1:4"],
])("%s is refused where it stands", (_what, text, place) => {
  expect(problems(text)).toEqual([expect.stringContaining(`${place} E108`)]);
});

test("the signs of refused features are plain text within words and quotes", () => {
  expect(read("a: R&D *not* an !alias %x ?\nb: '&x *y !z %w'\nc: \"&x\"\nd: |\n  &x *y\n  ? !z\n")).toEqual({
    a: "R&D *not* an !alias %x ?",
    b: "&x *y !z %w",
    c: "&x",
    d: "&x *y\n? !z\n",
  });
});

test("each refused feature is told once, with how many more there are", () => {
  expect(problems("a: &x 1\nb: *x\nc: &y 2\nd: &z 3\n")).toEqual([
    "1:4 E108 an anchor is not allowed here, nor the 2 more in this file",
    "2:4 E108 an alias is not allowed here",
  ]);
});

test("a key may stand once in a map", () => {
  expect(problems("a: 1\nb: 2\na: 3\n")).toEqual(["3:1 E108 `a` is already there"]);
  expect(problems('a: 1\n"a": 2\n')).toEqual([expect.stringContaining("2:1 E108")]);
  expect(problems("a: 1\n'\\x61': 2\n")).toEqual([]);
  expect(problems('a: 1\n"\\x61": 2\n')).toEqual([expect.stringContaining("2:1 E108")]);
});

test("a key is a word: numbers, nothing, booleans and collections are refused", () => {
  for (const key of ["1", "true", "null", "~", "[a]", "{ a: 1 }", "0x1"]) {
    expect(problems(`${key}: x\n`)).toEqual([expect.stringMatching(/^1:1 E108/)]);
  }
  expect(read('"1": x\n')).toEqual({ "1": "x" });
});

test("one document is read, with or without its marker", () => {
  expect(read("---\na: 1\n")).toEqual({ a: 1 });
  expect(read("a: 1\n...\n")).toEqual({ a: 1 });
  expect(problems("a: 1\n---\nb: 2\n")).toEqual([expect.stringContaining("2:1 E108")]);
  expect(problems("a: 1\n---\n")).toEqual([expect.stringContaining("2:1 E108")]);
  expect(problems("---\n---\na: 1\n")).toEqual([expect.stringContaining("2:1 E108")]);
});

test("keys that mean something to JavaScript are keys like others", () => {
  const value = read("__proto__: { polluted: yes }\nconstructor: 1\ntoString: 2\n") as Record<string, YamlValue>;
  expect(Object.keys(value)).toEqual(["__proto__", "constructor", "toString"]);
  expect(Object.getPrototypeOf(value)).toBeNull();
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("nesting and counts are bounded before anything is composed", () => {
  expect(problems("a: [[[[1]]]]\n")).toEqual([]);
  expect(problems("a: [[[[[1]]]]]\n")).toEqual(["1:8 E109 nested more than 5 levels deep"]);
  expect(problems("- - - - - - 1\n")).toEqual([expect.stringContaining("E109")]);
  expect(problems("a:\n b:\n  c:\n   d:\n    e:\n     f: 1\n")).toEqual([expect.stringContaining("6:6 E109")]);
  expect(problems(`[${"1,".repeat(101)}]`)).toEqual([expect.stringContaining("more than 100")]);
  expect(problems("[".repeat(50_000), { depth: 16, nodes: 5_000 })).toEqual([expect.stringContaining("1:5001 E109")]);
  expect(problems("- ".repeat(50_000), { depth: 16, nodes: 5_000 })).toEqual([expect.stringContaining("E109")]);
  expect(problems("{a: ".repeat(20_000), { depth: 16, nodes: 5_000 })).toEqual([expect.stringContaining("E109")]);
});

test.each([
  ["NUL", "\0", "U+0000 (NUL)"],
  ["escape", "\u001b[2J", "U+001B (escape)"],
  ["a carriage return alone", "\rx", "U+000D (carriage return)"],
  ["the lexer's own mark of a document", "\u0002", "U+0002 (control character)"],
  ["the lexer's own mark of a scalar", "\u001f", "U+001F (control character)"],
  ["the lexer's own mark of an error", "\u0018", "U+0018 (control character)"],
  ["a C1 control", "\u0085", "U+0085 (next line)"],
  ["right-to-left override", "\u202e", "U+202E (right-to-left override)"],
  ["an isolate", "\u2066", "U+2066 (left-to-right isolate)"],
  ["a zero-width space", "\u200b", "U+200B (zero-width space)"],
  ["a byte order mark", "\ufeff", "U+FEFF (byte order mark)"],
  ["a line separator", "\u2028", "U+2028 (line separator)"],
  ["half of a surrogate pair", "\ud800", "U+D800 (half of a surrogate pair)"],
  ["an invisible tag", "\u{e0041}", "U+E0041 (invisible tag character)"],
  ["a soft hyphen", "\u00ad", "U+00AD (soft hyphen)"],
  ["a Hangul filler", "\u3164", "U+3164 (Hangul filler)"],
])("%s is refused where it stands, also in a comment", (_what, character, name) => {
  expect(problems(`a: b # x${character}\n`)).toEqual([`1:9 E110 ${name} seen`]);
});

test("CR LF ends a line", () => {
  expect(read("a: 1\r\nb: |\r\n  x\r\n  y\r\n")).toEqual({ a: 1, b: "x\ny\n" });
  expect(problems("a: 1\r\nb: \u202e\r\n")).toEqual([expect.stringContaining("2:4 E110")]);
});

test("broken YAML is told with its place and a way to mend it", () => {
  const places = (text: string) => problems(text).map((one) => one.slice(0, 8));
  expect(places('a: "open\n')).toEqual(["1:9 E100"]);
  expect(places("a: [1, 2\n")).toEqual(["1:9 E100"]);
  expect(places("a: b: c\n")).toEqual(["1:4 E100"]);
  expect(places("a:\n\tb: 1\n")).toEqual(["2:1 E100"]);
  expect(places('a: "\\q"\n')).toEqual(["1:5 E100"]);
  expect(places("a: @x\n")).toEqual(["1:4 E100"]);
  expect(places("a: `x\n")).toEqual(["1:4 E100"]);
});
