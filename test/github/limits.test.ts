import { firstParentsSince, openGitHub, readFiles, readHeadSnapshot, readSettings } from "../../lib/github";
import { nodeHttp } from "../../lib/adapters/http";
import { systemClock } from "../../lib/adapters/clock";
import { CannedHttp } from "../doubles/canned-http";
import { QuickClock } from "../doubles/quick-clock";
import { openUsualPull, repository, repositoryName, startScene, type Scene } from "./support/scene";

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(async () => await scene.close());

describe("ETags", () => {
  test("are sent with what was read before, and a 304 gives it again", async () => {
    const first = await readSettings(scene.github, repositoryName);
    const { total } = await scene.server.counters();
    await scene.server.resetCalls();
    expect(await readSettings(scene.github, repositoryName)).toEqual(first);
    const counters = await scene.server.counters();
    expect(counters.total).toBe(total);
    expect(counters.notModified).toBeGreaterThanOrEqual(3);
  });

  test("do not hide a change", async () => {
    await readSettings(scene.github, repositoryName);
    await scene.server.setActions({ repository, workflowPermissions: "write" });
    expect(await readSettings(scene.github, repositoryName)).toMatchObject({
      workflows: { value: { defaultPermissions: "write" } },
    });
  });
});

describe("rate limits", () => {
  test("one that lasts an hour is told with its end, and not waited for", async () => {
    const { number } = await openUsualPull(scene.server);
    await scene.server.plantFault({ fault: { kind: "rate limit", resetAfterSeconds: 3_600 }, times: null });
    await expect(readHeadSnapshot(scene.github, repositoryName, number, scene.log)).rejects.toMatchObject({
      code: "E520",
      exitCode: 10,
      diagnostics: [{ detail: expect.stringContaining("used up") }],
    });
    await scene.server.clearFaults();
    await scene.server.plantFault({
      match: { api: "rest" },
      fault: { kind: "rate limit", resetAfterSeconds: 3_600 },
      times: null,
    });
    await expect(readHeadSnapshot(scene.github, repositoryName, number, scene.log)).rejects.toMatchObject({
      diagnostics: [{ fix: expect.stringMatching(/run it again after \d{4}-\d\d-\d\dT/) }],
    });
  });

  test("a secondary one of seconds is waited for, twice at most", async () => {
    const from = (await scene.server.readRef({ repository, ref: "refs/heads/main" })) ?? "";
    await scene.server.pushCommit({ repository, branch: "main", files: { "a.md": "x" } });
    const walk = () => firstParentsSince(scene.github, repositoryName, { from });
    const match = { api: "rest" } as const;
    await scene.server.plantFault({ match, fault: { kind: "secondary limit", retryAfterSeconds: 2 }, times: 2 });
    expect((await walk()).commits).toHaveLength(1);
    await scene.server.resetCalls();
    await scene.server.plantFault({
      match,
      fault: { kind: "secondary limit", retryAfterSeconds: 2, status: 429 },
      times: null,
    });
    await expect(walk()).rejects.toMatchObject({ code: "E520" });
    expect((await scene.server.counters()).rest).toBe(3);
  });
});

describe("what is sent", () => {
  test("the token goes to GitHub alone and nowhere else: no redirect is followed", async () => {
    const tip = (await scene.server.readRef({ repository, ref: "refs/heads/main" })) ?? "";
    await scene.server.plantFault({
      match: { api: "rest" },
      fault: { kind: "status", status: 302, body: {}, headers: { location: `${scene.server.url}/elsewhere` } },
      times: null,
    });
    await expect(readFiles(scene.github, repositoryName, tip, () => true)).rejects.toMatchObject({ code: "E524" });
    expect((await scene.server.calls()).some((call) => call.path.includes("elsewhere"))).toBe(false);
  });

  test("every call is told of, and counted, repeats included", async () => {
    const told: string[] = [];
    const token = await scene.server.createToken({ app: "leasehold-acme" });
    const { apiUrl, graphqlUrl, url: serverUrl } = scene.server;
    const where = { apiUrl, graphqlUrl, serverUrl, token };
    const github = await openGitHub({
      ...where,
      http: nodeHttp(),
      clock: systemClock(),
      waitUnitMs: 1,
      onCall: (call) => told.push(call.method),
    });
    await scene.server.plantFault({ match: { api: "graphql" }, fault: { kind: "status", status: 502 } });
    const from = (await scene.server.readRef({ repository, ref: "refs/heads/main" })) ?? "";
    await scene.server.resetCalls();
    await firstParentsSince(github, repositoryName, { from });
    await github.close();
    expect(told).toEqual(["POST", "POST"]);
    expect(github.calls()).toBe((await scene.server.counters()).total);
    expect(github.writes()).toBe(0);
  });

  test("Enterprise Server's addresses are used as given", async () => {
    const http = new CannedHttp(() => ({ status: 200, json: {}, headers: { "content-type": "application/json" } }));
    const github = await openGitHub({
      apiUrl: "https://ghe.example.com/api/v3/",
      graphqlUrl: "https://ghe.example.com/api/graphql",
      serverUrl: "https://ghe.example.com",
      token: "t",
      http,
      clock: new QuickClock(),
    });
    expect(github.host).toBe("ghe.example.com");
    await expect(readSettings(github, repositoryName)).rejects.toMatchObject({ code: "E522" });
    await expect(firstParentsSince(github, repositoryName, { from: "x" })).rejects.toMatchObject({ code: "E522" });
    expect(http.requests.map((request) => request.url)).toEqual([
      "https://ghe.example.com/api/v3/repos/acme/access",
      "https://ghe.example.com/api/graphql",
    ]);
  });

  test("an address that would send the token in plain text is refused", async () => {
    const where = { apiUrl: "http://ghe.example.com/api/v3", graphqlUrl: "https://x", serverUrl: "https://x" };
    const http = new CannedHttp(() => ({ json: {} }));
    await expect(openGitHub({ ...where, token: "t", http, clock: new QuickClock() })).rejects.toMatchObject({
      code: "E800",
    });
  });
});
