import { readHeadSnapshot, type HeadReading, type LogView } from "../../lib/github";
import { manifestText } from "../../lib/model/manifest";
import { usualAppPermissions, type FileMap } from "../doubles/github";
import { schemaProblems } from "../support/schemas";
import {
  asOf,
  logView,
  manifest,
  openUsualPull,
  repository,
  repositoryName,
  requestText,
  startScene,
  type Scene,
} from "./support/scene";

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(async () => await scene.close());

/** Reads a pull request; whatever is read fits the schema. */
async function read(number: number, log: LogView = scene.log): Promise<HeadReading> {
  const reading = await readHeadSnapshot(scene.github, repositoryName, number, log);
  expect(schemaProblems("snapshot.v1", JSON.parse(JSON.stringify(reading.snapshot)))).toEqual([]);
  return reading;
}

/** Pushes to the branch of the pull request. */
async function push(files: FileMap, more: object = {}): Promise<string> {
  return await scene.server.pushCommit({ repository, branch: "orders", files, by: "ana", author: "ana", ...more });
}

describe("calls", () => {
  test("a usual pull request is read in four calls, ten reviews and three teams or not", async () => {
    const { number } = await openUsualPull(scene.server);
    for (const by of ["ben", "cleo", "ben", "cleo", "ben", "eve", "dan", "ben", "cleo", "ben"]) {
      await scene.server.review({ repository, number, by });
    }
    await scene.server.comment({ repository, number, by: "eve", body: "hello" });
    await scene.server.resetCalls();
    const teams = ["approvers", "gone", "gone-too"].map((slug) => `acme/${slug}`);
    const groups = teams.map((githubTeam, at) => ({ name: `t${at}`, members: [], groups: [], githubTeam }));
    const from = { kind: "groups", groups: groups.map((one) => one.name) } as const;
    const policy = {
      digest: "1".repeat(64),
      manifest: { ...manifest, groups, policyApproval: [{ approvals: 1, from }] },
    };
    const { snapshot } = await read(number, logView({ policy }));
    expect(await scene.server.counters()).toMatchObject({ total: 4, graphql: 2, rest: 2, writes: 0 });
    expect(scene.github.calls()).toBe(4);
    expect(snapshot.pull?.reviews).toHaveLength(10);
    expect(snapshot.teams.map(({ members }) => members?.map((one) => one.login) ?? null)).toEqual([
      ["ben", "cleo"],
      null,
      null,
    ]);
  });

  test("an approval before a push and a base that moved cost one call each", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.review({ repository, number, by: "ben" });
    await push({ "requests/more.yaml": requestText({ name: "more" }) });
    await scene.server.pushCommit({ repository, branch: "main", files: { "other.md": "x" } });
    await scene.server.resetCalls();
    const { snapshot } = await read(number);
    expect((await scene.server.counters()).total).toBe(6);
    expect(snapshot.reviewed).toHaveLength(1);
    expect(snapshot.base.sha).not.toBe(snapshot.subject.base);
    expect(snapshot.base.requests).toMatch(/^[0-9a-f]{64}$/);
    expect(snapshot.subject.baseRequests).toBe(snapshot.base.requests);
    expect(snapshot.reviewed[0]?.baseRequests).toBe(snapshot.base.requests);
    await scene.server.pushCommit({ repository, branch: "main", files: { "requests/old.yaml": null } });
    const later = (await read(number)).snapshot;
    expect(later.base.requests).not.toBe(later.subject.baseRequests);
    expect(later.subject.baseRequests).toBe(snapshot.base.requests);
  });

  test("trees and blobs are asked for once in the life of a client", async () => {
    const { number } = await openUsualPull(scene.server);
    await read(number);
    await scene.server.resetCalls();
    await read(number);
    expect(await scene.server.counters()).toMatchObject({ total: 1, graphql: 1 });
  });
});

