import { callSites, type CallSite, type CallSiteName } from "../../lib/github";
import { isFailure } from "../../lib/errors";
import type { Fault, FaultMatch } from "../doubles/github";
import { repository, startScene, type Scene } from "./support/scene";
import { prepare, runs, type Prepared, type Run } from "./support/sites";

let scene: Scene;
let prepared: Prepared;
let token = "";
beforeAll(async () => {
  scene = await startScene();
  prepared = await prepare(scene);
  token = await scene.server.createToken({ app: "leasehold-acme" });
});
afterAll(async () => await scene.close());
afterEach(async () => await scene.server.clearFaults());

/** What each accident has to end in; `rights` may also be nothing at all where a part may be unreadable. */
const faults: readonly (readonly [name: string, fault: Fault, codes: readonly string[]])[] = [
  ["500", { kind: "status", status: 500 }, ["E520"]],
  ["503", { kind: "status", status: 503 }, ["E520"]],
  ["401", { kind: "status", status: 401, body: { message: "Bad credentials" } }, ["E521"]],
  ["403", { kind: "status", status: 403, body: { message: "Resource not accessible by integration" } }, ["E523"]],
  ["404", { kind: "status", status: 404, body: { message: "Not Found" } }, ["E524", "E405"]],
  [
    "301",
    { kind: "status", status: 301, body: { message: "Moved Permanently" }, headers: { location: "/x" } },
    ["E524"],
  ],
  ["418", { kind: "status", status: 418 }, ["E522"]],
  ["a reset", { kind: "reset" }, ["E520"]],
  ["half an answer", { kind: "truncated" }, ["E520", "E522"]],
  ["not JSON", { kind: "not JSON" }, ["E522"]],
  ["an empty body", { kind: "empty body" }, ["E522"]],
  ["another body", { kind: "error body" }, ["E522"]],
  ["an hour's rate limit", { kind: "rate limit", resetAfterSeconds: 3_600 }, ["E520"]],
  ["an hour's secondary limit", { kind: "secondary limit", retryAfterSeconds: 3_600 }, ["E520"]],
];

/** What leaves an effect though its answer is lost: it is looked for and found. */
const found = ["half an answer", "a reset", "not JSON", "an empty body", "another body"];

/** What writes refuse in their own way, what is found when it is looked for again, and what is no more than not seen. */
const tolerated: Readonly<Partial<Record<CallSiteName, readonly string[]>>> = {
  "branch protection": ["403", "404"],
  "rules of a branch": ["403", "404"],
  ruleset: ["403", "404"],
  environments: ["403", "404"],
  "environment's branches": ["403", "404"],
  "workflow permissions": ["403", "404"],
  "update comment": ["404"],
  "delete comment": ["404"],
  "add our comment": found,
  "create issue": found,
  "create branch": found,
  "commit on branch": found,
  "open pull request": found,
  // A review on a commit that is gone counts for nothing.
  compare: ["404"],
  "ask reviewers": faults.map(([name]) => name).filter((name) => name !== "401" && name !== "301"),
};

test("every call site is reached by one of the runs", () => {
  expect(runs.flatMap((run) => run.sites).toSorted()).toEqual(Object.keys(callSites).toSorted());
});

describe.each(runs.flatMap((run) => run.sites.map((site) => [site, run] as const)))("%s", (site, run) => {
  test.each(faults)("%s", async (name, fault, codes) => {
    const outcome = await runWith(run, { match: matchOf(site), fault, times: null });
    expect(outcome.met).toBeGreaterThan(0);
    if (outcome.code === undefined) expect(tolerated[site] ?? []).toContain(name);
    else expect([...codes, ...(callSites[site].writes ? ["E522", "E525"] : [])]).toContain(outcome.code);
    // Bounded: two repeats of a read, and what is asked for at once.
    expect(outcome.met).toBeLessThanOrEqual(20);
  });
});

