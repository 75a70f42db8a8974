import { acme, callerOf, openedPull, repository } from "./scene";
import type { TestGitHub } from "./index";

let running: TestGitHub | undefined;

async function scene(...options: Parameters<typeof acme>) {
  const made = await acme(...options);
  running = made.github;
  return made;
}

afterEach(() => running?.close());

const inRepository = (fields: string) => `{repository(owner:"acme",name:"access"){${fields}}}`;

test("a field that GitHub does not have, and one that is not modelled, are errors", async () => {
  const { github, app } = await scene();
  const unknown = await app.graphql(inRepository("nonsense"));
  expect(unknown.json["errors"]![0]!["message"]).toBe(`Cannot query field "nonsense" on type "Repository".`);
  expect(unknown.json["data"]).toBeUndefined();
  expect(await github.violations()).toEqual([]);
  const unmodelled = await app.graphql(inRepository("stargazerCount"));
  expect(unmodelled.json["errors"]![0]!["type"]).toBe("NOT_MODELLED");
  expect(await github.violations()).toEqual([expect.stringContaining("Repository.stargazerCount")]);
});

test("connections want a page of at most a hundred and lead to the next", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  for (let count = 0; count < 5; count += 1)
    await github.comment({ repository, number, by: "alice", body: `${count}` });
  const comments = async (page: string) => {
    const { json } = await app.graphql(
      inRepository(
        `pullRequest(number:${number}){comments${page}{totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor} nodes{body}}}`,
      ),
    );
    return json["errors"]?.[0] ?? json["data"]!["repository"]!["pullRequest"]!["comments"]!;
  };
  expect((await comments(""))["type"]).toBe("MISSING_PAGINATION_BOUNDARIES");
  expect((await comments("(first:101)"))["type"]).toBe("EXCESSIVE_PAGINATION");
  const first = await comments("(first:2)");
  expect(first["nodes"]!.map((one) => one["body"])).toEqual(["0", "1"]);
  expect(first["pageInfo"]).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const after = String(first["pageInfo"]!["endCursor"]);
  expect((await comments(`(first:100,after:"${after}")`))["nodes"]!.map((one) => one["body"])).toEqual(["2", "3", "4"]);
  const last = await comments("(last:2)");
  expect(last["nodes"]!.map((one) => one["body"])).toEqual(["3", "4"]);
  const before = String(last["pageInfo"]!["startCursor"]);
  expect((await comments(`(last:2,before:"${before}")`))["nodes"]!.map((one) => one["body"])).toEqual(["1", "2"]);
  const many = await app.graphql(
    inRepository(`pullRequests(first:100){nodes{commits(first:100){nodes{commit{authors(first:100){nodes{name}}}}}}}`),
  );
  expect(many.json["errors"]![0]!["type"]).toBe("MAX_NODE_LIMIT_EXCEEDED");
});

test("a comment is added with the answer of what stands beside it, by who may", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  await github.comment({ repository, number, by: "alice", body: "first" });
  const pull = (await app.graphql(inRepository(`pullRequest(number:${number}){id}`))).json["data"]!["repository"]!;
  const id = pull["pullRequest"]!["id"]!;
  const add = `mutation($id:ID!,$body:String!){addComment(input:{subjectId:$id,body:$body}){
    commentEdge{node{body fullDatabaseId}} subject{...on PullRequest{number comments(last:1){totalCount nodes{body}}}}}}`;
  const { json } = await app.graphql(add, { id, body: "second" });
  expect(json["data"]!["addComment"]).toEqual({
    commentEdge: { node: { body: "second", fullDatabaseId: expect.stringMatching(/^\d+$/) } },
    subject: { number, comments: { totalCount: 2, nodes: [{ body: "second" }] } },
  });
  const reader = callerOf(
    github,
    await github.createToken({ app: "leasehold", permissions: { pull_requests: "read" } }),
  );
  const refusals = [
    (await reader.graphql(add, { id, body: "third" })).json,
    (await app.graphql(add, { id: "PR_0", body: "third" })).json,
    (await app.graphql(add, { id, body: " " })).json,
    (await app.graphql(add, { id, body: "x".repeat(65_537) })).json,
  ];
  expect(refusals.map((one) => one["errors"]![0]!["type"])).toEqual([
    "FORBIDDEN",
    "NOT_FOUND",
    "UNPROCESSABLE",
    "UNPROCESSABLE",
  ]);
  expect(await github.comments({ repository, number })).toHaveLength(2);
});

test("a commit shows whoever has the e-mail that was typed", async () => {
  const { github, app } = await scene();
  await github.setEmails({ login: "bob", emails: ["bob@corp.example"] });
  const forged = await github.pushCommit({
    repository,
    branch: "forged",
    by: "alice",
    author: { name: "Not Bob", email: "BOB@corp.example" },
    committer: { name: "Nobody", email: "nobody@nowhere.example" },
    coAuthors: ["carol", { name: "X", email: "x@nowhere.example" }],
    signature: "UNVERIFIED_EMAIL",
  });
  const { json } = await app.graphql(
    inRepository(
      `object(oid:"${forged}"){...on Commit{author{user{login databaseId}} committer{user{login}} authors(first:10){nodes{name user{login}}} signature{isValid state}}}`,
    ),
  );
  expect(json["data"]!["repository"]!["object"]).toEqual({
    author: { user: { login: "bob", databaseId: 1002 } },
    committer: { user: null },
    authors: {
      nodes: [
        { name: "Not Bob", user: { login: "bob" } },
        { name: "carol", user: { login: "carol" } },
        { name: "X", user: null },
      ],
    },
    signature: { isValid: false, state: "UNVERIFIED_EMAIL" },
  });
});

