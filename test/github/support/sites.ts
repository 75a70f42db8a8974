import {
  commentOn,
  firstParentsSince,
  openPullRequest,
  publish,
  publishComment,
  reactTo,
  readComment,
  readFiles,
  readHeadSnapshot,
  readLogChecks,
  readMergeSnapshot,
  readQueueSnapshot,
  readSettings,
  resolveAccounts,
  writeIssue,
  type CallSiteName,
  type CheckToPublish,
  type GitHub,
} from "../../../lib/github";
import { openUsualPull, logView, manifest, repository, repositoryName, requestText, type Scene } from "./scene";

/** What there is for all runs: a pull request with a review on a commit that is gone from it, a merge, a queue, an issue and a comment. */
export interface Prepared {
  readonly number: number;
  readonly pullId: string;
  readonly head: string;
  readonly first: string;
  readonly tip: string;
  readonly queued: string;
  readonly comment: number;
}

/** Something that the client does, and the calls that it makes for it. */
export interface Run {
  readonly name: string;
  readonly sites: readonly CallSiteName[];
  readonly run: (github: GitHub, prepared: Prepared) => Promise<unknown>;
}

const check: CheckToPublish = {
  conclusion: "success",
  title: "t",
  summary: "s",
  text: "x",
  annotations: Array.from({ length: 60 }, (_, at) => ({
    path: "requests/orders.yaml",
    startLine: at + 1,
    endLine: at + 1,
    level: "notice",
    title: "t",
    message: "m",
  })),
};

const publication = (prepared: Prepared) => ({
  installation: "inst-1",
  number: prepared.number,
  headSha: prepared.head,
  check,
});
const nothing = ({ pullId }: Prepared) => ({ pullId, comments: [] });
const published = (github: GitHub, prepared: Prepared) =>
  readHeadSnapshot(github, repositoryName, prepared.number, logView()).then((reading) => reading.published);

/** Runs that make every call of `callSites` between them. */
export const runs: readonly Run[] = [
  {
    name: "read a head",
    sites: ["pull request", "more of a pull request", "commits", "compare", "tree", "blobs as text", "blob", "teams"],
    run: (github, { number }) => readHeadSnapshot(github, repositoryName, number, logView()),
  },
  {
    name: "read a merge",
    sites: ["merge and its pull requests"],
    run: (github, { tip }) => readMergeSnapshot(github, repositoryName, tip, logView()),
  },
  {
    name: "read a queue",
    sites: ["merge queue"],
    run: (github, { tip, queued }) =>
      readQueueSnapshot(github, repositoryName, { baseSha: tip, headSha: queued }, logView()),
  },
  {
    name: "walk the base branch",
    sites: ["tip of a branch"],
    run: (github, { first }) => firstParentsSince(github, repositoryName, { from: first }),
  },
  {
    name: "read the newest Head",
    sites: ["check runs of the Log"],
    run: (github) => readLogChecks(github, repositoryName, { app: "leasehold-acme", installation: "inst-1" }),
  },
  { name: "resolve accounts", sites: ["accounts"], run: (github) => resolveAccounts(github, ["ana", "nobody"]) },
  {
    name: "read files",
    sites: [],
    run: (github, { tip }) => readFiles(github, repositoryName, tip, (path) => path.endsWith(".ts")),
  },
  {
    name: "publish anew",
    sites: ["add our comment", "create check run", "update check run"],
    run: (github, prepared) =>
      publish(github, repositoryName, {
        ...publication(prepared),
        comment: { text: "new" },
        published: nothing(prepared),
      }),
  },
  {
    name: "publish a comment alone",
    sites: ["our comments"],
    run: (github, { number }) =>
      publishComment(github, repositoryName, { installation: "inst-1", number, text: "receipt" }),
  },
  {
    name: "publish again",
    sites: ["update comment", "delete comment"],
    run: async (github, prepared) => {
      const first = { ...publication(prepared), comment: { text: "first" }, published: nothing(prepared) };
      await publish(github, repositoryName, first);
      const text = "second";
      const there = await published(github, prepared);
      const twice = [...there.comments, ...there.comments.map((one) => ({ ...one, id: one.id + 1_000_000 }))];
      return await publish(github, repositoryName, {
        ...publication(prepared),
        comment: { text },
        published: { ...there, comments: twice },
      });
    },
  },
  {
    name: "write an issue",
    sites: ["our issues", "who we are", "create issue", "update issue"],
    run: async (github) => {
      const issue = { installation: "inst-1", key: String(Math.random()).slice(2), title: "t", text: "x" };
      await writeIssue(github, repositoryName, issue);
      return await writeIssue(github, repositoryName, { ...issue, text: "y" });
    },
  },
  {
    name: "answer a comment",
    sites: ["comment of somebody", "edits of a comment", "react to comment", "create comment"],
    run: async (github, { number, comment }) => {
      const found = await readComment(github, repositoryName, { number, id: comment });
      await reactTo(github, repositoryName, { id: found.id, with: "eyes" });
      return await commentOn(github, repositoryName, { number, text: "done" });
    },
  },
  {
    name: "open a pull request",
    sites: ["create tree", "commit on branch", "create branch", "open pull request", "ask reviewers"],
    run: (github) => {
      const name = `b${String(Math.random()).slice(2)}`;
      return openPullRequest(github, repositoryName, {
        branch: name,
        files: [{ path: `requests/${name}.yaml`, text: requestText({ name }) }],
        message: "Ask",
        title: "Ask",
        body: "",
        reviewers: ["ben"],
      });
    },
  },
  {
    name: "open a pull request again",
    sites: ["pull requests of a branch"],
    run: async (github) => {
      const pull = {
        branch: "again",
        message: "Ask",
        title: "Ask",
        body: "",
        files: [{ path: "again.md", text: "x" }],
      };
      await openPullRequest(github, repositoryName, pull);
      return await openPullRequest(github, repositoryName, pull);
    },
  },
  {
    name: "read settings",
    sites: [
      "settings of the repository",
      "who we are and whose checks run",
      "rules of a branch",
      "ruleset",
      "branch protection",
      "environments",
      "environment's branches",
      "workflow permissions",
    ],
    run: (github) => readSettings(github, repositoryName),
  },
];

