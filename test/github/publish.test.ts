import {
  commentMarker,
  publish,
  publishComment,
  readHeadSnapshot,
  type CheckToPublish,
  type GitHub,
  type PublishedState,
} from "../../lib/github";
import { pointersOf } from "../doubles/github";
import { openUsualPull, repository, repositoryName, startScene, type Scene } from "./support/scene";

let scene: Scene;
let number = 0;
let head = "";
beforeEach(async () => {
  scene = await startScene();
  ({ number, head } = await openUsualPull(scene.server));
});
afterEach(async () => await scene.close());

const check = (changes: Partial<CheckToPublish> = {}): CheckToPublish => ({
  conclusion: "action_required",
  title: "Needs 1 approval",
  summary: "Needs 1 approval.",
  text: "text",
  annotations: [],
  ...changes,
});

const annotations = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    path: "requests/orders.yaml",
    startLine: at + 1,
    endLine: at + 1,
    level: "failure" as const,
    title: "t",
    message: `m${at}`,
  }));

/** Reads the pull request anew and publishes. */
async function tell(text: string, told = check(), github: GitHub = scene.github): Promise<number> {
  const { published } = await readHeadSnapshot(github, repositoryName, number, scene.log);
  const publication = { installation: "inst-1", number, headSha: head, comment: { text }, check: told, published };
  return (await publish(github, repositoryName, publication)).writes;
}

const comments = async () => await scene.server.comments({ repository, number });
const checks = async () => await scene.server.checkRuns({ repository, commit: head });
const body = (text: string) => `${commentMarker("inst-1")}\n${text}`;

test("one comment and one check run are made, and then nothing is written while nothing changes", async () => {
  expect(await tell("hello")).toBe(2);
  expect(await comments()).toMatchObject([{ author: "leasehold-acme[bot]", body: body("hello") }]);
  expect(await checks()).toMatchObject([{ name: "leasehold", app: "leasehold-acme", conclusion: "action_required" }]);
  await scene.server.resetCalls();
  expect(await tell("hello")).toBe(0);
  expect((await scene.server.counters()).writes).toBe(0);
});

test("both are updated in place when what they say changes", async () => {
  await tell("hello");
  const [comment] = await comments();
  const [run] = await checks();
  expect(await tell("other", check({ conclusion: "success", title: "Approved" }))).toBe(2);
  expect(await comments()).toMatchObject([{ id: comment?.id, body: body("other") }]);
  expect(await checks()).toMatchObject([{ id: run?.id, conclusion: "success", title: "Approved" }]);
});

test("a comment that somebody edited is put right; one that was deleted is made again", async () => {
  await tell("hello");
  const [comment] = await comments();
  await scene.server.editComment({
    repository,
    comment: comment?.id ?? 0,
    body: body("approved by security"),
    by: "ana",
  });
  expect(await tell("hello")).toBe(1);
  expect(await comments()).toMatchObject([{ id: comment?.id, body: body("hello") }]);
  await scene.server.deleteComment({ repository, comment: comment?.id ?? 0 });
  expect(await tell("hello")).toBe(1);
  expect(await comments()).toMatchObject([{ body: body("hello") }]);
});

test("the marker in a comment of somebody else or another app, or another comment of ours, is nothing", async () => {
  await scene.server.createApp({ slug: "helper" });
  await scene.server.comment({ repository, number, by: "helper[bot]", body: body("hello") });
  await scene.server.comment({ repository, number, by: "ana", body: body("forged") });
  await scene.server.comment({ repository, number, by: "leasehold-acme[bot]", body: `see ${commentMarker("inst-1")}` });
  await scene.server.comment({ repository, number, by: "leasehold-acme[bot]", body: `${commentMarker("inst-2")}\nx` });
  await tell("hello");
  expect((await comments()).map((one) => [one.author, one.body])).toEqual([
    ["helper[bot]", body("hello")],
    ["ana", body("forged")],
    ["leasehold-acme[bot]", `see ${commentMarker("inst-1")}`],
    ["leasehold-acme[bot]", `${commentMarker("inst-2")}\nx`],
    ["leasehold-acme[bot]", body("hello")],
  ]);
});

