import { git } from "./git/run-git";
import type { TestGitHub } from "./index";
import { acme, openedPull, repository } from "./scene";

let running: TestGitHub | undefined;

async function scene() {
  const made = await acme();
  running = made.github;
  return made;
}

afterEach(async () => {
  const violations = await running?.violations();
  await running?.close();
  if (violations !== undefined && violations.length > 0) throw new Error(violations.join("\n"));
});

async function describe1(github: TestGitHub, sha: string) {
  const format = "--format=%P|%an|%cn|%ce|%s";
  const [parents = "", author, committer, email, subject] = (
    await git(await github.directoryOf(repository), "show", "-s", format, sha)
  )
    .trim()
    .split("|");
  return { parents: parents.split(" "), author, committer, email, subject };
}

test("a merge commit has base and head as parents and is GitHub's", async () => {
  const { github, base } = await scene();
  const { number, head } = await openedPull(github);
  const sha = await github.merge({ repository, number, by: "bob" });
  expect(await describe1(github, sha)).toEqual({
    parents: [base, head],
    author: "bob",
    committer: "GitHub",
    email: "noreply@github.com",
    subject: `Merge pull request #${number} from acme/ask`,
  });
  expect(await github.readPull({ repository, number })).toMatchObject({ state: "merged", mergeCommit: sha });
});

test("a squash is one commit of the author, with the others as co-authors", async () => {
  const { github, base } = await scene();
  const { number } = await openedPull(github);
  await github.pushCommit({ repository, branch: "ask", files: { y: "1" }, author: "carol", by: "alice" });
  const sha = await github.merge({ repository, number, by: "bob", method: "squash" });
  expect(await describe1(github, sha)).toMatchObject({
    parents: [base],
    author: "alice",
    committer: "GitHub",
    subject: `Ask ask (#${number})`,
  });
  expect(await git(await github.directoryOf(repository), "show", "-s", "--format=%b", sha)).toContain(
    "Co-authored-by: carol <carol@example.com>",
  );
});

test("a rebase makes every commit again, unsigned and by whoever merges", async () => {
  const { github } = await scene();
  const { number, head } = await openedPull(github);
  await github.pushCommit({ repository, branch: "ask", files: { y: "1" }, by: "alice" });
  const moved = await github.pushCommit({ repository, branch: "main", files: { z: "1" } });
  const sha = await github.merge({ repository, number, by: "bob", method: "rebase" });
  const all = (await git(await github.directoryOf(repository), "rev-list", `${moved}..${sha}`)).trim().split("\n");
  expect(all).toHaveLength(2);
  expect(all).not.toContain(head);
  expect(await describe1(github, sha)).toMatchObject({ author: "alice", committer: "bob" });
  expect(await git(await github.directoryOf(repository), "ls-tree", "-r", "--name-only", sha)).toBe(
    "README.md\nrequests/a.yaml\nrequests/ask.yaml\ny\nz\n",
  );
});

test("the merge queue stacks commits on its own branches and merges them as its bot", async () => {
  const { github, app, base } = await scene();
  const one = await openedPull(github, "one");
  const two = await openedPull(github, "two");
  const first = await github.enqueue({ repository, number: one.number, by: "bob" });
  const second = await github.enqueue({ repository, number: two.number, by: "bob", method: "squash" });
  expect(first).toMatchObject({ baseSha: base, ref: `refs/heads/gh-readonly-queue/main/pr-${one.number}-${base}` });
  expect(second.baseSha).toBe(first.headSha);
  expect((await github.events()).filter((event) => event.name === "merge_group")).toHaveLength(2);
  expect(await github.flushQueue({ repository })).toBe(second.headSha);
  expect(await github.readRef({ repository, ref: second.ref })).toBeNull();
  const { json } = await app.graphql(
    `{repository(owner:"acme",name:"access"){pullRequest(number:${two.number}){state mergedBy{__typename login} mergeCommit{oid}} object(oid:"${first.headSha}"){...on Commit{associatedPullRequests(first:5){nodes{number}}}}}}`,
  );
  expect(json["data"]!["repository"]).toEqual({
    pullRequest: {
      state: "MERGED",
      mergedBy: { __typename: "Bot", login: "github-merge-queue" },
      mergeCommit: { oid: second.headSha },
    },
    object: { associatedPullRequests: { nodes: [{ number: one.number }] } },
  });
});

