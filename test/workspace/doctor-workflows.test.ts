import * as fc from "fast-check";
import { workflowFiles } from "../../lib/cli/templates/workflows";
import type { Finding } from "../../lib/model/report";
import { judgeWorkflows, type JudgedWorkflows } from "../../lib/workspace/doctor-workflows";
import { tryReadWorkflow } from "../../lib/workspace/workflow-file";

const pinned = "3d3c42e5aac5ba805825da76410c181273ba90b1";

function judge(texts: Readonly<Record<string, string>>, known: Partial<JudgedWorkflows> = {}): readonly Finding[] {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, tryReadWorkflow(path, text)]));
  return judgeWorkflows({ files, defaultPermissions: "read", ...known });
}

/** What is not good about a workflow with this `on:` and this job. */
function told(on: string, job: string, top = "permissions: {}"): readonly string[] {
  const indented = job.replace(/^/gm, "    ");
  const text = `on: ${on}\n${top}\njobs:\n  work:\n    runs-on: ubuntu-latest\n${indented}\n`;
  return judge({ "w.yml": text })
    .filter((one) => one.verdict !== "good")
    .map((one) => `${one.verdict}: ${one.sentence}`);
}

const filledIn = Object.fromEntries(
  Object.entries(workflowFiles()).map(([path, text]) => [path, text.replace(/@0{40}/g, `@${pinned}`)]),
);

test("the workflows that init writes are good once their places are filled in", () => {
  const environments = ["leasehold-plan", "leasehold-apply"].map((name) => ({
    name,
    branches: ["main"],
    hasReviewers: false,
    adminsMayBypass: true,
  }));
  const findings = judge(filledIn, { environments, defaultBranch: "main" });
  expect(findings.map((one) => one.verdict)).toEqual(["good", "good", "good"]);
});

test("until then each place that is left is named", () => {
  const findings = judge(workflowFiles());
  expect(new Set(findings.map((one) => one.sentence))).toEqual(
    new Set(["leasehold/leasehold is still to be filled in."]),
  );
  expect(new Set(findings.map((one) => one.name.split(" ")[0])).size).toBe(5);
});

test.each([
  ["pull_request_target", "steps: []", "bad: It runs on pull_request_target"],
  ["pull_request", "env: { A: '${{ secrets.KEY }}' }", "bad: It runs a branch's workflow with KEY"],
  [
    "[push, pull_request]",
    "steps: [{ run: 'x', env: { A: '${{ secrets[''KEY''] }}' } }]",
    "bad: It runs a branch's workflow with KEY",
  ],
  [
    "{ pull_request_review: null }",
    "environment: { name: production }",
    "bad: It runs a branch's workflow with the environment production",
  ],
  ["merge_group", "env: { A: '${{ secrets.KEY }}' }", "bad: It runs a branch's workflow with KEY"],
  ["pull_request", "secrets: inherit", "bad: It runs a branch's workflow with *"],
  ["pull_request", "env: { A: '${{ github.token }}' }", "bad: It runs a branch's workflow with GITHUB_TOKEN"],
  ["pull_request", "permissions: { checks: write, contents: read }", "bad: A branch's workflow may write: checks."],
  ["pull_request", "permissions: write-all", "bad: A branch's workflow may write: everything."],
  ["pull_request", "permissions: { id-token: write }", "bad: A branch's workflow may write: id-token."],
  ["pull_request", `steps: [{ uses: actions/checkout@${pinned} }]`, "weak: The checkout keeps the job's token"],
  ["workflow_run", "env: { A: '${{ secrets.KEY }}' }", "bad: KEY belong to the whole repository"],
  [
    "workflow_run",
    `environment: e\nsteps: [{ uses: actions/checkout@${pinned}, with: { ref: '\${{ github.event.workflow_run.head_sha }}' } }]`,
    "bad: It checks out a pull request's head beside a credential.",
  ],
  [
    "issue_comment",
    "environment: e\nsteps: [{ run: 'gh pr checkout 12' }]",
    "bad: It checks out a pull request's head",
  ],
  [
    "workflow_run",
    `environment: e\nsteps: [{ uses: leasehold/leasehold@${pinned}, with: { token: '\${{ secrets.GITHUB_TOKEN }}' } }]`,
    "bad: It uses the workflow's own token",
  ],
  ["push", "steps: [{ uses: actions/checkout@v7 }]", "bad: actions/checkout@v7 can be moved to other code."],
  ["push", "steps: [{ uses: 'docker://alpine:3' }]", "bad: docker://alpine:3 can be moved"],
  [
    "push",
    "uses: acme/shared/.github/workflows/x.yml@main",
    "bad: acme/shared/.github/workflows/x.yml@main can be moved",
  ],
  [
    "push",
    "steps: [{ run: 'echo ${{ github.event.head_commit.message }}' }]",
    "bad: ${{ github.event.head_commit.message }} becomes part of a script",
  ],
  ["push", "steps: [{ run: 'echo ${{ github.head_ref }}' }]", "bad: ${{ github.head_ref }} becomes part of a script"],
])("on %s, `%s` is told", (on, job, expected) => {
  expect(told(on, job)).toContainEqual(expect.stringContaining(expected));
});