test("of two of ours the older one is kept", async () => {
  await tell("hello");
  await scene.server.comment({ repository, number, by: "leasehold-acme[bot]", body: body("twin") });
  const [first] = await comments();
  expect(await tell("hello")).toBe(1);
  expect(await comments()).toMatchObject([{ id: first?.id, body: body("hello") }]);
});

test("two runs at once end with one comment", async () => {
  const other = await scene.open(await scene.server.createToken({ app: "leasehold-acme" }));
  const readings = await Promise.all(
    [scene.github, other].map((one) => readHeadSnapshot(one, repositoryName, number, scene.log)),
  );
  await Promise.all(
    readings.map(({ published }, at) =>
      publish(at === 0 ? scene.github : other, repositoryName, {
        installation: "inst-1",
        number,
        headSha: head,
        comment: { text: "same" },
        check: check(),
        published,
      }),
    ),
  );
  expect(await comments()).toMatchObject([{ body: body("same") }]);
});

test("annotations come in batches of 50, and the run is completed by its last write", async () => {
  expect(await tell("hello", check({ annotations: annotations(120) }))).toBe(4);
  const [run] = await checks();
  expect(run?.annotations.map((one) => one.message)).toEqual(annotations(120).map((one) => one.message));
  expect(run).toMatchObject({ status: "completed", conclusion: "action_required" });
  expect(await tell("hello", check({ annotations: annotations(120) }))).toBe(0);
});

test("a run cut short between its batches stays open, and a new one takes its place", async () => {
  const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
  await scene.server.plantFault({ match: { route }, fault: { kind: "reset" } });
  const told = check({ conclusion: "success", annotations: annotations(60) });
  await expect(tell("hello", told)).rejects.toMatchObject({ code: "E520" });
  expect(await checks()).toMatchObject([{ status: "in_progress", conclusion: null }]);
  await tell("hello", told);
  expect(await checks()).toMatchObject([{ status: "in_progress" }, { status: "completed", conclusion: "success" }]);
});

test("changed annotations make a new run, as GitHub never lets go of one", async () => {
  await tell("hello", check({ annotations: annotations(2) }));
  await tell("hello", check({ conclusion: "success", annotations: [] }));
  const runs = await checks();
  expect(runs).toHaveLength(2);
  expect(runs.at(-1)).toMatchObject({ conclusion: "success", annotations: [] });
});

test("a run of the same name by another app is not ours", async () => {
  await scene.server.createCheckRun({ repository, commit: head, name: "leasehold", conclusion: "success" });
  await tell("hello");
  expect((await checks()).map((run) => [run.app, run.conclusion])).toEqual([
    ["github-actions", "success"],
    ["leasehold-acme", "action_required"],
  ]);
});

test("what another app published in our name, word for word, does not stand for ours", async () => {
  await scene.server.createApp({ slug: "helper" });
  const forger = await scene.open(await scene.server.createToken({ app: "helper" }));
  await tell("hello", check({ conclusion: "success" }), forger);
  expect(await tell("hello", check({ conclusion: "success" }))).toBe(2);
  expect((await checks()).map((run) => run.app)).toEqual(["helper", "leasehold-acme"]);
});

test("a run is bound to the commit that was decided, whatever was pushed since", async () => {
  const { published } = await readHeadSnapshot(scene.github, repositoryName, number, scene.log);
  const next = await scene.server.pushCommit({ repository, branch: "orders", files: { "notes.md": "x" }, by: "ana" });
  const publication = {
    installation: "inst-1",
    number,
    headSha: head,
    comment: { text: "x" },
    check: check(),
    published,
  };
  await publish(scene.github, repositoryName, publication);
  expect(await checks()).toHaveLength(1);
  expect(await scene.server.checkRuns({ repository, commit: next })).toEqual([]);
});

