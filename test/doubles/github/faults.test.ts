import { type Fault, pointersOf, type TestGitHub } from "./index";
import { acme, openedPull, repository } from "./scene";

let running: TestGitHub | undefined;

async function scene(...options: Parameters<typeof acme>) {
  const made = await acme(...options);
  running = made.github;
  return made;
}

afterEach(() => running?.close());

const at = `/repos/${repository}`;

test("an accident meets the calls it names, as often as it says, and no others", async () => {
  const { github, app } = await scene();
  const route = "GET /repos/{owner}/{repo}";
  await github.plantFault({ match: { route }, fault: { kind: "status", status: 502 }, skip: 1, times: 2 });
  const statuses = [];
  for (let count = 0; count < 5; count += 1) statuses.push((await app.get(at)).status);
  expect(statuses).toEqual([200, 502, 502, 200, 200]);
  await github.plantFault({ match: { query: "viewer" }, fault: { kind: "GraphQL errors", data: "null" }, times: null });
  expect((await app.graphql("{viewer{login}}")).json["data"]).toBeNull();
  expect((await app.get(at)).status).toBe(200);
  await github.clearFaults();
  expect((await app.graphql("{viewer{login}}")).json["errors"]).toBeUndefined();
});

test.each<[Fault, string]>([
  [{ kind: "reset" }, "TypeError: fetch failed"],
  [{ kind: "lost answer" }, "TypeError: fetch failed"],
  [{ kind: "truncated" }, "TypeError: terminated"],
  [{ kind: "not JSON" }, "SyntaxError"],
])("accident %j", async (fault, seen) => {
  const { github, app } = await scene();
  await github.plantFault({ fault });
  await expect(app.get(at).catch((error: unknown) => Promise.reject(new Error(String(error))))).rejects.toThrow(seen);
});

test("a call that is never answered is given up by whoever calls", async () => {
  const { github } = await scene();
  await github.plantFault({ fault: { kind: "time out" } });
  await expect(fetch(`${github.apiUrl}${at}`, { signal: AbortSignal.timeout(50) })).rejects.toThrow("timeout");
});

test("a lost answer and a truncated one have had their effect, an error had none", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  const comment = () => app.send("POST", `${at}/issues/${number}/comments`, { body: "once" }).catch(() => undefined);
  for (const fault of [
    { kind: "lost answer" },
    { kind: "truncated" },
    { kind: "reset" },
    { kind: "status", status: 500 },
  ] as const) {
    await github.plantFault({ fault });
    await comment();
  }
  expect(await github.comments({ repository, number })).toHaveLength(2);
});

test("limits say when to come back: the primary one, the secondary one, and the hour's budget", async () => {
  const { github, app } = await scene({ clock: { now: () => "2026-11-22T10:00:00Z" }, limits: { rateLimit: 3 } });
  await github.plantFault({ match: { api: "rest" }, fault: { kind: "rate limit", resetAfterSeconds: 60 } });
  const primary = await app.get(at);
  expect([primary.status, primary.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
  expect(primary.headers.get("x-ratelimit-reset")).toBe(String(Date.parse("2026-11-22T10:01:00Z") / 1000));
  await github.plantFault({ match: { api: "graphql" }, fault: { kind: "rate limit", resetAfterSeconds: 60 } });
  const asked = await app.graphql("{viewer{login}}");
  expect([asked.status, asked.json["errors"]![0]!["type"]]).toEqual([200, "RATE_LIMITED"]);
  await github.plantFault({ fault: { kind: "secondary limit", status: 429, retryAfterSeconds: 7 } });
  const secondary = await app.get(at);
  expect([secondary.status, secondary.headers.get("retry-after")]).toEqual([429, "7"]);
  const statuses = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await app.get(at)).status);
  expect(statuses).toEqual([200, 200, 200, 403]);
  await github.advance(3600);
  expect((await app.get(at)).status).toBe(200);
});

test("any field of an answer can be replaced or taken away", async () => {
  const { github, app } = await scene();
  await github.plantFault({ fault: { kind: "replace", pointer: "/owner/login", value: "</table><!--" } });
  expect((await app.get(at)).json["owner"]!["login"]).toBe("</table><!--");
  await github.plantFault({ fault: { kind: "replace", pointer: "/data/viewer" } });
  expect((await app.graphql("{viewer{login}}")).json["data"]).toEqual({});
  const last = (await github.calls()).at(-1)!;
  expect(last).toMatchObject({ api: "graphql", kind: "read", login: "leasehold[bot]", answered: { data: {} } });
});

test("every field of an answer is found, to be abused one after the other", async () => {
  const { github, app } = await scene();
  await app.graphql('{viewer{login} repository(owner:"acme",name:"access"){ref(qualifiedName:"main"){name}}}');
  const pointers = pointersOf((await github.calls())[0]!.answered);
  expect(pointers).toEqual([
    "/data",
    "/data/viewer",
    "/data/viewer/login",
    "/data/repository",
    "/data/repository/ref",
    "/data/repository/ref/name",
  ]);
});

test("calls are counted by kind and route until the count is reset", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  await app.get(at);
  await app.graphql("query Who {viewer{login}}");
  await app.send("POST", `${at}/issues/${number}/comments`, { body: "x" });
  expect(await github.counters()).toEqual({
    total: 3,
    rest: 2,
    graphql: 1,
    git: 0,
    reads: 2,
    writes: 1,
    notModified: 0,
    byRoute: {
      "GET /repos/{owner}/{repo}": 1,
      "POST /graphql": 1,
      "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": 1,
    },
  });
  await github.resetCalls();
  expect(await github.counters()).toMatchObject({ total: 0, byRoute: {} });
});