describe("what is read", () => {
  test("head, base, people, changed files and their texts, as Git has them", async () => {
    const { number, head } = await openUsualPull(scene.server);
    const base = await scene.server.readRef({ repository, ref: "refs/heads/main" });
    const { snapshot, published } = await read(number);
    expect(snapshot).toMatchObject({ snapshotVersion: 1, asOf, installation: "inst-1", kind: "head" });
    expect(snapshot.repository).toMatch(/^127\.0\.0\.1:\d+\/acme\/access$/);
    expect(snapshot.subject).toMatchObject({
      sha: head,
      base,
      requestChanges: [{ path: "requests/orders.yaml", before: null, after: requestText() }],
      governedChanges: [],
      changedFiles: 1,
    });
    expect(snapshot.subject.governed).toBe(snapshot.base.governed);
    expect(snapshot.pull).toMatchObject({
      number,
      state: "open",
      isFork: false,
      targetsDefault: true,
      author: { login: "ana", kind: "user" },
      commits: [{ sha: head, parents: [base], verified: true, unknownPeople: 0, coAuthors: [] }],
    });
    expect(published).toEqual({ pullId: expect.any(String), comments: [] });
  });

  test("nothing of title, body, labels and branch names", async () => {
    const head = await push({ "requests/orders.yaml": requestText() });
    const words = { title: "canary-title", body: "canary-body" };
    const { number } = await scene.server.openPull({ repository, head: "orders", by: "ana", ...words });
    const { snapshot } = await read(number);
    expect(snapshot.subject.sha).toBe(head);
    expect(JSON.stringify(snapshot)).not.toContain("canary");
  });

  test("co-authors, committers, names that are nobody's, and who is verified", async () => {
    await push(
      { "requests/orders.yaml": requestText() },
      { coAuthors: ["ben", { name: "Nobody", email: "nobody@example.org" }], committer: "cleo", signature: "INVALID" },
    );
    const { number } = await scene.server.openPull({ repository, head: "orders", by: "ana" });
    const { snapshot } = await read(number);
    expect(snapshot.pull?.commits).toMatchObject([
      {
        author: { login: "ana" },
        committer: { login: "cleo" },
        coAuthors: [{ login: "ben" }],
        unknownPeople: 1,
        verified: false,
      },
    ]);
  });

  test("reviews in the order given, with their commits, dismissed ones and those of who may not push", async () => {
    const { number, head } = await openUsualPull(scene.server);
    const first = await scene.server.review({ repository, number, by: "ben" });
    await scene.server.review({ repository, number, by: "eve" });
    const next = await push({ "notes.md": "x" });
    await scene.server.review({ repository, number, by: "cleo", state: "CHANGES_REQUESTED" });
    await scene.server.dismissReview({ repository, number, review: first });
    const { snapshot } = await read(number);
    expect(snapshot.pull?.reviews).toMatchObject([
      { by: { login: "ben" }, state: "dismissed", commit: head, mayPush: true },
      { by: { login: "eve" }, state: "approved", commit: head, mayPush: false },
      { by: { login: "cleo" }, state: "changes requested", commit: next },
    ]);
    // Neither of them can count, so their commits are not worth a call.
    expect(snapshot.reviewed).toEqual([]);
  });

  test("a review of a deleted account is nobody's; a renamed one keeps its id; a suspended one may not push", async () => {
    const { number } = await openUsualPull(scene.server);
    for (const by of ["ben", "cleo", "dan"]) await scene.server.review({ repository, number, by });
    const ben = (await read(number)).snapshot.pull?.reviews[0]?.by;
    await scene.server.renameAccount({ from: "ben", to: "benjamin" });
    await scene.server.createUser({ login: "ben" });
    await scene.server.deleteAccount("cleo");
    await scene.server.suspend("dan");
    const [renamed, deleted, suspended] = (await read(number)).snapshot.pull?.reviews ?? [];
    expect(renamed?.by).toEqual({ ...ben, login: "benjamin" });
    expect(deleted?.by?.kind).not.toBe("bot");
    expect([undefined, "ghost"]).toContain(deleted?.by?.login);
    expect(suspended).toMatchObject({ by: { login: "dan" }, mayPush: false });
  });

  test("a bot's review is a bot's", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.createApp({ slug: "helper" });
    await scene.server.review({ repository, number, by: "helper[bot]" });
    const { snapshot } = await read(number);
    expect(snapshot.pull?.reviews).toMatchObject([{ by: { kind: "bot" } }]);
    expect(snapshot.reviewed).toEqual([]);
  });

  test("more than a hundred reviews and comments, over pages", async () => {
    const { number } = await openUsualPull(scene.server);
    for (let at = 0; at < 230; at += 1)
      await scene.server.review({ repository, number, by: "ben", state: "COMMENTED" });
    for (let at = 0; at < 120; at += 1) await scene.server.comment({ repository, number, by: "eve", body: `no ${at}` });
    await scene.server.resetCalls();
    const { snapshot } = await read(number);
    expect(snapshot.pull?.reviews).toHaveLength(230);
    expect((await scene.server.counters()).graphql).toBe(5);
  });

  test("a team of more than a hundred, over pages", async () => {
    const members = Array.from({ length: 140 }, (_, at) => `member-${at}`);
    for (const login of members) await scene.server.createUser({ login });
    await scene.server.setTeamMembers({ team: "acme/approvers", members });
    const { number } = await openUsualPull(scene.server);
    const { snapshot } = await read(number);
    expect(snapshot.teams[0]?.members?.map((one) => one.login)).toEqual(members);
  });

  test("with a workflow's own token no team can be read, and all else can", async () => {
    const { number } = await openUsualPull(scene.server);
    const github = await scene.open(await scene.server.createToken({ workflowOf: repository }));
    const { snapshot } = await readHeadSnapshot(github, repositoryName, number, scene.log);
    expect(snapshot.teams).toEqual([{ team: "acme/approvers", members: null }]);
    expect(snapshot.subject.requestChanges).toHaveLength(1);
  });

  test("a draft, a closed one, one for another branch, one of a fork, one of a deleted fork", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.editPull({ repository, number, draft: true });
    expect((await read(number)).snapshot.pull).toMatchObject({ isDraft: true, state: "open" });
    await scene.server.editPull({ repository, number, draft: false, state: "closed" });
    expect((await read(number)).snapshot.pull).toMatchObject({ isDraft: false, state: "closed" });
    await scene.server.pushCommit({ repository, branch: "side", files: { "notes.md": "x" } });
    await scene.server.editPull({ repository, number, state: "open", base: "side" });
    expect((await read(number)).snapshot).toMatchObject({ pull: { targetsDefault: false }, base: { branch: "side" } });

    const fork = await scene.server.forkRepository({ repository, owner: "eve" });
    await scene.server.pushCommit({
      repository: fork,
      branch: "theirs",
      files: { "requests/e.yaml": requestText({ name: "e" }) },
      by: "eve",
    });
    const theirs = await scene.server.openPull({ repository, head: "eve:theirs", by: "eve" });
    expect((await read(theirs.number)).snapshot.pull?.isFork).toBe(true);
    await scene.server.deleteRepository(fork);
    expect((await read(theirs.number)).snapshot).toMatchObject({
      pull: { isFork: true },
      subject: { changedFiles: 1 },
    });
    // A head whose repository is gone is nobody's, whatever else is said of it.
    const pointer = "/data/repository/pullRequest/isCrossRepository";
    await scene.server.plantFault({ match: { api: "graphql" }, fault: { kind: "replace", pointer, value: false } });
    expect((await read(theirs.number)).snapshot.pull?.isFork).toBe(true);
  });

  test("a renamed base branch is followed", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.renameBranch({ repository, from: "main", to: "trunk" });
    expect((await read(number)).snapshot).toMatchObject({ pull: { targetsDefault: true }, base: { branch: "trunk" } });
  });
});

