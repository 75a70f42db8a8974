/** The newest Head in a check run: machines that have seen nothing of the Log, as hosted runners, know how far it went. */
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandLine, type Ran } from "./support/leasehold";
import { OnGitHub, requestText } from "./support/on-github";

const { repository } = OnGitHub;
const key = generateKeyPairSync("ed25519");
const anchorKey = key.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const publicKey = key.publicKey.export({ format: "der", type: "spki" }).toString("base64");
const hosted = { GITHUB_ACTIONS: "true", RUNNER_ENVIRONMENT: "github-hosted", ANCHOR_KEY: anchorKey };
const ref = "refs/leasehold/log";

let on: OnGitHub;
let scratch = "";
let runners = 0;

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), "leasehold-hosted-"));
  on = await OnGitHub.open((line) =>
    line.edit(
      "leasehold.yaml",
      "log: { store: file, path: .leasehold/log }",
      "log: { store: git, anchors: { checkRun: leasehold-acme, key: '${env:ANCHOR_KEY}' } }",
    ),
  );
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

test("a pass keeps the newest Head in one check run of the default branch, signed, with one call that writes; an unchanged one is let be", async () => {
  await started("look");
  const [check, ...others] = await anchorChecks();
  expect(others).toEqual([]);
  expect(check).toMatchObject({ app: "leasehold-acme", conclusion: "success", status: "completed" });
  expect(check?.title).toMatch(/^The Log at record \d+, signed$/);
  await on.github.resetCalls();
  expect(await runner("reconcile")).toMatchObject({ exitCode: 0 });
  const asked = (await on.github.calls()).filter(({ api, kind }) => api !== "git" && kind === "write");
  expect(asked).toEqual([]);
  expect(await runner("revoke", "look", "--as", "ana@example.com")).toMatchObject({ exitCode: 0 });
  expect(await runner("reconcile")).toMatchObject({ exitCode: 0 });
  const [after, ...more] = await anchorChecks();
  expect(more).toEqual([]);
  expect(after?.id).toBe(check?.id);
  expect(sequenceOf(after?.title)).toBeGreaterThan(sequenceOf(check?.title));
  expect(await on.github.violations()).toEqual([]);
});

test("a Log pushed back to an older state is noticed by a runner that never saw it: nothing starts, endings go on, exit 9", async () => {
  await started("look");
  const old = await tip();
  expect(await runner("revoke", "look", "--as", "ana@example.com")).toMatchObject({ exitCode: 0 });
  expect(await runner("reconcile")).toMatchObject({ exitCode: 0 });
  await on.push("main", { "README.md": "A commit later.\n" }, { by: "ana" });
  await forcePush(old);
  await merged("again");
  for (const command of [["reconcile"], ["pr", "apply"]]) {
    const ran = await runner(...command);
    expect([ran.exitCode, ran.stderr]).toEqual([9, expect.stringMatching(/E602[\s\S]*there was a record \d+/)]);
  }
  expect(await grants()).not.toContain("again ana@example.com active");
  const told = await runner("doctor", "--repo", repository);
  expect(told.stdout).toMatch(/By check run `leasehold log` record \d+ of the Log is not the one that was anchored\./);
});

test("what other apps post under the name is not read, and one of ours that says nothing true lets nothing start", async () => {
  await merged("look");
  const other = await on.github.createApp({ slug: "somebody" }).then(() => token("somebody"));
  const commit = await head();
  await post(other, commit, { external_id: marker(), output: { title: "t", summary: "s", text: "nonsense" } });
  expect(await runner("pr", "apply")).toMatchObject({ exitCode: 0 });
  expect(await grants()).toEqual(["look ana@example.com active"]);
  await post(await token("leasehold-acme"), commit, {
    external_id: marker(),
    output: { title: "t", summary: "s", text: '{"format":1}' },
  });
  await merged("more");
  const ran = await runner("pr", "apply");
  expect([ran.exitCode, ran.stderr]).toEqual([9, expect.stringMatching(/E610[\s\S]*check run \d+ of commit/)]);
  expect(await grants()).not.toContain("more ana@example.com active");
});

test("while GitHub cannot be asked for it nothing starts, what is over ends, and it is exit 10", async () => {
  const approved = await started("look");
  expect(approved).toMatchObject({ exitCode: 0 });
  expect(await runner("revoke", "look", "--as", "ana@example.com")).toMatchObject({ exitCode: 0 });
  await on.github.plantFault({
    match: { query: "query LogChecks" },
    fault: { kind: "status", status: 503 },
    times: null,
  });
  const ran = await runner("reconcile");
  expect([ran.exitCode, ran.stderr]).toEqual([10, expect.stringContaining("E520")]);
  expect(await grants()).toEqual(["look ana@example.com ended"]);
  await on.github.clearFaults();
  await on.github.plantFault({ match: { path: "check-runs" }, fault: { kind: "reset" }, times: null });
  expect(await runner("reconcile")).toMatchObject({ exitCode: 10, stderr: expect.stringContaining("E520") });
});

