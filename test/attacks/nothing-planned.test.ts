import { directoryTree } from "../../lib/adapters/source-tree";
import { loadRequests } from "../../lib/request";
import { exitCodeOf } from "../../lib/errors";
import type { SourceTree } from "../../lib/ports";
import { temporaryFolder, writeTree } from "../support/folders";
import { requestText } from "../support/request-text";

/** Every file of the folder is a request or a problem: what is neither is skipped in silence. */
async function skipped(
  tree: SourceTree,
  files: readonly string[],
  glob = "requests/**/*.yaml",
): Promise<readonly string[]> {
  const loaded = await loadRequests({ tree, glob });
  const seen = new Set([
    ...loaded.requests.map((one) => one.file),
    ...loaded.diagnostics.map((one) => one.where?.file),
  ]);
  return files.filter((file) => !seen.has(file));
}

describe("nothing planned, success reported: no request file is skipped in silence", () => {
  const root = temporaryFolder();
  const files = {
    "requests/good.yaml": requestText({}, "good"),
    "requests/deep/er/good.yaml": requestText({}, "deep"),
    "requests/bad.yaml": "[",
    "requests/empty.yaml": "",
    "requests/other.yml": requestText({}, "other-ending"),
    "requests/UPPER.YAML": requestText({}, "other-case"),
    "requests/.hidden.yaml": requestText({}, "hidden"),
    "requests/same-1.yaml": requestText({}, "same"),
    "requests/same-2.yaml": requestText({}, "same"),
  };
  writeTree(root, files);

  test("each file that looks like a request is one, or is told", async () => {
    expect(await skipped(directoryTree(root), Object.keys(files))).toEqual([]);
  });

  test("a glob that matches nothing says that it found nothing", async () => {
    const loaded = await loadRequests({ tree: directoryTree(root), glob: "request/**/*.yaml" });
    expect(loaded).toMatchObject({ files: 0, requests: [] });
  });

  test("one broken file makes the whole reading a failure, though the others are read", async () => {
    const loaded = await loadRequests({ tree: directoryTree(root), glob: "requests/**/*.yaml" });
    expect(loaded.requests.map((one) => one.request.name)).toEqual(["deep", "good"]);
    expect(exitCodeOf(loaded.diagnostics)).toBe(3);
  });

  test("a file that cannot be read fails the reading, and is not a request less", async () => {
    const tree = directoryTree(root);
    const failing: SourceTree = {
      list: (directory) => tree.list(directory),
      tryRead: async (path, most) => {
        if (path.endsWith("good.yaml")) throw new Error("input/output error");
        return tree.tryRead(path, most);
      },
    };
    await expect(loadRequests({ tree: failing, glob: "requests/**/*.yaml" })).rejects.toThrow("input/output error");
  });

  test("a directory that cannot be listed fails the reading", async () => {
    const tree = directoryTree(root);
    const failing: SourceTree = {
      list: async (directory) => {
        if (directory === "requests/deep") throw new Error("input/output error");
        return tree.list(directory);
      },
      tryRead: (path, most) => tree.tryRead(path, most),
    };
    await expect(loadRequests({ tree: failing, glob: "requests/**/*.yaml" })).rejects.toThrow("input/output error");
  });

  test("the count is of files found, not of files that were fine", async () => {
    const loaded = await loadRequests({ tree: directoryTree(root), glob: "requests/**/*.yaml" });
    expect(loaded.files).toBe(6);
  });
});
