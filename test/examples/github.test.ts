import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { githubRepositoryFiles } from "../../lib/cli/templates/github";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";

const folder = join(projectRoot, "examples/github");
const bin = join(projectRoot, "dist/lib/cli/main.js");
const made = temporaryFolder();
const asOf = "2026-11-25T09:00:00Z";

/** What `leasehold init --github --repo lanternworks/access` writes with this installation, but for the Manifest. */
const written = githubRepositoryFiles({
  installation: "github0123456789abcd",
  owner: "lanternworks",
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
if (process.env["UPDATE_EXPECTED"] === "1") {
  writeTree(folder, written);
  leasehold(folder, "synth");
}

test("the example is exactly what `leasehold init --github` writes, and its committed Manifest is what the rules say", () => {
  const { "leasehold.out/manifest.json": manifest, ...others } = textsUnder(folder);
  expect(others).toEqual(written);
  expect(manifest).toBeDefined();
  expect(leasehold(folder, "synth", "--check")).toMatchObject({ status: 0, stderr: "" });
});

test("`leasehold init --github` writes the same into a new folder, the Manifest included", () => {
  const run = leasehold(made, "init", "new", "--github", "--repo", "lanternworks/access");
  expect(run).toMatchObject({ status: 0, stderr: "" });
  expect(run.stdout).toContain("+ new/.github/workflows/leasehold-plan.yml");
  const texts = textsUnder(join(made, "new"));
  expect(Object.keys(texts)).toEqual(Object.keys(textsUnder(folder)));
  for (const [path, text] of Object.entries(texts)) {
    if (path !== "leasehold.yaml") expect({ path, text }).toEqual({ path, text: textsUnder(folder)[path] });
  }
  expect(leasehold(join(made, "new"), "synth", "--check").status).toBe(0);
  expect(leasehold(join(made, "new"), "validate")).toMatchObject({ status: 0 });
});

test("the Manifest is not ignored by Git, what else is written beside it is", () => {
  const run = leasehold(made, "init", "tracked", "--github");
  expect(run.status).toBe(0);
  const tracked = join(made, "tracked");
  writeTree(tracked, { "leasehold.out/plan.json": "{}", ".leasehold/x": "" });
  const git = (...args: readonly string[]) => spawnSync("git", ["-C", tracked, ...args], { encoding: "utf8" }).stdout;
  git("init", "--quiet");
  const seen = git("ls-files", "--others", "--exclude-standard").trimEnd().split("\n");
  expect(seen.filter((path) => path.startsWith("leasehold.out/"))).toEqual(["leasehold.out/manifest.json"]);
  expect(seen).not.toContain(".leasehold/x");
});

test("the request that its README shows is a valid one", () => {
  const shown = /```yaml\n(.*?)```/s.exec(written["requests/README.md"] ?? "")?.[1] ?? "";
  expect(leasehold(made, "init", "asked", "--github").status).toBe(0);
  writeTree(join(made, "asked"), { "requests/orders.yaml": shown });
  const run = leasehold(join(made, "asked"), "validate", "--as-of", asOf);
  expect({ status: run.status, stdout: run.stdout }).toEqual({
    status: 0,
    stdout: "No problems. 1 request checked.\n",
  });
});

test.each([
  [["--repo", "lanternworks/access"], "--repo says nothing without --github"],
  [["--github", "--repo", "no slash"], "--repo is not `owner/name`"],
  [["--github", "--repo", "evil\n@everyone/x"], "--repo is not `owner/name`"],
])("`init %j` is wrong usage", (args, said) => {
  const run = leasehold(made, "init", "wrong", ...args);
  expect(run.status).toBe(64);
  expect(run.stderr).toContain(said);
});

function textsUnder(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile() && !/\/(?:\.leasehold\/|leasehold\.out\/rules\.json)/.test(path));
  return Object.fromEntries(files.toSorted().map((path) => [relative(root, path), readFileSync(path, "utf8")]));
}
