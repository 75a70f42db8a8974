import {
  commentOn,
  openPullRequest,
  reactTo,
  readComment,
  readFiles,
  readHeadSnapshot,
  resolveAccounts,
  writeIssue,
  type GitHub,
  type PullToOpen,
} from "../../lib/github";
import { logView, repository, repositoryName, requestText, startScene, type Scene } from "./support/scene";

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(async () => await scene.close());

const tip = async (branch = "main") => (await scene.server.readRef({ repository, ref: `refs/heads/${branch}` })) ?? "";

describe("opening a pull request", () => {
  const pull = (changes: Partial<PullToOpen> = {}): PullToOpen => ({
    branch: "leasehold/orders",
    files: [{ path: "requests/orders.yaml", text: requestText() }],
    message: "Ask for orders",
    title: "Ask for orders",
    body: "INC-1",
    ...changes,
  });
  const open = (changes: Partial<PullToOpen> = {}) => openPullRequest(scene.github, repositoryName, pull(changes));

  test("makes branch, commit and pull request, and asks people and teams, without a local Git", async () => {
    await scene.server.setPermission({ repository, to: "acme/approvers", permission: "write" });
    const base = await tip();
    const opened = await open({ reviewers: ["ben"], teams: ["approvers"] });
    expect(opened).toMatchObject({ number: 1, headSha: await tip("leasehold/orders"), notAsked: [] });
    expect(opened.url).toBe(`${scene.server.url}/${repository}/pull/1`);
    expect(await scene.server.readPull({ repository, number: 1 })).toMatchObject({
      title: "Ask for orders",
      body: "INC-1",
      baseBranch: "main",
      baseSha: base,
      requestedReviewers: ["ben"],
      requestedTeams: ["acme/approvers"],
    });
    const files = await readFiles(scene.github, repositoryName, opened.headSha, (path) => path.startsWith("requests/"));
    expect([...files.keys()].toSorted()).toEqual(["requests/old.yaml", "requests/orders.yaml"]);
  });

  test("removes and moves files, and leaves alone what is not there", async () => {
    const { headSha } = await open({
      files: [
        { path: "requests/old.yaml", text: null },
        { path: "archive/old.yaml", text: requestText({ name: "old" }) },
        { path: "never/there.md", text: null },
      ],
    });
    const files = await readFiles(scene.github, repositoryName, headSha, () => true);
    expect(files.has("requests/old.yaml")).toBe(false);
    expect(files.get("archive/old.yaml")?.mode).toBe("100644");
  });

  test("GitHub signs the commit, so that it asks for no approval more, also for a person's own token", async () => {
    const { number } = await open();
    const { snapshot } = await readHeadSnapshot(scene.github, repositoryName, number, logView());
    expect(snapshot.pull?.commits.map(({ verified }) => verified)).toEqual([true]);
  });

  test("a lost answer to its commit is looked for, and found", async () => {
    await scene.server.plantFault({
      match: { api: "graphql", query: "createCommitOnBranch" },
      fault: { kind: "lost answer" },
    });
    expect(await open()).toMatchObject({ number: 1, headSha: await tip("leasehold/orders") });
  });

  test("again gives the one that is open", async () => {
    const first = await open();
    expect(await open()).toEqual(first);
  });

  test.each(["POST /repos/{owner}/{repo}/git/refs", "POST /repos/{owner}/{repo}/pulls"])(
    "goes on where the answer to %s was lost",
    async (route) => {
      await scene.server.plantFault({ match: { route }, fault: { kind: "lost answer" } });
      expect(await open()).toMatchObject({ number: 1 });
      await expect(scene.server.readPull({ repository, number: 2 })).rejects.toThrow("no pull request");
    },
  );

  test("does not take a branch that holds something else", async () => {
    await scene.server.pushCommit({ repository, branch: "leasehold/orders", files: { "evil.ts": "x" }, by: "ana" });
    await expect(open()).rejects.toMatchObject({ code: "E525" });
    const { headSha } = await open({ branch: "other" });
    // The same files on another base.
    await scene.server.pushCommit({ repository, branch: "main", files: { "notes.md": "x" } });
    await scene.server.moveBranch({ repository, branch: "third", to: headSha });
    await expect(open({ branch: "third" })).rejects.toMatchObject({ code: "E525" });
  });

  test("that would change nothing is refused", async () => {
    await expect(open({ files: [{ path: "README.md", text: "# access\n" }] })).rejects.toMatchObject({ code: "E309" });
  });

  test("says which reviewers GitHub would not ask, and asks the others", async () => {
    const { notAsked } = await open({ reviewers: ["nobody", "ben"] });
    expect(notAsked).toMatchObject([{ reviewer: "nobody" }]);
    expect(await scene.server.readPull({ repository, number: 1 })).toMatchObject({ requestedReviewers: ["ben"] });
  });
});

