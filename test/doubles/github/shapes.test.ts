import { acme, callerOf, openedPull, repository } from "./scene";
import type { TestGitHub } from "./index";
import { differences, examplesOf, recorded } from "./recorded";

let running: TestGitHub | undefined;

async function scene() {
  const made = await acme();
  running = made.github;
  return { ...made, bob: callerOf(made.github, await made.github.createToken({ login: "bob" })) };
}

afterEach(() => running?.close());

const at = `/repos/${repository}`;

describe("our answers have the fields of recorded ones", () => {
  test("get a repository", async () => {
    const { bob } = await scene();
    expect(
      differences((await bob.get(at)).json, recorded("get-repository", 0), {
        later: repositoryLater,
      }),
    ).toEqual([]);
  });

  test("refs: create, update", async () => {
    const { bob, base, github } = await scene();
    const made = await bob.send("POST", `${at}/git/refs`, { ref: "refs/heads/test", sha: base });
    expect(differences(made.json, recorded("git-refs", 1))).toEqual([]);
    const next = await github.createCommit({ repository, branch: "test", files: { x: "1" } });
    const moved = await bob.send("PATCH", `${at}/git/refs/heads/test`, { sha: next });
    expect(differences(moved.json, recorded("git-refs", 2))).toEqual([]);
  });

  test("branch protection: none, weak, strong", async () => {
    const { bob } = await scene();
    const path = `${at}/branches/main/protection`;
    const put = (body: object) => bob.send("PUT", path, body);
    const none = {
      required_status_checks: null,
      required_pull_request_reviews: null,
      enforce_admins: null,
      restrictions: null,
    };
    expect(differences((await bob.get(path)).json, recorded("branch-protection", 0), { later: ["/status"] })).toEqual(
      [],
    );
    const later = ["/lock_branch", "/allow_fork_syncing"];
    expect(differences((await put(none)).json, recorded("branch-protection", 1), { later })).toEqual([]);
    const strong = {
      ...none,
      required_status_checks: { strict: true, contexts: ["foo/bar"] },
      enforce_admins: true,
      restrictions: { users: ["bob"], teams: [] },
      required_pull_request_reviews: { required_approving_review_count: 2 },
    };
    const told = differences((await put(strong)).json, recorded("branch-protection", 2), {
      later: [...later, userLater, "/required_pull_request_reviews/require_last_push_approval"],
      // Who may dismiss reviews is not modelled.
      older: ["/required_pull_request_reviews/dismissal_restrictions"],
    });
    expect(told).toEqual([]);
  });

  test("an error of validation", async () => {
    const { bob } = await scene();
    const refused = await bob.send("POST", `${at}/pulls`, { title: "x", head: "nothing", base: "main" });
    expect(refused.status).toBe(422);
    expect(differences(refused.json, recorded("errors", 0), { later: ["/status"] })).toEqual([]);
  });

  test("create a file", async () => {
    const { bob } = await scene();
    const made = await bob.send("PUT", `${at}/contents/test.txt`, { message: "create test.txt", content: "VGVzdA==" });
    expect(differences(made.json, recorded("create-file", 0), { later: ["/commit/verification/verified_at"] })).toEqual(
      [],
    );
  });

  test("pages of issues, and their links", async () => {
    const { bob } = await scene();
    for (let count = 0; count < 13; count += 1)
      await bob.send("POST", `${at}/issues`, { title: `Test issue ${count}` });
    const page = await bob.get(`${at}/issues?per_page=3&page=2`);
    expect(
      differences(page.json, recorded("paginate-issues", 1), {
        later: issueLater,
        older: ["/0/body_html", "/0/body_text"],
      }),
    ).toEqual([]);
    const relations = (link: string) =>
      [...link.matchAll(/[?&](per_page|page)=\d+|rel="(\w+)"/g)].flatMap((one) => one[2] ?? []).sort();
    expect(relations(page.headers.get("link")!)).toEqual(["first", "last", "next", "prev"]);
  });
});

describe("our events have the fields of real ones", () => {
  test.each([
    ["push", ""],
    ["pull_request", "opened"],
    ["pull_request", "synchronize"],
    ["pull_request", "closed"],
    ["pull_request_review", "submitted"],
    ["pull_request_review", "dismissed"],
    ["issue_comment", "created"],
    ["issue_comment", "edited"],
    ["workflow_run", "completed"],
    ["merge_group", "checks_requested"],
  ])("%s %s", async (name, action) => {
    const { github } = await scene();
    const { number, head } = await openedPull(github);
    const review = await github.review({ repository, number, by: "bob" });
    await github.dismissReview({ repository, number, review, by: "bob" });
    const comment = await github.comment({ repository, number, by: "alice", body: "/plan" });
    await github.editComment({ repository, comment, by: "bob", body: "/plan all" });
    await github.runWorkflow({ repository, headBranch: "ask", headSha: head });
    const pushed = await github.pushCommit({ repository, branch: "ask", files: { y: "1" }, by: "alice" });
    expect(pushed).not.toBe(head);
    await github.enqueue({ repository, number, by: "bob" });
    await github.flushQueue({ repository });
    const events = await github.events();
    const ours = events.findLast((one) => one.name === name && (action === "" || one.payload["action"] === action));
    expect(ours).toBeDefined();
    expect(examplesOf(name, action).length).toBeGreaterThan(0);
    expect(differences(ours!.payload, examplesOf(name, action), eventLeave)).toEqual([]);
  });
});

/** Fields that GitHub's schema has today and that it did not answer when it was recorded. */
const userLater = "*/user_view_type";
const repositoryLater = [
  userLater,
  "/has_discussions",
  "/squash_merge_commit_message",
  "/squash_merge_commit_title",
  "/merge_commit_message",
  "/merge_commit_title",
];
const issueLater = [userLater, "/0/closed_by", "/0/reactions", "/0/timeline_url", "/0/state_reason"];

const eventLeave = {
  later: [
    userLater,
    "*/has_discussions",
    "*/allow_forking",
    "/issue/closed_by",
    "/issue/timeline_url",
    "/issue/state_reason",
    "/workflow_run/referenced_workflows",
    // Recorded for plain issues, in repositories of users, and not by an App.
    "/issue/pull_request",
    "/issue/performed_via_github_app",
    "/organization",
  ],
  // Only where the repository's owner defined some; only where an App is told.
  older: ["*/custom_properties", "/installation"],
};
