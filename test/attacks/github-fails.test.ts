import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { HttpRequest } from "../../lib/ports";
import type { World } from "../../providers/memory/world";
import type { Fault, FaultMatch, RecordedCall } from "../doubles/github";
import type { Ran } from "../support/command-line";
import { accessRepository as repository, Lanternworks, login, requestFile } from "../support/lanternworks";
import { emptyWorld, runHere } from "./support/one-process";

/**
 * QUALITY.md, bar 9: every call to GitHub that `pr plan` and `pr apply` make, with everything that can become of it,
 * for as long as the command tries. Of the test GitHub's limits one is small, so that blobs are also read one by one;
 * the Log is in files, Git's own accidents are in test/log/stores. The whole matrix takes a quarter of an hour: with
 * LEASEHOLD_FAULTS=all it is all of it, without it `pr plan` under two of the faults at each call.
 */
const isWhole = process.env["LEASEHOLD_FAULTS"] === "all";
let house: Lanternworks;

beforeAll(async () => {
  house = await Lanternworks.open({
    isUnaccepted: true,
    github: { limits: { blobText: 100 } },
    config: (text) => text.replace("log: { store: git }", "log: { store: file, path: .leasehold/log }"),
    rules: (text) =>
      ["orders-leads", "security", "platform"].reduce(
        (rules, slug) =>
          rules.replace(
            new RegExp(`"${slug}", \\{ members: .*? \\}`),
            `"${slug}", { githubTeam: "lanternworks/${slug}" }`,
          ),
        text,
      ),
  });
  const teams = { "orders-leads": ["ben", "dev"], security: ["elin", "femi"], platform: ["dev", "elin", "femi"] };
  for (const [slug, members] of Object.entries(teams)) {
    await house.github.createTeam({ organization: "lanternworks", slug, members: members.map(login) });
  }
  await house.must(["policy", "accept", "--as", "dev@lanternworks.example"]);
  await house.must(["status"]);
  cpSync(house.line.path(".leasehold"), join(house.directory, "kept"), { recursive: true });
  main = (await house.github.readRef({ repository, ref: "refs/heads/main" })) ?? "";
});
afterAll(() => house.close());
afterEach(() => house.github.clearFaults());

let main = "";
let world: World = emptyWorld();
let isHopeless: (request: HttpRequest) => boolean = () => false;
let made = 0;

/** The calls of `pr plan`, and the kind of pull request that makes each. */
const planCalls: Readonly<Record<string, Kind>> = {
  "query PullRequest": "usual",
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": "usual",
  "query Blobs": "usual",
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": "usual",
  "POST /repos/{owner}/{repo}/check-runs": "usual",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": "usual",
  "query OurComments": "usual",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": "seen",
  "query MoreOfPullRequest": "unusual",
  "query Commits": "unusual",
  "GET /repos/{owner}/{repo}/compare/{basehead}": "unusual",
};

describe("pr plan", () => {
  const tried: string[] = [];
  afterAll(() => said("pr plan", tried));

  test("makes the calls that are tried here, and no other", async () => {
    await house.github.resetCalls();
    for (const kind of ["usual", "seen", "unusual"] as const)
      expect((await plan(await approved({ kind }))).exitCode).toBe(0);
    expect(await callsMade()).toEqual(Object.keys(planCalls).toSorted());
  });

  test.each(Object.entries(planCalls))(
    "leaves red while GitHub fails %s, and is right afterwards",
    async (label, kind) => {
      const wrong: string[] = [];
      const site = siteOf(label);
      for (const [name, fault] of faultsOf(site)) {
        const number = await approved({ kind });
        const ran = await failing(site, fault, () => plan(number));
        const seen = await house.seen(number);
        const what = `${label}, ${name}: exit ${ran.exitCode}, ${seen.conclusion}`;
        tried.push(what);
        if (!isRed({ label, ran, name }, seen)) wrong.push(what);
        const after = await plan(number);
        const then = await house.seen(number);
        if (after.exitCode !== 0 || then.conclusion !== "success" || !then.comment.includes("### Approved"))
          wrong.push(`${what}; then exit ${after.exitCode}, ${then.conclusion}`);
      }
      expect(wrong).toEqual([]);
    },
  );
});

