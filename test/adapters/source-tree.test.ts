import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { directoryTree } from "../../lib/adapters/source-tree";
import { temporaryFolder } from "../support/folders";

const root = temporaryFolder();
const outside = temporaryFolder();
const tree = directoryTree(root);

beforeAll(() => {
  mkdirSync(join(root, "a/b"), { recursive: true });
  writeFileSync(join(root, "a/file"), "0123456789");
  writeFileSync(join(outside, "secret"), "secret");
  symlinkSync(join(outside, "secret"), join(root, "a/link"));
  execFileSync("mkfifo", [join(root, "a/pipe")]);
});

test("a directory lists its names sorted, each with what it is, links not followed", async () => {
  expect(await tree.list("a")).toEqual([
    { name: "b", kind: "directory" },
    { name: "file", kind: "file" },
    { name: "link", kind: "link" },
    { name: "pipe", kind: "other" },
  ]);
  expect(await tree.list("")).toEqual([{ name: "a", kind: "directory" }]);
  expect(await tree.list("a/b")).toEqual([]);
});

test("a directory that is missing is empty, and so is a file in its place", async () => {
  expect(await tree.list("nowhere")).toEqual([]);
  expect(await tree.list("a/file")).toEqual([]);
});

test("a file is read whole, or one byte more than asked for", async () => {
  expect(text(await tree.tryRead("a/file", 100))).toBe("0123456789");
  expect(text(await tree.tryRead("a/file", 10))).toBe("0123456789");
  expect(text(await tree.tryRead("a/file", 4))).toBe("01234");
});

test("only a regular file is read: no link, no directory, no pipe that nobody writes to, nothing that is missing", async () => {
  for (const path of ["a/link", "a/b", "a/pipe", "a/nowhere", "a/file/x"]) {
    expect(await tree.tryRead(path, 100)).toBeUndefined();
  }
});

test("a file that grows while it is read is read up to the bound", async () => {
  // /proc files say that they are empty and are not.
  expect(text(await directoryTree("/proc/self").tryRead("status", 100_000))).toContain("Name:");
  expect((await directoryTree("/proc/self").tryRead("status", 10))?.length).toBe(11);
});

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString("utf8");
}
