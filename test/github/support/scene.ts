import { nodeHttp } from "../../../lib/adapters/http";
import { openGitHub, type GitHub, type LogView } from "../../../lib/github";
import type { Manifest } from "../../../lib/model/manifest";
import type { AccessRequest } from "../../../lib/model/request";
import { writeRequest } from "../../../lib/request";
import { emptyLogState } from "../../../lib/testing/empty-log-state";
import { startGitHub, type FileMap, type TestGitHub } from "../../doubles/github";
import { QuickClock } from "../../doubles/quick-clock";

/** The repository of all tests here. */
export const repository = "acme/access";
export const repositoryName = { owner: "acme", name: "access" };

/** The moment of all snapshots here. */
export const asOf = "2026-11-22T10:00:00.000Z";

/** A test GitHub with the company acme in it, and our client for an App's token. */
export interface Scene {
  readonly server: TestGitHub;
  readonly github: GitHub;
  /** Opens another client, with a token of its own. */
  open(token: string): Promise<GitHub>;
  readonly log: LogView;
  /** Throws where the test GitHub was asked for what it does not know. */
  close(): Promise<void>;
}

/** Starts it: ana asks, ben and cleo approve (team approvers), dan is the admin, eve may only read. */
export async function startScene(
  options: { readonly limits?: Parameters<typeof startGitHub>[0] } = {},
): Promise<Scene> {
  const server = await startGitHub(options.limits ?? {});
  for (const login of ["ana", "ben", "cleo", "dan", "eve"]) await server.createUser({ login });
  await server.createOrganization({ login: "acme", admins: ["dan"] });
  await server.createTeam({ organization: "acme", slug: "approvers", members: ["ben", "cleo"] });
  await server.createRepository({ name: repository, files: baseFiles });
  for (const login of ["ana", "ben", "cleo"]) {
    await server.setPermission({ repository, to: login, permission: "write" });
  }
  await server.setPermission({ repository, to: "eve", permission: "read" });
  await server.createApp({ slug: "leasehold-acme" });
  const opened: GitHub[] = [];
  const open = async (token: string): Promise<GitHub> => {
    const github = await openGitHub({
      apiUrl: server.apiUrl,
      graphqlUrl: server.graphqlUrl,
      serverUrl: server.url,
      token,
      http: nodeHttp(),
      clock: new QuickClock(),
      waitUnitMs: 1,
    });
    opened.push(github);
    return github;
  };
  return {
    server,
    github: await open(await server.createToken({ app: "leasehold-acme" })),
    open,
    log: logView(),
    close: async () => {
      const violations = await server.violations();
      for (const github of opened) await github.close();
      await server.close();
      if (violations.length > 0) throw new Error(violations.join("\n"));
    },
  };
}

/** What the base branch holds at first. */
export const baseFiles: FileMap = {
  "README.md": "# access\n",
  "access.ts": "export const rules = 1;\n",
  "leasehold.yaml": "installation: inst-1\n",
  "requests/old.yaml": requestText({ name: "old" }),
};

/** The text of a request file. */
export function requestText(changes: Partial<AccessRequest> = {}): string {
  return writeRequest({
    name: "orders",
    for: ["ana@example.com"],
    access: ["orders-db/read"],
    durationSeconds: 3_600,
    startBefore: "2026-11-30T00:00:00.000Z",
    reason: "INC-1",
    ...changes,
  });
}

/** What the caller knows from the Log: a policy with one team of approvers, nothing merged. */
export function logView(changes: Partial<LogView> = {}): LogView {
  return {
    installation: "inst-1",
    app: "access.ts",
    requestsGlob: "requests/**/*.yaml",
    asOf,
    state: emptyLogState,
    policy: { digest: "0".repeat(64), manifest },
    merged: { requests: [] },
    readPolicy: async () => undefined,
    usage: [],
    ...changes,
  };
}

/** A Manifest that names two teams, of which only one approves anything. */
export const manifest: Manifest = {
  manifestVersion: 1,
  users: [],
  groups: [
    { name: "leads", members: [], groups: ["team"] },
    { name: "team", members: [], groups: [], githubTeam: "acme/approvers" },
    { name: "unused", members: [], groups: [], githubTeam: "acme/others" },
  ],
  serviceAccounts: [],
  resources: [],
  connections: [],
  guardrails: [],
  maskingRules: [],
  rules: [],
  policyApproval: [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }],
  gateways: {},
  approvals: "github",
  limits: {
    maxDurationSeconds: 3_600,
    startWithinSeconds: 3_600,
    approvalValidForSeconds: 3_600,
    bulkRemovals: { count: 5, percent: 10 },
  },
  protected: [],
};

/** Opens a pull request of ana's that adds one request file, and gives its number and head. */
export async function openUsualPull(
  server: TestGitHub,
  files: FileMap = { "requests/orders.yaml": requestText() },
): Promise<{ readonly number: number; readonly head: string }> {
  const head = await server.pushCommit({
    repository,
    branch: "orders",
    files,
    by: "ana",
    author: "ana",
    signature: "VALID",
  });
  const { number } = await server.openPull({ repository, head: "orders", by: "ana" });
  return { number, head };
}
