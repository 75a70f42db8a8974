import { acme, callerOf, openedPull, repository } from "./scene";
import type { TestGitHub } from "./index";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../support/folders";
import { git } from "./git/run-git";
import { allRoutes } from "./rest/routes";

const at = `/repos/${repository}`;
let running: TestGitHub | undefined;

async function scene(...options: Parameters<typeof acme>) {
  const made = await acme(...options);
  running = made.github;
  return made;
}

afterEach(async () => {
  const violations = await running?.violations();
  await running?.close();
  if (violations !== undefined && violations.length > 0) throw new Error(violations.join("\n"));
});

test("every route is an operation of GitHub's description, and every operation cut out has its route", async () => {
  await scene();
  const path = join(projectRoot, "test/fixtures/github/operations.json");
  const operations = JSON.parse(readFileSync(path, "utf8")) as readonly string[];
  expect(allRoutes.map((route) => route.operation).sort()).toEqual([...operations].sort());
});

test("every GET of a repository answers what fits GitHub's schema", async () => {
  const { github, base } = await scene();
  const { number, head } = await openedPull(github, "ask", { "requests/x.yaml": "x\n" });
  const review = await github.review({ repository, number, by: "bob" });
  await github.requestReviewers({ repository, number, people: ["carol"] });
  const comment = await github.comment({ repository, number, by: "alice", body: "Please" });
  const run = await github.createCheckRun({
    repository,
    commit: head,
    name: "leasehold",
    app: "leasehold",
    conclusion: "failure",
  });
  await github.protect({
    repository,
    branch: "main",
    requiredApprovals: 2,
    requireLastPushApproval: true,
    bypassPullRequest: ["bob"],
    restrictPushes: ["bob"],
    requiredChecks: [{ context: "leasehold", appId: 15368 }],
  });
  const ruleset = await github.addRuleset({
    repository,
    rules: [
      { type: "non_fast_forward" },
      {
        type: "pull_request",
        parameters: {
          dismiss_stale_reviews_on_push: true,
          require_code_owner_review: false,
          require_last_push_approval: true,
          required_approving_review_count: 1,
          required_review_thread_resolution: false,
        },
      },
      {
        type: "required_status_checks",
        parameters: { strict_required_status_checks_policy: false, required_status_checks: [{ context: "leasehold" }] },
      },
    ],
    bypassActors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }],
  });
  await github.setPermission({ repository, to: "acme/leads", permission: "write" });
  await github.setEnvironment({
    repository,
    name: "production",
    reviewers: ["bob", "acme/leads"],
    waitMinutes: 5,
    branches: ["main"],
    secrets: ["KEY"],
  });
  const workflow = await github.runWorkflow({ repository, headBranch: "ask", headSha: head });
  const tree = `${head}?recursive=1`;
  const token = await github.createToken({ login: "bob" });
  const bob = callerOf(github, token);
  for (const path of [
    "",
    "/branches",
    "/branches/main",
    "/branches/main/protection",
    "/rules/branches/main",
    "/rulesets",
    `/rulesets/${ruleset}`,
    "/environments",
    "/environments/production",
    "/environments/production/deployment-branch-policies",
    "/environments/production/secrets",
    "/actions/secrets",
    "/actions/permissions",
    "/actions/permissions/workflow",
    `/actions/runs/${workflow}`,
    "/collaborators",
    "/collaborators/alice/permission",
    `/git/trees/${tree}`,
    `/git/commits/${head}`,
    "/git/ref/heads/main",
    "/git/matching-refs/heads/",
    `/compare/${base}...${head}`,
    "/commits",
    `/commits/${head}`,
    `/commits/${head}/pulls`,
    `/commits/${head}/check-runs`,
    `/commits/${head}/check-suites`,
    `/commits/${head}/status`,
    `/check-runs/${run}`,
    `/check-runs/${run}/annotations`,
    "/contents/README.md",
    "/contents/requests",
    "/issues",
    `/issues/${number}`,
    `/issues/${number}/comments`,
    `/issues/comments/${comment}`,
    `/issues/comments/${comment}/reactions`,
    "/pulls",
    `/pulls/${number}`,
    `/pulls/${number}/commits`,
    `/pulls/${number}/files`,
    `/pulls/${number}/reviews`,
    `/pulls/${number}/requested_reviewers`,
  ]) {
    const { status } = await bob.get(`${at}${path}`);
    expect([path, status]).toEqual([path, 200]);
  }
  expect((await bob.send("PUT", `${at}/pulls/${number}/reviews/${review}/dismissals`, { message: "No" })).status).toBe(
    200,
  );
  for (const path of [
    "/user",
    "/user/1001",
    "/users/alice",
    "/rate_limit",
    "/orgs/acme/teams/leads",
    "/orgs/acme/teams/leads/members",
    "/orgs/acme/teams/leads/memberships/bob",
    "/apps/github-actions",
  ]) {
    expect([path, (await bob.get(path)).status]).toEqual([path, 200]);
  }
});

