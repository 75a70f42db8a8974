/**
 * Lanternworks on a test GitHub that fails at one call as long as anybody tries, with the real commands in the
 * test's own process. Of GitHub's limits one is small, so that blobs are also read one by one; the Log is in files,
 * Git's own accidents are in test/log/stores. With LEASEHOLD_FAULTS=all every fault is tried at every call, which
 * takes minutes (`npm run test:faults`); without it two of them at each.
 */
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { HttpRequest } from "../../../lib/ports";
import type { World } from "../../../providers/memory/world";
import type { Fault, FaultMatch, FileMap, RecordedCall } from "../../doubles/github";
import type { Ran } from "../../support/command-line";
import {
  accessRepository as repository,
  Lanternworks,
  login,
  manifestOf,
  requestFile,
} from "../../support/lanternworks";
import { emptyWorld, runHere } from "./one-process";

/** What a fault does, and what it is called. */
export type NamedFault = readonly [name: string, fault: Fault];

/** A call: how the test GitHub knows it, and how it looks on its way there. */
export interface Site {
  readonly label: string;
  readonly match: FaultMatch;
  isMet(request: HttpRequest): boolean;
}

/**
 * A pull request that the right people have approved. `seen`: it has our comment. `unusual`: with more reviews than
 * fit on a page, and some of a commit that is gone. `rules`: it also edits the rules, and names a team and somebody
 * whom nobody knew before.
 */
export type Kind = "usual" | "seen" | "unusual" | "rules";

const isWhole = process.env["LEASEHOLD_FAULTS"] === "all";

/** Against hangs only: all faults at one call are a dozen runs of a command and more, on a machine that may be busy. */
export const mostMs = isWhole ? 1_800_000 : 240_000;

/** The house, its gateway (the reference model), and a GitHub that can be made to fail. */
export class FailingGitHub {
  readonly tried: string[] = [];
  world: World = emptyWorld();
  #isHopeless: (request: HttpRequest) => boolean = () => false;
  #made = 0;

  private constructor(
    readonly house: Lanternworks,
    private readonly main: string,
    private readonly edit: FileMap,
  ) {}

  static async open(): Promise<FailingGitHub> {
    const house = await Lanternworks.open({
      isUnaccepted: true,
      github: { limits: { blobText: 100 } },
      config: (text) => text.replace("log: { store: git }", "log: { store: file, path: .leasehold/log }"),
      rules: withTeams,
    });
    const teams = {
      ...Object.fromEntries(Object.keys(members).map((slug) => [slug, members[slug] ?? []])),
      others: [],
    };
    for (const [slug, names] of Object.entries(teams)) {
      await house.github.createTeam({ organization: "lanternworks", slug, members: names.map(login) });
    }
    await house.must(["policy", "accept", "--as", "dev@lanternworks.example"]);
    await house.must(["status"]);
    cpSync(house.line.path(".leasehold"), join(house.directory, "kept"), { recursive: true });
    const main = (await house.github.readRef({ repository, ref: "refs/heads/main" })) ?? "";
    const texts = {
      "access.ts": edited(house.line.read("access.ts")),
      "leasehold.yaml": house.line.read("leasehold.yaml"),
    };
    const manifest = await manifestOf(texts);
    return new FailingGitHub(house, main, { ...texts, "leasehold.out/manifest.json": manifest });
  }

  /** Says what was tried to whoever reads the suite's output, and ends the house. */
  async close(command: string): Promise<void> {
    process.stderr.write(`${command}: ${this.tried.length} combinations of a call and what becomes of it\n`);
    if (process.env["SAY_ALL"] === "1") process.stderr.write(`${this.tried.join("\n")}\n`);
    await this.house.close();
  }

  /** Opens a pull request and has it approved. */
  async approved(kind: Kind): Promise<number> {
    const { house } = this;
    this.#made += 1;
    const name = `look-${this.#made}`;
    const files = { [`requests/${name}.yaml`]: requestFile(name), ...(kind === "rules" ? this.edit : {}) };
    const number = await house.propose(name, files, "ana");
    for (const by of ["cleo", "elin", "femi"]) await this.#comments(number, by, 1);
    if (kind === "seen") await this.plan(number);
    if (kind === "unusual") {
      await this.#comments(number, "cleo", 100);
      await house.approve(number, "ben");
      const other = {
        repository,
        branch: name,
        files,
        parents: [this.main],
        by: login("ana"),
        message: "Ask otherwise",
      };
      await house.github.pushCommit({ ...other, signature: "VALID" });
    }
    await house.approve(number, "dev", ...(kind === "rules" ? ["elin"] : []));
    return number;
  }

  /**
   * An approved merge, and after it a request that somebody pushed to main; the Log and the gateway are as they
   * were at first.
   */
  async merged(kind: Kind): Promise<{ readonly number: number; readonly smuggled: string }> {
    const { house } = this;
    await house.github.moveBranch({ repository, branch: "main", to: this.main });
    rmSync(house.line.path(".leasehold"), { recursive: true });
    cpSync(join(house.directory, "kept"), house.line.path(".leasehold"), { recursive: true });
    this.world = emptyWorld();
    const number = await this.approved(kind);
    await house.github.merge({ repository, number, by: login("ana") });
    const smuggled = `smuggled${this.#made}`;
    const files = { [`requests/${smuggled}.yaml`]: requestFile(smuggled, { for: "ben@lanternworks.example" }) };
    await house.github.pushCommit({ repository, branch: "main", files, by: login("dev"), signature: "VALID" });
    return { number, smuggled };
  }