describe("the base that changes are counted from", () => {
  test("is the merge base when the base branch moved on, which takes no call", async () => {
    const { number } = await openUsualPull(scene.server);
    const before = await scene.server.readRef({ repository, ref: "refs/heads/main" });
    await scene.server.pushCommit({
      repository,
      branch: "main",
      files: { "requests/other.yaml": requestText({ name: "other" }) },
    });
    const { snapshot } = await read(number);
    expect(snapshot.subject).toMatchObject({ base: before, requestChanges: [{ path: "requests/orders.yaml" }] });
    expect((await scene.server.counters()).byRoute).not.toHaveProperty("GET /repos/{owner}/{repo}/compare/{basehead}");
  });

  test("is GitHub's word where the base branch was merged into the head", async () => {
    const { number, head } = await openUsualPull(scene.server);
    const main = await scene.server.pushCommit({
      repository,
      branch: "main",
      files: { "requests/other.yaml": requestText({ name: "other" }) },
    });
    await push({ "requests/other.yaml": requestText({ name: "other" }) }, { parents: [head, main] });
    const { snapshot } = await read(number);
    expect(snapshot.subject).toMatchObject({ base: main, requestChanges: [{ path: "requests/orders.yaml" }] });
  });

  test("of a reviewed commit is its own", async () => {
    const { number, head } = await openUsualPull(scene.server);
    await scene.server.review({ repository, number, by: "ben" });
    const main = await scene.server.pushCommit({
      repository,
      branch: "main",
      files: { "requests/other.yaml": requestText({ name: "other" }) },
    });
    await push({ "requests/other.yaml": requestText({ name: "other" }) }, { parents: [head, main] });
    const { reviewed } = (await read(number)).snapshot;
    expect(reviewed).toMatchObject([{ sha: head, changedFiles: 1 }]);
    expect(reviewed[0]?.base).not.toBe(main);
  });
});

