/** The Action as a runner runs it: its bundle alone, in directories without node_modules, with real payloads. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { projectRoot, temporaryFolder, writeTree } from "../../support/folders";
import { runStep, type ActionStep, type StepEnd } from "../../support/runner";
import { payloadOf, type Payload } from "../../support/webhook-payloads";

const folder = temporaryFolder();
const action = join(folder, "action");
const workspace = join(folder, "workspace");
const rulesOfMain = readFileSync(join(projectRoot, "examples/github/access.ts"), "utf8");
const repository = { repository: { id: 7, default_branch: "main" } };

function git(...args: readonly string[]): string {
  const who = ["-c", "user.name=Ana", "-c", "user.email=ana@lanternworks.example", "-c", "commit.gpgSign=false"];
  const run = spawnSync("git", ["-C", workspace, ...who, ...args], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`git ${args.join(" ")}: ${run.stderr}`);
  return run.stdout.trim();
}

/** Commits these files over the base and gives the commit; `null` removes one. */
function commit(files: Readonly<Record<string, string | null>>): string {
  git("checkout", "--quiet", "--force", "--detach", "main");
  git("clean", "-fdxq");
  for (const [path, text] of Object.entries(files)) {
    if (text === null) rmSync(join(workspace, path));
    else writeTree(workspace, { [path]: text });
  }
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "Ask");
  return git("rev-parse", "HEAD");
}

const step = (given: Partial<ActionStep> & Pick<ActionStep, "event" | "payload">): Promise<StepEnd> =>
  runStep({ action, workspace, temporary: join(folder, "runner"), ...given });
const opened = (head: string): Payload =>
  payloadOf("pull_request", "opened", {
    pull_request: { head: { sha: head }, base: { sha: git("rev-parse", "main") } },
  });
const startBefore = `${new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)}T18:00:00Z`;
const request = (spec: Readonly<Record<string, string>> = {}): string => {
  const all = {
    for: "ana@lanternworks.example",
    access: "[orders-db/read]",
    duration: "1h",
    startBefore,
    reason: "OPS-1",
    ...spec,
  };
  const lines = Object.entries(all).map(([key, value]) => `  ${key}: ${value}`);
  return ["apiVersion: leasehold/v1", "kind: AccessRequest", "metadata:", "  name: look", "spec:", ...lines, ""].join(
    "\n",
  );
};

beforeAll(() => {
  for (const path of ["action.yml", "dist/action"]) {
    cpSync(join(projectRoot, path), join(action, path), { recursive: true });
  }
  cpSync(join(projectRoot, "examples/github"), workspace, { recursive: true });
  writeTree(workspace, { "requests/earlier.yaml": request().replace("name: look", "name: earlier") });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Start");
});

test("nothing that it could borrow lies around it", () => {
  for (let at = action; dirname(at) !== at; at = dirname(at)) expect(existsSync(join(at, "node_modules"))).toBe(false);
});

