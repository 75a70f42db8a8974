import { accessRepository as repository, email, Lanternworks, login, requestFile } from "../support/lanternworks";
import type { FileContent } from "../doubles/github";

/**
 * Issue 2, "Bad input": what becomes of a pull request while nobody looks, and what its files may be. Whatever
 * happens, no check passes that should not, and nobody gets in.
 */
let house: Lanternworks;

beforeAll(async () => {
  house = await Lanternworks.open({
    isHere: true,
    isUnaccepted: true,
    rules: (text) =>
      text.replace(/"security", \{ members: .*? \}/, '"security", { githubTeam: "lanternworks/security" }'),
  });
  await house.github.createTeam({
    organization: "lanternworks",
    slug: "security",
    members: ["elin", "femi"].map(login),
  });
  await house.must(["policy", "accept", "--as", email("dev")]);
});
afterAll(() => house.close());
afterEach(async () => {
  await house.github.clearFaults();
  const access = await house.access();
  if (access.length > 0) throw new Error(`Somebody got in: ${access.join()}`);
});

const ask = (name: string, spec = {}): Record<string, string> => ({
  [`requests/${name}.yaml`]: requestFile(name, spec),
});
const asked = (name: string, spec = {}): Promise<number> => house.propose(name, ask(name, spec), "ana");
const approved = async (name: string, spec = {}): Promise<number> => {
  const number = await asked(name, spec);
  await house.approve(number, "dev");
  expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
  return number;
};
const merge = (number: number): Promise<string> => house.github.merge({ repository, number });
const args = (number: number): readonly string[] => ["pr", "plan", "--repo", repository, "--number", String(number)];

