import { strict } from "./strict";

const operation = "GET /repos/{owner}/{repo}/git/ref/{ref}";
const object = { type: "commit", sha: "1".repeat(40), url: "http://127.0.0.1/x" };
const ref = { ref: "refs/heads/main", node_id: "x", url: "http://127.0.0.1/x", object };

test("an answer that fits GitHub's schema is none of our mistakes", () => {
  expect(strict.mistakeIn(operation, { status: 200, json: ref })).toBeUndefined();
  expect(strict.mistakeIn(operation, { status: 404, json: { message: "Not Found" } })).toBeUndefined();
});

test.each([
  ["a field that GitHub does not have", { status: 200, json: { ...ref, extra: 1 } }, "(extra)"],
  ["one deeper down", { status: 200, json: { ...ref, object: { ...object, extra: 1 } } }, "/object"],
  ["a field that is missing", { status: 200, json: { ...ref, node_id: undefined } }, "node_id"],
  ["another type", { status: 200, json: { ...ref, ref: 1 } }, "/ref must be string"],
  ["a status that GitHub does not give", { status: 201, json: ref }, "does not answer"],
  ["an error without a message", { status: 404, json: {} }, "no message"],
])("%s is a mistake", (_what, answer, words) => {
  expect(strict.mistakeIn(operation, answer)).toContain(words);
});

test("an operation that is not in the subset is a mistake", () => {
  expect(strict.mistakeIn("GET /zen", { status: 200, json: "x" })).toContain("not in the subset");
});

test("what is sent may have more fields than GitHub knows, and not fewer than it wants", () => {
  const comment = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
  expect(strict.mistakeInCall(comment, { body: "x", more: 1 })).toBeUndefined();
  expect(strict.mistakeInCall(comment, { more: 1 })).toContain("body");
});
