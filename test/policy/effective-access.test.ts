import { accessWords } from "../../lib/policy";

const held = (level: string, ...how: readonly string[]) => how.map((one) => ({ level, how: one }));

test("access in words names each level once, and each way to it once, sorted", () => {
  expect(accessWords([])).toBe("none");
  expect(accessWords([...held("write", "r3", "r2", "r3"), ...held("read", "r1")])).toBe("read (r1), write (r2, r3)");
});

test("of more than ten ways the first ten are named: thousands of requests for one pair stay a line each", () => {
  const ways = Array.from({ length: 3_000 }, (_, at) => `r${String(at).padStart(4, "0")}`);
  expect(accessWords(held("read", ...ways.slice(0, 10)))).toBe(`read (${ways.slice(0, 10).join(", ")})`);
  expect(accessWords(held("read", ...ways.toReversed()))).toBe(`read (${ways.slice(0, 10).join(", ")} and 2990 more)`);
});