describe("issues", () => {
  const issue = { installation: "inst-1", key: "abc", title: "A merge was not approved", text: "x" };

  test("one per key, put right in place, and left alone where it says the same", async () => {
    const first = await writeIssue(scene.github, repositoryName, issue);
    expect(first).toMatchObject({ number: 1, writes: 1 });
    expect(await writeIssue(scene.github, repositoryName, issue)).toMatchObject({ number: 1, writes: 0 });
    expect(await writeIssue(scene.github, repositoryName, { ...issue, text: "y" })).toMatchObject({
      number: 1,
      writes: 1,
    });
    expect(await writeIssue(scene.github, repositoryName, { ...issue, key: "def" })).toMatchObject({ number: 2 });
    expect(await scene.server.issues(repository)).toHaveLength(2);
  });

  test.each(["ana", "helper[bot]"])("the marker in an issue of %s is nothing", async (by) => {
    await scene.server.createApp({ slug: "helper" });
    const body = "<!-- leasehold:issue:inst-1:abc -->\nforged";
    await scene.server.openIssue({ repository, title: "x", body, by });
    expect(await writeIssue(scene.github, repositoryName, issue)).toMatchObject({ number: 2, writes: 1 });
  });

  test("of two that were opened at once the older one stays, and is put right from then on", async () => {
    const { github } = scene;
    // Another run opens it after this one has looked for it, and before it writes.
    const slow: Pick<GitHub, "ask" | "query"> = {
      query: (...asked) => github.query(...asked),
      async ask(site, parameters) {
        if (site === "create issue") await writeIssue(github, repositoryName, issue);
        return github.ask(site, parameters);
      },
    };
    expect(await writeIssue(slow as GitHub, repositoryName, issue)).toMatchObject({ number: 1, writes: 2 });
    const issues = await scene.server.issues(repository);
    expect(issues.map(({ number, state }) => [number, state])).toEqual([
      [1, "open"],
      [2, "closed"],
    ]);
    expect(await writeIssue(scene.github, repositoryName, { ...issue, text: "y" })).toMatchObject({ number: 1 });
  });

  test("one that is listed under another author than was asked for is nothing", async () => {
    await writeIssue(scene.github, repositoryName, issue);
    await scene.server.plantFault({
      match: { route: "GET /repos/{owner}/{repo}/issues" },
      fault: { kind: "replace", pointer: "/0/user/login", value: "helper[bot]" },
    });
    // Made anew, and closed again when a second look shows ours.
    expect(await writeIssue(scene.github, repositoryName, issue)).toMatchObject({ number: 1, writes: 2 });
    expect(await scene.server.issues(repository)).toHaveLength(2);
  });

  test("one whose answer was lost is found", async () => {
    await scene.server.plantFault({
      match: { route: "POST /repos/{owner}/{repo}/issues" },
      fault: { kind: "lost answer" },
    });
    expect(await writeIssue(scene.github, repositoryName, issue)).toMatchObject({ number: 1 });
    expect(await scene.server.issues(repository)).toHaveLength(1);
  });

  test("a text that does not fit is refused", async () => {
    await expect(
      writeIssue(scene.github, repositoryName, { ...issue, text: "x".repeat(70_000) }),
    ).rejects.toMatchObject({
      code: "E525",
    });
  });
});

