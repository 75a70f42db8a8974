/**
 * Lanternworks on a test GitHub: the access repository of examples/github with its Log in Git, an embedded
 * gateway, everybody's accounts, and the real command line in checkouts of the default branch.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGateway } from "../../providers/embedded";
import { systemClock } from "../../lib/adapters/clock";
import { systemRandom } from "../../lib/adapters/random";
import { startGitHub, type FileMap, type GitHubOptions, type TestGitHub } from "../doubles/github";
import { runCommandHere } from "./command-here";
import { CommandLine, type Ran } from "./command-line";
import { projectRoot } from "./root";
import { writeTree } from "./tree";

/** The access repository on the test GitHub. */
export const accessRepository = "lanternworks/access";

/** The people of examples/github by the first part of their login; `eve` and `mallory` are colleagues outside of the rules. */
export const people = ["ana", "ben", "cleo", "dev", "elin", "femi"] as const;

/** Somebody's login. */
export function login(name: string): string {
  return `${name}-lanternworks`;
}

/** Somebody's e-mail, as the rules know them. */
export function email(name: string): string {
  return `${name}@lanternworks.example`;
}

/** A gateway that runs, and the directory with its keys. */
export interface HouseGateway {
  readonly url: string;
  readonly directory: string;
  close(): Promise<unknown>;
}

/** What is different from house to house. */
export interface LanternworksOptions {
  /** Processes of their own instead of what is started here; they end with the house. */
  readonly places?: { readonly github: TestGitHub; readonly gateway: HouseGateway };
  /** Clone and push over HTTP with the App's token, as a runner does, instead of from the disk. */
  readonly isOverHttp?: boolean;
  readonly github?: GitHubOptions;
  /** Changes the rules before they are accepted. */
  readonly rules?: (text: string) => string;
  /** Changes leasehold.yaml before it is pushed; the gateway is filled in already. */
  readonly config?: (text: string) => string;
  /** Where orders-db is; nowhere unless told. */
  readonly orders?: { readonly host: string; readonly port: number };
  /** Leave the first policy unaccepted. */
  readonly isUnaccepted?: boolean;
  /** Run the commands in the test's own process, which is many times quicker; see `runCommandHere`. */
  readonly isHere?: boolean;
}

/** A request file's text for one person. */
export function requestFile(
  name: string,
  spec: {
    readonly for?: string;
    readonly access?: string;
    readonly duration?: string;
    readonly reason?: string;
    readonly ticket?: string;
    readonly startBefore?: string;
  } = {},
): string {
  const soon = `${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 16)}:00Z`;
  return [
    "apiVersion: leasehold/v1",
    "kind: AccessRequest",
    "metadata:",
    `  name: ${name}`,
    "spec:",
    `  for: ${spec.for ?? email("ana")}`,
    `  access: [${spec.access ?? "orders-db/read"}]`,
    `  duration: ${spec.duration ?? "1h"}`,
    `  startBefore: ${spec.startBefore ?? soon}`,
    `  reason: ${JSON.stringify(spec.reason ?? "INC-4711: orders stuck in payment")}`,
    `  ticket: ${spec.ticket ?? "INC-4711"}`,
    "",
  ].join("\n");
}

/** The house. Close it. */
export class Lanternworks {
  private constructor(
    readonly github: TestGitHub,
    readonly gateway: HouseGateway,
    readonly directory: string,
    readonly token: string,
    /** A checkout of the default branch, as a job of the repository has it. */
    readonly line: CommandLine,
    private readonly isHere: boolean,
  ) {}

  /** Opens the house; unless told, its rules are accepted and everybody's account is pinned. */
  static async open(options: LanternworksOptions = {}): Promise<Lanternworks> {
    const directory = mkdtempSync(join(tmpdir(), "leasehold-lanternworks-"));
    const github = options.places?.github ?? (await startGitHub(options.github));
    const gateway = options.places?.gateway ?? (await ownGateway(join(directory, "gateway")));
    await populate(github);
    const files = await accessFiles(gateway.url, options);
    await github.createRepository({ name: accessRepository, files });
    for (const name of [...people, "eve", "mallory"]) {
      await github.setPermission({ repository: accessRepository, to: login(name), permission: "write" });
    }
    const token = await github.createToken({ app: "leasehold" });
    const line = new CommandLine(join(directory, "main"));
    const house = new Lanternworks(github, gateway, directory, token, line, options.isHere === true);
    await house.#clone(options.isOverHttp === true);
    if (options.isUnaccepted !== true) await house.must(["policy", "accept", "--as", email("dev")]);
    return house;
  }

