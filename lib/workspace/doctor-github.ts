import type { Readable, RepositorySettings } from "../github";
import type { Finding } from "../model/report";

type Guards = Extract<RepositorySettings["guards"], { kind: "read" }>["value"];

/** What the settings of the repository are judged with. */
export interface JudgedSettings {
  readonly settings: RepositorySettings;
  /** The name of the check run that has to be required. */
  readonly check: string;
}

/**
 * What is weak in how GitHub guards the access repository. What the token could not read is said as
 * unknown, never as good. Leasehold decides each merge itself, so most of this is a second lock; what is
 * `bad` is what lets somebody past both, or hides what happened.
 */
export function judgeSettings(judged: JudgedSettings): readonly Finding[] {
  const { settings } = judged;
  const { guards } = settings;
  return [
    judgeToken(settings),
    ...(guards.kind === "unreadable"
      ? [unknown(`branch ${settings.defaultBranch}`, "What guards it", guards)]
      : judgeGuards(guards.value, judged)),
    ...judgeDefaults(settings),
    ...judgeForks(settings),
    logRef,
  ];
}

function judgeToken({ token }: RepositorySettings): Finding {
  const name = "token";
  switch (token.kind) {
    case "app":
      return good(name, `GitHub is asked as the App ${token.login}.`);
    case "person":
      return good(name, `GitHub is asked as ${token.login}; what the workflows use is judged by their files.`);
    case "workflow":
      return bad(
        name,
        "It is the workflow's own token: any workflow can forge its check, it starts no workflows, and it can't read teams.",
        "make a token of a GitHub App with actions/create-github-app-token",
      );
  }
}

function judgeGuards(guards: Guards, { settings, check }: JudgedSettings): readonly Finding[] {
  const branch = `branch ${settings.defaultBranch}`;
  return [
    judgeCheck(branch, guards, { settings, check }),
    ...judgePulls(branch, guards),
    ...judgeHistory(branch, guards),
    ...guards.flatMap((guard) => judgeBypass(branch, guard)),
    ...judgeQueue(branch, guards),
  ];
}

/** The app whose checks every workflow of github.com makes; on Enterprise Server it has another number. */
const githubActions = 15_368;

function judgeCheck(branch: string, guards: Guards, { settings, check }: JudgedSettings): Finding {
  const required = guards.flatMap((guard) => guard.requiredChecks).filter((one) => one.context === check);
  if (required.length === 0) {
    return bad(
      branch,
      `The check \`${check}\` is not required: a pull request can be merged before anybody has approved its access.`,
      `require the check \`${check}\` and choose your GitHub App as its source`,
    );
  }
  const isForgeable = (app: number | undefined): boolean =>
    app === undefined || app === githubActions || app === settings.actionsAppId;
  if (required.every((one) => isForgeable(one.appId))) {
    const any = required.every((one) => one.appId === undefined);
    return bad(
      branch,
      `The check \`${check}\` may come from ${any ? "any source" : "GitHub Actions"}: whoever may push a workflow can forge it.`,
      `choose your GitHub App as the source of the required check \`${check}\``,
    );
  }
  return good(branch, `The check \`${check}\` is required, and only one App can set it.`);
}

function judgePulls(branch: string, guards: Guards): readonly Finding[] {
  const asked = guards.flatMap((guard) => guard.pullRequest ?? []);
  if (asked.length === 0) {
    const sentence =
      "Commits can be pushed directly. Leasehold grants nothing by them, and applies what they take away.";
    return [weak(branch, sentence, "require a pull request before merging")];
  }
  const found: Finding[] = [];
  if (!asked.some((one) => one.dismissesStale)) {
    const sentence =
      "Approvals stay after a push. Leasehold counts them only for what they were given for; GitHub shows them as if they counted.";
    found.push(weak(branch, sentence, "dismiss stale approvals when new commits are pushed"));
  }
  if (!asked.some((one) => one.lastPushApproved)) {
    const sentence =
      "The most recent push needs nobody else's approval: commits that GitHub does not verify ask for one approval more.";
    found.push(weak(branch, sentence, "require approval of the most recent reviewable push"));
  }
  return found.length > 0 ? found : [good(branch, "Pull requests are required; a push voids approvals.")];
}

