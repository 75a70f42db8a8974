/** A pull request from its plan to its receipt: real processes on the test GitHub and an embedded gateway. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { OnGitHub, requestText } from "./support/on-github";

const repository = OnGitHub.repository;

describe("a pull request", () => {
  test("waits for a lead, is approved, squashed, applied, and its comment becomes the receipt", async () => {
    const on = await OnGitHub.open();
    const { number } = await on.open({ "requests/look.yaml": requestText("look") });
    const waiting = await on.plan(number);
    expect(waiting).toMatchObject({ exitCode: 0, conclusion: "action_required" });
    expect(await on.comment(number)).toContain("Needs 1 approval");
    await on.approve(number, "ben");
    expect(await on.plan(number)).toMatchObject({ exitCode: 0, conclusion: "success" });
    const commit = await on.merge(number);
    expect(await on.apply()).toMatchObject({ exitCode: 0 });
    expect(await on.grants()).toEqual(["look ana@example.com active"]);
    expect(await on.comment(number)).toContain("Applied: 1 grant is active");
    const records = on.records();
    const approval = records.find(({ type }) => type === "approval.given");
    expect(approval).toMatchObject({
      approval: { person: "ben@example.com", source: "github", by: { id: "ben", authenticatedBy: "github" } },
    });
    expect(records.find((one) => one.type === "merge.decided" && isOf(one, commit))).toMatchObject({
      verdict: "approved",
      merge: { pull: number, authors: ["ana@example.com"], requests: ["look"], unverified: false },
    });
    // The Log alone is enough from here on: GitHub is not asked again.
    await on.github.close();
    expect(await on.line.run("reconcile")).toMatchObject({ exitCode: 0 });
    expect(await on.line.run("revoke", "look")).toMatchObject({ exitCode: 0 });
    expect(await on.grants()).toEqual(["look ana@example.com ended"]);
  });

  test("planned twice without a change is not written to, and asks GitHub at most 6 times", async () => {
    const on = await OnGitHub.open();
    const { number } = await on.open({ "requests/look.yaml": requestText("look") });
    await on.plan(number);
    await on.github.resetCalls();
    expect((await on.plan(number)).stdout).toContain("published with 0 writes");
    const { total, writes } = await on.github.counters();
    expect(writes).toBe(0);
    expect(total).toBeLessThanOrEqual(6);
  });

  test("is decided again from its snapshot, without network and without the Log", async () => {
    const on = await OnGitHub.open();
    const { number } = await on.open({ "requests/look.yaml": requestText("look") });
    const file = on.line.path("snapshot.json");
    const args = ["pr", "plan", "--number", String(number), "--dry-run", "--format", "json"];
    const planned = await on.run(...args, "--snapshot", file);
    expect(planned).toMatchObject({ exitCode: 0 });
    expect(await on.github.comments({ repository, number })).toEqual([]);
    const again = await on.line.run("-C", "/", "pr", "plan", "--from-snapshot", file, "--format", "json");
    expect(again).toMatchObject({ exitCode: 0, stdout: planned.stdout });
    const saved = readFileSync(file, "utf8");
    for (const [text, what] of [
      [saved.slice(0, -20), "this is not JSON, or it is cut short"],
      [saved.replace('"isDraft":false', '"isDraft":"no"'), "pull.isDraft must be boolean"],
    ] as const) {
      on.line.write("snapshot.json", text);
      const refused = await on.line.run("pr", "plan", "--from-snapshot", file);
      expect(refused).toMatchObject({ exitCode: 3, stdout: "" });
      expect(refused.stderr).toMatch(/snapshot\.json:1:\d+ error E407: the file is no snapshot of a pull request\n/);
      expect(refused.stderr).toContain(what);
    }
  });

  test("is shown as it would be if somebody approved it, and nothing is written", async () => {
    const on = await OnGitHub.open();
    const { number } = await on.open({ "requests/look.yaml": requestText("look") });
    const show = (...more: string[]) => on.run("pr", "show", "--number", String(number), ...more);
    expect((await show()).stdout).toContain("Needs 1 approval");
    expect((await show("--what-if-approved-by", "ana")).stdout).toContain("Needs 1 approval");
    const shown = await show("--what-if-approved-by", "ben", "--format", "json");
    expect(JSON.parse(shown.stdout)).toMatchObject({ pullDecisionVersion: 1, verdict: "approved" });
    expect((await on.github.counters()).writes).toBe(0);
  });

  test("whose gateway cannot be reached has a failed check run and says why; exit 10", async () => {
    const on = await OnGitHub.open((line) =>
      line.edit(
        "leasehold.yaml",
        "directory: .leasehold/gateway }",
        'directory: .leasehold/gateway, url: "http://127.0.0.1:1", keys: { observe: "${env:GITHUB_SERVER_URL}" } }',
      ),
    );
    const { number } = await on.open({ "requests/look.yaml": requestText("look") });
    const planned = await on.plan(number);
    expect(planned).toMatchObject({ exitCode: 10, conclusion: "failure" });
    expect(await on.comment(number)).toContain("E500");
  });

  test("that cannot be evaluated leaves a failed check run on its head, where the head is known", async () => {
    const on = await OnGitHub.open();
    const { number, head } = await on.open({ "requests/look.yaml": requestText("look") });
    on.line.write("leasehold.yaml", "nonsense: true\n");
    const ran = await on.run("pr", "plan", "--number", String(number), "--head", head);
    expect(ran).toMatchObject({ exitCode: 3 });
    const runs = await on.github.checkRuns({ repository, commit: head });
    expect(runs).toMatchObject([{ name: "leasehold", conclusion: "failure", title: expect.stringContaining("E70") }]);
  });
});

describe("pr apply", () => {
  test("refuses for ever what was merged without approval, says so in an issue, and goes on with the rest", async () => {
    const on = await OnGitHub.open();
    const { number } = await on.open({ "requests/look.yaml": requestText("look") });
    await on.merge(number, "merge");
    await on.push("main", { "requests/pushed.yaml": requestText("pushed") }, { by: "ben" });
    await on.push("main", { "README.md": "nothing to approve\n" }, { by: "ben" });
    const applied = await on.apply();
    expect(applied).toMatchObject({ exitCode: 5 });
    expect(applied.stderr).toContain("E404");
    expect(await on.grants()).toEqual(["look ana@example.com rejected", "pushed ana@example.com rejected"]);
    const issues = await on.github.issues(repository);
    expect(issues.map(({ title }) => title)).toEqual([
      expect.stringContaining("Merged without approval"),
      expect.stringContaining("Merged without approval"),
    ]);
    // An approval that comes later gives nothing, and the name is spent.
    await on.approve(number, "ben");
    expect(await on.apply()).toMatchObject({ exitCode: 0 });
    const again = await on.open({ "requests/look2.yaml": requestText("look") });
    expect(await on.plan(again.number)).toMatchObject({ conclusion: "failure" });
  });

  test("takes away what a push removes, also without approval", async () => {
    const on = await OnGitHub.open();
    await giveLook(on);
    await giveLook(on, "other");
    await on.push("main", { "requests/look.yaml": null }, { by: "eve" });
    expect(await on.apply()).toMatchObject({ exitCode: 0 });
    expect(await on.grants()).toEqual(["look ana@example.com ended", "other ana@example.com active"]);
  });

  test("takes away the last request of all only when somebody confirms how many grants end", async () => {
    const on = await OnGitHub.open();
    await giveLook(on);
    await on.push("main", { "requests/look.yaml": null }, { by: "eve" });
    const held = await on.apply();
    expect(held).toMatchObject({ exitCode: 5 });
    expect(held.stderr).toContain("leasehold pr apply --confirm-removals 1");
    expect(await on.apply("--confirm-removals", "1")).toMatchObject({ exitCode: 0 });
    expect(await on.grants()).toEqual(["look ana@example.com ended"]);
  });

  test("goes on where a process was killed, at any of its calls, and records each merge once", async () => {
    const on = await OnGitHub.open();
    for (const name of ["first", "second"]) {
      const { number } = await on.open({ [`requests/${name}.yaml`]: requestText(name) });
      await on.approve(number, "ben");
      await on.merge(number);
    }
    on.checkOut();
    let killed = 0;
    for (const pattern of ["recorded first", "anything"]) {
      const going = on.line.start(["pr", "apply"], on.environment);
      while (!isThere(on, pattern)) await new Promise((resolve) => setTimeout(resolve, 5));
      if (going.child.exitCode === null) killed += 1;
      going.child.kill("SIGKILL");
      await going.ended;
    }
    expect(killed).toBeGreaterThan(0);
    expect((await on.apply()).exitCode).toBe(0);
    expect(await on.grants()).toEqual(["first ana@example.com active", "second ana@example.com active"]);
    const decided = on
      .records()
      .filter((one) => one.type === "merge.decided" && JSON.stringify(one).includes('"pull"'));
    expect(decided).toHaveLength(2);
  });

  test("run twice at once decides each merge once, and both come to an end", async () => {
    const on = await OnGitHub.open();
    for (const name of ["first", "second", "third"]) {
      const { number } = await on.open({ [`requests/${name}.yaml`]: requestText(name) });
      await on.approve(number, "ben");
      await on.merge(number, "rebase");
    }
    on.checkOut();
    const both = await Promise.all([on.run("pr", "apply"), on.run("pr", "apply")]);
    expect(both.map(({ exitCode }) => exitCode)).toContain(0);
    expect((await on.apply()).exitCode).toBe(0);
    expect(on.records().filter(({ type }) => type === "approval.given")).toHaveLength(3);
    expect(await on.grants()).toEqual(["first", "second", "third"].map((name) => `${name} ana@example.com active`));
  });

  test("grants nothing new while GitHub cannot be reached, and carries out endings; exit 10", async () => {
    const on = await OnGitHub.open();
    await giveLook(on);
    const { number } = await on.open({ "requests/more.yaml": requestText("more") });
    await on.approve(number, "ben");
    await on.merge(number);
    on.checkOut();
    await on.line.run("revoke", "look");
    await on.github.close();
    expect(await on.run("pr", "apply")).toMatchObject({ exitCode: 10 });
    expect(await on.grants()).toEqual(["look ana@example.com ended"]);
  });

  test("widens nothing after the history of the branch was rewritten", async () => {
    const on = await OnGitHub.open();
    const before = await on.github.readRef({ repository, ref: "refs/heads/main" });
    await giveLook(on);
    const { number } = await on.open({ "requests/more.yaml": requestText("more") });
    await on.approve(number, "ben");
    await on.github.moveBranch({ repository, branch: "main", to: before });
    await on.merge(number);
    const applied = await on.apply();
    expect(applied).toMatchObject({ exitCode: 5 });
    expect(applied.stderr).toContain("E405");
    expect(await on.grants()).toEqual(["look ana@example.com active"]);
  });

  test("starts nothing that was approved before either, after the history of the branch was rewritten", async () => {
    const on = await OnGitHub.open();
    const before = await on.github.readRef({ repository, ref: "refs/heads/main" });
    await approveWithoutGateway(on);
    await on.github.moveBranch({ repository, branch: "main", to: before });
    await on.push("main", { "README.md": "another history\n" }, { by: "eve" });
    const applied = await on.apply();
    expect(applied).toMatchObject({ exitCode: 5 });
    expect(applied.stderr).toContain("E405");
    expect(await on.grants()).toEqual(["look ana@example.com pending"]);
  });

  test("starts nothing that was approved before while the checked-out configuration is not the accepted one", async () => {
    const on = await OnGitHub.open();
    await approveWithoutGateway(on);
    on.checkOut();
    on.line.edit("leasehold.yaml", "maxDuration: 12h", "maxDuration: 13h");
    const applied = await on.run("pr", "apply");
    expect(applied).toMatchObject({ exitCode: 5 });
    expect(applied.stderr).toContain("E301");
    expect(await on.grants()).toEqual(["look ana@example.com pending"]);
    expect(await on.apply()).toMatchObject({ exitCode: 0 });
    expect(await on.grants()).toEqual(["look ana@example.com active"]);
  });

  test("refuses a Log in files on a runner that is thrown away", async () => {
    const on = await OnGitHub.open();
    const hosted = { ...on.environment, GITHUB_ACTIONS: "true", RUNNER_ENVIRONMENT: "github-hosted" };
    const ran = await on.line.with(hosted, "pr", "apply");
    expect(ran).toMatchObject({ exitCode: 5 });
    expect(ran.stderr).toContain("log: { store: git");
  });
});

describe("an edit of the rules", () => {
  const longer = (text: string): string => text.replace("max: Duration.hours(4)", "max: Duration.hours(6)");

  test("approved by those whom old and new rules name is in force with its merge", async () => {
    const on = await OnGitHub.open();
    const { number } = await on.open(await edited(on, longer));
    expect(await on.plan(number)).toMatchObject({ exitCode: 0, conclusion: "action_required" });
    // Ben may ask for longer by it, so only Cleo is left.
    await on.approve(number, "ben");
    expect(await on.plan(number)).toMatchObject({ conclusion: "action_required" });
    await on.approve(number, "cleo");
    expect(await on.plan(number)).toMatchObject({ conclusion: "success" });
    const commit = await on.merge(number);
    const applied = await on.apply();
    expect(applied).toMatchObject({ exitCode: 0 });
    expect(applied.stdout).toContain("its rules are in force");
    expect(on.records().findLast(({ type }) => type === "policy.accepted")).toMatchObject({ commit, bootstrap: false });
    const next = await on.open({ "requests/long.yaml": requestText("long", { duration: "6h" }) });
    await on.approve(next.number, "cleo");
    expect(await on.plan(next.number)).toMatchObject({ conclusion: "success" });
  });

  test("that was not approved is not in force, and nothing widens until main says what was accepted", async () => {
    const on = await OnGitHub.open();
    await on.push("main", await edited(on, longer), { by: "ben" });
    const { number } = await on.open({ "requests/look.yaml": requestText("look") });
    await on.approve(number, "ben");
    expect(await on.plan(number)).toMatchObject({ conclusion: "failure" });
    await on.merge(number);
    const applied = await on.apply();
    expect(applied).toMatchObject({ exitCode: 5 });
    expect(applied.stderr).toContain("E301");
    expect(await on.grants()).toEqual(["look ana@example.com rejected"]);
    expect(on.records().filter(({ type }) => type === "policy.accepted")).toHaveLength(1);
    // An operator looks at it and accepts it: from there on it goes on.
    expect(await on.run("policy", "accept")).toMatchObject({ exitCode: 0 });
    await giveLook(on, "again");
  });

  test("whose committed Manifest is not what its program says is not in force, whoever approved it", async () => {
    const on = await OnGitHub.open();
    const files = await edited(on, longer);
    // Reviewers are shown 4 hours, the program says 6.
    const forged = { "access.ts": files["access.ts"] ?? "" };
    const touched = on.line
      .read("leasehold.out/manifest.json")
      .replace('"maxDurationSeconds": 14400', '"maxDurationSeconds": 14401');
    const { number } = await on.open({ ...forged, "leasehold.out/manifest.json": touched });
    await on.approve(number, "cleo");
    await on.merge(number);
    const applied = await on.apply();
    expect(applied).toMatchObject({ exitCode: 5 });
    expect(applied.stderr).toContain("E205");
    expect(on.records().filter(({ type }) => type === "policy.accepted")).toHaveLength(1);
  });
});

/** Ana looks at orders: asked, approved, merged, applied. */
async function giveLook(on: OnGitHub, name = "look"): Promise<void> {
  const { number } = await on.open({ [`requests/${name}.yaml`]: requestText(name) });
  await on.approve(number, "cleo");
  await on.merge(number);
  const applied = await on.apply();
  expect(applied).toMatchObject({ exitCode: 0 });
}

