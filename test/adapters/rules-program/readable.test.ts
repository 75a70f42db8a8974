import { mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { readableEntries } from "../../../lib/adapters/rules-program/readable";
import { isFailure } from "../../../lib/errors";
import { writeTree } from "../../support/folders";
import { emptyFolder } from "./program";

/** What may be read of a repository with these files, relative to it. */
function readable(
  files: readonly string[],
  more: { readonly hidden?: readonly string[]; readonly links?: Readonly<Record<string, string>> } = {},
): readonly string[] {
  const repository = realpathSync(emptyFolder());
  writeTree(repository, Object.fromEntries(files.map((file) => [file, ""])));
  for (const [from, to] of Object.entries(more.links ?? {})) symlinkSync(to, join(repository, from));
  const hidden = (more.hidden ?? []).map((path) => join(repository, path));
  return readableEntries({ repository, hidden })
    .map((path) => relative(repository, path))
    .toSorted();
}

describe("a rules program may read", () => {
  test("whole directories in which nothing is hidden", () => {
    expect(readable(["access.ts", "teams/a.ts", "teams/deep/b.ts"])).toEqual(["access.ts", "teams"]);
  });

  test("what stands beside something hidden, at any depth", () => {
    const files = ["a.ts", "out/log/1", "out/log2", "out/x/key", "out/x/keys.ts", "out/x/y/z"];
    expect(readable(files, { hidden: ["out/log", "out/x/key"] })).toEqual([
      "a.ts",
      "out/log2",
      "out/x/keys.ts",
      "out/x/y",
    ]);
  });

  test("nothing in the places where tools keep credentials", () => {
    const files = [".git/config", ".npmrc", ".env", ".env.local", "team/.env", "team/a.ts", ".envoy.ts", "env"];
    expect(readable(files)).toEqual([".envoy.ts", "env", "team/a.ts"]);
  });

  test("no link that leads out, and nothing beside it by way of its directory", () => {
    const links = { "team/proc": "/proc", "team/up": "../..", "team/gone": "nowhere" };
    expect(readable(["team/a.ts", "team/b/c.ts"], { links })).toEqual(["team/a.ts", "team/b"]);
  });

  test("links to what may be read as a whole, and no others", () => {
    const links = {
      "to-file": "team/a.ts",
      "to-whole": "team",
      "to-part": "out",
      "to-log": "out/log",
      "to-key": "out/key",
    };
    const files = ["team/a.ts", "out/key", "out/log/1", "out/x"];
    expect(readable(files, { links, hidden: ["out/key", "out/log"] })).toEqual([
      "out/x",
      "team",
      "to-file",
      "to-whole",
    ]);
  });

  test("no link that leads round in a circle", () => {
    expect(readable(["team/a.ts"], { links: { "team/again": ".", round: "." } })).toEqual(["team/a.ts"]);
  });

  test("nothing with a star in its name, which would stand for all beside it", () => {
    expect(readable(["*/x", "team/*", "team/a.ts", "key"], { hidden: ["key"] })).toEqual(["team/a.ts"]);
  });

  test("what is hidden by another name of it", () => {
    const repository = realpathSync(emptyFolder());
    writeTree(repository, { "state/log/1": "", "a.ts": "" });
    symlinkSync("state", join(repository, "link"));
    expect(readableEntries({ repository, hidden: [join(repository, "link", "log")] })).toEqual([
      join(repository, "a.ts"),
    ]);
  });
});

test("a repository where thousands of files would have to be listed one by one is refused, with the cause", () => {
  const repository = realpathSync(emptyFolder());
  writeTree(repository, Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`requests/${n}.yaml`, ""])));
  symlinkSync("/etc", join(repository, "requests", "out"));
  try {
    readableEntries({ repository, hidden: [] });
  } catch (error) {
    expect(isFailure(error) && error.code).toBe("E703");
    expect(isFailure(error) && error.diagnostics[0]?.detail).toContain(join("requests", "out"));
    return;
  }
  throw new Error("Expected the repository to be refused");
});

test("a repository below a directory with a star in its name is refused", () => {
  const repository = join(realpathSync(emptyFolder()), "a*b");
  mkdirSync(repository);
  expect(() => readableEntries({ repository, hidden: [] })).toThrow("has a star in it");
});