test("a pull request whose commits are pushed to the base is merged by the pusher; a direct push belongs to none", async () => {
  const { github, app } = await scene();
  const { number, head } = await openedPull(github);
  const direct = await github.pushCommit({ repository, branch: "main", files: { z: "1" }, by: "bob" });
  const byHand = await github.createCommit({ repository, branch: "main", parents: [direct, head], by: "bob" });
  await github.moveBranch({ repository, branch: "main", to: byHand, by: "bob" });
  expect(await github.readPull({ repository, number })).toMatchObject({ state: "merged", mergeCommit: byHand });
  expect((await app.get(`/repos/${repository}/commits/${direct}/pulls`)).json).toEqual([]);
  await github.associate({ repository, commit: byHand, pulls: [] });
  expect((await app.get(`/repos/${repository}/commits/${byHand}/pulls`)).json).toEqual([]);
});

test("a force-push moves the head, keeps the old commit, and leaves the reviews on theirs", async () => {
  const { github, app, base } = await scene();
  const { number, head } = await openedPull(github);
  await github.review({ repository, number, by: "bob" });
  const other = await github.createCommit({ repository, branch: "ask", parents: [base], files: { other: "1" } });
  await github.moveBranch({ repository, branch: "ask", to: other, by: "alice" });
  const { json } = await app.graphql(
    `{repository(owner:"acme",name:"access"){pullRequest(number:${number}){headRefOid reviews(first:5){nodes{state commit{oid}}}} object(oid:"${head}"){oid}}}`,
  );
  expect(json["data"]!["repository"]).toEqual({
    pullRequest: { headRefOid: other, reviews: { nodes: [{ state: "APPROVED", commit: { oid: head } }] } },
    object: { oid: head },
  });
});

test("where the rules say so, a push dismisses approvals", async () => {
  const { github, app } = await scene();
  await github.protect({ repository, branch: "main", requiredApprovals: 1, dismissStaleReviews: true });
  const { number } = await openedPull(github);
  await github.review({ repository, number, by: "bob" });
  await github.pushCommit({ repository, branch: "ask", files: { y: "1" }, by: "alice" });
  expect((await app.get(`/repos/${repository}/pulls/${number}/reviews`)).json[0]!["state"]).toBe("DISMISSED");
});

test("what cannot be merged is refused: a conflict, a draft, a closed pull request, another head", async () => {
  const { github, app } = await scene();
  const { number, head } = await openedPull(github, "ask", { "README.md": "other\n" });
  await github.editPull({ repository, number, draft: true });
  const merge = async (body: object = {}) =>
    (await app.send("PUT", `/repos/${repository}/pulls/${number}/merge`, body)).status;
  expect(await merge()).toBe(405);
  await github.editPull({ repository, number, draft: false });
  expect(await merge({ sha: "1".repeat(40) })).toBe(409);
  await github.pushCommit({ repository, branch: "main", files: { "README.md": "conflict\n" } });
  expect((await app.get(`/repos/${repository}/pulls/${number}`)).json).toMatchObject({
    mergeable: false,
    mergeable_state: "dirty",
  });
  expect(await merge({ sha: head })).toBe(405);
  await github.editPull({ repository, number, state: "closed" });
  expect(await merge()).toBe(405);
});

test("nobody reviews the own pull request, and only who may read is asked", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  await expect(github.review({ repository, number, by: "alice" })).rejects.toThrow("Unprocessable Entity");
  await github.createUser({ login: "stranger" });
  const ask = (reviewers: readonly string[]) =>
    app.send("POST", `/repos/${repository}/pulls/${number}/requested_reviewers`, { reviewers });
  expect((await ask(["stranger"])).status).toBe(422);
  expect((await ask(["alice"])).status).toBe(422);
  expect((await ask(["bob"])).status).toBe(201);
  expect(await github.readPull({ repository, number })).toMatchObject({ requestedReviewers: ["bob"] });
});
