import { readSettings } from "../../lib/github";
import { usualAppPermissions } from "../doubles/github";
import { repository, repositoryName, startScene, type Scene } from "./support/scene";

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(async () => await scene.close());

/** Its number on github.com, which the test GitHub keeps. */
const gitHubActions = 15_368;

const read = () => readSettings(scene.github, repositoryName);

test("a repository that nobody set up: nothing guards it", async () => {
  expect(await read()).toMatchObject({
    token: { kind: "app", login: "leasehold-acme[bot]" },
    defaultBranch: "main",
    isPrivate: true,
    guards: { kind: "read", value: [] },
    environments: { kind: "read", value: [] },
    workflows: { kind: "read", value: { defaultPermissions: "read", mayApprove: false } },
  });
});

test.each([true, false])(
  "whether it may be forked is what GitHub says (%s), and not known where it does not",
  async (value) => {
    const match = { route: "GET /repos/{owner}/{repo}" };
    await scene.server.plantFault({ match, fault: { kind: "replace", pointer: "/allow_forking", value } });
    expect((await read()).allowsForking).toEqual({ kind: "read", value });
    for (const silent of [undefined, null]) {
      const fault = { kind: "replace", pointer: "/allow_forking", value: silent } as const;
      await scene.server.plantFault({ match, fault });
      expect((await read()).allowsForking).toMatchObject({ kind: "unreadable", needs: "administration: read" });
    }
  },
);

test("rulesets with their checks, the app of each, and who may go round them", async () => {
  await scene.server.addRuleset({
    repository,
    name: "main is guarded",
    rules: [
      { type: "deletion" },
      { type: "non_fast_forward" },
      { type: "required_signatures" },
      {
        type: "required_status_checks",
        parameters: {
          strict_required_status_checks_policy: true,
          required_status_checks: [{ context: "leasehold", integration_id: 4711 }, { context: "lint" }],
        },
      },
      {
        type: "pull_request",
        parameters: {
          required_approving_review_count: 2,
          dismiss_stale_reviews_on_push: true,
          require_code_owner_review: true,
          require_last_push_approval: true,
          required_review_thread_resolution: false,
        },
      },
    ],
    bypassActors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "pull_request" }],
  });
  // Who may go round a ruleset, GitHub tells only those who may edit it.
  const permissions = { ...usualAppPermissions, administration: "write" } as const;
  const editor = await scene.open(await scene.server.createToken({ app: "leasehold-acme", permissions }));
  expect((await read()).guards).toMatchObject({ value: [{ bypass: { kind: "unreadable" } }] });
  expect((await readSettings(editor, repositoryName)).guards).toEqual({
    kind: "read",
    value: [
      {
        source: "ruleset",
        name: "main is guarded",
        requiredChecks: [{ context: "leasehold", appId: 4711 }, { context: "lint" }],
        isStrict: true,
        pullRequest: { approvals: 2, dismissesStale: true, lastPushApproved: true, codeOwners: true },
        forbidsForcePush: true,
        forbidsDeletion: true,
        requiresSignatures: true,
        hasMergeQueue: false,
        bypass: { kind: "read", value: [{ kind: "RepositoryRole", name: "5", mode: "pull_request" }] },
      },
    ],
  });
});

test("branch protection, whether it holds for administrators, and who may go round it", async () => {
  const rules = { repository, branch: "main", requiredApprovals: 1, bypassPullRequest: ["dan"] };
  await scene.server.protect({ ...rules, requiredChecks: [{ context: "leasehold", appId: 7 }], strictChecks: true });
  expect((await read()).guards).toMatchObject({
    value: [
      {
        source: "branch protection",
        requiredChecks: [{ context: "leasehold", appId: 7 }],
        isStrict: true,
        pullRequest: { approvals: 1, dismissesStale: false, lastPushApproved: false },
        forbidsForcePush: true,
        bypass: { value: [{ kind: "admins" }, { kind: "User", name: "dan" }] },
      },
    ],
  });
  await scene.server.protect({ repository, branch: "main", enforceAdmins: true, allowForcePushes: true });
  const { guards } = await read();
  expect(guards).toMatchObject({ value: [{ forbidsForcePush: false, bypass: { value: [] } }] });
  expect(guards.kind === "read" ? guards.value[0] : undefined).not.toHaveProperty("pullRequest");
});

