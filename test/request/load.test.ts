import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { directoryTree } from "../../lib/adapters/source-tree";
import type { Diagnostic } from "../../lib/errors";
import { loadRequests } from "../../lib/request";
import { requestText } from "../support/request-text";
import { temporaryFolder, writeTree } from "../support/folders";

const glob = "requests/**/*.yaml";

/** `file:line:column severity code` */
function told(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics
    .map((one) => `${one.where?.file}:${one.where?.line}:${one.where?.column} ${one.severity} ${one.code}`)
    .toSorted();
}

describe("a repository with requests", () => {
  const root = temporaryFolder();
  writeTree(root, {
    "requests/b.yaml": requestText({}, "beta"),
    "requests/a.yaml": requestText({}, "zeta"),
    "requests/team/sre/c.yaml": requestText({}, "alpha"),
    "requests/README.md": "# Requests",
    "requests/.hidden.yaml": "not: read",
    "requests/.git/x.yaml": "not: read",
    "other/d.yaml": "not: read",
  });

  test("every file that the glob takes is read, in order of name", async () => {
    const loaded = await loadRequests({ tree: directoryTree(root), glob });
    expect(told(loaded.diagnostics)).toEqual(["requests/.hidden.yaml:1:1 warning E111"]);
    expect(loaded.files).toBe(3);
    expect(loaded.requests.map((one) => [one.request.name, one.file])).toEqual([
      ["alpha", "requests/team/sre/c.yaml"],
      ["beta", "requests/b.yaml"],
      ["zeta", "requests/a.yaml"],
    ]);
  });

  test("a glob that takes nothing gives no files, for the caller to judge", async () => {
    expect(await loadRequests({ tree: directoryTree(root), glob: "nowhere/*.yaml" })).toEqual({
      requests: [],
      diagnostics: [],
      files: 0,
    });
  });

  test("a text that is no glob is an error of the config", async () => {
    await expect(loadRequests({ tree: directoryTree(root), glob: "../*.yaml" })).rejects.toMatchObject({
      code: "E701",
    });
  });
});

describe("a repository with files that are no requests", () => {
  const root = temporaryFolder();
  const outside = temporaryFolder();
  writeFileSync(join(outside, "secret.yaml"), requestText({}, "from-outside"));
  mkdirSync(join(outside, "more"));
  writeFileSync(join(outside, "more", "x.yaml"), requestText({}, "from-outside-too"));
  writeTree(root, {
    "requests/good.yaml": requestText({}, "good"),
    "requests/bad.yaml": requestText({ duration: "1h30" }, "bad"),
    "requests/empty.yaml": "",
    "requests/binary.yaml": "\0\u0001",
    "requests/wrong-ending.yml": requestText({}, "wrong-ending"),
    "requests/WRONG.YAML": requestText({}, "wrong-case"),
    "requests/zw\u200bsp.yaml": requestText({}, "hidden-name"),
    "requests/directory.yaml/inside.yaml": requestText({}, "inside"),
  });
  writeFileSync(join(root, "requests/large.yaml"), Buffer.alloc(50_000_000, "a"));
  symlinkSync(join(outside, "secret.yaml"), join(root, "requests/link-out.yaml"));
  symlinkSync("good.yaml", join(root, "requests/link-in.yaml"));
  symlinkSync(join(outside, "more"), join(root, "requests/link-to-directory"));
  symlinkSync("nowhere", join(root, "requests/dangling.yaml"));
  symlinkSync("x", join(root, "requests/link-that-no-glob-takes.md"));

  test("each is told, none is followed or skipped in silence, and the good one is read", async () => {
    const loaded = await loadRequests({ tree: directoryTree(root), glob });
    expect(loaded.requests.map((one) => one.request.name)).toEqual(["good", "inside"]);
    expect(told(loaded.diagnostics)).toEqual(
      [
        "requests/WRONG.YAML:1:1 warning E111",
        "requests/bad.yaml:8:13 error E104",
        "requests/binary.yaml:1:1 error E101",
        "requests/dangling.yaml:1:1 error E703",
        "requests/directory.yaml:1:1 error E101",
        "requests/empty.yaml:1:1 error E101",
        "requests/large.yaml:1:1 error E109",
        "requests/link-in.yaml:1:1 error E703",
        "requests/link-out.yaml:1:1 error E703",
        "requests/link-that-no-glob-takes.md:1:1 error E703",
        "requests/link-to-directory:1:1 error E703",
        "requests/wrong-ending.yml:1:1 warning E111",
        "requests/zw\u200bsp.yaml:1:1 error E110",
      ].toSorted(),
    );
  });
});

test("a socket with the name of a request file is told, not read", async () => {
  const root = temporaryFolderNow();
  const path = join(root, "requests", "socket.yaml");
  mkdirSync(dirname(path), { recursive: true });
  const server = createServer().listen(path);
  await new Promise((resolve) => server.once("listening", resolve));
  try {
    const loaded = await loadRequests({ tree: directoryTree(root), glob });
    expect(told(loaded.diagnostics)).toEqual(["requests/socket.yaml:1:1 error E101"]);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test("twenty requests with one name are refused at each place, and none of them is taken", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`requests/${at}.yaml`, requestText({}, "same")]),
  );
  const root = temporaryFolderNow();
  writeTree(root, { ...files, "requests/other.yaml": requestText({}, "other") });
  const loaded = await loadRequests({ tree: directoryTree(root), glob });
  expect(loaded.requests.map((one) => one.request.name)).toEqual(["other"]);
  expect(loaded.diagnostics.map((one) => one.code)).toEqual(Array.from({ length: 20 }, () => "E106"));
  expect(new Set(loaded.diagnostics.map((one) => one.where?.file)).size).toBe(20);
  expect(loaded.diagnostics[0]?.where).toMatchObject({ line: 4, column: 9, length: 4 });
  expect(loaded.diagnostics[0]?.detail).toContain("18 more files");
});

test("a file that goes away while it is read is an error, not a request less", async () => {
  const tree = { list: async () => [{ name: "a.yaml", kind: "file" as const }], tryRead: async () => undefined };
  const loaded = await loadRequests({ tree, glob: "*.yaml" });
  expect(told(loaded.diagnostics)).toEqual(["a.yaml:1:1 error E101"]);
});

test("a tree that cannot be read is an error of the run", async () => {
  const tree = { list: () => Promise.reject(new Error("no permission")), tryRead: async () => undefined };
  await expect(loadRequests({ tree, glob: "*.yaml" })).rejects.toThrow("no permission");
});

const folder = temporaryFolder();
let count = 0;

/** A folder made within a test; it goes with the others. */
function temporaryFolderNow(): string {
  count += 1;
  const path = join(folder, String(count));
  mkdirSync(path);
  return path;
}
