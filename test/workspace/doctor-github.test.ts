import type { BranchGuard, RepositorySettings } from "../../lib/github";
import type { Finding } from "../../lib/model/report";
import { judgeSettings } from "../../lib/workspace/doctor-github";

const guard: BranchGuard = {
  source: "ruleset",
  name: "main",
  requiredChecks: [{ context: "leasehold", appId: 4711 }],
  isStrict: true,
  pullRequest: { approvals: 1, dismissesStale: true, lastPushApproved: true, codeOwners: true },
  forbidsForcePush: true,
  forbidsDeletion: true,
  requiresSignatures: false,
  hasMergeQueue: false,
  bypass: { kind: "read", value: [] },
};

const strong: RepositorySettings = {
  token: { kind: "app", login: "lanternworks-access[bot]" },
  defaultBranch: "main",
  isPrivate: true,
  allowsForking: { kind: "read", value: false },
  actionsAppId: 15368,
  guards: { kind: "read", value: [guard] },
  environments: { kind: "read", value: [] },
  workflows: { kind: "read", value: { defaultPermissions: "read", mayApprove: false } },
};

const judge = (settings: Partial<RepositorySettings>): readonly Finding[] =>
  judgeSettings({ settings: { ...strong, ...settings }, check: "leasehold" });
const guarded = (...over: readonly Partial<BranchGuard>[]): readonly Finding[] =>
  judge({ guards: { kind: "read", value: over.map((one) => ({ ...guard, ...one })) } });
const told = (findings: readonly Finding[]): readonly string[] =>
  findings.filter((one) => one.verdict !== "good").map((one) => `${one.verdict} ${one.name}: ${one.sentence}`);

const always = "weak refs/leasehold: Whoever may push can move or delete refs/leasehold/*";

test("of a repository that is guarded as the docs say, only what GitHub has no rule for is weak", () => {
  expect(told(judge({}))).toEqual([expect.stringContaining(always)]);
});

test.each<[string, Partial<BranchGuard>, string]>([
  ["the check is not required", { requiredChecks: [] }, "bad branch main: The check `leasehold` is not required"],
  [
    "another check is required",
    { requiredChecks: [{ context: "leasehold-check / check", appId: 15368 }] },
    "bad branch main: The check `leasehold` is not required",
  ],
  [
    "any source may set the check",
    { requiredChecks: [{ context: "leasehold" }] },
    "bad branch main: The check `leasehold` may come from any source: whoever may push a workflow can forge it.",
  ],
  [
    "GitHub Actions may set the check",
    { requiredChecks: [{ context: "leasehold", appId: 15368 }] },
    "bad branch main: The check `leasehold` may come from GitHub Actions",
  ],
  [
    "approvals stay",
    { pullRequest: { approvals: 1, dismissesStale: false, lastPushApproved: true, codeOwners: false } },
    "weak branch main: Approvals stay after a push.",
  ],
  [
    "nobody else approves the most recent push",
    { pullRequest: { approvals: 1, dismissesStale: true, lastPushApproved: false, codeOwners: false } },
    "weak branch main: The most recent push needs nobody else's approval",
  ],
  ["history can be rewritten", { forbidsForcePush: false }, "bad branch main: Its history can be rewritten"],
  ["the branch can be deleted", { forbidsDeletion: false }, "bad branch main: It can be deleted."],
  [
    "pull requests may lag behind",
    { isStrict: false },
    "weak branch main: A pull request can be merged that is behind",
  ],
  [
    "admins are not held to it",
    { bypass: { kind: "read", value: [{ kind: "admins", name: "admins", mode: "always" }] } },
    "weak branch main, ruleset main: admins may go round it.",
  ],
  [
    "a team may merge past it",
    { bypass: { kind: "read", value: [{ kind: "Team", name: "leads", mode: "pull_request" }] } },
    "weak branch main, ruleset main: Team leads may merge pull requests past it.",
  ],
  [
    "who may go round it cannot be read",
    { bypass: { kind: "unreadable", why: "403", needs: "administration: read" } },
    "unknown branch main, ruleset main: Who may go round it is not known: 403",
  ],
])("it says when %s", (_when, over, expected) => {
  expect(told(guarded(over))).toEqual([expect.stringContaining(expected), expect.stringContaining(always)]);
});

test("without a pull request guard, direct pushes are said", () => {
  const { pullRequest: _none, ...rest } = guard;
  expect(told(judge({ guards: { kind: "read", value: [rest] } }))[0]).toContain("Commits can be pushed directly");
});

test("a branch that nothing guards is bad in each way", () => {
  const findings = judge({ guards: { kind: "read", value: [] } });
  expect(findings.filter((one) => one.verdict === "bad").map((one) => one.sentence)).toEqual([
    expect.stringContaining("not required"),
    expect.stringContaining("history can be rewritten"),
    expect.stringContaining("can be deleted"),
  ]);
});

test("guards add up: what one ruleset lacks another may have", () => {
  const checkOnly = { forbidsForcePush: false, forbidsDeletion: false, isStrict: false };
  const { pullRequest: _none, ...historyOnly } = { ...guard, requiredChecks: [] };
  const value = [{ ...guard, ...checkOnly }, historyOnly];
  expect(told(judge({ guards: { kind: "read", value } }))).toEqual([expect.stringContaining(always)]);
});

test("on Enterprise Server the app of Actions has another number", () => {
  const findings = judge({
    actionsAppId: 7,
    guards: { kind: "read", value: [{ ...guard, requiredChecks: [{ context: "leasehold", appId: 7 }] }] },
  });
  expect(told(findings)[0]).toContain("may come from GitHub Actions");
});

test.each<[string, Partial<RepositorySettings>, string]>([
  [
    "the workflow's own token is used",
    { token: { kind: "workflow", login: "github-actions[bot]" } },
    "bad token: It is the workflow's own token: any workflow can forge its check",
  ],
  [
    "the workflows' token may write",
    { workflows: { kind: "read", value: { defaultPermissions: "write", mayApprove: false } } },
    "weak workflow permissions: The workflows' own token may write",
  ],
  [
    "workflows may approve",
    { workflows: { kind: "read", value: { defaultPermissions: "read", mayApprove: true } } },
    "weak workflow permissions: Workflows may approve pull requests.",
  ],
  ["forks are allowed", { allowsForking: { kind: "read", value: true } }, "unknown forks: It can be forked"],
  [
    "nobody says whether forks are allowed",
    { allowsForking: { kind: "unreadable", why: "w", needs: "n" } },
    "unknown forks: Whether it can be forked is not known: w",
  ],
  ["everybody can read it", { isPrivate: false }, "weak forks: The repository is public"],
])("it says when %s", (_when, over, expected) => {
  expect(told(judge(over))).toEqual([expect.stringContaining(expected), expect.stringContaining(always)]);
});

test("what cannot be read is unknown, never good, and says which permission shows it", () => {
  const unreadable = { kind: "unreadable", why: "GitHub answered 403", needs: "administration: read" } as const;
  const findings = judge({ guards: unreadable, workflows: unreadable });
  const about = findings.filter((one) => /branch|workflow/.test(one.name));
  expect(about.map((one) => one.verdict)).toEqual(["unknown", "unknown"]);
  for (const one of about) expect(one.fix).toContain("administration: read");
});

test("everything but what is good says how to mend it", () => {
  for (const one of [
    ...judge({}),
    ...judge({ guards: { kind: "read", value: [] } }),
    ...guarded({ requiredChecks: [] }),
  ]) {
    expect(one.verdict === "good" ? undefined : (one.fix?.length ?? 0) > 10).not.toBe(false);
  }
});