test("what needs a permission is refused as GitHub refuses it", async () => {
  const { github, app } = await scene();
  const { number, head } = await openedPull(github);
  const check = { name: "leasehold", head_sha: head };
  const carol = callerOf(github, await github.createToken({ login: "carol" }));
  const scopeless = callerOf(github, await github.createToken({ login: "alice", scopes: [] }));
  const reader = callerOf(github, await github.createToken({ app: "leasehold", permissions: { contents: "read" } }));
  const elsewhere = callerOf(github, await github.createToken({ app: "leasehold", repositories: ["acme/other"] }));
  expect((await callerOf(github, "nonsense").get(at)).status).toBe(401);
  expect((await callerOf(github, undefined).get(at)).status).toBe(404);
  expect((await scopeless.get(at)).status).toBe(404);
  expect((await elsewhere.get(at)).status).toBe(404);
  expect((await reader.get(`${at}/pulls/${number}`)).json["message"]).toBe("Resource not accessible by integration");
  expect((await carol.send("POST", `${at}/check-runs`, check)).status).toBe(403);
  expect(
    (await callerOf(github, await github.createToken({ login: "alice" })).send("POST", `${at}/check-runs`, check)).json[
      "message"
    ],
  ).toBe("You must authenticate via a GitHub App.");
  expect((await carol.send("POST", `${at}/git/refs`, { ref: "refs/heads/x", sha: head })).status).toBe(403);
  expect(
    (
      await callerOf(github, await github.createToken({ login: "bob", scopes: ["repo"] })).get(
        "/orgs/acme/teams/leads/members",
      )
    ).status,
  ).toBe(403);
  expect((await app.get("/user")).status).toBe(403);
  const workflow = callerOf(github, await github.createToken({ workflowOf: repository }));
  expect((await workflow.get("/orgs/acme/teams/leads/members")).status).toBe(403);
  await github.suspend("alice");
  expect((await callerOf(github, await github.createToken({ login: "bob" })).get("/users/alice")).status).toBe(200);
});

test("lists come in pages of at most a hundred, with the links to follow", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  for (let count = 0; count < 101; count += 1)
    await github.comment({ repository, number, by: "alice", body: `${count}` });
  const first = await app.get(`${at}/issues/${number}/comments?per_page=500`);
  expect(first.json).toHaveLength(100);
  const link = first.headers.get("link") ?? "";
  expect(link).toMatch(/<([^>]+page=2)>; rel="next", <[^>]+page=2>; rel="last"/);
  const second = await app.get(new URL(/<([^>]+)>; rel="next"/.exec(link)![1]!).href.slice(github.apiUrl.length));
  expect(second.json).toHaveLength(1);
  expect(second.headers.get("link")).toContain('rel="prev"');
  expect((await app.get(`${at}/issues/${number}/comments`)).json).toHaveLength(30);
});