/** What `pr apply` reads before it decides: nothing is granted while one of these fails. */
const decidingCalls = [
  "query Tip",
  "GET /repos/{owner}/{repo}/compare/{basehead}",
  "query Merge",
  "query PullRequest",
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
  "query Blobs",
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
];
/** What it tells afterwards: what was approved is granted, and what could not be told is told by the next run. */
const tellingCalls = [
  "query OurComments",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "query Viewer",
  "GET /repos/{owner}/{repo}/issues",
  "POST /repos/{owner}/{repo}/issues",
];

/** Too long for the suite, where it is not even counted as skipped. */
const describeWhole: typeof describe | (() => void) = isWhole ? describe : () => undefined;

describeWhole("pr apply", () => {
  const tried: string[] = [];
  afterAll(() => said("pr apply", tried));

  test("makes the calls that are tried here, and no other", async () => {
    await merged();
    await house.github.resetCalls();
    expect((await apply()).exitCode).toBe(5);
    expect(await callsMade()).toEqual([...decidingCalls, ...tellingCalls].toSorted());
  });

  test.each([...decidingCalls, ...tellingCalls])(
    "grants no more than was approved while GitHub fails %s, and exactly that afterwards",
    async (label) => {
      const wrong: string[] = [];
      const site = siteOf(label);
      for (const [name, fault] of faultsOf(site)) {
        const { number, smuggled } = await merged();
        const ran = await failing(site, fault, apply);
        const granted = access();
        const what = `${label}, ${name}: exit ${ran.exitCode}, ${granted.join()}`;
        tried.push(what);
        const expected = decidingCalls.includes(label) ? [] : ["ana orders-db-read"];
        if (ran.exitCode === 0 || granted.join() !== expected.join()) wrong.push(what);
        const after = await apply();
        const { comment } = await house.seen(number);
        const issues = (await house.github.issues(repository)).filter(({ body }) => body?.includes(smuggled));
        const then = `exit ${after.exitCode}, ${access().join()}, ${issues.length} issues, ${comment.split("\n")[1]}`;
        if (![0, 5].includes(after.exitCode) || world.leases.length !== 1 || access().join() !== "ana orders-db-read")
          wrong.push(`${what}; then ${then}`);
        else if ((issues.length !== 1 && !isOfIssues(label)) || !comment.includes("Applied"))
          wrong.push(`${what}; then ${then}`);
      }
      expect(wrong).toEqual([]);
    },
  );
});

/** An issue that could not be written is not made up for: that run's exit code and words are all there is of it. */
function isOfIssues(label: string): boolean {
  return label === "query Viewer" || label.endsWith("/issues");
}

/** An approved merge, and after it a request that somebody pushed to main; the Log and the gateway are as they were at first. */
async function merged(): Promise<{ readonly number: number; readonly smuggled: string }> {
  await house.github.moveBranch({ repository, branch: "main", to: main });
  rmSync(house.line.path(".leasehold"), { recursive: true });
  cpSync(join(house.directory, "kept"), house.line.path(".leasehold"), { recursive: true });
  world = emptyWorld();
  const number = await approved({ kind: "usual" });
  expect((await plan(number)).exitCode).toBe(0);
  await house.github.merge({ repository, number, by: login("ana") });
  const smuggled = `smuggled${made}`;
  const files = { [`requests/${smuggled}.yaml`]: requestFile(smuggled, { for: "ben@lanternworks.example" }) };
  await house.github.pushCommit({ repository, branch: "main", files, by: login("dev"), signature: "VALID" });
  return { number, smuggled };
}

function apply(): Promise<Ran> {
  return here(["pr", "apply"]);
}

/** Who has what at the gateway. */
function access(): readonly string[] {
  return world.leases
    .filter(({ state }) => state !== "removed")
    .map(({ person, connection }) => `${person.split("@")[0] ?? ""} ${connection}`);
}

type Kind = "usual" | "seen" | "unusual";

