import type { Diagnostic } from "../../lib/errors";
import { parseRequest } from "../../lib/request";
import { requestText } from "../support/request-text";

function parsed(text: string) {
  const parsing = parseRequest({ file: "requests/a.yaml", text });
  if (parsing.kind === "problems") throw new Error(JSON.stringify(parsing.diagnostics));
  return parsing.request;
}

function problems(text: string): readonly Diagnostic[] {
  const parsing = parseRequest({ file: "requests/a.yaml", text });
  return parsing.kind === "problems" ? parsing.diagnostics : [];
}

/** Where each problem stands and what it is: `9:13 E104`. */
function places(text: string): readonly string[] {
  return problems(text).map((one) => `${one.where?.line}:${one.where?.column} ${one.code}`);
}

test("a request file becomes its canonical value", () => {
  const text = requestText({
    for: "[group:sre, dev@example.com]",
    access: "[orders-db/write, orders-db/read]",
    duration: "PT1H30M",
    startBefore: "2026-11-25T19:00:00+01:00",
    startAfter: "2026-11-25T16:00:00.5Z",
    reason: ">-\n    find the orders\n\n    stuck  in payment",
    ticket: "INC-4711",
    rule: "orders-read",
    extends: "orders-inc-4710",
  });
  expect(parsed(text)).toEqual({
    name: "orders-inc-4711",
    for: ["dev@example.com", "group:sre"],
    access: ["orders-db/read", "orders-db/write"],
    durationSeconds: 5_400,
    startBefore: "2026-11-25T18:00:00.000Z",
    startAfter: "2026-11-25T16:00:00.500Z",
    reason: "find the orders stuck in payment",
    ticket: "INC-4711",
    rule: "orders-read",
    extends: "orders-inc-4710",
  });
});

test("two files that mean the same give equal requests", () => {
  const one = parsed(requestText({ duration: "90m", for: "[dev@example.com]" }));
  const other = parsed(`---\n# another layout\n${requestText({ duration: "1h30m" }).replaceAll("\n", "\r\n")}`);
  expect(other).toEqual(one);
});

test("every problem of a file is told in one go, each at its place", () => {
  const text = requestText({
    for: "Dev",
    access: "[orders-db]",
    duration: "1h30",
    startBefore: "2026-11-25T18:00:00",
    reason: '""',
    rulle: "x",
  });
  expect(places(text).toSorted()).toEqual(
    ["10:11 E102", "11:3 E102", "6:8 E102", "7:12 E102", "8:13 E104", "9:16 E105"].toSorted(),
  );
});

test.each([
  ["-2h", "is negative"],
  ["0h", "is no time at all"],
  ["PT0S", "is no time at all"],
  ["300d", "at most 90 d"],
  ["1h30", "no unit after 30"],
  ["P1M", "months"],
  ["P1Y", "months"],
  ["1.5h", "fraction"],
  ["two hours", "expected"],
  ["2H", "expected"],
])("duration %s is refused: %s", (duration, words) => {
  const found = problems(requestText({ duration }));
  expect(found.map((one) => one.code)).toEqual(["E104"]);
  expect(found[0]?.detail).toContain(words);
  expect(found[0]?.where).toMatchObject({ line: 8, column: 13, length: duration.length });
});

test("the fix for 1h30 is the duration that was probably meant", () => {
  expect(problems(requestText({ duration: "1h30" }))[0]?.fix).toBe("write `1h30m`");
  expect(problems(requestText({ duration: "2d12" }))[0]?.fix).toBe("write `2d12h`");
});

test.each([
  ["2026-11-25T18:00:00", "no zone", "2026-11-25T18:00:00Z"],
  ["2026-11-25 18:00", "no zone", "2026-11-25T18:00:00Z"],
  ["2026-11-25", "no time and no zone", "2026-11-25T18:00:00Z"],
  ["2026-11-25T18:00Z", "no seconds", "seconds"],
  ["2026-02-30T18:00:00Z", "no day or time that exists", "check"],
  ["2026-11-25T24:00:00Z", "no day or time that exists", "check"],
  ["2026-11-25 18:00:00Z", "space", "T"],
  ["tomorrow", "expected", "2026"],
])("startBefore %s is refused: %s", (startBefore, words, fix) => {
  const found = problems(requestText({ startBefore }));
  expect(found.map((one) => one.code)).toEqual(["E105"]);
  expect(found[0]?.detail).toContain(words);
  expect(found[0]?.fix).toContain(fix);
});