/** Prepares a repository in which all runs have what they need. */
export async function prepare({ server, github }: Scene): Promise<Prepared> {
  const first = (await server.readRef({ repository, ref: "refs/heads/main" })) ?? "";
  const begun = await openUsualPull(server);
  const { number } = begun;
  await server.review({ repository, number, by: "ben" });
  for (let at = 0; at < 101; at += 1) await server.review({ repository, number, by: "cleo", state: "COMMENTED" });
  const claimed = { ...manifest, groups: [{ name: "c", members: [], groups: [], githubTeam: "acme/others" }] };
  const files = {
    "requests/utf16.yaml": { base64: Buffer.from("\uFEFFx", "utf16le").toString("base64") },
    "access.ts": "export const rules = 2;\n",
    "leasehold.out/manifest.json": JSON.stringify(claimed),
  };
  const head = await server.pushCommit({ repository, branch: "orders", parents: [first], files, by: "ana" });
  const comment = await server.comment({ repository, number, by: "ana", body: "/revoke" });
  await server.pushCommit({ repository, branch: "done", files: { "notes.md": "x" }, by: "ana" });
  const done = await server.openPull({ repository, head: "done", by: "ana" });
  const tip = await server.merge({ repository, number: done.number });
  await server.pushCommit({ repository, branch: "waits", files: { "more.md": "x" }, by: "ana" });
  const waits = await server.openPull({ repository, head: "waits", by: "ana" });
  const { headSha: queued } = await server.enqueue({ repository, number: waits.number });
  await server.addRuleset({ repository, rules: [{ type: "deletion" }] });
  await server.protect({ repository, branch: "main", requiredApprovals: 1 });
  await server.setEnvironment({ repository, name: "production", branches: ["main"] });
  const { published: there } = await readHeadSnapshot(github, repositoryName, number, logView());
  return { number, pullId: there.pullId, head, first, tip, queued, comment };
}
