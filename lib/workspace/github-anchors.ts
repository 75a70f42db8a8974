import { failure } from "../errors";
import type { LogCheck, LogChecks, LogCheckOwner, RepositoryName } from "../github";
import { distrusted, findAnchorKeys, readAnchor, sealHead, standingAnchors, type AnchorSealing } from "../log";
import type { Anchor } from "../model/anchor";
import type { Head } from "../model/record";
import type { AnchorDetails, Anchors } from "../ports";
import { renderLogCheck } from "../render/log-check";
import type { OpenGitHub } from "./ports";

/** Anchors in check runs on the default branch: also a machine that has never seen the Log knows by them how far it went. */
export interface GitHubAnchorsOptions extends AnchorSealing {
  /** Slug of the GitHub App that writes them. */
  readonly app: string;
  /** GitHub, opened when it is first needed; closed by whoever gives it. */
  readonly open: () => Promise<OpenGitHub>;
}

/**
 * Keeps the newest Head in the check run `leasehold log` of an app, on the newest commit of the default branch. Reading is one call, a
 * changed Head one more. What GitHub throws is thrown; E610 for a check run of ours that holds no anchor that can be trusted.
 */
export function githubAnchors(options: GitHubAnchorsOptions): Anchors {
  let seen: Seen | undefined;
  const read = async (): Promise<Seen> => (seen = await readSeen(options));
  return {
    newest: async () => (await read()).anchors.at(-1),
    history: async () => (await read()).anchors,
    async add(head, details) {
      // Nobody else writes while the epoch is held: what was read at the start of the pass still stands.
      const { anchors, checks } = seen ?? (await read());
      const last = anchors.at(-1);
      if (last !== undefined && last.sequence >= head.sequence && details.replaces === undefined) return last;
      seen = undefined;
      return write(options, { checks, head, details });
    },
  };
}

interface Seen {
  readonly checks: LogChecks;
  /** Those that stand, by their sequence. */
  readonly anchors: readonly Anchor[];
}

async function readSeen(options: GitHubAnchorsOptions): Promise<Seen> {
  const { readLogChecks } = await import("../github/index.js");
  const { github, repository } = await placeOf(options);
  // A key that is missing is no reason to ask.
  const trust = { installation: options.installation, keys: await findAnchorKeys(options) };
  const checks = await readLogChecks(github, repository, options satisfies LogCheckOwner);
  const anchors = checks.checks.map((check) => readAnchor(lineOf(check), trust, whereOf(check)));
  const byTime = anchors.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return { checks, anchors: standingAnchors(byTime).toSorted((a, b) => a.sequence - b.sequence) };
}

async function write(
  options: GitHubAnchorsOptions,
  { checks, head, details }: { readonly checks: LogChecks; readonly head: Head; readonly details: AnchorDetails },
): Promise<Anchor> {
  const { writeLogCheck } = await import("../github/index.js");
  const { github, repository } = await placeOf(options);
  const { app, installation } = options;
  const anchor = await sealHead(options, head, details);
  await writeLogCheck(github, repository, { app, installation, seen: checks, check: renderLogCheck(anchor) });
  return anchor;
}

async function placeOf(options: GitHubAnchorsOptions): Promise<{
  readonly github: OpenGitHub["github"];
  readonly repository: RepositoryName;
}> {
  const { github, environment } = await options.open();
  if (environment.repository !== undefined) return { github, repository: environment.repository };
  throw failure("E702", {
    detail: "GITHUB_REPOSITORY is not set, and `log.anchors.checkRun` keeps anchors there",
    fix: "set GITHUB_REPOSITORY to `owner/name`, as a runner does",
  });
}

function whereOf({ commit, id }: LogCheck): string {
  return `check run ${id} of commit ${commit.slice(0, 12)}`;
}

/** The one line of the text that is an object. */
function lineOf(check: LogCheck): string {
  const [line, ...others] = check.text.split(/\r?\n/).filter((one) => one.startsWith("{"));
  if (line !== undefined && others.length === 0) return line;
  throw distrusted(`${whereOf(check)}: it holds ${others.length === 0 ? "no anchor" : "more than one line of JSON"}`);
}
