import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { repositoryFiles } from "../../lib/cli/templates/repository";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";

const folder = join(projectRoot, "examples/quickstart");
const bin = join(projectRoot, "dist/lib/cli/main.js");
const demos = temporaryFolder();
const asOf = "2026-11-25T09:00:00Z";

/** What `leasehold init` writes with this installation at this moment. */
const written = repositoryFiles({
  installation: "quickstart0123456789",
  now: "2026-11-25T09:00:00.000Z",
  schemas: Object.fromEntries(
    ["config.v1.json", "request.v1.json"].map((name) => [
      name,
      readFileSync(join(projectRoot, "schemas", name), "utf8"),
    ]),
  ),
});

function leasehold(cwd: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [bin, ...args], { cwd, encoding: "utf8" });
}

/** UPDATE_EXPECTED=1 writes the example anew, to be read before it is committed. */
if (process.env["UPDATE_EXPECTED"] === "1") writeTree(folder, written);

test("the example is exactly what `leasehold init` writes", () => {
  expect(textsUnder(folder)).toEqual(written);
});

test("`leasehold init` writes the same into a new folder, but for its installation and the time", () => {
  expect(leasehold(demos, "init", "new")).toMatchObject({ status: 0, stderr: "" });
  const made = textsUnder(join(demos, "new"));
  expect(Object.keys(made)).toEqual(Object.keys(textsUnder(folder)));
  for (const [path, text] of Object.entries(made)) expect(unlike(text)).toBe(unlike(written[path] ?? ""));
});

test("it validates at the time it is written for", () => {
  const run = leasehold(folder, "validate", "--as-of", asOf);
  expect({ status: run.status, stdout: run.stdout }).toEqual({
    status: 0,
    stdout: "No problems. 1 request checked.\n",
  });
});

test("a newcomer's order ends with nothing left to do", () => {
  leasehold(demos, "init", "demo");
  const demo = join(demos, "demo");
  expect(leasehold(demo, "validate").status).toBe(0);
  const first = leasehold(demo, "plan", "--detailed-exitcode");
  expect(first.status).toBe(2);
  expect(first.stdout).toContain("ana@example.com gets read on orders-db for 1 h, when approved");
  expect(leasehold(demo, "apply", "--yes").status).toBe(5);
  expect(leasehold(demo, "policy", "accept").status).toBe(0);
  expect(leasehold(demo, "approve", "orders-first-look", "--as", "ben@example.com").status).toBe(0);
  expect(leasehold(demo, "apply", "--yes").status).toBe(0);
  const again = leasehold(demo, "plan", "--detailed-exitcode");
  expect({ status: again.status, first: again.stdout.split("\n")[0] }).toEqual({ status: 0, first: "Nothing to do." });
}, 60_000);

function textsUnder(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile() && !/\/(?:\.leasehold|leasehold\.out)\//.test(path));
  return Object.fromEntries(files.toSorted().map((path) => [relative(root, path), readFileSync(path, "utf8")]));
}

function unlike(text: string): string {
  return text.replace(/^installation: .*$/m, "installation: …").replace(/startBefore: \S+/, "startBefore: …");
}
