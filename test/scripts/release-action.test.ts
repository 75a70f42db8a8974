import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";
import { runStep } from "../support/runner";
import { payloadOf } from "../support/webhook-payloads";

const folder = temporaryFolder();
const checkout = join(folder, "checkout");
const identity = ["-c", "user.name=Ops", "-c", "user.email=ops@example.com"];
const environment = {
  ...process.env,
  GIT_AUTHOR_NAME: "Ops",
  GIT_AUTHOR_EMAIL: "ops@example.com",
  GIT_COMMITTER_NAME: "Ops",
  GIT_COMMITTER_EMAIL: "ops@example.com",
};

function git(...args: readonly string[]): string {
  return execFileSync("git", [...identity, "-C", checkout, ...args], { encoding: "utf8" }).trim();
}

/** Runs the script's function on a root of its own. */
function release(tag: string) {
  const script = `import { releaseAction } from ${JSON.stringify(join(projectRoot, "scripts/release-action.mjs"))};
    console.log(JSON.stringify(releaseAction(${JSON.stringify(checkout)}, ${JSON.stringify(tag)})));`;
  return spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8", env: environment });
}

beforeAll(() => {
  mkdirSync(checkout);
  for (const path of ["action.yml", "LICENSE", "dist/action"]) {
    cpSync(join(projectRoot, path), join(checkout, path), { recursive: true });
  }
  writeTree(checkout, { ".gitignore": "dist/\n", "lib/index.ts": "export {};\n" });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Sources");
});

test("a release is a commit that holds the Action and nothing else, and it runs from there", async () => {
  const head = git("rev-parse", "HEAD");
  const run = release("v0.1.0");
  expect(run).toMatchObject({ status: 0, stderr: "" });
  const { commit, tree } = JSON.parse(run.stdout) as { readonly commit: string; readonly tree: string };
  expect(git("rev-parse", "v0.1.0^{commit}")).toBe(commit);
  expect(git("rev-parse", `${commit}^`)).toBe(head);
  expect(git("ls-tree", "--name-only", commit).split("\n")).toEqual(["LICENSE", "action.yml", "dist"]);
  expect({ head: git("rev-parse", "HEAD"), status: git("status", "--porcelain") }).toEqual({ head, status: "" });

  const downloaded = join(folder, "downloaded");
  mkdirSync(downloaded);
  execFileSync("sh", ["-c", `git -C "${checkout}" archive ${commit} | tar -x -C "${downloaded}"`]);
  expect(readdirSync(downloaded).toSorted()).toEqual(["LICENSE", "action.yml", "dist"]);
  const step = { action: downloaded, workspace: folder, temporary: join(folder, "runner") };
  const payload = payloadOf("pull_request_review", "submitted");
  expect(await runStep({ ...step, event: "pull_request_review", payload })).toMatchObject({
    exitCode: 0,
    commands: [],
  });

  // The same sources give the same tree: whoever builds it can compare.
  expect(JSON.parse(release("v0.1.1").stdout)).toMatchObject({ tree });
});

test.each([
  ["main", "Expected a tag like v0.1.0"],
  ["--help", "Expected a tag like v0.1.0"],
  ["v0.1.0", "already exists"],
])("the tag %s is refused", (tag, said) => {
  const run = release(tag);
  expect(run.status).not.toBe(0);
  expect(run.stderr).toContain(said);
});
