import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { blobId, emptyTree, treeId } from "../../lib/github/git-objects";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "leasehold-objects-"));
  git(["init", "--bare", "--quiet"], "");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function git(args: readonly string[], input: string | Uint8Array): string {
  return execFileSync("git", args, { cwd: directory, input, encoding: "utf8" }).trim();
}

test("a blob has the id that Git gives it", () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from("a\r\n\u{1F600}"), Buffer.from([0, 255, 10])]) {
    expect(blobId(bytes)).toBe(git(["hash-object", "--stdin"], bytes));
  }
  expect(emptyTree).toBe(git(["mktree"], ""));
});

test("a tree has the id that Git gives it, whatever its names, modes and their order", () => {
  // Names around the slash are where files and directories sort apart.
  const name = fc.string({ unit: fc.constantFrom(...'ab-./0_é\n"'.replace("/", "")), minLength: 1, maxLength: 4 });
  const sound = name.filter((one) => one !== "." && one !== "..");
  const entry = fc.record({ name: sound, mode: fc.constantFrom("100644", "100755", "120000", "160000", "40000") });
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: (one) => one.name, maxLength: 8 }), (entries) => {
      const named = entries.map((one, at) => ({ ...one, id: at.toString(16).padStart(40, "a") }));
      const kinds: Record<string, string> = { "40000": "tree", "160000": "commit" };
      const lines = named.map(({ name: path, mode, id }) => `${mode} ${kinds[mode] ?? "blob"} ${id}\t${path}\0`);
      expect(treeId(named)).toBe(git(["mktree", "--missing", "-z"], lines.join("")));
    }),
    { numRuns: 60 },
  );
});