describe("while nobody looks", () => {
  test("a head that is force-pushed between snapshot and check is not the one that was judged", async () => {
    const number = await asked("swapped");
    await house.approve(number, "dev");
    await house.github.resetCalls();
    await house.github.plantFault({
      match: { route: "POST /repos/{owner}/{repo}/check-runs" },
      fault: { kind: "delay", milliseconds: 3_000 },
    });
    const planning = house.plan(number);
    while (!(await house.github.calls()).some(({ sent }) => JSON.stringify(sent ?? "").includes("query PullRequest"))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const main = (await house.github.readRef({ repository, ref: "refs/heads/main" })) ?? "";
    const files = ask("swapped", { duration: "4h" });
    await house.github.pushCommit({ repository, branch: "swapped", files, parents: [main], by: login("ana") });
    await planning;
    expect((await house.seen(number)).conclusion).not.toBe("success");
    expect(await house.plan(number)).toMatchObject({ conclusion: "action_required" });
    await merge(number);
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
  });

  test("a review that disappears counts no longer", async () => {
    const number = await asked("reviewed");
    const review = await house.github.review({ repository, number, by: login("dev") });
    expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
    await house.github.removeReview({ repository, number, review });
    expect(await house.plan(number)).toMatchObject({ conclusion: "action_required" });
    await merge(number);
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
  });

  test("a fork that is deleted stays a fork", async () => {
    const fork = await house.github.forkRepository({ repository, owner: login("eve") });
    await house.github.pushCommit({ repository: fork, branch: "gone", files: ask("gone"), by: login("ana") });
    const head = `${login("eve")}:gone`;
    const { number } = await house.github.openPull({ repository, head, by: login("ana") });
    await house.github.deleteRepository(fork);
    await house.approve(number, "dev");
    expect(await house.plan(number)).toMatchObject({
      conclusion: "failure",
      comment: expect.stringContaining("fork") as string,
    });
    await merge(number);
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
  });

  test("a renamed user is the same one, and who takes the login over is not", async () => {
    await house.github.renameAccount({ from: login("dev"), to: "dev-moved" });
    const mine = await asked("by-the-renamed");
    await house.github.review({ repository, number: mine, by: "dev-moved" });
    expect(await house.plan(mine)).toMatchObject({ conclusion: "success" });
    await house.github.createUser({ login: login("dev"), emails: ["other@evil.example"] });
    await house.github.setPermission({ repository, to: login("dev"), permission: "write" });
    const number = await asked("by-the-other");
    await house.approve(number, "dev");
    expect(await house.plan(number)).toMatchObject({ conclusion: "action_required" });
    await merge(number);
    await house.github.deleteAccount(login("dev"));
    await house.github.renameAccount({ from: "dev-moved", to: login("dev") });
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
  });

  test("a reviewer who is suspended does not count, and does again when that is over", async () => {
    const number = await asked("suspended");
    await house.approve(number, "dev");
    await house.github.suspend(login("dev"));
    expect(await house.plan(number)).toMatchObject({ conclusion: "action_required" });
    await house.github.unsuspend(login("dev"));
    expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
    await house.github.suspend(login("dev"));
    await merge(number);
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
    await house.github.unsuspend(login("dev"));
  });

  test("our comment, deleted or edited by somebody, is there again as one", async () => {
    const number = await asked("commented");
    const planned = await house.plan(number);
    const [ours] = await house.github.comments({ repository, number });
    await house.github.deleteComment({ repository, comment: ours?.id ?? 0, by: login("ana") });
    const made = await house.plan(number);
    expect([made.comment.includes(planned.title), made.ran.exitCode]).toEqual([true, 0]);
    const [again] = await house.github.comments({ repository, number });
    await house.github.editComment({ repository, comment: again?.id ?? 0, body: "### Approved", by: login("ana") });
    expect(await house.plan(number)).toMatchObject({ conclusion: "action_required" });
    expect(await house.github.comments({ repository, number })).toHaveLength(1);
  });

  test("two runs at once for one pull request end with one comment", async () => {
    const number = await asked("twice");
    const runs = await Promise.all([house.plan(number), house.plan(number)]);
    for (const { ran } of runs) expect(ran.exitCode).toBe(0);
    expect(await house.github.comments({ repository, number })).toHaveLength(1);
    expect(await house.seen(number)).toMatchObject({ conclusion: "action_required" });
  });

  test("one commit that merges two pull requests is judged by neither alone", async () => {
    const one = await asked("first-of-two");
    const { headSha } = await house.github.readPull({ repository, number: one });
    await house.github.moveBranch({ repository, branch: "second-of-two", to: headSha, by: login("ana") });
    const two = await house.github.openPull({ repository, head: "second-of-two", by: login("ana") });
    await house.approve(two.number, "ben");
    await house.github.moveBranch({ repository, branch: "main", to: headSha, by: login("dev") });
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
  });

  test("a base branch that is renamed is followed, one that is no default branch or gone is not applied", async () => {
    const number = await approved("renamed-base");
    await house.github.renameBranch({ repository, from: "main", to: "trunk" });
    expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
    await house.github.moveBranch({ repository, branch: "aside", to: await tip("trunk") });
    await house.github.editPull({ repository, number, base: "aside" });
    expect((await house.plan(number)).conclusion).not.toBe("success");
    await house.github.moveBranch({ repository, branch: "aside", to: null });
    const gone = await house.plan(number);
    expect(gone.ran.exitCode).not.toBe(0);
    expect(gone.conclusion).not.toBe("success");
    await house.github.renameBranch({ repository, from: "trunk", to: "main" });
  });
});

describe("what GitHub does not give", () => {
  test.each(["contents", "pull_requests", "checks", "members"] as const)(
    "a token without %s is said, and passes nothing",
    async (missing) => {
      const all: Readonly<Record<string, "read" | "write">> = {
        contents: "write",
        pull_requests: "write",
        checks: "write",
        members: "read",
        issues: "write",
      };
      const permissions = Object.fromEntries(Object.entries(all).filter(([name]) => name !== missing));
      const token = await house.github.createToken({ app: "leasehold", permissions });
      // Security is a team, which only a token with members may read.
      const number = await asked(`without-${missing.replace("_", "-")}`, { access: "orders-db/write" });
      await house.approve(number, "dev", "elin");
      const ran = await house.run(args(number), { GITHUB_TOKEN: token });
      const { conclusion } = await house.seen(number);
      expect([ran.exitCode, conclusion]).toEqual(missing === "members" ? [0, "failure"] : [4, null]);
    },
  );

  test("a token without issues can do all that a plan needs: a comment on a pull request is no issue's", async () => {
    const token = await house.github.createToken({
      app: "leasehold",
      permissions: { contents: "write", pull_requests: "write", checks: "write", members: "read" },
    });
    const number = await asked("without-issues");
    expect(await house.run(args(number), { GITHUB_TOKEN: token })).toMatchObject({ exitCode: 0 });
    await house.approve(number, "dev");
    expect(await house.run(args(number), { GITHUB_TOKEN: token })).toMatchObject({ exitCode: 0 });
    expect(await house.seen(number)).toMatchObject({ conclusion: "success" });
    expect(await house.github.comments({ repository, number })).toHaveLength(1);
  });

  test("a rate limit of an hour is not waited for, by plan or apply", async () => {
    const number = await approved("limited");
    await house.push("limited", ask("limited", { duration: "2h" }), "ana");
    const limit = { fault: { kind: "rate limit", resetAfterSeconds: 3_600 }, times: null } as const;
    for (const api of ["rest", "graphql"] as const) await house.github.plantFault({ match: { api }, ...limit });
    const planned = await house.plan(number);
    expect([planned.ran.exitCode, planned.ran.stderr]).toEqual([10, expect.stringContaining("has used up its calls")]);
    expect(planned.conclusion).toBeNull();
    await merge(number);
    expect(await house.apply()).toMatchObject({ exitCode: 10 });
    expect(await house.access()).toEqual([]);
    await house.github.clearFaults();
    expect(await house.apply()).toMatchObject({ exitCode: 5 });
  });
});

describe("files", () => {
  const contents = (text: string): Readonly<Record<string, FileContent>> => ({
    CRLF: text.replaceAll("\n", "\r\n"),
    "a byte order mark": `\uFEFF${text}`,
    "UTF-16, little end first": { base64: Buffer.from(`\uFEFF${text}`, "utf16le").toString("base64") },
    "UTF-16, big end first": { base64: Buffer.from(`\uFEFF${text}`, "utf16le").swap16().toString("base64") },
    "bytes that are no UTF-8": { base64: Buffer.from(`${text}# \xff\n`, "latin1").toString("base64") },
    "a link to a request": { link: "../notes/later.yaml" },
    "a link to the rules": { link: "../access.ts" },
    "a submodule": { submodule: "1".repeat(40) },
  });

  test.each([
    ["CRLF", "success"],
    ["a byte order mark", "failure"],
    ["UTF-16, little end first", "failure"],
    ["UTF-16, big end first", "failure"],
    ["bytes that are no UTF-8", "failure"],
    ["a link to a request", "failure"],
    ["a link to the rules", "failure"],
    ["a submodule", "failure"],
  ])("a request as %s: %s, and it is the same without approval as with one, but red", async (what, conclusion) => {
    const name = `as-${what.toLowerCase().replaceAll(/\W+/g, "-")}`;
    const content = contents(requestFile(name))[what] ?? null;
    const number = await house.propose(name, { [`requests/${name}.yaml`]: content }, "ana");
    const before = await house.plan(number);
    expect(before.conclusion).toBe(conclusion === "success" ? "action_required" : conclusion);
    await house.approve(number, "dev");
    expect(await house.plan(number)).toMatchObject({ conclusion });
  });

  test.each([
    ["newlines", "a\nb\n### Approved"],
    ["quotes and a tab", "\"'`a\tb"],
    ["4,000 characters", "a".repeat(4_000)],
    ["a control sequence", "\u001b[2J\u202e"],
    ["bytes for a shell", "$(id);&|<>"],
  ])("a request in a file whose name has %s is not passed over", async (what, name) => {
    const branch = `named-${what.replaceAll(/\W+/g, "-")}`;
    const number = await house.propose(branch, { [`requests/${name}.yaml`]: requestFile("named") }, "ana");
    const planned = await house.plan(number);
    expect(planned).toMatchObject({
      conclusion: "action_required",
      title: expect.stringContaining("Needs 1 approval") as string,
    });
    const { stdout, stderr } = planned.ran;
    // oxlint-disable-next-line no-control-regex -- it must not be there
    for (const text of [planned.comment, stdout, stderr]) expect(text).not.toMatch(/\n### Approved|\u001b|\u202e/);
  });

  test("3,000 changed files hide no request among them", async () => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`notes/${at}.md`, `${at}\n`]));
    const number = await house.propose("many", { ...many, ...ask("zzz-among-many") }, "ana");
    expect(await house.plan(number)).toMatchObject({
      conclusion: "action_required",
      comment: expect.stringContaining("zzz-among-many") as string,
    });
    await house.approve(number, "dev");
    expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
  });

  test("3,000 changed requests are too many to be seen at once, and fail", async () => {
    const many = Object.assign({}, ...Array.from({ length: 3_000 }, (_, at) => ask(`crowd-${at}`))) as Record<
      string,
      string
    >;
    const number = await house.propose("crowd", many, "ana");
    await house.approve(number, "dev");
    expect(await house.plan(number)).toMatchObject({ conclusion: "failure" });
  });

  test("a pull request that deletes all requests needs nobody; what it ends is counted before it is ended", async () => {
    const names = ["ana", "ben"].flatMap((who) =>
      ["orders-db/read", "search/read", "orders-db/write"].map((access) => [who, access] as const),
    );
    const files = Object.assign(
      {},
      ...names.map(([who, access], at) => ask(`all-${at}`, { for: email(who), access })),
    ) as Record<string, string>;
    const number = await house.propose("all", files, "cleo");
    await house.approve(number, "dev", "elin");
    expect(await house.plan(number)).toMatchObject({ conclusion: "success" });
    await merge(number);
    expect(await house.apply()).toMatchObject({ exitCode: 0 });
    const all = await house.access();
    expect(all).toHaveLength(6);
    const gone = Object.fromEntries(Object.keys(files).map((path) => [path, null]));
    const removal = await house.propose("none", gone, "cleo");
    const planned = await house.plan(removal);
    expect(planned).toMatchObject({ conclusion: "success" });
    await merge(removal);
    expect((await house.apply()).exitCode).not.toBe(0);
    expect(await house.access()).toEqual(all);
    await house.apply("--confirm-removals", "6");
  });
});

test("a team that is gone approves nothing", async () => {
  const number = await asked("teamless", { access: "orders-db/write" });
  await house.approve(number, "ben", "elin");
  await house.github.deleteTeam("lanternworks/security");
  const planned = await house.plan(number);
  expect(planned.conclusion).not.toBe("success");
  await merge(number);
  expect((await house.apply()).exitCode).not.toBe(0);
});

async function tip(branch: string): Promise<string | null> {
  return house.github.readRef({ repository, ref: `refs/heads/${branch}` });
}
