import { execFileSync } from "node:child_process";
import { startGitHub, type TestGitHub } from "../../doubles/github";
import { newRepository, type CommandLine, type Ran } from "./leasehold";

/** An access repository on the test GitHub, and a clone of its default branch in which commands are run. */
export class OnGitHub {
  private constructor(
    readonly github: TestGitHub,
    readonly line: CommandLine,
    private readonly token: string,
    private readonly more: Readonly<Record<string, string>>,
  ) {}

  static readonly repository = "acme/access";

  /** Ana asks, Ben and Cleo lead; the policy of the first commit is accepted. */
  static async open(
    edit: (line: CommandLine) => void = () => undefined,
    /** What its commands have in their environment besides GitHub's. */
    more: Readonly<Record<string, string>> = {},
  ): Promise<OnGitHub> {
    const github = await startGitHub();
    opened.push(github);
    await github.createOrganization({ login: "acme" });
    for (const login of ["ana", "ben", "cleo", "dan", "eve"]) {
      await github.createUser({ login, emails: [`${login}@example.com`] });
    }
    await github.createApp({ slug: "leasehold-acme" });
    const line = await newRepository();
    line.edit("leasehold.yaml", "approvals: local", "approvals: github");
    for (const name of ["ana", "ben", "cleo"]) {
      line.edit("access.ts", `email: "${name}@example.com",`, `email: "${name}@example.com", github: "${name}",`);
    }
    line.edit(".gitignore", "leasehold.out/\n", "leasehold.out/*\n!leasehold.out/manifest.json\n");
    edit(line);
    const synth = await line.run("synth");
    if (synth.exitCode !== 0) throw new Error(synth.stderr);
    await github.createRepository({ name: OnGitHub.repository, files: filesOf(line) });
    for (const to of ["ana", "ben", "cleo", "dan", "eve"]) {
      await github.setPermission({ repository: OnGitHub.repository, to, permission: "write" });
    }
    const token = await github.createToken({ app: "leasehold-acme", repositories: [OnGitHub.repository] });
    git(line, "init", "-q", "-b", "main");
    git(line, "remote", "add", "origin", await github.directoryOf(OnGitHub.repository));
    const on = new OnGitHub(github, line, token, more);
    on.checkOut();
    const accepted = await on.run("policy", "accept");
    if (accepted.exitCode !== 0) throw new Error(accepted.stderr);
    return on;
  }

  /** Brings the clone to the tip of the default branch. */
  checkOut(): void {
    git(this.line, "fetch", "-q", "origin", "main");
    git(this.line, "reset", "-q", "--hard", "FETCH_HEAD");
  }

  get environment(): Readonly<Record<string, string>> {
    const { apiUrl, graphqlUrl, serverUrl } = this.github;
    return {
      ...this.more,
      GITHUB_TOKEN: this.token,
      GITHUB_API_URL: apiUrl,
      GITHUB_GRAPHQL_URL: graphqlUrl,
      GITHUB_SERVER_URL: serverUrl,
      GITHUB_REPOSITORY: OnGitHub.repository,
    };
  }

  run(...args: string[]): Promise<Ran> {
    return this.line.with(this.environment, ...args);
  }

  /** Opens a pull request of Ana's with these files. */
  async open(
    files: Readonly<Record<string, string | null>>,
    parts: { readonly by?: string; readonly branch?: string; readonly isSigned?: boolean } = {},
  ): Promise<{ readonly number: number; readonly head: string; readonly branch: string }> {
    const branch = parts.branch ?? `change-${(this.branches += 1)}`;
    const by = parts.by ?? "ana";
    const head = await this.push(branch, files, { by, ...parts });
    const { number } = await this.github.openPull({ repository: OnGitHub.repository, head: branch, by });
    return { number, head, branch };
  }

  push(
    branch: string,
    files: Readonly<Record<string, string | null>>,
    parts: { readonly by?: string; readonly isSigned?: boolean } = {},
  ): Promise<string> {
    const { by = "ana", isSigned = true } = parts;
    return this.github.pushCommit({
      repository: OnGitHub.repository,
      branch,
      files,
      author: by,
      by,
      ...(isSigned ? { signature: "VALID" } : {}),
    });
  }

  async approve(number: number, by: string): Promise<void> {
    await this.github.review({ repository: OnGitHub.repository, number, by });
  }

  merge(number: number, method: "merge" | "squash" | "rebase" = "squash"): Promise<string> {
    return this.github.merge({ repository: OnGitHub.repository, number, method, by: "ana" });
  }

  /** Plans a pull request; gives the conclusion of the check run that counts. */
  async plan(number: number): Promise<Ran & { readonly conclusion: string | null }> {
    const ran = await this.run("pr", "plan", "--number", String(number));
    const { headSha } = await this.github.readPull({ repository: OnGitHub.repository, number });
    const runs = await this.github.checkRuns({ repository: OnGitHub.repository, commit: headSha });
    return { ...ran, conclusion: runs.at(-1)?.conclusion ?? null };
  }

  /** The one comment of a pull request. */
  async comment(number: number): Promise<string> {
    const comments = await this.github.comments({ repository: OnGitHub.repository, number });
    const [only, ...others] = comments;
    if (only === undefined || others.length > 0) throw new Error(`${comments.length} comments, not one`);
    return only.body;
  }

  /** Brings the clone to the tip and applies what was merged. */
  apply(...args: string[]): Promise<Ran> {
    this.checkOut();
    return this.run("pr", "apply", ...args);
  }

  /** The bodies of the Log's records. */
  records(): readonly (Record<string, unknown> & { readonly type: string })[] {
    return this.line
      .read(".leasehold/log/chain.jsonl")
      .trimEnd()
      .split("\n")
      .map((text) => (JSON.parse(text) as { body: Record<string, unknown> & { type: string } }).body);
  }

  /** Who has something now, as `status` says: `request person phase`. */
  async grants(): Promise<readonly string[]> {
    const ran = await this.run("status", "--format", "json");
    const { rows } = JSON.parse(ran.stdout) as { rows: { request: string; person: string; phase: string }[] };
    return rows.map(({ request, person, phase }) => `${request} ${person} ${phase}`).toSorted();
  }

  private branches = 0;
}

/** A request file of Ana's. */
export function requestText(name: string, parts: { readonly for?: string; readonly duration?: string } = {}): string {
  const by = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  return `apiVersion: leasehold/v1
kind: AccessRequest
metadata:
  name: ${name}
spec:
  for: ${parts.for ?? "ana@example.com"}
  access: [orders-db/read]
  duration: ${parts.duration ?? "1h"}
  startBefore: ${by}T18:00:00Z
  reason: "OPS-2: look at ${name}"
`;
}

function filesOf(line: CommandLine): Record<string, string> {
  const listed = execFileSync(
    "find",
    [".", "-type", "f", "-not", "-path", "./.leasehold/*", "-not", "-name", "rules.json", "-printf", "%P\\n"],
    {
      cwd: line.directory,
      encoding: "utf8",
    },
  );
  return Object.fromEntries(
    listed
      .trimEnd()
      .split("\n")
      .map((path) => [path, line.read(path)]),
  );
}

function git(line: CommandLine, ...args: readonly string[]): string {
  return execFileSync("git", [...args], { cwd: line.directory, encoding: "utf8" }).trim();
}

const opened: TestGitHub[] = [];

afterAll(async () => {
  for (const github of opened.splice(0)) await github.close();
});