test("a GET with the ETag of an unchanged answer is 304 and costs nothing", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  const first = await app.get(`${at}/pulls/${number}`);
  const etag = first.headers.get("etag")!;
  const again = await app.get(`${at}/pulls/${number}`, { "if-none-match": etag });
  expect(again.status).toBe(304);
  expect(again.headers.get("x-ratelimit-used")).toBe(first.headers.get("x-ratelimit-used"));
  await github.comment({ repository, number, by: "alice", body: "!" });
  expect((await app.get(`${at}/pulls/${number}`, { "if-none-match": etag })).status).toBe(200);
  expect(await github.counters()).toMatchObject({ rest: 3, reads: 3, writes: 0, notModified: 1 });
});

test("objects made through the API are the ones git makes, and git finds no fault with them", async () => {
  const { github, app, base } = await scene();
  const blob = await app.send("POST", `${at}/git/blobs`, {
    content: Buffer.from([0, 255]).toString("base64"),
    encoding: "base64",
  });
  const tree = await app.send("POST", `${at}/git/trees`, {
    base_tree: base,
    tree: [
      { path: "requests/deep/b.yaml", mode: "100644", type: "blob", content: "b\n" },
      { path: "bytes", mode: "100644", type: "blob", sha: blob.json["sha"] },
      { path: "README.md", mode: "100644", type: "blob", sha: null },
    ],
  });
  const commit = await app.send("POST", `${at}/git/commits`, {
    message: "Ask",
    tree: tree.json["sha"],
    parents: [base],
  });
  expect(commit.json["verification"]!["verified"]).toBe(true);
  const ref = { ref: "refs/heads/made", sha: commit.json["sha"] };
  expect((await app.send("POST", `${at}/git/refs`, ref)).status).toBe(201);
  expect((await app.send("POST", `${at}/git/refs`, ref)).status).toBe(422);
  const listed = await app.get(`${at}/git/trees/${String(commit.json["sha"])}?recursive=1`);
  expect(listed.json["tree"]!.map((one) => one["path"])).toEqual([
    "bytes",
    "requests",
    "requests/a.yaml",
    "requests/deep",
    "requests/deep/b.yaml",
  ]);
  const directory = await github.directoryOf(repository);
  expect(await git(directory, "fsck", "--full", "--strict")).toBe("");
  expect((await git(directory, "ls-tree", "-r", "--name-only", "made")).trim().split("\n")).toEqual([
    "bytes",
    "requests/a.yaml",
    "requests/deep/b.yaml",
  ]);
});

test("a ref moves forward only, unless forced, and what the branch's rules forbid is refused", async () => {
  const { github, app, base } = await scene();
  const next = await github.pushCommit({ repository, branch: "work", files: { x: "1" } });
  const other = await github.createCommit({ repository, branch: "work", parents: [base], files: { y: "1" } });
  const patch = (body: object) => app.send("PATCH", `${at}/git/refs/heads/work`, body);
  expect((await patch({ sha: other })).json["message"]).toBe("Update is not a fast forward");
  expect((await patch({ sha: other, force: true })).status).toBe(200);
  await github.protect({ repository, branch: "work", requiredApprovals: 1, enforceAdmins: true });
  expect((await patch({ sha: next, force: true })).json["message"]).toBe(
    "Changes must be made through a pull request.",
  );
});