test("accounts are renamed, taken over, suspended, deleted; bots and mannequins are what they are", async () => {
  const { github, app } = await scene();
  const { number } = await openedPull(github);
  await github.createMannequin({ login: "imported" });
  await github.setPermission({ repository, to: "carol", permission: "write" });
  for (const by of ["carol", "bob", "imported", "leasehold[bot]"]) await github.review({ repository, number, by });
  const reviews = async () => {
    const { json } = await app.graphql(
      inRepository(
        `pullRequest(number:${number}){reviews(first:10){nodes{author{__typename login ...on User{databaseId} ...on Bot{databaseId}} authorCanPushToRepository}}}`,
      ),
    );
    return json["data"]!["repository"]!["pullRequest"]!["reviews"]!["nodes"]!;
  };
  expect(await reviews()).toEqual([
    { author: { __typename: "User", login: "carol", databaseId: 1003 }, authorCanPushToRepository: true },
    { author: { __typename: "User", login: "bob", databaseId: 1002 }, authorCanPushToRepository: true },
    { author: { __typename: "Mannequin", login: "imported" }, authorCanPushToRepository: false },
    {
      author: { __typename: "Bot", login: "leasehold", databaseId: expect.any(Number) },
      authorCanPushToRepository: false,
    },
  ]);
  await github.renameAccount({ from: "carol", to: "caro" });
  const taker = await github.createUser({ login: "carol" });
  await github.suspend("caro");
  await github.deleteAccount("bob");
  const after = await reviews();
  expect(after[0]).toEqual({
    author: { __typename: "User", login: "caro", databaseId: 1003 },
    authorCanPushToRepository: false,
  });
  expect(after[1]).toEqual({ author: null, authorCanPushToRepository: false });
  const { json } = await app.graphql(`{a:user(login:"carol"){databaseId} b:user(login:"bob"){databaseId}}`);
  expect(json["data"]).toEqual({ a: { databaseId: taker.id }, b: null });
  expect(json["errors"]![0]).toMatchObject({ type: "NOT_FOUND", path: ["b"] });
});

test("a team is read by who may: null when it is gone, an error when the token may not", async () => {
  const { github, app } = await scene();
  const query = `{organization(login:"acme"){team(slug:"leads"){members(first:100){nodes{login databaseId}}}}}`;
  expect((await app.graphql(query)).json["data"]!["organization"]!["team"]!["members"]!["nodes"]).toHaveLength(2);
  const workflow = callerOf(github, await github.createToken({ workflowOf: repository }));
  const refused = (await workflow.graphql(query)).json;
  expect(refused["data"]!["organization"]!["team"]).toBeNull();
  expect(refused["errors"]![0]!["type"]).toBe("FORBIDDEN");
  const scopeless = callerOf(github, await github.createToken({ login: "bob", scopes: ["repo"] }));
  expect((await scopeless.graphql(query)).json["errors"]![0]!["type"]).toBe("INSUFFICIENT_SCOPES");
  await github.deleteTeam("acme/leads");
  expect((await app.graphql(query)).json).toEqual({ data: { organization: { team: null } } });
  expect((await workflow.graphql("{viewer{login}}")).json["data"]!["viewer"]!["login"]).toBe("github-actions[bot]");
});

test("blobs are text where they are text, and cut where they are long", async () => {
  const { github, app } = await scene({ limits: { blobText: 10 } });
  await github.pushCommit({
    repository,
    branch: "main",
    files: {
      bom: "\ufeffa",
      nul: { base64: Buffer.from("a\0b").toString("base64") },
      utf16: { base64: Buffer.from("\ufeffé", "utf16le").toString("base64") },
      long: "x".repeat(11),
    },
  });
  const blob = async (name: string) => {
    const { json } = await app.graphql(
      inRepository(`object(expression:"main:${name}"){...on Blob{text byteSize isBinary isTruncated}}`),
    );
    return json["data"]!["repository"]!["object"];
  };
  expect(await blob("bom")).toEqual({ text: "\ufeffa", byteSize: 4, isBinary: false, isTruncated: false });
  expect(await blob("nul")).toEqual({ text: null, byteSize: 3, isBinary: true, isTruncated: false });
  expect(await blob("utf16")).toEqual({ text: "\ufeffé", byteSize: 4, isBinary: false, isTruncated: false });
  expect(await blob("long")).toEqual({ text: "x".repeat(10), byteSize: 11, isBinary: false, isTruncated: true });
  expect(await blob("none")).toBeNull();
});

test("a deleted fork leaves a pull request without a head repository", async () => {
  const { github, app } = await scene();
  const fork = await github.forkRepository({ repository, owner: "carol" });
  await github.pushCommit({ repository: fork, branch: "ask", files: { x: "1" }, by: "carol" });
  const { number, headSha } = await github.openPull({ repository, head: "carol:ask", by: "carol" });
  const read = async () => {
    const { json } = await app.graphql(
      inRepository(
        `pullRequest(number:${number}){isCrossRepository headRefOid headRepository{nameWithOwner}} object(oid:"${headSha}"){oid}`,
      ),
    );
    return json["data"]!["repository"];
  };
  expect(await read()).toEqual({
    pullRequest: { isCrossRepository: true, headRefOid: headSha, headRepository: { nameWithOwner: "carol/access" } },
    object: { oid: headSha },
  });
  await github.deleteRepository(fork);
  expect(await read()).toMatchObject({ pullRequest: { headRepository: null }, object: { oid: headSha } });
});