describe("comments of others", () => {
  test("are read as they stand now, with who wrote them and whether they were edited", async () => {
    const number = await scene.server.openIssue({ repository, title: "x", by: "ana" });
    const id = await scene.server.comment({ repository, number, by: "ben", body: "/revoke" });
    const comment = () => readComment(scene.github, repositoryName, { number, id });
    expect(await comment()).toMatchObject({
      id,
      number,
      by: { login: "ben", kind: "user" },
      body: "/revoke",
      isOnPull: false,
      isEdited: false,
    });
    // Within the same second, which REST does not tell apart.
    await scene.server.editComment({ repository, comment: id, body: "/plan", by: "ben" });
    expect(await comment()).toMatchObject({ body: "/plan", isEdited: true });
    await expect(readComment(scene.github, repositoryName, { number: number + 1, id })).rejects.toMatchObject({
      code: "E524",
    });
    await scene.server.deleteComment({ repository, comment: id });
    await expect(comment()).rejects.toMatchObject({ code: "E524" });
  });

  test("are answered and reacted to", async () => {
    const number = await scene.server.openIssue({ repository, title: "x", by: "ana" });
    const id = await scene.server.comment({ repository, number, by: "ben", body: "/revoke" });
    await reactTo(scene.github, repositoryName, { id, with: "eyes" });
    await commentOn(scene.github, repositoryName, { number, text: "done" });
    expect((await scene.server.comments({ repository, number })).map((one) => one.body)).toEqual(["/revoke", "done"]);
  });
});

describe("accounts and files", () => {
  test("logins in any case and number; those that are nobody's, an organization's or no login at all are left out", async () => {
    const many = Array.from({ length: 130 }, (_, at) => `user-${at}`);
    for (const login of many) await scene.server.createUser({ login });
    await scene.server.resetCalls();
    const found = await resolveAccounts(scene.github, ["ANA", "acme", "nobody", 'x") { login } }', ...many]);
    expect([...found.keys()]).toEqual(["ANA", ...many]);
    expect(found.get("ANA")).toMatchObject({ login: "ana", kind: "user" });
    expect((await scene.server.counters()).total).toBe(2);
  });

  test.each([
    ["another login than the one asked for", "/data/u0/login", "ana-2"],
    ["somebody who is no person", "/data/u0/__typename", "Bot"],
    ["nobody's numeric id", "/data/u0/databaseId", null],
  ])("an account that comes back as %s is not found", async (_, pointer, value) => {
    await scene.server.plantFault({ match: { api: "graphql" }, fault: { kind: "replace", pointer, value } });
    expect([...(await resolveAccounts(scene.github, ["ana", "ben"])).keys()]).toEqual(["ben"]);
    expect([...(await resolveAccounts(scene.github, ["ana", "ben"])).keys()]).toEqual(["ana", "ben"]);
  });

  test("the files of a commit come byte for byte; links and submodules never", async () => {
    const bytes = Buffer.from([0, 1, 255, 10, 13]);
    const files = {
      "binary.bin": { base64: bytes.toString("base64") },
      "big.txt": "x".repeat(300_000),
      "link.ts": { link: "/etc/passwd" },
      module: { submodule: "a".repeat(40) },
    };
    const commit = await scene.server.pushCommit({ repository, branch: "main", files });
    const read = await readFiles(scene.github, repositoryName, commit, (path) => path !== "README.md");
    expect([...read.keys()].toSorted()).toEqual([
      "access.ts",
      "big.txt",
      "binary.bin",
      "leasehold.yaml",
      "requests/old.yaml",
    ]);
    expect(Buffer.from(read.get("binary.bin")?.bytes ?? []).equals(bytes)).toBe(true);
    expect(read.get("big.txt")?.bytes).toHaveLength(300_000);
    await expect(readFiles(scene.github, repositoryName, "0".repeat(40), () => true)).rejects.toMatchObject({
      code: "E524",
    });
  });
});
