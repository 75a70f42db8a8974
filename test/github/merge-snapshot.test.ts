import { firstParentsSince, readMergeSnapshot, readQueueSnapshot } from "../../lib/github";
import { openUsualPull, repository, repositoryName, requestText, startScene, type Scene } from "./support/scene";

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(async () => await scene.close());

const merged = async (commit: string) => await readMergeSnapshot(scene.github, repositoryName, commit, scene.log);
const main = async () => (await scene.server.readRef({ repository, ref: "refs/heads/main" })) ?? "";

/** An approved pull request of two commits. */
async function approvedPull(): Promise<{ readonly number: number; readonly head: string }> {
  const { number } = await openUsualPull(scene.server);
  const files = { "requests/second.yaml": requestText({ name: "second" }) };
  const head = await scene.server.pushCommit({ repository, branch: "orders", files, by: "ana", author: "ana" });
  await scene.server.review({ repository, number, by: "ben" });
  return { number, head };
}

describe("a merge", () => {
  test.each(["merge", "squash"] as const)(
    "by %s belongs to its pull request, with what was approved beside it",
    async (method) => {
      const { number, head } = await approvedPull();
      const before = await main();
      const commit = await scene.server.merge({ repository, number, method, by: "dan" });
      const { snapshot, ambiguous } = await merged(commit);
      expect(ambiguous).toEqual([]);
      expect(snapshot).toMatchObject({
        kind: "merge",
        subject: { sha: commit, base: before, changedFiles: 2 },
        base: { branch: "main", sha: before },
        pull: { number, state: "merged", mergedAs: commit, mergedBy: { login: "dan" }, head },
        reviewed: [{ sha: head, base: before, changedFiles: 2 }],
        teams: [{ team: "acme/approvers", members: [{ login: "ben" }, { login: "cleo" }] }],
      });
    },
  );

  test("by rebase: each of its commits belongs to the same pull request, against its own first parent", async () => {
    const { number, head } = await approvedPull();
    const before = await main();
    const last = await scene.server.merge({ repository, number, method: "rebase" });
    const { commits } = await firstParentsSince(scene.github, repositoryName, { from: before });
    expect(commits).toHaveLength(2);
    expect(commits[1]).toBe(last);
    for (const [at, path] of ["requests/orders.yaml", "requests/second.yaml"].entries()) {
      expect((await merged(commits[at] ?? "")).snapshot).toMatchObject({
        subject: { sha: commits[at], base: at === 0 ? before : commits[0], requestChanges: [{ path }] },
        pull: { number },
        reviewed: [{ sha: head, base: before, changedFiles: 2 }],
      });
    }
  });

  test("into a base that moved: the review keeps the base that it was given on", async () => {
    const { number, head } = await approvedPull();
    const base = await main();
    const moved = await scene.server.pushCommit({ repository, branch: "main", files: { "notes.md": "moved" } });
    const commit = await scene.server.merge({ repository, number, method: "squash" });
    expect((await merged(commit)).snapshot).toMatchObject({
      subject: { base: moved, changedFiles: 2 },
      reviewed: [{ sha: head, base }],
    });
  });

  test("that was a push belongs to nobody", async () => {
    const commit = await scene.server.pushCommit({
      repository,
      branch: "main",
      files: { "requests/x.yaml": requestText({ name: "x" }) },
    });
    const { snapshot } = await merged(commit);
    expect(snapshot).not.toHaveProperty("pull");
    expect(snapshot).toMatchObject({
      subject: { requestChanges: [{ path: "requests/x.yaml" }] },
      reviewed: [],
      teams: [],
    });
  });

  test("that GitHub counts to a pull request that is open, closed, or for another branch belongs to nobody", async () => {
    const { number } = await approvedPull();
    const commit = await scene.server.pushCommit({ repository, branch: "main", files: { "notes.md": "x" } });
    await scene.server.associate({ repository, commit, pulls: [number] });
    expect((await merged(commit)).snapshot).not.toHaveProperty("pull");
    await scene.server.pushCommit({ repository, branch: "side", files: { "notes.md": "y" } });
    await scene.server.editPull({ repository, number, base: "side" });
    await scene.server.merge({ repository, number });
    expect(await merged(commit)).toMatchObject({ ambiguous: [] });
    expect((await merged(commit)).snapshot).not.toHaveProperty("pull");
  });

  test("that belongs to two pull requests is of the one whose merge it is, and of none where that cannot be told", async () => {
    const { number } = await approvedPull();
    const commit = await scene.server.merge({ repository, number, method: "squash" });
    await scene.server.pushCommit({ repository, branch: "two", files: { "notes.md": "two" }, by: "ana" });
    const two = await scene.server.openPull({ repository, head: "two", by: "ana" });
    await scene.server.merge({ repository, number: two.number, method: "squash" });
    await scene.server.associate({ repository, commit, pulls: [two.number, number] });
    expect((await merged(commit)).snapshot.pull?.number).toBe(number);

    const push = await scene.server.pushCommit({ repository, branch: "main", files: { "notes.md": "push" } });
    await scene.server.associate({ repository, commit: push, pulls: [two.number, number] });
    const { snapshot, ambiguous } = await merged(push);
    expect(snapshot).not.toHaveProperty("pull");
    expect(ambiguous).toEqual([two.number, number]);
  });

  test("that is no commit of the repository", async () => {
    await expect(merged("0".repeat(40))).rejects.toMatchObject({ code: "E524" });
  });
});

