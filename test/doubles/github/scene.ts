/** The scene of the double's own tests: the organization acme with one repository, and ways to call the server. */
import { type GitHubOptions, startGitHub, type TestGitHub } from "./index";

/** An answer of the server. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into answers freely.
  readonly json: Json;
}

/** JSON that can be looked into without asking what it is. */
export type Json = { readonly [key: string]: Json } & readonly Json[] & (string | number | boolean | null);

/** Calls the server with one token. */
export interface Caller {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Told>;
  send(method: string, path: string, body?: unknown): Promise<Told>;
  graphql(query: string, variables?: object): Promise<Told>;
}

export const repository = "acme/access";

/** alice may write, bob is the admin, carol may only read; the App leasehold is installed. */
export async function acme(options: GitHubOptions = {}): Promise<{ github: TestGitHub; app: Caller; base: string }> {
  const github = await startGitHub(options);
  for (const login of ["alice", "bob", "carol"]) await github.createUser({ login });
  await github.createOrganization({ login: "acme", admins: ["bob"] });
  await github.createApp({ slug: "leasehold" });
  await github.createTeam({ organization: "acme", slug: "leads", members: ["bob", "carol"] });
  const { head } = await github.createRepository({
    name: repository,
    files: { "README.md": "# Access\n", "requests/a.yaml": "a\n" },
  });
  await github.setPermission({ repository, to: "alice", permission: "write" });
  await github.setPermission({ repository, to: "carol", permission: "read" });
  return { github, app: callerOf(github, await github.createToken({ app: "leasehold" })), base: head };
}

/** Calls with a token; no token: as nobody. */
export function callerOf(github: TestGitHub, token: string | undefined): Caller {
  const authorization = token === undefined ? {} : { authorization: `bearer ${token}` };
  const call = async (
    method: string,
    url: string,
    body?: unknown,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Told> => {
    const answer = await fetch(url, {
      method,
      headers: { ...authorization, "user-agent": "test", ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, json: (text === "" ? null : JSON.parse(text)) as Json };
  };
  return {
    get: (path, headers) => call("GET", `${github.apiUrl}${path}`, undefined, headers),
    send: (method, path, body) => call(method, `${github.apiUrl}${path}`, body),
    graphql: (query, variables) => call("POST", github.graphqlUrl, { query, variables }),
  };
}

/** Makes a branch with one commit by alice and a pull request from it; gives number and head. */
export async function openedPull(
  github: TestGitHub,
  branch = "ask",
  files = { [`requests/${branch}.yaml`]: `${branch}\n` },
) {
  const head = await github.pushCommit({ repository, branch, files, by: "alice", from: "main" });
  const { number } = await github.openPull({ repository, head: branch, by: "alice", title: `Ask ${branch}` });
  return { number, head };
}