describe("a head that was force-pushed", () => {
  test("what was approved before is still read by its id", async () => {
    const { number, head } = await openUsualPull(scene.server);
    await scene.server.review({ repository, number, by: "ben" });
    const base = await scene.server.readRef({ repository, ref: "refs/heads/main" });
    const next = await push({ "requests/else.yaml": requestText({ name: "else" }) }, { parents: [base] });
    const { snapshot } = await read(number);
    expect(snapshot.subject).toMatchObject({ sha: next, requestChanges: [{ path: "requests/else.yaml" }] });
    expect(snapshot.reviewed).toMatchObject([{ sha: head, requestChanges: [{ path: "requests/orders.yaml" }] }]);
  });

  test("one that GitHub no longer has is left out", async () => {
    const { number, head } = await openUsualPull(scene.server);
    await scene.server.review({ repository, number, by: "ben" });
    const base = await scene.server.readRef({ repository, ref: "refs/heads/main" });
    await push({ "requests/else.yaml": requestText({ name: "else" }) }, { parents: [base] });
    await scene.server.plantFault({
      match: { query: "query Commits" },
      fault: { kind: "replace", pointer: "/data/repository/c0", value: null },
    });
    const { snapshot } = await read(number);
    expect(snapshot.pull?.reviews).toMatchObject([{ commit: head }]);
    expect(snapshot.reviewed).toEqual([]);
  });

  test("a head that is not among the commits listed ends the reading", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.plantFault({
      match: { api: "graphql" },
      fault: { kind: "replace", pointer: "/data/repository/pullRequest/headRefOid", value: "f".repeat(40) },
    });
    await expect(read(number)).rejects.toMatchObject({ code: "E522" });
  });
});