  /** The environment of a job: the App's token and the gateway's keys. */
  environment(): Readonly<Record<string, string>> {
    const keys = JSON.parse(readFileSync(join(this.gateway.directory, "keys.json"), "utf8")) as Record<string, string>;
    return {
      GITHUB_TOKEN: this.token,
      GITHUB_API_URL: this.github.apiUrl,
      GITHUB_GRAPHQL_URL: this.github.graphqlUrl,
      GITHUB_SERVER_URL: this.github.serverUrl,
      GITHUB_REPOSITORY: accessRepository,
      GATEWAY_WRITE_KEY: keys["admin"] ?? "",
      GATEWAY_OBSERVE_KEY: keys["observer"] ?? "",
      ORDERS_DB_READ: "not-a-real-password-1",
      ORDERS_DB_WRITE: "not-a-real-password-2",
    };
  }

  /** Runs a command in the checkout, with what a job has. */
  async run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const all = { ...this.environment(), ...environment };
    return this.isHere
      ? runCommandHere(args, { directory: this.line.directory, environment: all })
      : this.line.with(all, ...args);
  }

  /** The same for a command that has to succeed. */
  async must(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ran> {
    const ran = await this.run(args, environment);
    if (ran.exitCode !== 0) throw new Error(`${args.join(" ")}: ${ran.exitCode}\n${ran.stdout}${ran.stderr}`);
    return ran;
  }

  /** Brings the checkout to the default branch's tip, as the next job has it. */
  pull(): void {
    git(this.line.directory, "fetch", "--quiet", "origin", "main");
    git(this.line.directory, "reset", "--quiet", "--hard", "origin/main");
  }

  /** Pushes request files (or any) on a branch as somebody, verified, and opens a pull request; gives its number. */
  async propose(
    branch: string,
    files: FileMap,
    by: string,
    more: { readonly isUnsigned?: boolean } = {},
  ): Promise<number> {
    await this.push(branch, files, by, more);
    const pull = await this.github.openPull({ repository: accessRepository, head: branch, by: login(by) });
    return pull.number;
  }

  /** Pushes one more commit on a branch; gives its id. */
  async push(
    branch: string,
    files: FileMap,
    by: string,
    more: { readonly isUnsigned?: boolean } = {},
  ): Promise<string> {
    return this.github.pushCommit({
      repository: accessRepository,
      branch,
      files,
      by: login(by),
      ...(more.isUnsigned === true ? {} : { signature: "VALID" as const }),
    });
  }

  async approve(number: number, ...by: readonly string[]): Promise<void> {
    for (const one of by) await this.github.review({ repository: accessRepository, number, by: login(one) });
  }

  /** Plans a pull request as the privileged job does; gives how the check run stands and what the comment says. */
  async plan(number: number): Promise<Planned> {
    const ran = await this.run(["pr", "plan", "--repo", accessRepository, "--number", String(number)], {
      GATEWAY_WRITE_KEY: "",
    });
    return { ...(await this.seen(number)), ran };
  }

  /** The check run of ours on the head, and our comment. */
  async seen(number: number): Promise<Omit<Planned, "ran">> {
    const { headSha } = await this.github.readPull({ repository: accessRepository, number });
    const checks = await this.github.checkRuns({ repository: accessRepository, commit: headSha });
    const ours = checks.filter(({ app }) => app === "leasehold").at(-1);
    const comments = await this.github.comments({ repository: accessRepository, number });
    const comment = comments.find(({ author }) => author === "leasehold[bot]")?.body ?? "";
    return { conclusion: ours?.conclusion ?? null, title: ours?.title ?? "", comment: plain(comment) };
  }

  /** Applies what is merged, in a checkout of the tip. */
  async apply(...args: readonly string[]): Promise<Ran> {
    this.pull();
    return this.run(["pr", "apply", "--repo", accessRepository, ...args]);
  }

  /** Who has what now, as the Log says: `person connection`, sorted. */
  async access(): Promise<readonly string[]> {
    const ran = await this.run(["status", "--format", "json"]);
    const status = JSON.parse(ran.stdout) as {
      readonly rows: readonly { readonly person: string; readonly connection: string; readonly phase: string }[];
    };
    return status.rows
      .filter(({ phase }) => phase === "active")
      .map(({ person, connection }) => `${person.split("@")[0] ?? ""} ${connection}`)
      .toSorted();
  }

  async close(): Promise<void> {
    await this.line.endAll();
    await this.gateway.close();
    await this.github.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** With its credential where actions/checkout puts it: in the clone's own configuration. */
  async #clone(isOverHttp: boolean): Promise<void> {
    const { github, line } = this;
    if (!isOverHttp) {
      git(this.directory, "clone", "--quiet", await github.directoryOf(accessRepository), "main");
      return;
    }
    const basic = Buffer.from(`x-access-token:${this.token}`).toString("base64");
    const header = [`http.${github.serverUrl}/.extraheader`, `AUTHORIZATION: basic ${basic}`] as const;
    git(
      this.directory,
      "-c",
      header.join("="),
      "clone",
      "--quiet",
      `${github.serverUrl}/${accessRepository}.git`,
      "main",
    );
    git(line.directory, "config", ...header);
  }
}