test("a run that says the same verdict in other words is put right, and so is one that says another verdict in the same words", async () => {
  await tell("hello");
  expect(await tell("hello", check({ title: "Needs 2 approvals" }))).toBe(1);
  expect(await checks()).toMatchObject([{ conclusion: "action_required", title: "Needs 2 approvals" }]);
  const { published } = await readHeadSnapshot(scene.github, repositoryName, number, scene.log);
  const turned = { ...published, check: { ...published.check!, conclusion: "SUCCESS" } };
  const said = { comment: { text: "hello" }, check: check({ title: "Needs 2 approvals" }), published: turned };
  const publication = { installation: "inst-1", number, headSha: head, ...said };
  expect((await publish(scene.github, repositoryName, publication)).writes).toBe(1);
});

test("a run that GitHub says is on another commit is no answer", async () => {
  const match = { route: "POST /repos/{owner}/{repo}/check-runs" };
  const fault = { kind: "replace", pointer: "/head_sha", value: "0".repeat(40) } as const;
  await scene.server.plantFault({ match, fault });
  await expect(tell("hello")).rejects.toMatchObject({ code: "E522" });
});

test("a text that does not fit fails the check run, and is an error", async () => {
  const long = "x".repeat(65_536);
  await expect(tell(long, check({ conclusion: "success" }))).rejects.toMatchObject({ code: "E525" });
  expect(await checks()).toMatchObject([{ conclusion: "failure" }]);
  expect(await comments()).toEqual([]);
});