describe("edits of governed files", () => {
  test("bring the committed Manifest, the teams that it claims, and all merged requests", async () => {
    await scene.server.createTeam({ organization: "acme", slug: "claimed", members: ["eve"] });
    const claimed = { ...manifest, groups: [{ name: "c", members: [], groups: [], githubTeam: "acme/claimed" }] };
    const { number } = await openUsualPull(scene.server, {
      "access.ts": "export const rules = 2;\n",
      "leasehold.out/manifest.json": manifestText(claimed),
    });
    const merged = { requests: [{ name: "a" }, { name: "b" }].map((one) => ({ ...oldRequest, ...one })) };
    await scene.server.resetCalls();
    const { snapshot } = await read(number, logView({ merged }));
    expect(snapshot.subject.governedChanges).toMatchObject([
      {
        path: "access.ts",
        before: expect.stringMatching(/^[0-9a-f]{40}$/),
        after: expect.stringMatching(/^[0-9a-f]{40}$/),
      },
      { path: "leasehold.out/manifest.json", before: null },
    ]);
    expect(snapshot.subject.manifest).toBe(manifestText(claimed));
    expect(snapshot.subject.governed).not.toBe(snapshot.subject.baseGoverned);
    expect(snapshot.teams).toMatchObject([
      { team: "acme/approvers" },
      { team: "acme/claimed", members: [{ login: "eve" }] },
    ]);
    expect(snapshot.log.merged).toEqual(merged.requests);
    expect((await scene.server.counters()).total).toBe(5);
  });

  test("a hostile Manifest brings no call for what is no team, and no error", async () => {
    const hostile = {
      groups: [{ githubTeam: '") { login } }' }, { githubTeam: 7 }, null, "x", { githubTeam: "acme/approvers" }],
    };
    for (const text of [JSON.stringify(hostile), "{", "null", '{"groups":{}}']) {
      const branch = `b${Math.abs(text.length)}`;
      await scene.server.pushCommit({
        repository,
        branch,
        files: { "access.ts": text, "leasehold.out/manifest.json": text },
        by: "ana",
      });
      const { number } = await scene.server.openPull({ repository, head: branch, by: "ana" });
      const { snapshot } = await read(number);
      expect(snapshot.subject.manifest).toBe(text);
      expect(snapshot.teams).toHaveLength(1);
    }
  });

  test("an earlier policy of the base is read from the Log", async () => {
    const { number } = await openUsualPull(scene.server);
    const earlier = { digest: "2".repeat(64), manifest, governed: (await read(number)).snapshot.subject.baseGoverned };
    const log = logView({ readPolicy: async (governed) => (governed === earlier.governed ? earlier : undefined) });
    expect((await read(number, log)).snapshot.earlierPolicies).toEqual([earlier]);
  });
});

const oldRequest = {
  name: "old",
  for: ["ana@example.com"],
  access: ["orders-db/read"],
  startBefore: "2026-11-30T00:00:00.000Z",
  reason: "INC-1",
};

describe("what request files may be", () => {
  test("links, submodules and files that are no UTF-8 text or too large are named, never read", async () => {
    const { number } = await openUsualPull(scene.server, {
      "requests/link.yaml": { link: "../../etc/passwd" },
      "requests/module.yaml": { submodule: "a".repeat(40) },
      "requests/wide.yaml": { base64: Buffer.from("\uFEFFname: x", "utf16le").toString("base64") },
      "requests/latin.yaml": { base64: Buffer.from([0x6e, 0xe9, 0x0a]).toString("base64") },
      "requests/bom.yaml": "\uFEFFname: x\n",
      "requests/large.yaml": "x".repeat(65_537),
    });
    const { requestChanges } = (await read(number)).snapshot.subject;
    expect(requestChanges.map(({ path, after, unreadable }) => [path, after, unreadable])).toEqual([
      ["requests/bom.yaml", null, "not UTF-8"],
      ["requests/large.yaml", null, "too large"],
      ["requests/latin.yaml", null, "not UTF-8"],
      ["requests/link.yaml", null, "link"],
      ["requests/module.yaml", null, "submodule"],
      ["requests/wide.yaml", null, "not UTF-8"],
    ]);
  });

  test("texts come byte for byte: line ends, characters beyond the first plane, nothing at all", async () => {
    const texts = {
      "requests/crlf.yaml": "a: 1\r\nb: 2\r",
      "requests/plane.yaml": "a: \u{1F600}\n",
      "requests/empty.yaml": "",
    };
    const { number } = await openUsualPull(scene.server, texts);
    const { requestChanges } = (await read(number)).snapshot.subject;
    expect(Object.fromEntries(requestChanges.map(({ path, after }) => [path, after]))).toEqual(texts);
  });

  test("hostile file names are taken as they are", async () => {
    const long = `requests/${"d".repeat(250)}/`.padEnd(4_000, `${"e".repeat(200)}/`) + "f.txt";
    const names = [
      'requests/"quoted".txt',
      "requests/new\nline.txt",
      "requests/`tick`.txt",
      "-rf",
      "requests/../x.md".replace("..", "..."),
      long,
    ];
    const { number } = await openUsualPull(scene.server, Object.fromEntries(names.map((name) => [name, "x"])));
    const { governedChanges } = (await read(number)).snapshot.subject;
    expect(governedChanges.map((one) => one.path).toSorted()).toEqual(
      names.filter((name) => !name.endsWith(".md")).toSorted(),
    );
  });

  test("a removed file has what it said; a moved one is gone there and new here", async () => {
    const { number } = await openUsualPull(scene.server, {
      "requests/old.yaml": null,
      "requests/sub/old.yaml": requestText({ name: "old" }),
    });
    expect((await read(number)).snapshot.subject.requestChanges).toEqual([
      { path: "requests/old.yaml", before: requestText({ name: "old" }), after: null },
      { path: "requests/sub/old.yaml", before: null, after: requestText({ name: "old" }) },
    ]);
  });

  test("3,000 changed files are read, in batches", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => [`requests/r${at}.yaml`, requestText({ name: `r${at}` })]),
    );
    const { number } = await openUsualPull(scene.server, files);
    await scene.server.resetCalls();
    const { snapshot } = await read(number);
    expect(snapshot.subject.changedFiles).toBe(3_000);
    expect(snapshot.subject.requestChanges.every(({ path, after }) => after === files[path])).toBe(true);
    expect((await scene.server.counters()).total).toBe(33);
  });

  test("a pull request that deletes all requests, and one that changes nothing at all", async () => {
    const { number } = await openUsualPull(scene.server, { "requests/old.yaml": null });
    expect((await read(number)).snapshot.subject).toMatchObject({ changedFiles: 1, requestChanges: [{ after: null }] });
    await scene.server.pushCommit({ repository, branch: "nothing", by: "ana" });
    const nothing = await scene.server.openPull({ repository, head: "nothing", by: "ana" });
    expect((await read(nothing.number)).snapshot.subject).toMatchObject({ changedFiles: 0, requestChanges: [] });
  });
});