async function ownGateway(directory: string): Promise<HouseGateway> {
  const running = await startGateway({ directory, clock: systemClock(), random: systemRandom() });
  return { url: running.url, directory, close: () => running.close() };
}

/** Markdown as one reads it: without escapes and emphasis. */
function plain(markdown: string): string {
  return markdown
    .replaceAll("&#8203;", "")
    .replaceAll("**", "")
    .replaceAll(/\\(?=[^\w\s])/g, "");
}

/** A pull request as it stands after a plan. */
export interface Planned {
  readonly conclusion: string | null;
  readonly title: string;
  /** Our comment as one reads it. */
  readonly comment: string;
  readonly ran: Ran;
}

async function populate(github: TestGitHub): Promise<void> {
  for (const name of [...people, "eve", "mallory"]) {
    await github.createUser({ login: login(name), name, emails: [email(name)] });
  }
  await github.createOrganization({ login: "lanternworks", admins: [login("dev")] });
  await github.createApp({ slug: "leasehold" });
}

/** The files of examples/github with the gateway filled in, and the Manifest that belongs to them. */
async function accessFiles(gatewayUrl: string, options: LanternworksOptions): Promise<Record<string, string>> {
  const names = git(projectRoot, "ls-files", "-z", "examples/github").split("\0").filter(Boolean);
  const files = Object.fromEntries(
    names.map((name) => [name.slice("examples/github/".length), readFileSync(join(projectRoot, name), "utf8")]),
  );
  const { orders = { host: "127.0.0.1", port: 1 } } = options;
  const rules = (files["access.ts"] ?? "")
    .replace('"orders.internal.lanternworks.example"', JSON.stringify(orders.host))
    .replace("port: 5432", `port: ${orders.port}`);
  const config = (files["leasehold.yaml"] ?? "").replace(
    / {4}provider: hoop\n {4}url: .*\n {4}keys: .*\n/,
    `    provider: embedded\n    directory: .leasehold/gateway\n    url: ${gatewayUrl}\n` +
      '    keys: { observe: "${env:GATEWAY_OBSERVE_KEY}", write: "${env:GATEWAY_WRITE_KEY}" }\n',
  );
  const texts = {
    ...files,
    "access.ts": options.rules?.(rules) ?? rules,
    "leasehold.yaml": options.config?.(config) ?? config,
  };
  return { ...texts, "leasehold.out/manifest.json": await manifestOf(texts) };
}

/** What `leasehold synth` writes for these files. */
export async function manifestOf(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "leasehold-synth-"));
  try {
    writeTree(directory, files);
    const line = new CommandLine(directory);
    const ran = await line.run("synth");
    if (ran.exitCode !== 0) throw new Error(ran.stdout + ran.stderr);
    return line.read("leasehold.out/manifest.json");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function git(directory: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-C", directory, ...args], {
    encoding: "utf8",
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
  });
}
