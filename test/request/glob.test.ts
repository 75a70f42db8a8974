import * as fc from "fast-check";
import { matchesGlob, tryParseGlob } from "../../lib/request/glob";

function matches(glob: string, path: string): boolean {
  const parsed = tryParseGlob(glob);
  if (parsed === undefined) throw new Error(`no glob: ${glob}`);
  return matchesGlob(parsed, path);
}

test.each([
  ["requests/**/*.yaml", "requests/a.yaml", true],
  ["requests/**/*.yaml", "requests/x/y/a.yaml", true],
  ["requests/**/*.yaml", "requests/a.yml", false],
  ["requests/**/*.yaml", "other/a.yaml", false],
  ["requests/**/*.yaml", "requests.yaml", false],
  ["requests/**/*.yaml", "requests/.hidden/a.yaml", false],
  ["requests/**/*.yaml", "requests/.yaml", false],
  ["requests/*.yaml", "requests/x/a.yaml", false],
  ["**/*.yaml", "a.yaml", true],
  ["teams/*/requests/*.yaml", "teams/sre/requests/a.yaml", true],
  ["teams/*/requests/*.yaml", "teams/requests/a.yaml", false],
  ["teams/**/requests/**/*.yaml", "teams/a/b/requests/c/d.yaml", true],
  ["a*b*c", "aXbYc", true],
  ["a*b*c", "abc", true],
  ["a*b*c", "acb", false],
  ["requests/a.yaml", "requests/a.yaml", true],
])("%s takes %s: %s", (glob, path, expected) => {
  expect(matches(glob, path)).toBe(expected);
});

test.each([
  "",
  "/requests/*.yaml",
  "../*.yaml",
  "a/../b.yaml",
  "a/./b",
  "a//b",
  "a/{b,c}.yaml",
  "a/[b].yaml",
  "a?b",
  "!a",
  "a/**",
  "a/**b/c",
  "**/**/c",
  "a\\b",
  "a b.yaml",
  "~/a",
])("%p is no glob", (text) => {
  expect(tryParseGlob(text)).toBeUndefined();
});

const name = fc.stringMatching(/^[ab.]{1,4}$/).filter((one) => one !== "." && one !== "..");
const segment = fc.oneof(
  name,
  fc.stringMatching(/^[ab*]{1,4}$/).filter((one) => !one.includes("**")),
  fc.constant("**"),
);

/** The same rules once more, as one regular expression. */
function asRegExp(glob: string): RegExp {
  const segments = glob.split("/").map((one) => {
    if (one === "**") return "(?:[^/.][^/]*/)*";
    const start = one.startsWith("*") ? "(?!\\.)" : "";
    return `${start}${one.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}/`;
  });
  return new RegExp(`^${segments.join("")}$`);
}

test("agrees with the same rules written as a regular expression", () => {
  fc.assert(
    fc.property(
      fc.array(segment, { minLength: 1, maxLength: 5 }),
      fc.array(name, { minLength: 1, maxLength: 5 }),
      (segments, names) => {
        const glob = tryParseGlob(segments.join("/"));
        fc.pre(glob !== undefined);
        expect(matchesGlob(glob, names.join("/"))).toBe(asRegExp(glob.text).test(`${names.join("/")}/`));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("a glob of many stars against a long name takes no more than their product of steps", () => {
  expect(matches(`${"a*".repeat(100)}b`, "a".repeat(250))).toBe(false);
});
