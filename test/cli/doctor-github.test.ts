/** `leasehold doctor` on the test GitHub: what is weak in a repository, and that it ends with an exit code. */
import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startGitHub, usualAppPermissions, type TestGitHub } from "../doubles/github";
import { projectRoot, temporaryFolder } from "../support/folders";

const repository = "lanternworks/access";
const folder = temporaryFolder();
const pinned = "3d3c42e5aac5ba805825da76410c181273ba90b1";

let github: TestGitHub;
let tokens: { readonly app: string; readonly workflow: string; readonly small: string; readonly admin: string };

interface Diagnosis {
  readonly exitCode: number;
  readonly verdicts: Readonly<Record<string, readonly string[]>>;
  readonly said: string;
}

beforeAll(async () => {
  cpSync(join(projectRoot, "examples/github"), folder, { recursive: true });
  // Only the repository is looked at here: a gateway that forgets, and a Log in a file.
  edit("leasehold.yaml", (text) =>
    text
      .replace(/main:\n[^#]*# The Log/, "main: { provider: memory }\n# The Log")
      .replace("store: git", "store: file, path: .leasehold/log"),
  );
  github = await startGitHub();
  await github.createUser({ login: "iris-lanternworks" });
  await github.createOrganization({ login: "lanternworks", admins: ["iris-lanternworks"] });
  await github.createRepository({ name: repository });
  await github.createApp({ slug: "lanternworks-access", owner: "lanternworks" });
  tokens = {
    app: await github.createToken({ app: "lanternworks-access", permissions: usualAppPermissions }),
    admin: await github.createToken({ login: "iris-lanternworks" }),
    workflow: await github.createToken({ workflowOf: repository }),
    small: await github.createToken({ app: "lanternworks-access", permissions: { contents: "read" } }),
  };
});

afterAll(async () => {
  await github.close();
});

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(join(folder, path), change(readFileSync(join(folder, path), "utf8")));
}

async function diagnose(token: string | undefined): Promise<Diagnosis> {
  const environment = {
    PATH: process.env["PATH"] ?? "",
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_SERVER_URL: github.serverUrl,
    ...(token === undefined ? {} : { GITHUB_TOKEN: token }),
  };
  const args = [join(projectRoot, "dist/lib/cli/main.js"), "doctor", "--repo", repository, "--format", "json"];
  const ran = await new Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>(
    (resolve) =>
      execFile(process.execPath, args, { cwd: folder, env: environment }, (error, stdout, stderr) =>
        resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr }),
      ),
  );
  const { findings } = JSON.parse(ran.stdout) as {
    readonly findings: readonly { readonly name: string; readonly verdict: string; readonly sentence: string }[];
  };
  const verdicts: Record<string, string[]> = {};
  for (const one of findings) (verdicts[one.verdict] ??= []).push(`${one.name}: ${one.sentence}`);
  return { exitCode: ran.exitCode, verdicts, said: `${ran.stdout}${ran.stderr}` };
}

test("of a fresh repository everything that lets somebody past is bad, and the exit code is not 0", async () => {
  const { exitCode, verdicts, said } = await diagnose(tokens.app);
  expect(exitCode).toBe(5);
  expect(verdicts["bad"]).toEqual(
    expect.arrayContaining([
      expect.stringContaining("branch main: The check `leasehold` is not required"),
      expect.stringContaining("branch main: Its history can be rewritten"),
      expect.stringContaining("is still to be filled in"),
      expect.stringContaining("environment leasehold-apply: It does not exist"),
    ]),
  );
  expect(said).not.toContain(tokens.app);
});

test("guarded as docs/github.md says, with every place filled in, nothing of the repository is bad or unknown", async () => {
  for (const name of ["check", "plan", "apply", "reconcile", "tidy"]) {
    edit(`.github/workflows/leasehold-${name}.yml`, (text) => text.replace(/@0{40}/g, `@${pinned}`));
  }
  for (const name of ["leasehold-plan", "leasehold-apply"]) {
    await github.setEnvironment({ repository, name, branches: ["main"] });
  }
  await github.setActions({ repository, workflowPermissions: "read", workflowsCanApprove: false });
  const { id } = await github.createApp({ slug: "checks-of-ours", owner: "lanternworks" });
  await github.addRuleset({
    repository,
    name: "main",
    rules: [
      { type: "deletion" },
      { type: "non_fast_forward" },
      {
        type: "pull_request",
        parameters: {
          required_approving_review_count: 1,
          dismiss_stale_reviews_on_push: true,
          require_last_push_approval: true,
          require_code_owner_review: true,
          required_review_thread_resolution: false,
        },
      },
      {
        type: "required_status_checks",
        parameters: {
          strict_required_status_checks_policy: true,
          required_status_checks: [{ context: "leasehold", integration_id: id }],
        },
      },
    ],
  });
  const { verdicts } = await diagnose(tokens.admin);
  expect({ bad: verdicts["bad"] ?? [], unknown: verdicts["unknown"] ?? [] }).toEqual({
    bad: [],
    unknown: [expect.stringContaining("forks: It can be forked")],
  });
  expect(verdicts["weak"]).toContainEqual(expect.stringContaining("refs/leasehold"));
  // Only an admin is told who may go round a ruleset.
  const asApp = await diagnose(tokens.app);
  expect(asApp.verdicts["unknown"]).toContainEqual(expect.stringContaining("ruleset main: Who may go round it"));
});

test("the workflow's own token is bad, whatever else is good", async () => {
  const { exitCode, verdicts } = await diagnose(tokens.workflow);
  expect(exitCode).not.toBe(0);
  expect(verdicts["bad"]).toContainEqual(expect.stringContaining("token: It is the workflow's own token"));
});

test("what a token may not see is unknown, and never good", async () => {
  const { verdicts } = await diagnose(tokens.small);
  expect((verdicts["good"] ?? []).filter((one) => /^(?:environment|workflow permissions)/.test(one))).toEqual([]);
  expect((verdicts["unknown"] ?? []).length).toBeGreaterThan(1);
});

test("without a token the workflow files are judged, and the settings are unknown", async () => {
  const { verdicts } = await diagnose(undefined);
  expect(verdicts["unknown"]).toContainEqual(
    expect.stringContaining("repository: Its settings on GitHub were not looked at"),
  );
  expect(verdicts["good"]).toContainEqual(expect.stringContaining("5 workflows"));
});
