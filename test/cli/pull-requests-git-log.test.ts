/** Pull requests with the Log in a ref of the access repository itself, as workflows run them. */
import { schemaProblems } from "../support/schemas";
import { OnGitHub, requestText } from "./support/on-github";

const repository = OnGitHub.repository;
const hosted = { GITHUB_ACTIONS: "true", RUNNER_ENVIRONMENT: "github-hosted" };

test("plan, apply and the receipt's last word need nothing but the repository, also on hosted runners", async () => {
  const on = await OnGitHub.open((line) =>
    line.edit("leasehold.yaml", "log: { store: file, path: .leasehold/log }", "log: { store: git }"),
  );
  const { number } = await on.open({ "requests/look.yaml": requestText("look") });
  expect(await on.plan(number)).toMatchObject({ exitCode: 0, conclusion: "action_required" });
  await on.approve(number, "ben");
  expect(await on.plan(number)).toMatchObject({ conclusion: "success" });
  await on.merge(number);
  on.checkOut();
  const environment = { ...on.environment, ...hosted };
  const applied = await on.line.with(environment, "pr", "apply", "--format", "json");
  expect(applied).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(applied.stdout)).toMatchObject({
    mergesVersion: 1,
    merges: [{ pull: number, verdict: "approved", approvals: 1, refused: 0 }],
    pass: { passVersion: 1 },
  });
  expect(schemaProblems("merges.v1", JSON.parse(applied.stdout))).toEqual([]);
  expect(schemaProblems("pass.v1", (JSON.parse(applied.stdout) as { readonly pass: unknown }).pass)).toEqual([]);
  expect(await on.github.readRef({ repository, ref: "refs/leasehold/log" })).toMatch(/^[0-9a-f]{40}$/);
  expect(await on.comment(number)).toContain("Applied: 1 grant is active");
  expect(await on.line.run("revoke", "look", "--as", "ana@example.com")).toMatchObject({ exitCode: 0 });
  expect(await on.line.with(environment, "reconcile")).toMatchObject({ exitCode: 0 });
  expect(await on.comment(number)).toContain("### Given back by ana@");
  await on.github.resetCalls();
  expect(await on.line.with(environment, "reconcile")).toMatchObject({ exitCode: 0 });
  expect((await on.github.counters()).writes).toBe(0);
});

test("a merge queue's commit passes only with what was approved", async () => {
  const on = await OnGitHub.open();
  const approved = await on.open({ "requests/one.yaml": requestText("one") });
  await on.approve(approved.number, "ben");
  const other = await on.open({ "requests/two.yaml": requestText("two") });
  const first = await on.github.enqueue({ repository, number: approved.number, by: "ana" });
  const args = (sha: string, base: string) => ["pr", "plan", "--queue", sha, "--queue-base", base];
  expect(await on.run(...args(first.headSha, first.baseSha))).toMatchObject({ exitCode: 0 });
  expect(await conclusion(on, first.headSha)).toBe("success");
  const second = await on.github.enqueue({ repository, number: other.number, by: "ana" });
  expect(await on.run("pr", "plan", "--queue", second.headSha)).toMatchObject({ exitCode: 0 });
  expect(await conclusion(on, second.headSha)).toBe("failure");
  await on.github.flushQueue({ repository });
  expect(await on.apply()).toMatchObject({ exitCode: 5 });
  expect(await on.grants()).toEqual(["one ana@example.com active", "two ana@example.com rejected"]);
});

async function conclusion(on: OnGitHub, commit: string): Promise<string | null | undefined> {
  return (await on.github.checkRuns({ repository, commit })).at(-1)?.conclusion;
}
