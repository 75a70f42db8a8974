import { accessRepository as repository } from "../support/lanternworks";
import { FailingGitHub, faultsOf, mostMs, siteOf, type Kind } from "./support/failing-github";

/**
 * QUALITY.md, bar 9: every call to GitHub that `pr apply` makes, with everything that can become of it, for as long
 * as the command tries. An approved pull request was merged, and a request pushed to main after it.
 */
let on: FailingGitHub;

beforeAll(async () => {
  on = await FailingGitHub.open();
});
afterAll(() => on.close("pr apply"));

/** What it reads before it decides, and the kind of merge that makes each call: nothing is granted while one of these fails. */
const decidingCalls: Readonly<Record<string, Kind>> = {
  "query Tip": "usual",
  "GET /repos/{owner}/{repo}/compare/{basehead}": "usual",
  "query Merge": "usual",
  "query PullRequest": "usual",
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": "usual",
  "query Blobs": "usual",
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": "usual",
  "query MoreOfPullRequest": "unusual",
  "query Commits": "unusual",
  "query Teams": "rules",
  "query Accounts": "rules",
};

/**
 * What it tells afterwards. By then it is decided and recorded: what was approved is granted, the failure is told by
 * exit code and words, and what could not be told is told by the next run, from the Log and once.
 */
const tellingCalls: Readonly<Record<string, Kind>> = {
  "query OurComments": "seen",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": "seen",
  "mutation AddOurComment": "usual",
  "query Viewer": "usual",
  "GET /repos/{owner}/{repo}/issues": "usual",
  "POST /repos/{owner}/{repo}/issues": "usual",
};

/** What was written, though the answer was lost or is an error, is found, and nothing failed. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  "mutation AddOurComment": ["half of it", "a lost answer", "errors beside the data"],
  "POST /repos/{owner}/{repo}/issues": ["half of it", "a lost answer"],
};

const given = ["ana orders-db-read"];

test("makes the calls that are tried here, and no other; what is told is not looked for again", async () => {
  const made = new Set<string>();
  for (const kind of ["usual", "seen", "unusual", "rules"] as const) {
    await on.merged(kind);
    await on.house.github.resetCalls();
    expect(await on.apply()).toMatchObject({ exitCode: 5 });
    for (const label of await on.callsMade()) made.add(label);
  }
  expect([...made].toSorted()).toEqual(Object.keys({ ...decidingCalls, ...tellingCalls }).toSorted());
  await on.house.github.resetCalls();
  expect(await on.apply()).toMatchObject({ exitCode: 0 });
  expect((await on.house.github.counters()).writes).toBe(0);
  expect(await on.callsMade()).not.toContainEqual(expect.stringMatching(/issues$|Viewer/));
});

test.each(Object.entries(decidingCalls))(
  "decides and grants nothing while GitHub fails %s, and afterwards what was approved",
  async (label, kind) => {
    const wrong: string[] = [];
    const site = siteOf(label);
    for (const [name, fault] of faultsOf(site)) {
      const { number, smuggled } = await on.merged(kind);
      const ran = await on.failing(site, fault, () => on.apply());
      const what = `${label}, ${name}: exit ${ran.exitCode}, ${on.access().join()}`;
      on.tried.push(what);
      if (!failures.includes(ran.exitCode) || on.access().length > 0) wrong.push(what);
      if (!/E52\d|E405/.test(ran.stderr)) wrong.push(`${what}; said ${ran.stderr}`);
      const after = await on.apply();
      const then = await asItIs(number, smuggled);
      if (after.exitCode !== 5 || then !== right) wrong.push(`${what}; then exit ${after.exitCode}, ${then}`);
    }
    expect(wrong).toEqual([]);
  },
  mostMs,
);

test.each(Object.entries(tellingCalls))(
  "grants what was approved and no more while GitHub fails %s, says so, and tells it all afterwards",
  async (label, kind) => {
    const wrong: string[] = [];
    const site = siteOf(label);
    for (const [name, fault] of faultsOf(site)) {
      const { number, smuggled } = await on.merged(kind);
      const ran = await on.failing(site, fault, () => on.apply());
      const what = `${label}, ${name}: exit ${ran.exitCode}, ${on.access().join()}`;
      on.tried.push(what);
      if (on.access().join() !== given.join() || !/E404/.test(ran.stderr)) wrong.push(what);
      // What was merged without approval is exit 5 by itself, so that words have to tell of the failure.
      const isHarmless = harmless[label]?.includes(name) === true;
      if (isHarmless !== !/E52\d/.test(ran.stderr) || ran.exitCode === 0) wrong.push(`${what}; said ${ran.stderr}`);
      const after = await on.apply();
      const then = await asItIs(number, smuggled);
      if (after.exitCode !== 0 || then !== right) wrong.push(`${what}; then exit ${after.exitCode}, ${then}`);
    }
    expect(wrong).toEqual([]);
  },
  mostMs,
);

/** Not reached, credential refused, or no such thing: 1 would be a bug, 0 and 7 a lie. */
const failures = [3, 4, 5, 10];

const right = "ana orders-db-read, 1 lease in all, 1 issue, Applied: 1 grant is active";

/** The gateway, the issues about what was pushed, and the comment's verdict. */
async function asItIs(number: number, smuggled: string): Promise<string> {
  const { comment } = await on.house.seen(number);
  const issues = (await on.house.github.issues(repository)).filter(({ body }) => body?.includes(smuggled));
  const verdict = /^### (.*)$/m.exec(comment)?.[1] ?? "no verdict";
  const leases = on.world.leases.length;
  return `${on.access().join()}, ${leases} lease in all, ${issues.length} issue, ${verdict}`;
}