function judgeHistory(branch: string, guards: Guards): readonly Finding[] {
  const found: Finding[] = [];
  if (!guards.some((guard) => guard.forbidsForcePush)) {
    const sentence =
      "Its history can be rewritten: Leasehold then stops with E405, and who changed what is gone from Git.";
    found.push(bad(branch, sentence, "forbid force pushes"));
  }
  if (!guards.some((guard) => guard.forbidsDeletion)) {
    found.push(bad(branch, "It can be deleted.", "forbid deletions"));
  }
  return found;
}

function judgeBypass(branch: string, guard: Guards[number]): readonly Finding[] {
  const where = `${branch}, ${guard.source} ${guard.name}`;
  if (guard.bypass.kind === "unreadable") return [unknown(where, "Who may go round it", guard.bypass)];
  const always = guard.bypass.value.filter((one) => one.mode === "always");
  const byPull = guard.bypass.value.filter((one) => one.mode === "pull_request");
  const called = (actors: typeof always): string =>
    actors.map((one) => (one.kind === "admins" ? "admins" : `${one.kind} ${one.name}`)).join(", ");
  const sentence = "Leasehold grants nothing that was merged so without its approvals, but the branch changes.";
  return [
    ...(always.length === 0
      ? []
      : [
          weak(
            where,
            `${called(always)} may go round it. ${sentence}`,
            "take them off the bypass list; hold admins to the rules, too",
          ),
        ]),
    ...(byPull.length === 0
      ? []
      : [
          weak(
            where,
            `${called(byPull)} may merge pull requests past it. ${sentence}`,
            "take them off the bypass list",
          ),
        ]),
  ];
}

function judgeQueue(branch: string, guards: Guards): readonly Finding[] {
  if (guards.some((guard) => guard.hasMergeQueue || guard.isStrict)) return [];
  const sentence =
    "A pull request can be merged that is behind: where rules have changed since, Leasehold refuses what it asks.";
  return [weak(branch, sentence, "require branches to be up to date, or use a merge queue")];
}

function judgeDefaults({ workflows }: RepositorySettings): readonly Finding[] {
  const name = "workflow permissions";
  if (workflows.kind === "unreadable") return [unknown(name, "What the workflows' own token may do", workflows)];
  const found: Finding[] = [];
  if (workflows.value.defaultPermissions === "write") {
    const sentence =
      "The workflows' own token may write unless a workflow says otherwise, also one on somebody's branch.";
    found.push(weak(name, sentence, "set Settings > Actions > General > Workflow permissions to read"));
  }
  if (workflows.value.mayApprove) {
    const sentence = "Workflows may approve pull requests. Leasehold never counts a bot; GitHub does.";
    found.push(weak(name, sentence, "forbid it under Settings > Actions > General > Workflow permissions"));
  }
  return found.length > 0
    ? found
    : [good(name, "The workflows' own token only reads unless a workflow says otherwise.")];
}

function judgeForks({ isPrivate, allowsForking }: RepositorySettings): readonly Finding[] {
  const name = "forks";
  if (!isPrivate) {
    return [
      weak(name, "The repository is public: everybody reads who asks for which access, and why.", "make it private"),
    ];
  }
  if (allowsForking.kind === "unreadable") return [unknown(name, "Whether it can be forked", allowsForking)];
  if (!allowsForking.value) return [good(name, "The repository cannot be forked.")];
  return [
    {
      name,
      verdict: "unknown",
      sentence:
        "It can be forked; whether pull requests of forks run with secrets or a token that writes is not known here.",
      fix: "forbid forking, or leave both unticked under Settings > Actions > General > Fork pull request workflows",
    },
  ];
}

/** GitHub has rules for branches and tags only. */
const logRef = weak(
  "refs/leasehold",
  "Whoever may push can move or delete refs/leasehold/*: GitHub has no rule for such refs. Leasehold notices, and then only ends access.",
  "let few people push; keep what `leasehold log verify` prints somewhere else, and compare",
);

function unknown(name: string, what: string, setting: Extract<Readable<unknown>, { kind: "unreadable" }>): Finding {
  return {
    name,
    verdict: "unknown",
    sentence: `${what} is not known: ${setting.why}`,
    fix: `look with a token that has ${setting.needs}`,
  };
}

function bad(name: string, sentence: string, fix: string): Finding {
  return { name, verdict: "bad", sentence, fix };
}

function weak(name: string, sentence: string, fix: string): Finding {
  return { name, verdict: "weak", sentence, fix };
}

function good(name: string, sentence: string): Finding {
  return { name, verdict: "good", sentence };
}
