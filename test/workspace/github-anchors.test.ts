import type { Anchor } from "../../lib/model/anchor";
import type { Head } from "../../lib/model/record";
import type { Anchors, AnchorDetails } from "../../lib/ports";
import { githubAnchors } from "../../lib/workspace/github-anchors";
import { repository, repositoryName, startScene, type Scene } from "../github/support/scene";

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

it("keeps the newest on the commit that is newest then; of several the one that goes furthest counts", async () => {
  const anchors = anchorsOf("inst-one");
  expect(await anchors.newest()).toBeUndefined();
  expect(await anchors.add(head(3), at(1))).toMatchObject({ sequence: 3 });
  await commit(1);
  await anchors.newest();
  await anchors.add(head(5), at(2));
  expect(await sequences(anchors)).toEqual([3, 5]);
  expect(await anchors.newest()).toMatchObject(head(5));
  expect(await anchors.add(head(4), at(3))).toMatchObject(head(5));
});

it("keeps two installations of one repository apart, also on the same commit", async () => {
  const [one, other] = [anchorsOf("inst-one"), anchorsOf("inst-other")];
  await one.add(head(3), at(1));
  await other.add(head(9), at(1));
  expect([await sequences(one), await sequences(other)]).toEqual([[3], [9]]);
});

it("is not taken back by an older one that somebody posts again", async () => {
  const anchors = anchorsOf("inst-one");
  await anchors.add(head(3), at(1));
  const older = await checkOnTip();
  await commit(1);
  await anchors.newest();
  await anchors.add(head(5), at(2));
  await commit(2);
  await post(older);
  expect(await anchors.newest()).toMatchObject(head(5));
});

it("believes after a rebuild the one that replaces those of the lost Log, and later ones again", async () => {
  const anchors = anchorsOf("inst-one");
  await anchors.add(head(30), at(1));
  await commit(1);
  await anchors.newest();
  const lost = { first: 20, last: 30 };
  expect(await anchors.add(head(20, "b"), { ...at(2), replaces: lost })).toMatchObject({ replaces: lost });
  expect(await anchors.newest()).toMatchObject(head(20, "b"));
  await commit(2);
  await anchors.newest();
  await anchors.add(head(25, "b"), at(3));
  expect(await anchors.newest()).toMatchObject(head(25, "b"));
});

it("is found behind many commits without one, page by page, and costs one call where it is near", async () => {
  const anchors = anchorsOf("inst-one");
  await anchors.add(head(3), at(1));
  for (let n = 1; n <= 60; n += 1) await commit(n);
  expect([await anchors.newest(), await callsOf(anchors)]).toEqual([expect.objectContaining(head(3)), 2]);
  await anchors.add(head(4), at(2));
  expect([await anchors.newest(), await callsOf(anchors)]).toEqual([expect.objectContaining(head(4)), 1]);
});

it.each<[string, string]>([
  ["no anchor", "nothing to see here"],
  ["half an anchor", '{"format":1'],
  ["two", '{"format":1}\n{"format":1}'],
  ["one of another installation", JSON.stringify({ format: 1, installation: "inst-two" })],
])("believes nothing where a check run of ours holds %s", async (_what, text) => {
  const anchors = anchorsOf("inst-one");
  await anchors.add(head(3), at(1));
  await post({ ...(await checkOnTip()), text });
  await expect(anchors.newest()).rejects.toMatchObject({ code: "E610", exitCode: 9 });
});

it("does not read what another app posts under the same name and id", async () => {
  const anchors = anchorsOf("inst-one");
  await anchors.add(head(3), at(1));
  await scene.server.createApp({ slug: "somebody" });
  const theirs = await scene.open(await scene.server.createToken({ app: "somebody" }));
  await post({ ...(await checkOnTip()), text: "nonsense" }, theirs);
  expect(await anchors.newest()).toMatchObject(head(3));
});

it("says nothing of the Log where the token may not read check runs", async () => {
  const token = await scene.server.createToken({ app: "leasehold-acme", permissions: { contents: "read" } });
  const github = await scene.open(token);
  await expect(anchorsOf("inst-one", github).newest()).rejects.toMatchObject({ exitCode: 4 });
});

function anchorsOf(installation: string, github = scene.github): Anchors {
  const environment = {
    apiUrl: scene.server.apiUrl,
    graphqlUrl: scene.server.graphqlUrl,
    serverUrl: scene.server.url,
    token: "not used",
    repository: repositoryName,
  };
  const open = async () => ({ github, environment, close: async () => undefined });
  const secrets = { resolve: () => Promise.reject(new Error("no secrets here")) };
  return githubAnchors({ app: "leasehold-acme", installation, open, secrets } as Parameters<typeof githubAnchors>[0]);
}

function head(sequence: number, chain = "a"): Head {
  return { sequence, epoch: 1, hash: `${chain}${sequence}`.padEnd(64, "0") };
}

function at(minute: number): AnchorDetails {
  return { time: `2026-11-22T10:0${minute}:00.000Z` };
}

async function sequences(anchors: Anchors): Promise<readonly number[]> {
  return (await anchors.history()).map(({ sequence }: Anchor) => sequence);
}

async function commit(n: number): Promise<void> {
  await scene.server.pushCommit({ repository, branch: "main", files: { "README.md": `${n}\n` }, by: "ana" });
}

async function callsOf(anchors: Anchors): Promise<number> {
  const before = scene.github.calls();
  await anchors.newest();
  return scene.github.calls() - before;
}

async function tip(): Promise<string> {
  return (await scene.server.readRef({ repository, ref: "refs/heads/main" })) ?? "";
}

interface Posted {
  readonly externalId: string;
  readonly text: string | null;
}

async function checkOnTip(): Promise<Posted> {
  const checks = await scene.server.checkRuns({ repository, commit: await tip() });
  const found = checks.find(({ name }) => name === "leasehold log");
  if (found === undefined) throw new Error("no check run on the tip");
  return found;
}

async function post({ externalId, text }: Posted, github = scene.github): Promise<void> {
  await github.ask("create check run", {
    owner: repositoryName.owner,
    repo: repositoryName.name,
    name: "leasehold log",
    head_sha: await tip(),
    external_id: externalId,
    status: "completed",
    conclusion: "success",
    output: { title: "t", summary: "s", text: text ?? "" },
  });
}