describe("what cannot be read whole", () => {
  test("a pull request of 250 commits or more is refused, and says what to do", async () => {
    const { number } = await openUsualPull(scene.server);
    const pointer = "/data/repository/pullRequest/commits/totalCount";
    await scene.server.plantFault({ match: { api: "graphql" }, fault: { kind: "replace", pointer, value: 250 } });
    await expect(read(number)).rejects.toMatchObject({
      code: "E406",
      diagnostics: [{ fix: expect.stringContaining("squash") }],
    });
  });

  test("commits that GitHub leaves out of its list", async () => {
    const cut = await startScene({ limits: { limits: { pullCommits: 2 } } });
    for (const text of ["1", "2", "3"]) {
      await cut.server.pushCommit({ repository, branch: "orders", files: { "notes.md": text }, by: "ana" });
    }
    const { number } = await cut.server.openPull({ repository, head: "orders", by: "ana" });
    const reading = readHeadSnapshot(cut.github, repositoryName, number, cut.log);
    await expect(reading).rejects.toMatchObject({ code: "E522" });
    await cut.close();
  });

  test("a list that is shorter than GitHub says it is", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.review({ repository, number, by: "ben", state: "CHANGES_REQUESTED" });
    const at = "/data/repository/pullRequest/reviews";
    for (const fault of [
      { kind: "replace", pointer: `${at}/nodes`, value: [] },
      { kind: "replace", pointer: `${at}/nodes/0`, value: null },
      { kind: "replace", pointer: `${at}/pageInfo` },
      { kind: "replace", pointer: `${at}/nodes/0/commit` },
    ] as const) {
      await scene.server.plantFault({ match: { api: "graphql" }, fault });
      await expect(read(number)).rejects.toMatchObject({ code: "E522" });
    }
  });

  test("a tree that GitHub cut, or that is not what its id says", async () => {
    const { number } = await openUsualPull(scene.server);
    const route = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";
    for (const [pointer, value] of [
      ["/truncated", true],
      ["/tree/0/path", "another"],
      ["/tree/1/sha", "0".repeat(40)],
      ["/tree/0/mode", "100755"],
      ["/tree", []],
      ["/tree/0", { path: "x", mode: "100644", type: "blob", sha: "0".repeat(40), size: 1 }],
    ] as const) {
      await scene.server.plantFault({ match: { route }, fault: { kind: "replace", pointer, value } });
      await expect(read(number)).rejects.toMatchObject({ code: "E522" });
    }
  });

  test("a blob that is not what its id says", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.plantFault({
      match: { query: "query Blobs" },
      fault: { kind: "replace", pointer: "/data/repository/b0/text", value: "forged" },
      times: null,
    });
    // Byte for byte it is right.
    expect((await read(number)).snapshot.subject.requestChanges[0]?.after).toBe(requestText());
    await push({ "requests/next.yaml": requestText({ name: "next" }) });
    await scene.server.plantFault({
      match: { route: "GET /repos/{owner}/{repo}/git/blobs/{file_sha}" },
      fault: { kind: "replace", pointer: "/content", value: Buffer.from("forged").toString("base64") },
    });
    await expect(read(number)).rejects.toMatchObject({ code: "E522" });
  });

  test("a pull request or repository that is not there", async () => {
    await expect(read(99)).rejects.toMatchObject({ code: "E524" });
    const other = { owner: "acme", name: "elsewhere" };
    await expect(readHeadSnapshot(scene.github, other, 1, scene.log)).rejects.toMatchObject({ code: "E524" });
  });
});