test("a token of anybody else writes none and says so, and without a token nothing starts", async () => {
  await merged("look");
  await on.github.createApp({ slug: "somebody" });
  const ran = await runnerWith({ GITHUB_TOKEN: await token("somebody") }, "reconcile");
  expect([ran.exitCode, ran.stderr]).toEqual([7, expect.stringContaining("E611")]);
  expect(await anchorChecks()).toEqual([]);
  const without = await runnerWith({ GITHUB_TOKEN: "" }, "reconcile");
  expect([without.exitCode, without.stderr]).toEqual([3, expect.stringContaining("E702")]);
});

test("what is copied from the check run verifies an export in a directory that holds nothing else, and doctor says its age", async () => {
  await started("look");
  const auditor = new CommandLine(scratch);
  const exported = await runner("log", "export");
  const [check] = await anchorChecks();
  auditor.write("export.jsonl", exported.stdout);
  auditor.write("head.md", check?.text ?? "");
  const verify = ["log", "verify", "export.jsonl", "--against", "head.md", "--key", publicKey];
  const good = await auditor.run(...verify);
  expect([good.exitCode, good.stdout]).toEqual([0, expect.stringMatching(/^Anchors: 1 held.*signed with key/m)]);
  auditor.write("export.jsonl", exported.stdout.replace(/[^\n]+\n$/, ""));
  expect(await auditor.run(...verify)).toMatchObject({ exitCode: 9, stdout: expect.stringContaining("(cut)") });
  const told = await runner("doctor", "--repo", repository);
  expect(told.stdout).toMatch(
    /The newest in check run `leasehold log` is .* old; 0 records were written since\. It is signed/,
  );
});

/** A run on a machine that has seen nothing. */
function runner(...args: string[]): Promise<Ran> {
  return runnerWith({}, ...args);
}

function runnerWith(more: Readonly<Record<string, string>>, ...args: string[]): Promise<Ran> {
  const home = join(scratch, `home-${(runners += 1)}`);
  return on.line.with({ ...on.environment, ...hosted, HOME: home, ...more }, ...args);
}

/** A request that is asked for, approved and merged; nothing is done about it yet. */
async function merged(name: string): Promise<void> {
  const { number } = await on.open({ [`requests/${name}.yaml`]: requestText(name) });
  await on.approve(number, "ben");
  await on.merge(number);
  on.checkOut();
}

async function started(name: string): Promise<Ran> {
  await merged(name);
  const ran = await runner("pr", "apply");
  expect([ran.exitCode, ran.stderr]).toEqual([0, expect.anything()]);
  return ran;
}

async function grants(): Promise<readonly string[]> {
  const ran = await runner("status", "--format", "json");
  const { rows } = JSON.parse(ran.stdout) as { rows: { request: string; person: string; phase: string }[] };
  return rows.map(({ request, person, phase }) => `${request} ${person} ${phase}`).toSorted();
}

async function anchorChecks() {
  const checks = await on.github.checkRuns({ repository, commit: await head() });
  return checks.filter(({ name, app }) => name === "leasehold log" && app === "leasehold-acme");
}

async function head(): Promise<string> {
  return (await on.github.readRef({ repository, ref: "refs/heads/main" })) ?? "";
}

async function tip(): Promise<string> {
  return (await on.github.readRef({ repository, ref })) ?? "";
}

async function forcePush(commit: string): Promise<void> {
  const remote = await on.github.directoryOf(repository);
  execFileSync("git", ["-C", remote, "update-ref", ref, commit]);
}

function token(app: string): Promise<string> {
  return on.github.createToken({ app, repositories: [repository] });
}

function marker(): string {
  return `leasehold:log:${/^installation: (\S+)$/m.exec(on.line.read("leasehold.yaml"))?.[1]}`;
}

function sequenceOf(title: string | null | undefined): number {
  return Number(/record (\d+)/.exec(title ?? "")?.[1]);
}

async function post(bearer: string, commit: string, run: Readonly<Record<string, unknown>>): Promise<void> {
  const { GITHUB_API_URL } = on.environment;
  const body = JSON.stringify({
    name: "leasehold log",
    head_sha: commit,
    status: "completed",
    conclusion: "success",
    ...run,
  });
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const answer = await fetch(`${GITHUB_API_URL}/repos/${repository}/check-runs`, { method: "POST", headers, body });
  expect(answer.status).toBe(201);
}
