/**
 * The Action's whole life of one request, on the test GitHub: checked, planned, approved, merged, applied, given back,
 * reconciled. Each step is the bundle as a runner starts it, in a fresh clone of what its workflow checks out.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { systemClock } from "../../../lib/adapters/clock";
import { systemRandom } from "../../../lib/adapters/random";
import { startGateway, type RunningGateway } from "../../../providers/embedded";
import { startGitHub, usualAppPermissions, type TestGitHub } from "../../doubles/github";
import { projectRoot, temporaryFolder } from "../../support/folders";
import { runStep, type StepEnd } from "../../support/runner";
import { payloadOf, type Payload } from "../../support/webhook-payloads";

// Each step is a process with a clone of its own: on a busy machine it takes its time.
jest.setTimeout(300_000);

/** Never the synchronous one: GitHub and the gateway answer from this process. */
const run = promisify(execFile);
const repository = "lanternworks/access";
const people = ["ana", "ben", "cleo", "dev", "elin", "femi"];
const folder = temporaryFolder();
const action = join(folder, "action");
const cli = join(action, "dist/action/lib/cli/main.js");
const main = { repository: { id: 7, default_branch: "main" } };

let github: TestGitHub;
let gateway: RunningGateway;
let token: string;
let secrets: Readonly<Record<string, string>>;

beforeAll(async () => {
  for (const path of ["action.yml", "dist/action"]) {
    cpSync(join(projectRoot, path), join(action, path), { recursive: true });
  }
  gateway = await startGateway({ directory: join(folder, "gateway"), clock: systemClock(), random: systemRandom() });
  const keys = JSON.parse(readFileSync(join(folder, "gateway/keys.json"), "utf8")) as {
    readonly admin: string;
    readonly observer: string;
  };
  secrets = {
    HOOP_OBSERVE_KEY: keys.observer,
    HOOP_WRITE_KEY: keys.admin,
    ORDERS_DB_READ: "pg-read-4711",
    ORDERS_DB_WRITE: "pg-write-4711",
  };
  github = await startGitHub();
  await github.createOrganization({ login: "lanternworks" });
  for (const name of people) await github.createUser({ login: `${name}-lanternworks` });
  await github.createRepository({ name: repository, files: await filesOfExample(gateway.url) });
  for (const name of people) {
    await github.setPermission({ repository, to: `${name}-lanternworks`, permission: "write" });
  }
  await github.createApp({ slug: "lanternworks-access", owner: "lanternworks" });
  token = await github.createToken({ app: "lanternworks-access", permissions: usualAppPermissions });
});

afterAll(async () => {
  await gateway.close();
  await github.close();
});

/** examples/github, with a gateway that runs here in the place of hoop; its Manifest made anew. */
async function filesOfExample(url: string): Promise<Readonly<Record<string, string>>> {
  const made = join(folder, "example");
  cpSync(join(projectRoot, "examples/github"), made, { recursive: true });
  const config = readFileSync(join(made, "leasehold.yaml"), "utf8")
    .replace("provider: hoop", "provider: embedded\n    directory: .leasehold/gateway")
    .replace("https://hoop.example.com", url);
  const files = { ...textsUnder(made), "leasehold.yaml": config };
  writeFileSync(join(made, "leasehold.yaml"), config);
  await run(process.execPath, [cli, "synth"], { cwd: made });
  return { ...files, "leasehold.out/manifest.json": readFileSync(join(made, "leasehold.out/manifest.json"), "utf8") };
}

function textsUnder(root: string): Readonly<Record<string, string>> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => statSync(join(root, path)).isFile() && !path.endsWith("rules.json"));
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** What actions/checkout leaves with `persist-credentials: false`: a clone that holds no token. */
async function checkout(commit: string): Promise<string> {
  const workspace = mkdtempSync(join(folder, "workspace-"));
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  const login = ["-c", `http.extraheader=AUTHORIZATION: basic ${basic}`];
  await run("git", ["init", "--quiet", "--initial-branch=main", workspace]);
  const git = (...args: readonly string[]) => run("git", [...login, "-C", workspace, ...args]);
  await git("remote", "add", "origin", `${github.url}/${repository}.git`);
  await git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*");
  await git("checkout", "--quiet", "--force", commit);
  return workspace;
}

async function onMain(): Promise<string> {
  return checkout((await github.readRef({ repository, ref: "refs/heads/main" })) ?? "");
}

const addresses = (): Readonly<Record<string, string>> => ({
  GITHUB_API_URL: github.apiUrl,
  GITHUB_GRAPHQL_URL: github.graphqlUrl,
  GITHUB_SERVER_URL: github.serverUrl,
});