describe("the comment that is added", () => {
  const added = { api: "graphql", query: "addComment" } as const;
  const adds = async () =>
    (await scene.server.calls()).filter(({ sent }) => JSON.stringify(sent ?? "").includes("addComment")).length;

  test("and all that stand beside it come with one call", async () => {
    const { published } = await readHeadSnapshot(scene.github, repositoryName, number, scene.log);
    await scene.server.resetCalls();
    await publishRead(published);
    expect((await scene.server.calls()).map(({ route, kind }) => [route, kind])).toEqual([
      ["POST /repos/{owner}/{repo}/check-runs", "write"],
      ["POST /graphql", "write"],
    ]);
  });

  test("is looked for before it is added again, where the answer was lost", async () => {
    await scene.server.plantFault({ match: added, fault: { kind: "lost answer" } });
    expect(await tell("hello")).toBe(2);
    expect(await comments()).toMatchObject([{ body: body("hello") }]);
    expect(await adds()).toBe(1);
  });

  test("is added again once, where it was refused half way", async () => {
    await scene.server.plantFault({ match: added, fault: { kind: "status", status: 502 } });
    expect(await tell("hello")).toBe(3);
    expect(await comments()).toMatchObject([{ body: body("hello") }]);
  });

  test.each(["kept", "null"] as const)("is not believed to be there for a 200 with errors (data: %s)", async (data) => {
    await scene.server.plantFault({ match: added, fault: { kind: "GraphQL errors", data }, times: null });
    if (data === "kept") expect(await tell("hello")).toBe(2);
    else await expect(tell("hello")).rejects.toMatchObject({ code: "E520" });
    expect(await comments()).toHaveLength(data === "kept" ? 1 : 0);
  });

  test("too quickly for GitHub is a rate limit, and not tried for ever", async () => {
    const errors = [{ type: "UNPROCESSABLE", path: ["addComment"], message: "was submitted too quickly" }];
    const fault = { kind: "GraphQL errors", errors, data: "null" } as const;
    await scene.server.plantFault({ match: added, fault, times: null });
    await expect(tell("hello")).rejects.toMatchObject({
      code: "E520",
      diagnostics: [{ detail: expect.stringContaining("used up") }],
    });
    expect(await adds()).toBe(2);
  });

  test("ends as one, whichever part of the answer is missing or null", async () => {
    const { published } = await readHeadSnapshot(scene.github, repositoryName, number, scene.log);
    await publishRead(published);
    const answer = (await scene.server.calls()).at(-1)?.answered;
    const pointers = pointersOf(answer).filter((one) => one !== "");
    expect(pointers).toContain("/data/addComment/subject/comments/nodes/0/fullDatabaseId");
    for (const pointer of pointers) {
      for (const value of [undefined, null]) {
        for (const { id } of await comments()) await scene.server.deleteComment({ repository, comment: id });
        await scene.server.plantFault({ match: added, fault: { kind: "replace", pointer, value } });
        await publishRead(published);
        expect([pointer, (await comments()).map((one) => one.body)]).toEqual([pointer, [body("hello")]]);
      }
    }
  });

  test("on another pull request than the one asked for is no answer", async () => {
    const pointer = "/data/addComment/subject/number";
    await scene.server.plantFault({ match: added, fault: { kind: "replace", pointer, value: 77 } });
    await tell("hello");
    expect((await scene.server.calls()).at(-1)?.sent).toMatchObject({ query: expect.stringMatching(/OurComments/) });
  });

  test("is looked for anew, where the list beside it is of a moment before", async () => {
    const { published } = await readHeadSnapshot(scene.github, repositoryName, number, scene.log);
    await tell("other");
    const old = { totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
    const pointer = "/data/addComment/subject/comments";
    await scene.server.plantFault({ match: added, fault: { kind: "replace", pointer, value: old } });
    const [first] = await comments();
    await publishRead(published);
    expect(await comments()).toMatchObject([{ id: first?.id, body: body("hello") }]);
  });

  test("gives way to one that another run added since ours was read", async () => {
    const { published } = await readHeadSnapshot(scene.github, repositoryName, number, scene.log);
    await tell("hello");
    const [first] = await comments();
    await publishRead(published);
    expect(await comments()).toMatchObject([{ id: first?.id, body: body("hello") }]);
  });

  test("gives way also among more comments than a page has", async () => {
    const { published } = await readHeadSnapshot(scene.github, repositoryName, number, scene.log);
    for (let at = 0; at < 100; at += 1) await scene.server.comment({ repository, number, by: "ana", body: `${at}` });
    await tell("hello");
    await publishRead(published);
    expect((await comments()).filter((one) => one.body === body("hello"))).toHaveLength(1);
  });

  async function publishRead(published: PublishedState): Promise<void> {
    const publication = { installation: "inst-1", number, headSha: head, comment: { text: "hello" }, check: check() };
    await publish(scene.github, repositoryName, { ...publication, published });
  }
});

test("a person's token cannot make check runs, and is told which one can", async () => {
  const github = await scene.open(await scene.server.createToken({ login: "dan" }));
  await expect(tell("hello", check(), github)).rejects.toMatchObject({
    code: "E523",
    diagnostics: [{ fix: expect.stringContaining("GitHub App") }],
  });
});

describe("a comment alone", () => {
  const one = (text: string, isUnchanged?: (there: string) => boolean) =>
    publishComment(scene.github, repositoryName, {
      installation: "inst-1",
      number,
      text,
      ...(isUnchanged === undefined ? {} : { isUnchanged }),
    });

  test("is made, left, left where the caller says that it says the same, and put right", async () => {
    expect(await one("a")).toEqual({ writes: 1 });
    expect(await one("a")).toEqual({ writes: 0 });
    expect(await one("b", (there) => there === body("a"))).toEqual({ writes: 0 });
    expect(await one("b", () => false)).toEqual({ writes: 1 });
    expect(await comments()).toMatchObject([{ body: body("b") }]);
  });

  test("that does not fit is refused", async () => {
    await expect(one("x".repeat(70_000))).rejects.toMatchObject({ code: "E525" });
  });
});
