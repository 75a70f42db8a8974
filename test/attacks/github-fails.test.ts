import type { Ran } from "../support/command-line";
import { FailingGitHub, faultsOf, mostMs, siteOf, type Kind } from "./support/failing-github";

/**
 * QUALITY.md, bar 9: every call to GitHub that `pr plan` makes, with everything that can become of it, for as long
 * as the command tries. `pr apply` is in github-fails-merged.
 */
let on: FailingGitHub;

beforeAll(async () => {
  on = await FailingGitHub.open();
});
afterAll(() => on.close("pr plan"));

/** The calls, and the kind of pull request that makes each. */
const planCalls: Readonly<Record<string, Kind>> = {
  "query PullRequest": "usual",
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": "usual",
  "query Blobs": "usual",
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": "usual",
  "POST /repos/{owner}/{repo}/check-runs": "usual",
  "mutation AddOurComment": "usual",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": "seen",
  "query MoreOfPullRequest": "unusual",
  "query Commits": "unusual",
  "GET /repos/{owner}/{repo}/compare/{basehead}": "unusual",
  "query Teams": "rules",
};

test("makes the calls that are tried here, and no other", async () => {
  const kinds = [...new Set(Object.values(planCalls))];
  const numbers: number[] = [];
  for (const kind of kinds) numbers.push(await on.approved(kind));
  await on.house.github.resetCalls();
  for (const number of numbers) expect(await on.plan(number)).toMatchObject({ exitCode: 0 });
  expect(await on.callsMade()).toEqual(Object.keys(planCalls).toSorted());
});

test.each(Object.entries(planCalls))(
  "leaves red while GitHub fails %s, and is right afterwards",
  async (label, kind) => {
    const wrong: string[] = [];
    const site = siteOf(label);
    for (const [name, fault] of faultsOf(site)) {
      const number = await on.approved(kind);
      const ran = await on.failing(site, fault, () => on.plan(number));
      const seen = await on.house.seen(number);
      const what = `${label}, ${name}: exit ${ran.exitCode}, ${seen.conclusion}`;
      on.tried.push(what);
      if (!isRed({ label, ran, name }, seen)) wrong.push(what);
      const after = await on.plan(number);
      const then = await on.house.seen(number);
      if (after.exitCode !== 0 || then.conclusion !== "success" || !then.comment.includes("### Approved"))
        wrong.push(`${what}; then exit ${after.exitCode}, ${then.conclusion}`);
    }
    expect(wrong).toEqual([]);
  },
  mostMs,
);

/** Red, and told by the exit code; or all of it is as it has to be, because the failure was none. */
function isRed(
  { label, ran, name }: { readonly label: string; readonly ran: Ran; readonly name: string },
  { conclusion, comment }: { readonly conclusion: string | null; readonly comment: string },
): boolean {
  if (conclusion !== "success") {
    const isRead = !label.includes("/check-runs");
    return ran.exitCode !== 0 && (conclusion === "failure" || (conclusion === null && !isRead));
  }
  return harmless[label]?.includes(name) === true && ran.exitCode === 0 && comment.includes("### Approved");
}

/** A comment that was written, though the answer was lost or is an error, is found; a review of a commit that is gone counts for nothing. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  "mutation AddOurComment": ["half of it", "a lost answer", "errors beside the data"],
  "GET /repos/{owner}/{repo}/compare/{basehead}": ["404"],
};