test.each([
  ["pull_request", "runs-on: [self-hosted, linux]", "bad: A branch's code runs on a machine of yours"],
  [
    "workflow_run",
    "runs-on: { group: ours }\nenvironment: e\nenv: { A: '${{ secrets.KEY }}' }",
    "weak: It has a credential on a machine of yours",
  ],
])("a machine of one's own on %s is told", (on, job, expected) => {
  const text = `on: ${on}\npermissions: {}\njobs:\n  work:\n${job.replace(/^/gm, "    ")}\n`;
  expect(judge({ "w.yml": text }).map((one) => `${one.verdict}: ${one.sentence}`)).toContainEqual(
    expect.stringContaining(expected),
  );
});

test("a branch's job that says nothing of permissions is judged by the repository's default", () => {
  const text = "on: pull_request\njobs:\n  work:\n    steps: []\n";
  expect(judge({ "w.yml": text }, { defaultPermissions: "read" })[0]?.verdict).toBe("good");
  expect(judge({ "w.yml": text }, { defaultPermissions: "write" })[0]?.verdict).toBe("bad");
  const files = new Map([["w.yml", tryReadWorkflow("w.yml", text)]]);
  expect(judgeWorkflows({ files })[0]).toMatchObject({
    verdict: "weak",
    sentence: expect.stringContaining("not known"),
  });
});

test.each([
  ["all", false, "bad"],
  ["all", true, "weak"],
  ["protected", false, "weak"],
  [["main"], false, "good"],
  [["main", "release/*"], false, "bad"],
  [["*"], true, "bad"],
] as const)("an environment for %j branches, reviewers %s, is %s", (branches, hasReviewers, verdict) => {
  const text = "on: push\npermissions: {}\njobs:\n  work:\n    environment: leasehold-apply\n    steps: []\n";
  const environments = [{ name: "leasehold-apply", branches, hasReviewers, adminsMayBypass: false }];
  const findings = judge({ "w.yml": text }, { environments, defaultBranch: "main" });
  expect(findings.find((one) => one.name === "environment leasehold-apply")?.verdict).toBe(verdict);
  const none = judge({ "w.yml": text }, { environments: [], defaultBranch: "main" });
  expect(none.find((one) => one.name === "environment leasehold-apply")).toMatchObject({ verdict: "bad" });
});

test("what cannot be read as a workflow is unknown, never good", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom("", "a: &x 1\nb: *x", "on: push", "jobs: {}", "- 1")), (text) => {
      expect(judge({ "w.yml": text })).toEqual([expect.objectContaining({ name: "w.yml", verdict: "unknown" })]);
    }),
  );
});

test("an input that is a list of maps is judged like any other", () => {
  const text = JSON.stringify({ on: false, jobs: { a: { steps: [{ with: { on: [{}] } }] } } });
  expect(Array.isArray(judge({ "w.yml": text }))).toBe(true);
});

test("whatever a workflow is made of, it is judged without an error", () => {
  const word = fc.constantFrom(
    "on",
    "jobs",
    "steps",
    "uses",
    "run",
    "with",
    "ref",
    "permissions",
    "env",
    "secrets",
    "environment",
    "runs-on",
    "pull_request",
    "x",
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.dictionary(word, tie("tree")),
      fc.array(tie("tree"), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(tree, tree, (on, job) => {
      const text = JSON.stringify({ on, jobs: { a: job, b: { steps: [job], uses: on } } });
      expect(Array.isArray(judge({ "w.yml": text }))).toBe(true);
    }),
  );
});