test("a check run takes fifty annotations a call and belongs to its App", async () => {
  const { github, app, base } = await scene();
  const annotation = { path: "README.md", start_line: 1, end_line: 1, annotation_level: "failure", message: "no" };
  const output = (count: number) => ({
    title: "t",
    summary: "s",
    annotations: Array.from({ length: count }, () => annotation),
  });
  const body = { name: "leasehold", head_sha: base, status: "completed", conclusion: "failure" };
  expect((await app.send("POST", `${at}/check-runs`, { ...body, output: output(51) })).status).toBe(422);
  const made = await app.send("POST", `${at}/check-runs`, { ...body, output: output(50) });
  const id = Number(made.json["id"]);
  await app.send("PATCH", `${at}/check-runs/${id}`, { output: output(3) });
  expect((await app.get(`${at}/check-runs/${id}`)).json["output"]!["annotations_count"]).toBe(53);
  await github.createApp({ slug: "other" });
  const other = callerOf(github, await github.createToken({ app: "other" }));
  expect((await other.send("PATCH", `${at}/check-runs/${id}`, { conclusion: "success" })).status).toBe(403);
  expect((await github.checkRuns({ repository, commit: base }))[0]).toMatchObject({
    app: "leasehold",
    conclusion: "failure",
  });
});

test("what does not fit the description of a call is refused, as is a comment that is too long", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  expect((await app.send("POST", `${at}/check-runs`, { name: "x" })).status).toBe(422);
  expect((await app.send("POST", `${at}/issues/${number}/comments`, {})).status).toBe(422);
  expect((await app.send("POST", `${at}/issues/${number}/comments`, { body: "x".repeat(65_537) })).status).toBe(422);
  expect((await app.send("POST", `${at}/issues/${number}/comments`, { body: "x".repeat(65_536) })).status).toBe(201);
});

test("GitHub cuts: commits and files of a pull request and of a comparison, a recursive tree", async () => {
  const limits = { pullCommits: 3, compareFiles: 2, treeEntries: 4, pullFiles: 3 };
  const { github, app, base } = await scene({ limits });
  const files = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, name]));
  const { number } = await openedPull(github, "ask", files);
  for (let count = 0; count < 4; count += 1)
    await github.pushCommit({ repository, branch: "ask", files: { n: `${count}` } });
  const { headSha } = await github.readPull({ repository, number });
  expect((await app.get(`${at}/pulls/${number}/commits`)).json).toHaveLength(3);
  expect((await app.get(`${at}/pulls/${number}/files`)).json).toHaveLength(3);
  const compared = (await app.get(`${at}/compare/${base}...${headSha}`)).json;
  expect([compared["files"]!.length, compared["total_commits"], compared["commits"]!.length]).toEqual([2, 5, 3]);
  expect((await app.get(`${at}/git/trees/${headSha}?recursive=1`)).json["truncated"]).toBe(true);
  const listed = await app.graphql(
    `{repository(owner:"acme",name:"access"){pullRequest(number:${number}){commits(first:100){totalCount nodes{commit{oid}}}}}}`,
  );
  const commits = listed.json["data"]!["repository"]!["pullRequest"]!["commits"]!;
  expect([commits["totalCount"], commits["nodes"]!.length]).toEqual([5, 3]);
});

test("files may have any name and be links, programs or submodules", async () => {
  const { github, app } = await scene();
  const names = [
    'a "quoted"\nname',
    "ünï/🎈",
    "back\\slash",
    "__proto__/constructor",
    "tab\t",
    `${"long/".repeat(60)}x`,
  ];
  const head = await github.pushCommit({
    repository,
    branch: "odd",
    files: {
      ...Object.fromEntries(names.map((name) => [name, "x"])),
      link: { link: "/etc/passwd" },
      module: { submodule: "1".repeat(40) },
      run: { executable: "#!/bin/sh\n" },
      bytes: { base64: "//4=" },
    },
  });
  const { json } = await app.get(`${at}/git/trees/${head}?recursive=1`);
  const modes = new Map(json["tree"]!.map((one) => [String(one["path"]), String(one["mode"])]));
  for (const name of names) expect([name, modes.get(name)]).toEqual([name, "100644"]);
  expect([modes.get("link"), modes.get("module"), modes.get("run")]).toEqual(["120000", "160000", "100755"]);
  const compared = (await app.get(`${at}/compare/main...odd`)).json["files"]!.map((one) => String(one["filename"]));
  expect(compared).toEqual(expect.arrayContaining(names));
});