describe("a pull request", () => {
  test("with a request in order is checked: requests, rules and the committed Manifest", async () => {
    const head = commit({ "requests/look.yaml": request() });
    const end = await step({ event: "pull_request", payload: opened(head) });
    expect(end).toMatchObject({ exitCode: 0, commands: [] });
    expect(end.outputs).toEqual({
      commands: `validate --format json --base ${git("rev-parse", "main")}\nsynth --check`,
      "exit-code": "0",
      summary: expect.stringMatching(/^No problems\.\nChecked leasehold\.out\/manifest\.json: /),
    });
    expect(end.summary).toContain("### leasehold synth --check: done");
  });

  test("with a mistake in a request gets an annotation on its line", async () => {
    const head = commit({ "requests/look.yaml": request({ duration: "9h" }) });
    const end = await step({ event: "pull_request", payload: opened(head) });
    expect(end.exitCode).toBe(3);
    expect(end.commands).toEqual([
      {
        name: "error",
        properties: expect.objectContaining({ file: "requests/look.yaml", line: "8" }),
        message: expect.stringContaining("4 h"),
      },
    ]);
    expect(end.summary).toContain("requests/look.yaml:8:13 error");
  });

  test("with rules that the committed Manifest does not say fails", async () => {
    const rules = rulesOfMain.replace("Duration.hours(4)", "Duration.hours(5)");
    const end = await step({ event: "pull_request", payload: opened(commit({ "access.ts": rules })) });
    expect(end.exitCode).toBe(3);
    expect(end.commands).toContainEqual({
      name: "error",
      properties: { title: "leasehold synth --check" },
      message: expect.stringContaining("E205"),
    });
    expect(end.outputs["exit-code"]).toBe("3");
  });

  test("with rules that look for the environment and the way out find neither", async () => {
    const looking = `console.log("env", JSON.stringify(process.env));\n${rulesOfMain}`;
    const looked = await step({ event: "pull_request", payload: opened(commit({ "access.ts": looking })) });
    expect(looked.log).toContain("env {}");
    const leaving = `require("node:child_process");\n${rulesOfMain}`;
    const left = await step({ event: "pull_request", payload: opened(commit({ "access.ts": leaving })) });
    expect(left.exitCode).toBe(3);
    expect(left.log).toContain("may not be imported");
  });

  test("with rules that print commands of the runner is not obeyed", async () => {
    const rules = [
      `console.log("::set-output name=x::y"); console.log("::error::approved by security");`,
      `console.log("::stop-commands::x"); console.log("::x::"); console.log("##[error]y");`,
      rulesOfMain,
    ].join("\n");
    const end = await step({ event: "pull_request", payload: opened(commit({ "access.ts": rules })) });
    expect(end).toMatchObject({ exitCode: 0, commands: [], masks: [] });
    expect(end.raw).toContain("approved by security");
    expect(end.raw).not.toContain("##[");
  });

  test.each([
    ["a token in its inputs", { with: { token: "whatever-it-is" } }, "INPUT_TOKEN"],
    ["a gateway's key in its environment", { environment: { HOOP_WRITE_KEY: "hk-4711" } }, "HOOP_WRITE_KEY"],
    [
      "the permission to ask for identity tokens",
      { environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "t" } },
      "ACTIONS_ID",
    ],
    ["a token under a harmless name", { environment: { NOTE: `ghs_${"a".repeat(36)}` } }, "NOTE"],
  ])("is not looked at beside %s", async (_what, given, named) => {
    const head = commit({ "requests/look.yaml": request() });
    const end = await step({ event: "pull_request", payload: opened(head), ...given });
    expect(end.exitCode).toBe(64);
    expect(end.commands[0]?.properties["title"]).toContain("never meets a credential");
    expect(end.commands[0]?.message).toContain(named);
    expect(end.log).not.toContain("leasehold validate");
  });

  test("is not looked at when the checkout keeps a token", async () => {
    const head = commit({ "requests/look.yaml": request() });
    git("config", "http.https://github.com/.extraheader", "AUTHORIZATION: basic bm90aGluZw==");
    const end = await step({ event: "pull_request", payload: opened(head) });
    git("config", "--unset", "http.https://github.com/.extraheader");
    expect(end.exitCode).toBe(64);
    expect(end.commands[0]?.message).toContain("persist-credentials: false");
    expect(end.raw).not.toContain("bm90aGluZw==");
  });

  test("is not taken for checked when something else is checked out", async () => {
    const head = commit({ "requests/look.yaml": request() });
    commit({});
    const end = await step({ event: "pull_request", payload: opened(head) });
    expect(end.exitCode).toBe(64);
    expect(end.commands[0]?.message).toContain(`the check is about ${head}`);
  });
});

test("a review is a run that does nothing, with or without a checkout", async () => {
  const payload = payloadOf("pull_request_review", "submitted");
  const end = await step({ event: "pull_request_review", payload });
  expect(end).toMatchObject({ exitCode: 0, commands: [], outputs: { commands: "", "exit-code": "0" }, summary: "" });
  expect(end.log).toContain("Nothing to do");
});