test("startAfter must lie before startBefore", () => {
  expect(places(requestText({ startAfter: "2026-11-25T18:00:00Z" }))).toEqual(["11:15 E105"]);
  expect(places(requestText({ startAfter: "2026-11-25T17:59:59Z" }))).toEqual([]);
});

test("values that YAML reads as something else than a text are named by what was seen", () => {
  expect(problems(requestText({ ticket: "0o7" }))[0]).toMatchObject({
    code: "E102",
    detail: expect.stringContaining("the number 7 seen as spec.ticket"),
    fix: "put the text in quotes",
  });
  expect(problems(requestText({ ticket: "true" }))[0]?.detail).toContain("`true` (a boolean)");
  expect(problems(requestText({ ticket: "~" }))[0]?.detail).toContain("nothing seen");
});

test("yes, no, on and off are texts, as YAML 1.2 says", () => {
  for (const word of ["no", "yes", "on", "off", "NO"]) expect(parsed(requestText({ ticket: word })).ticket).toBe(word);
});

test("an unknown key comes with the key that was probably meant, or where it belongs", () => {
  expect(problems(requestText({ durration: "2h" }))[0]?.detail).toContain("did you mean duration?");
  const misplaced = requestText().replace("kind:", "duration: 2h\nkind:");
  expect(problems(misplaced)[0]).toMatchObject({ fix: "move `duration:` under `spec`" });
  expect(problems(misplaced)[0]?.where).toMatchObject({ line: 2, column: 1, length: 8 });
});

test("a missing key is told at the map that lacks it", () => {
  const found = problems(requestText({ startBefore: undefined }));
  expect(found).toMatchObject([
    { code: "E102", fix: "add `startBefore:` under `spec`", where: { line: 5, column: 1 } },
  ]);
});

test("a letter that only looks like an ASCII one is told by its number", () => {
  expect(problems(requestText({ for: "d\u0435v@example.com" }))[0]?.detail).toContain("U+0435");
});

test("a file of another kind is told so once", () => {
  const text = "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 3\n";
  expect(places(text)).toEqual(["1:13 E101", "2:7 E101"]);
  expect(places("replicas: 3\n")).toEqual(["1:1 E101"]);
  expect(places("- 1\n")).toEqual(["1:1 E101"]);
  expect(places("just words\n")).toEqual(["1:1 E101"]);
  expect(places("")).toEqual(["1:1 E101"]);
  expect(places("# nothing\n")).toEqual(["1:1 E101"]);
  expect(places("null\n")).toEqual(["1:1 E101"]);
});

test("a reason is 1 to 500 characters and says something", () => {
  expect(parsed(requestText({ reason: `"${"é".repeat(500)}"` })).reason).toHaveLength(500);
  expect(places(requestText({ reason: `"${"é".repeat(501)}"` }))).toEqual(["10:11 E102"]);
  expect(places(requestText({ reason: '" \\n\\t "' }))).toEqual(["10:11 E102"]);
});

test("a hidden character written as an escape is refused like the character itself", () => {
  expect(places(requestText({ reason: '"approved \\u202e"' }))).toEqual(["10:11 E110"]);
  expect(places(requestText({ reason: '"\\0"' }))).toEqual(["10:11 E110"]);
});

test("emoji and letters of other languages may stand in a reason", () => {
  expect(parsed(requestText({ reason: '"⚠️ Zahlung hängt 支払い"' })).reason).toBe("⚠️ Zahlung hängt 支払い");
});

test("lists may not repeat themselves and have a bound", () => {
  expect(places(requestText({ access: "[a/b, c/d, a/b]" }))).toEqual(["7:22 E102"]);
  const many = Array.from({ length: 101 }, (_, at) => `db-${at}/read`).join(", ");
  expect(places(requestText({ access: `[${many}]` }))).toEqual(["7:11 E102"]);
  expect(places(requestText({ access: "[]" }))).toEqual(["7:11 E102"]);
});

test("a text larger than a request file may be is refused before it is read", () => {
  expect(places(requestText({ reason: `"${"x".repeat(70_000)}"` }))).toEqual(["1:1 E109"]);
  expect(places(`# ${"é".repeat(40_000)}`)).toEqual(["1:1 E109"]);
});