test("environments with their branches and reviewers, and what workflows may", async () => {
  await scene.server.setEnvironment({ repository, name: "open" });
  await scene.server.setEnvironment({ repository, name: "guarded", branches: "protected", reviewers: ["ben"] });
  await scene.server.setEnvironment({ repository, name: "named", branches: ["main", "release/*"] });
  await scene.server.setActions({ repository, workflowPermissions: "write", workflowsCanApprove: true });
  const { environments, workflows } = await read();
  expect(
    environments.kind === "read" ? environments.value.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : [],
  ).toMatchObject([
    { name: "guarded", branches: "protected", hasReviewers: true },
    { name: "named", branches: ["main", "release/*"], hasReviewers: false },
    { name: "open", branches: "all", hasReviewers: false },
  ]);
  expect(workflows).toMatchObject({ value: { defaultPermissions: "write", mayApprove: true } });
});

test("what the token may not see is said to be so, with the permission that is missing", async () => {
  await scene.server.protect({ repository, branch: "main", requiredApprovals: 1 });
  await scene.server.addRuleset({ repository, rules: [{ type: "deletion" }], bypassActors: [] });
  const token = await scene.server.createToken({ workflowOf: repository });
  const settings = await readSettings(await scene.open(token), repositoryName);
  expect(settings.token).toEqual({ kind: "workflow", login: "github-actions[bot]" });
  expect(settings.workflows).toMatchObject({ kind: "unreadable", needs: expect.stringContaining("administration") });
  expect(settings.guards).toMatchObject({
    kind: "read",
    value: [{ source: "ruleset", bypass: { kind: "unreadable" } }],
  });
});

test.each<[route: string, unreadable: object]>([
  ["GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", { guards: { value: [{ bypass: { kind: "unreadable" } }, {}] } }],
  ["GET /repos/{owner}/{repo}/environments", { environments: { kind: "unreadable" } }],
  [
    "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies",
    { environments: { value: [{ name: "production", branches: "all" }] } },
  ],
])("a right that is missing for %s is never nothing to see", async (route, unreadable) => {
  await guarded();
  await scene.server.plantFault({ match: { route }, fault: noRight, times: null });
  expect(await read()).toMatchObject(unreadable);
});

test("guards are unreadable where neither rules nor protection can be seen, and none are made up", async () => {
  await guarded();
  const protection = { route: "GET /repos/{owner}/{repo}/branches/{branch}/protection" };
  const rules = { route: "GET /repos/{owner}/{repo}/rules/branches/{branch}" };
  await scene.server.plantFault({ match: protection, fault: noRight, times: null });
  await scene.server.plantFault({ match: rules, fault: noRight, times: null });
  expect((await read()).guards).toMatchObject({ kind: "unreadable" });
});

const noRight = { kind: "status", status: 403, body: { message: "Resource not accessible by integration" } } as const;

async function guarded(): Promise<void> {
  await scene.server.addRuleset({ repository, rules: [{ type: "deletion" }], bypassActors: [] });
  await scene.server.protect({ repository, branch: "main", requiredApprovals: 1 });
  await scene.server.setEnvironment({ repository, name: "production", branches: ["main"] });
}

test("a person's token is a person's; the app of workflows is known once one has run", async () => {
  const settings = await readSettings(
    await scene.open(await scene.server.createToken({ login: "dan" })),
    repositoryName,
  );
  expect(settings.token).toEqual({ kind: "person", login: "dan" });
  expect(settings).not.toHaveProperty("actionsAppId");
  const commit = (await scene.server.readRef({ repository, ref: "refs/heads/main" })) ?? "";
  await scene.server.createCheckRun({ repository, commit, name: "build" });
  expect((await read()).actionsAppId).toBe(gitHubActions);
});

test("no other app is taken for that of workflows, whatever its checks are called", async () => {
  await scene.server.createApp({ slug: "helper" });
  const commit = (await scene.server.readRef({ repository, ref: "refs/heads/main" })) ?? "";
  for (const app of ["helper", "leasehold-acme"]) {
    await scene.server.createCheckRun({ repository, commit, name: "github-actions", app });
  }
  expect(await read()).not.toHaveProperty("actionsAppId");
  await scene.server.createCheckRun({ repository, commit, name: "build" });
  await scene.server.createCheckRun({ repository, commit, name: "build", app: "helper" });
  expect((await read()).actionsAppId).toBe(gitHubActions);
  const helper = await scene.open(await scene.server.createToken({ app: "helper" }));
  expect((await readSettings(helper, repositoryName)).token).toEqual({ kind: "app", login: "helper[bot]" });
});