describe("what needs a credential", () => {
  const after = (head: string): Payload =>
    payloadOf("workflow_run", "completed", {
      ...repository,
      workflow_run: {
        event: "pull_request",
        head_sha: head,
        pull_requests: [{ number: 12, base: { repo: { id: 7 } } }],
      },
    });
  /** Nobody listens there: every call ends at once. */
  const nowhere = { GITHUB_API_URL: "http://127.0.0.1:9/api/v3", GITHUB_GRAPHQL_URL: "http://127.0.0.1:9/api/graphql" };

  test.each([
    ["workflow_run", after("1".repeat(40)), "pr plan --repo lanternworks/access --number 12"],
    ["push", payloadOf("push", undefined, repository), "pr apply --repo lanternworks/access"],
    ["schedule", { schedule: "*/5 * * * *" }, "reconcile"],
  ] as const)("is not there: %s fails, and shows no token", async (event, payload, command) => {
    commit({});
    const token = `ghs_${"Z9".repeat(18)}`;
    const end = await step({
      event,
      payload,
      with: { token },
      environment: { ...nowhere, HOOP_WRITE_KEY: "hk-very-secret" },
    });
    expect(end.exitCode).not.toBe(0);
    expect(end.outputs["commands"]).toBe(command);
    expect(end.commands.map((one) => one.name)).toContain("error");
    expect(end.masks).toEqual(expect.arrayContaining([token, "hk-very-secret"]));
    const shown = `${end.log}${JSON.stringify(end.commands)}${JSON.stringify(end.outputs)}${end.summary}`;
    expect(shown).not.toMatch(/Z9Z9|hk-very/);
  });

  test("never runs where the head is checked out", async () => {
    const head = commit({ "requests/look.yaml": request() });
    const end = await step({ event: "workflow_run", payload: after(head), with: { token: "t0ken" } });
    expect(end.exitCode).toBe(64);
    expect(end.commands[0]?.message).toContain("is checked out in a job that has credentials");
  });

  test("never runs for a pull request's own workflow", async () => {
    const head = commit({ "requests/look.yaml": request() });
    const end = await step({
      event: "pull_request",
      payload: opened(head),
      with: { command: "apply", token: "t0ken" },
    });
    expect(end.exitCode).toBe(64);
    expect(end.outputs).toEqual({});
  });
});

test("action.yml names the inputs that are read and the outputs that are written, and a file that is there", async () => {
  const metadata = parse(readFileSync(join(projectRoot, "action.yml"), "utf8")) as {
    readonly inputs: Readonly<Record<string, { readonly description: string }>>;
    readonly outputs: Readonly<Record<string, { readonly description: string }>>;
    readonly runs: { readonly using: string; readonly main: string };
  };
  const source = readFileSync(join(projectRoot, "lib/cli/action/inputs.ts"), "utf8");
  const read = [...source.matchAll(/(?:given|number)\("([a-z-]+)"\)/g)].map((match) => match[1] ?? "");
  expect(Object.keys(metadata.inputs).toSorted()).toEqual([...new Set(read)].toSorted());
  const end = await step({ event: "pull_request_review", payload: payloadOf("pull_request_review", "submitted") });
  expect(Object.keys(metadata.outputs)).toEqual(Object.keys(end.outputs));
  expect(metadata.runs).toEqual({ using: "node20", main: "dist/action/lib/cli/action/main.js" });
  const described = [...Object.values(metadata.inputs), ...Object.values(metadata.outputs)];
  for (const { description } of described) expect(description.length).toBeGreaterThan(20);
});

test("an event that cannot be read is an error, not a success", async () => {
  const end = await step({ event: "pull_request", payload: { pull_request: { head: { sha: "main" } } } });
  expect(end.exitCode).toBe(64);
  expect(end.commands[0]?.message).toContain("pull_request.head.sha is not a commit's id");
  writeFileSync(join(workspace, "leasehold.yaml"), "");
});