describe("an accident that passes", () => {
  const reads = runs
    .flatMap((run) => run.sites.map((site) => [site, run] as const))
    .filter(([site]) => !callSites[site].writes);

  test.each(reads)("%s: one 502 is not noticed", async (site, run) => {
    const fault = { kind: "status", status: 502 } as const;
    expect(await runWith(run, { match: matchOf(site), fault, times: 1 })).toMatchObject({ code: undefined });
  });

  test.each(reads)("%s: a secondary limit of a second is waited for", async (site, run) => {
    const fault = { kind: "secondary limit", retryAfterSeconds: 1 } as const;
    expect(await runWith(run, { match: matchOf(site), fault, times: 1 })).toMatchObject({ code: undefined });
  });

  const writes = runs
    .flatMap((run) => run.sites.map((site) => [site, run] as const))
    .filter(([site]) => callSites[site].writes);

  test.each(writes)("%s: a write whose answer was lost is never simply repeated", async (site, run) => {
    const { met, calls } = await runWith(run, { match: matchOf(site), fault: { kind: "lost answer" }, times: 1 });
    expect(met).toBe(1);
    const made = calls.filter((call) => isMet(matchOf(site), call));
    const between = calls.slice(calls.indexOf(made[0] ?? calls[0]!) + 1, calls.indexOf(made[1] ?? calls[0]!));
    // If it is made again, something was read between.
    if (made.length > 1 && site !== "update comment" && site !== "update check run") {
      expect(site === "ask reviewers" || between.some((call) => call.kind === "read")).toBe(true);
    }
  });
});

interface Outcome {
  /** Of the error; undefined for success. */
  readonly code: string | undefined;
  /** How many calls met the accident. */
  readonly met: number;
  readonly calls: Awaited<ReturnType<Scene["server"]["calls"]>>;
}

/** Runs with a client of its own, which knows nothing yet. */
async function runWith(
  run: Run,
  planted: { readonly match: FaultMatch; readonly fault: Fault; readonly times: number | null },
): Promise<Outcome> {
  const github = await scene.open(token);
  await scene.server.clearFaults();
  await forgetComments();
  await scene.server.resetCalls();
  await scene.server.plantFault(planted);
  let code: string | undefined;
  try {
    await run.run(github, prepared);
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    ({ code } = thrown);
    expect(thrown.message).not.toContain(token);
  }
  const calls = await scene.server.calls();
  const met = calls.filter((call) => isMet(planted.match, call));
  return { code, calls, met: Math.min(met.length, planted.times ?? met.length) };
}

function isMet({ query, route }: FaultMatch, call: Outcome["calls"][number]): boolean {
  return query === undefined ? call.route === route : new RegExp(query).test(JSON.stringify(call.sent ?? ""));
}

/** Takes away what runs before published: each begins with nothing. */
async function forgetComments(): Promise<void> {
  for (const { id, author } of await scene.server.comments({ repository, number: prepared.number })) {
    if (author === "leasehold-acme[bot]") await scene.server.deleteComment({ repository, comment: id });
  }
}

/** How the server knows a call: by its route, or by the name of the query. */
function matchOf(name: CallSiteName): FaultMatch {
  const site: CallSite = callSites[name];
  return site.route === "POST /graphql"
    ? { api: "graphql", query: queryNames[name] ?? "(no name)" }
    : { route: site.route };
}

const queryNames: Readonly<Partial<Record<CallSiteName, string>>> = {
  "pull request": "query PullRequest\\b",
  "more of a pull request": "query MoreOfPullRequest\\b",
  teams: "query Teams\\b",
  commits: "query Commits\\b",
  "blobs as text": "query Blobs\\b",
  "merge and its pull requests": "query Merge\\b",
  "merge queue": "query MergeQueue\\b",
  "tip of a branch": "query Tip\\b",
  "check runs of the Log": "query LogChecks\\b",
  accounts: "query Accounts\\b",
  "our comments": "query OurComments\\b",
  "add our comment": "addComment",
  "who we are": "query Viewer\\b",
  "who we are and whose checks run": "query Apps\\b",
  "commit on branch": "createCommitOnBranch",
  "edits of a comment": "query Edits\\b",
};