/** A job of the default branch: its clone, its App's token, its environment's secrets. */
async function trusted(
  event: string,
  payload: Payload,
  given: Readonly<Record<string, string>> = {},
): Promise<StepEnd> {
  const workspace = await onMain();
  const end = await runStep({
    action,
    workspace,
    temporary: join(folder, "runner"),
    event,
    payload,
    with: { token, ...given },
    environment: { ...addresses(), ...secrets },
  });
  rmSync(workspace, { recursive: true, force: true });
  for (const value of [token, ...Object.values(secrets)]) {
    expect(`${end.log}${end.summary}${JSON.stringify(end.outputs)}${JSON.stringify(end.commands)}`).not.toContain(
      value,
    );
  }
  return end;
}

const ranCheck = (head: string, number: number, of = "pull_request"): Payload =>
  payloadOf("workflow_run", "completed", {
    ...main,
    workflow_run: { event: of, head_sha: head, pull_requests: [{ number, base: { repo: { id: 7 } } }] },
  });

/** The newest counts. */
async function checkOf(sha: string) {
  const runs = await github.checkRuns({ repository, commit: sha });
  const { app, conclusion } = runs.filter((one) => one.name === "leasehold").at(-1) ?? {};
  return { app, conclusion };
}

describe("a request goes from its pull request to its end, each job as its workflow runs it", () => {
  let head = "";
  let number = 0;
  let baseSha = "";

  beforeAll(async () => {
    const environment = { PATH: process.env["PATH"] ?? "", HOME: folder, GITHUB_TOKEN: token, ...addresses() };
    await run(process.execPath, [cli, "policy", "accept"], { cwd: await onMain(), env: environment });
    const files = { "requests/look.yaml": request };
    const pushed = { repository, branch: "ana/look", files, by: "ana-lanternworks", signature: "VALID" } as const;
    head = await github.pushCommit(pushed);
    ({ number, baseSha } = await github.openPull({ repository, head: "ana/look", by: "ana-lanternworks" }));
  });

  test("leasehold-check looks at the head with nothing secret", async () => {
    const shas = { pull_request: { head: { sha: head }, base: { sha: baseSha } } };
    const checked = await runStep({
      action,
      workspace: await checkout(head),
      temporary: join(folder, "runner"),
      event: "pull_request",
      payload: payloadOf("pull_request", "opened", shas),
      with: { command: "check" },
      environment: addresses(),
    });
    expect(checked).toMatchObject({ exitCode: 0, commands: [] });
  });

  test("leasehold-plan comes after it: nobody has approved", async () => {
    const planned = await trusted("workflow_run", ranCheck(head, number));
    expect({ exitCode: planned.exitCode, log: planned.log }).toMatchObject({ exitCode: 0 });
    expect(await checkOf(head)).toEqual({ app: "lanternworks-access", conclusion: "action_required" });
    expect(await github.comments({ repository, number })).toHaveLength(1);
  });

  test("a lead of orders approves, and leasehold-plan passes", async () => {
    await github.review({ repository, number, by: "dev-lanternworks" });
    const decided = await trusted("workflow_run", ranCheck(head, number, "pull_request_review"));
    expect(decided.exitCode).toBe(0);
    expect(await checkOf(head)).toEqual({ app: "lanternworks-access", conclusion: "success" });
  });

  test("leasehold-apply comes after the merge", async () => {
    await github.merge({ repository, number, method: "squash", by: "dev-lanternworks" });
    const applied = await trusted("push", payloadOf("push", undefined, main), { command: "apply" });
    expect({ exitCode: applied.exitCode, log: applied.log }).toMatchObject({ exitCode: 0 });
    expect(applied.outputs["summary"]).toContain("1 activated");
  });

  test("a comment gives it back", async () => {
    const comment = await github.comment({ repository, number, by: "ana-lanternworks", body: "/revoke" });
    const commented = payloadOf("issue_comment", "created", {
      ...main,
      issue: { number, pull_request: { url: "…" } },
      comment: { id: comment, body: "/revoke" },
    });
    const revoked = await trusted("issue_comment", commented);
    expect({ exitCode: revoked.exitCode, log: revoked.log }).toMatchObject({ exitCode: 0 });
  });

  test("the schedule finds nothing left to do", async () => {
    const reconciled = await trusted("schedule", { schedule: "*/5 * * * *" }, { command: "reconcile" });
    expect({ exitCode: reconciled.exitCode, log: reconciled.log }).toMatchObject({ exitCode: 0 });
    expect(reconciled.outputs["summary"]).toContain("0 activated");
  });

  test("leasehold-tidy takes the file of what is over away, by a pull request", async () => {
    const tidied = await trusted("schedule", { schedule: "23 4 * * 1" }, { command: "tidy" });
    expect({ exitCode: tidied.exitCode, log: tidied.log }).toMatchObject({ exitCode: 0 });
    expect(await github.violations()).toEqual([]);
  });
});

const request = `apiVersion: leasehold/v1
kind: AccessRequest
metadata:
  name: look
spec:
  for: ana@lanternworks.example
  access: [orders-db/read]
  duration: 1h
  startBefore: ${new Date(Date.now() + 6 * 86_400_000).toISOString().replace(/\.\d+/, "")}
  reason: "OPS-1: find the orders stuck in payment"
`;