describe("approval of the most recent push", () => {
  /** With a token that may edit rulesets: only then GitHub tells who may go round them. */
  async function readAsEditor(number: number): Promise<boolean> {
    const permissions = { ...usualAppPermissions, administration: "write" } as const;
    const github = await scene.open(await scene.server.createToken({ app: "leasehold-acme", permissions }));
    return (await readHeadSnapshot(github, repositoryName, number, scene.log)).snapshot.lastPushApproved;
  }

  test("counts where nobody may go round it, and the token may know that", async () => {
    const { number } = await openUsualPull(scene.server);
    expect(await readAsEditor(number)).toBe(false);
    await scene.server.addRuleset({ repository, rules: [lastPush] });
    expect(await readAsEditor(number)).toBe(true);
    expect((await read(number)).snapshot.lastPushApproved).toBe(false);
  });

  test("does not count with a bypass list, without a number of approvals, or not in force", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.addRuleset({ repository, rules: [lastPush], enforcement: "evaluate" });
    expect(await readAsEditor(number)).toBe(false);
    await scene.server.removeRulesets(repository);
    await scene.server.addRuleset({
      repository,
      rules: [lastPush],
      bypassActors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }],
    });
    expect(await readAsEditor(number)).toBe(false);
  });

  test("branch protection counts where it holds for administrators too", async () => {
    const { number } = await openUsualPull(scene.server);
    const rules = { repository, branch: "main", requiredApprovals: 1, requireLastPushApproval: true };
    await scene.server.protect(rules);
    expect((await read(number)).snapshot.lastPushApproved).toBe(false);
    await scene.server.protect({ ...rules, enforceAdmins: true });
    expect((await read(number)).snapshot.lastPushApproved).toBe(true);
    await scene.server.protect({ ...rules, enforceAdmins: true, bypassPullRequest: ["dan"] });
    expect((await read(number)).snapshot.lastPushApproved).toBe(false);
  });

  test("counts for nothing where the token may not look", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.protect({
      repository,
      branch: "main",
      requiredApprovals: 1,
      requireLastPushApproval: true,
      enforceAdmins: true,
    });
    const permissions = { contents: "read", pull_requests: "read", checks: "read" } as const;
    const github = await scene.open(await scene.server.createToken({ app: "leasehold-acme", permissions }));
    const { snapshot } = await readHeadSnapshot(github, repositoryName, number, scene.log);
    expect(snapshot.lastPushApproved).toBe(false);
  });
});

const lastPush = {
  type: "pull_request",
  parameters: {
    required_approving_review_count: 1,
    require_last_push_approval: true,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    required_review_thread_resolution: false,
  },
};