  async plan(number: number): Promise<Ran> {
    const { headSha } = await this.house.github.readPull({ repository, number });
    return this.#here(["pr", "plan", "--number", String(number), "--head", headSha]);
  }

  apply(): Promise<Ran> {
    return this.#here(["pr", "apply"]);
  }

  /** Who has what at the gateway. */
  access(): readonly string[] {
    return this.world.leases
      .filter(({ state }) => state !== "removed")
      .map(({ person, connection }) => `${person.split("@")[0] ?? ""} ${connection}`);
  }

  /** Every call since the last reset, each once. */
  async callsMade(): Promise<readonly string[]> {
    const labels = (await this.house.github.calls()).filter(({ api }) => api !== "git").map(labelOf);
    return [...new Set(labels)].toSorted();
  }

  /** Does something while every try of a call fails. */
  async failing(site: Site, fault: Fault, work: () => Promise<Ran>): Promise<Ran> {
    await this.house.github.plantFault({ match: site.match, fault, times: null });
    this.#isHopeless = (request) => fault.kind === "time out" && site.isMet(request);
    try {
      return await work();
    } finally {
      this.#isHopeless = () => false;
      await this.house.github.clearFaults();
    }
  }

  #here(args: readonly string[]): Promise<Ran> {
    const { house, world } = this;
    const isHopeless = this.#isHopeless;
    return runHere(args, { directory: house.line.directory, environment: house.environment(), world, isHopeless });
  }

  async #comments(number: number, by: string, times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await this.house.github.review({ repository, number, by: login(by), state: "COMMENTED" });
    }
  }
}

/** What the test GitHub calls a call, e.g. `query PullRequest`, `POST /repos/{owner}/{repo}/issues`. */
export function siteOf(label: string): Site {
  if (label.startsWith("query") || label.startsWith("mutation")) {
    return {
      label,
      match: { api: "graphql", query: `${label}\\b` },
      isMet: ({ body = "" }) => new RegExp(`${label}\\b`).test(body),
    };
  }
  const [method, template = ""] = label.split(" ");
  const path = new RegExp(`${template.replaceAll(/\{\w+\}/g, "[^/]+")}(\\?|$)`);
  return { label, match: { route: label }, isMet: (request) => request.method === method && path.test(request.url) };
}

/** What can become of a call, longer than anybody waits for it: all of it, or others at each call so that all of them see every fault. */
export function faultsOf(site: Site): readonly NamedFault[] {
  const all = everyFault(site);
  if (isWhole) return all;
  const start = JSON.stringify(site.match).length % all.length;
  return all.filter((_, index) => index === start || index === (start + 5) % all.length);
}

function everyFault(site: Site): readonly NamedFault[] {
  const common: readonly NamedFault[] = [
    ["time-out", { kind: "time out" }],
    ["reset", { kind: "reset" }],
    ["500", { kind: "status", status: 500 }],
    ["401", { kind: "status", status: 401, body: { message: "Bad credentials" } }],
    ["403", { kind: "status", status: 403, body: { message: "Resource not accessible by integration" } }],
    ["404", { kind: "status", status: 404, body: { message: "Not Found" } }],
    ["an hour's rate limit", { kind: "rate limit", resetAfterSeconds: 3_600 }],
    ["not JSON", { kind: "not JSON" }],
    ["half of it", { kind: "truncated" }],
    ["an error's body", { kind: "error body" }],
    ["a lost answer", { kind: "lost answer" }],
  ];
  if (site.match.api !== "graphql") return common;
  return [
    ...common,
    ["errors and null", { kind: "GraphQL errors", data: "null" }],
    ["errors beside the data", { kind: "GraphQL errors", data: "kept" }],
  ];
}

function labelOf({ api, route, sent }: RecordedCall): string {
  return api === "rest" ? route : (/(query|mutation) \w+/.exec(JSON.stringify(sent))?.[0] ?? "");
}

/** Who is in the teams that approve. */
const members: Readonly<Record<string, readonly string[]>> = {
  "orders-leads": ["ben", "dev"],
  security: ["elin", "femi"],
  platform: ["dev", "elin", "femi"],
};

/** The rules with teams on GitHub for approvers. */
function withTeams(text: string): string {
  return Object.keys(members).reduce(
    (rules, slug) =>
      rules.replace(new RegExp(`"${slug}", \\{ members: .*? \\}`), `"${slug}", { githubTeam: "lanternworks/${slug}" }`),
    text,
  );
}

/** Rules that also know mallory and one more team, on which nothing depends. */
function edited(rules: string): string {
  return rules.replace(
    'const femi = person("femi", "Femi Bello");',
    'const femi = person("femi", "Femi Bello");\nperson("mallory", "Mallory");\n' +
      'new Group(people, "others", { githubTeam: "lanternworks/others" });',
  );
}