/** The rules with an edit, and the Manifest that goes with them. */
async function edited(on: OnGitHub, edit: (text: string) => string): Promise<Readonly<Record<string, string>>> {
  const before = on.line.read("access.ts");
  on.line.write("access.ts", edit(before));
  const synth = await on.line.run("synth");
  expect(synth).toMatchObject({ exitCode: 0 });
  const files = {
    "access.ts": edit(before),
    "leasehold.out/manifest.json": on.line.read("leasehold.out/manifest.json"),
  };
  on.checkOut();
  return files;
}

function isOf(record: Record<string, unknown>, commit: string): boolean {
  return JSON.stringify(record).includes(commit);
}

/** Whether the Log has come to where a process is to be killed. */
function isThere(on: OnGitHub, pattern: string): boolean {
  const text = on.line.read(".leasehold/log/chain.jsonl");
  return pattern === "anything" || text.includes('"requests":["first"]');
}

/** Ana may look at orders, it is recorded who approved it, and the gateway was away when it was applied. */
async function approveWithoutGateway(on: OnGitHub): Promise<void> {
  const gateway = on.line.path(".leasehold/gateway");
  rmSync(gateway, { recursive: true, force: true });
  writeFileSync(gateway, "no directory\n");
  const { number } = await on.open({ "requests/look.yaml": requestText("look") });
  await on.approve(number, "cleo");
  await on.merge(number);
  const applied = await on.apply();
  rmSync(gateway);
  expect(applied).toMatchObject({ exitCode: 3 });
  expect(await on.grants()).toEqual(["look ana@example.com pending"]);
}