/** Red, and told by the exit code; or all of it is as it has to be, because the failure was none. */
function isRed(
  { label, ran, name }: { readonly label: string; readonly ran: Ran; readonly name: string },
  { conclusion, comment }: { readonly conclusion: string | null; readonly comment: string },
): boolean {
  if (conclusion !== "success") {
    const isRead = !label.includes("/check-runs");
    return ran.exitCode !== 0 && (conclusion === "failure" || (conclusion === null && !isRead));
  }
  return harmless[label]?.includes(name) === true && ran.exitCode === 0 && comment.includes("### Approved");
}

/** A comment that was written, though the answer was lost, is found; a review of a commit that is gone counts for nothing. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": ["half of it", "a lost answer"],
  "GET /repos/{owner}/{repo}/compare/{basehead}": ["404"],
};

/** An open pull request that the right person has approved; one with more to read has reviews of a commit that is gone. */
async function approved({ kind }: { readonly kind: Kind }): Promise<number> {
  made += 1;
  const name = `look-${made}`;
  const files = { [`requests/${name}.yaml`]: requestFile(name) };
  const number = await house.propose(name, files, "ana");
  for (const by of ["cleo", "elin", "femi"]) await comments(number, by, 1);
  if (kind === "seen") await plan(number);
  if (kind === "unusual") {
    await comments(number, "cleo", 100);
    await house.approve(number, "ben");
    const other = { repository, branch: name, files, parents: [main], by: login("ana"), message: "Ask otherwise" };
    await house.github.pushCommit({ ...other, signature: "VALID" });
  }
  await house.approve(number, "dev");
  return number;
}

async function comments(number: number, by: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await house.github.review({ repository, number, by: login(by), state: "COMMENTED" });
  }
}

async function plan(number: number): Promise<Ran> {
  const { headSha } = await house.github.readPull({ repository, number });
  return here(["pr", "plan", "--number", String(number), "--head", headSha]);
}

function here(args: readonly string[]): Promise<Ran> {
  return runHere(args, { directory: house.line.directory, environment: house.environment(), world, isHopeless });
}

/** A call: how the test GitHub knows it, and how it looks on its way there. */
interface Site {
  readonly label: string;
  readonly match: FaultMatch;
  isMet(request: HttpRequest): boolean;
}

/** Every call since the last reset, each once. */
async function callsMade(): Promise<readonly string[]> {
  const labels = (await house.github.calls()).filter(({ api }) => api !== "git").map(labelOf);
  return [...new Set(labels)].toSorted();
}

function labelOf({ api, route, sent }: RecordedCall): string {
  return api === "rest" ? route : (/query \w+/.exec(JSON.stringify(sent))?.[0] ?? "");
}

function siteOf(label: string): Site {
  if (label.startsWith("query")) {
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

/** Everything that can become of a call, longer than anybody waits for it. */
function faultsOf(site: Site): readonly (readonly [name: string, fault: Fault])[] {
  const all = everyFault(site);
  if (isWhole) return all;
  // Others at each call, so that all of them together still see every fault.
  const start = JSON.stringify(site.match).length % all.length;
  return all.filter((_, index) => index === start || index === (start + 5) % all.length);
}

function everyFault(site: Site): readonly (readonly [name: string, fault: Fault])[] {
  const common: readonly (readonly [string, Fault])[] = [
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

/** Does something while every try of a call fails. */
async function failing(site: Site, fault: Fault, work: () => Promise<Ran>): Promise<Ran> {
  await house.github.plantFault({ match: site.match, fault, times: null });
  isHopeless = (request) => fault.kind === "time out" && site.isMet(request);
  try {
    return await work();
  } finally {
    isHopeless = () => false;
    await house.github.clearFaults();
  }
}

/** What was tried, for whoever reads the suite's output. */
function said(command: string, tried: readonly string[]): void {
  process.stderr.write(`${command}: ${tried.length} combinations of a call and what becomes of it\n`);
  if (process.env["SAY_ALL"] === "1") process.stderr.write(`${tried.join("\n")}\n`);
}