describe("the walk along the base branch", () => {
  test("gives first parents only, oldest first, whatever side branches hold", async () => {
    const from = await main();
    const { number } = await approvedPull();
    const push = await scene.server.pushCommit({ repository, branch: "main", files: { "notes.md": "x" } });
    const merge = await scene.server.merge({ repository, number });
    expect(await firstParentsSince(scene.github, repositoryName, { from })).toEqual({
      commits: [push, merge],
      tip: merge,
      branch: "main",
    });
  });

  test("costs one call where nothing happened", async () => {
    const from = await main();
    await scene.server.resetCalls();
    expect((await firstParentsSince(scene.github, repositoryName, { from })).commits).toEqual([]);
    expect((await scene.server.counters()).total).toBe(1);
  });

  test("follows pages", async () => {
    const from = await main();
    for (let at = 0; at < 120; at += 1) {
      await scene.server.pushCommit({ repository, branch: "main", files: { "notes.md": `${at}` } });
    }
    const { commits } = await firstParentsSince(scene.github, repositoryName, { from, branch: "main" });
    expect(commits).toHaveLength(120);
  });

  test("ends where the branch was rewritten, moved back, or the commit came in from the side", async () => {
    const first = await main();
    const { number, head } = await approvedPull();
    const merge = await scene.server.merge({ repository, number });
    const walk = (from: string) => firstParentsSince(scene.github, repositoryName, { from });
    await expect(walk(head)).rejects.toMatchObject({ code: "E405" });
    await scene.server.moveBranch({ repository, branch: "main", to: first });
    await expect(walk(merge)).rejects.toMatchObject({ code: "E405" });
    await scene.server.pushCommit({ repository, branch: "main", parents: [], files: { "a.md": "new history" } });
    await expect(walk(merge)).rejects.toMatchObject({ code: "E405" });
    await expect(walk("0".repeat(40))).rejects.toMatchObject({ code: "E405" });
    await expect(
      firstParentsSince(scene.github, repositoryName, { from: first, branch: "gone" }),
    ).rejects.toMatchObject({
      code: "E524",
    });
  });
});

describe("a merge queue", () => {
  test("each commit is of the pull request that the queue names, against the commit before it", async () => {
    const { number, head } = await approvedPull();
    await scene.server.pushCommit({
      repository,
      branch: "two",
      files: { "requests/two.yaml": requestText({ name: "two" }) },
      by: "ana",
    });
    const two = await scene.server.openPull({ repository, head: "two", by: "ana" });
    const one = await scene.server.enqueue({ repository, number, method: "squash" });
    const group = await scene.server.enqueue({ repository, number: two.number, method: "squash" });
    const readings = await readQueueSnapshot(
      scene.github,
      repositoryName,
      { baseSha: await main(), headSha: group.headSha },
      scene.log,
    );
    expect(readings.map(({ snapshot }) => snapshot)).toMatchObject([
      { kind: "queue", subject: { sha: one.headSha }, pull: { number, state: "open" }, reviewed: [{ sha: head }] },
      { kind: "queue", subject: { sha: group.headSha, base: one.headSha }, pull: { number: two.number }, reviewed: [] },
    ]);
  });

  test("all commits of a rebase are of one pull request; a commit that it does not name is of none", async () => {
    const { number } = await approvedPull();
    const { headSha } = await scene.server.enqueue({ repository, number, method: "rebase" });
    const group = { baseSha: await main(), headSha };
    const readings = await readQueueSnapshot(scene.github, repositoryName, group, scene.log);
    expect(readings.map(({ snapshot }) => snapshot.pull?.number)).toEqual([number, number]);
    const stray = await scene.server.createCommit({
      repository,
      branch: "none",
      parents: [headSha],
      files: { "x.md": "x" },
    });
    const more = await readQueueSnapshot(scene.github, repositoryName, { ...group, headSha: stray }, scene.log);
    expect(more.map(({ snapshot }) => snapshot.pull?.number)).toEqual([number, number, undefined]);
  });
});
