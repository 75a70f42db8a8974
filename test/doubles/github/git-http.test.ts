import { join } from "node:path";
import { temporaryFolder } from "../../support/folders";
import { git, runGit } from "./git/run-git";
import { spawnGitHub, type TestGitHub } from "./index";
import { acme, callerOf, openedPull, repository } from "./scene";

let running: TestGitHub | undefined;

async function scene() {
  const made = await acme();
  running = made.github;
  return made;
}

afterEach(() => running?.close());

const folder = temporaryFolder();
let clones = 0;

async function cloned(github: TestGitHub, login: string, scopes?: readonly string[]) {
  const token = await github.createToken({ login, ...(scopes === undefined ? {} : { scopes }) });
  const directory = join(folder, `clone-${(clones += 1)}`);
  const address = `${github.url.replace("//", `//x-access-token:${token}@`)}/${repository}.git`;
  await git(folder, "clone", "-q", address, directory);
  for (const [name, value] of [
    ["user.name", login],
    ["user.email", `${login}@example.com`],
  ])
    await git(directory, "config", name!, value!);
  return directory;
}

const commit = (directory: string) => git(directory, "commit", "-q", "--allow-empty", "-m", "More");

test("refs are fetched and pushed with a token, and the push is seen through the API", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  const directory = await cloned(github, "alice");
  await git(directory, "checkout", "-q", "ask");
  await commit(directory);
  await git(directory, "push", "-q", "origin", "ask", "HEAD:refs/leasehold/log");
  const head = (await git(directory, "rev-parse", "HEAD")).trim();
  expect(await github.readPull({ repository, number })).toMatchObject({ headSha: head });
  expect((await app.get(`/repos/${repository}/git/ref/leasehold/log`)).json["object"]!["sha"]).toBe(head);
  const push = (await github.events()).findLast((event) => event.name === "push")!;
  expect(push.payload).toMatchObject({ ref: "refs/heads/ask", after: head, forced: false, pusher: { name: "alice" } });
  const other = await cloned(github, "carol");
  await git(other, "fetch", "-q", "origin", "refs/leasehold/log", `refs/pull/${number}/head`);
  expect(await github.counters()).toMatchObject({ git: expect.any(Number), writes: 1 });
});

test("a push that is no fast-forward is refused by git, a forced one by the branch's rules", async () => {
  const { github } = await scene();
  const [first, second] = [await cloned(github, "bob"), await cloned(github, "bob")];
  await commit(first);
  await git(first, "push", "-q", "origin", "HEAD:refs/leasehold/log", "main");
  await git(second, "commit", "-q", "--allow-empty", "-m", "Other");
  expect((await runGit(second, ["push", "origin", "HEAD:refs/leasehold/log"])).stderr).toMatch(/rejected.*fetch first/);
  await github.protect({ repository, branch: "main" });
  expect((await runGit(second, ["push", "--force", "origin", "HEAD:main"])).stderr).toContain(
    "Cannot force-push to this branch",
  );
  expect((await runGit(second, ["push", "--force", "origin", "HEAD:refs/leasehold/log"])).code).toBe(0);
});

test("who may not push does not: a reader, a suspended account, a missing scope, a protected branch", async () => {
  const { github } = await scene();
  const reader = await cloned(github, "carol");
  await commit(reader);
  expect((await runGit(reader, ["push", "origin", "main"])).code).not.toBe(0);
  const writer = await cloned(github, "alice");
  await commit(writer);
  await github.protect({ repository, branch: "main", requiredApprovals: 1 });
  expect((await runGit(writer, ["push", "origin", "main"])).stderr).toContain("GH006");
  expect((await runGit(writer, ["push", "origin", "HEAD:refs/pull/1/head"])).stderr).toContain("hidden ref");
  await github.suspend("alice");
  expect((await runGit(writer, ["push", "origin", "HEAD:x"])).stderr).toContain("403");
  await expect(cloned(github, "bob", [])).rejects.toThrow(/not found/i);
});

test("a push whose answer is lost has happened", async () => {
  const { github } = await scene();
  const directory = await cloned(github, "alice");
  await commit(directory);
  await github.plantFault({
    match: { api: "git", method: "POST", route: "git git-receive-pack" },
    fault: { kind: "lost answer" },
  });
  expect((await runGit(directory, ["push", "origin", "HEAD:refs/leasehold/log"])).code).not.toBe(0);
  expect(await github.readRef({ repository, ref: "refs/leasehold/log" })).toBe(
    (await git(directory, "rev-parse", "HEAD")).trim(),
  );
});

test("the server runs as a process of its own, with the same actions", async () => {
  const github = await spawnGitHub({ limits: { rateLimit: 100 } });
  try {
    await github.createUser({ login: "alice" });
    const { head } = await github.createRepository({ name: "alice/access" });
    const caller = callerOf(github, await github.createToken({ login: "alice" }));
    expect((await caller.get("/repos/alice/access/commits")).json[0]!["sha"]).toBe(head);
    await expect(github.createRepository({ name: "alice/access/x", defaultBranch: ".." })).rejects.toThrow("init");
    expect(await github.counters()).toMatchObject({ total: 1 });
  } finally {
    await github.close();
  }
  expect(github.child.exitCode).toBe(0);
});
