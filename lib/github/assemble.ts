import { failure } from "../errors";
import type { CommitContent, PullFacts, PullReview, Snapshot, TeamMembers } from "../model/snapshot";
import { tryParseGlob, type Glob } from "../request";
import { placeFields, placeOf, type CommitPlace } from "./commit-facts";
import { readContents, readDigests, type CommitPair } from "./commit-content";
import { earlierPolicies, logPart, policyPart } from "./log-part";
import { askMergeBase, mergeBaseFromList } from "./merge-bases";
import type { GitHub } from "./open-github";
import type { PullReading } from "./read-pull";
import { claimedTeams, readTeams } from "./teams";
import type { LogView, RepositoryName } from "./types";

/** A commit that is to be decided, with what was read about it. */
export interface SubjectRead {
  readonly kind: Snapshot["kind"];
  readonly pair: CommitPair;
  readonly pull?: PullReading;
  /** The pull request's facts as they count for this commit. @default those read */
  readonly facts?: PullFacts;
  readonly base: { readonly branch: string; readonly sha: string; readonly tree: string };
}

/** Reads what commits change and puts the Snapshot together. */
export async function assemble(
  github: GitHub,
  repository: RepositoryName,
  { log, subject }: { readonly log: LogView; readonly subject: SubjectRead },
): Promise<Snapshot> {
  const glob = globOf(log.requestsGlob);
  const { kind, pair, pull, base } = subject;
  const reviewed = pull === undefined ? [] : await reviewedPairs(github, repository, { pull, subject });
  const [content, ...others] = await readContents(github, repository, { pairs: [pair, ...reviewed], glob });
  if (content === undefined) throw failure("E900", { fix: "please report this" });
  const contents = [content, ...others];
  const digests = await readDigests(github, repository, { tree: base.tree, glob });
  const facts = subject.facts ?? pull?.facts;
  return {
    snapshotVersion: 1,
    asOf: log.asOf,
    installation: log.installation,
    repository: `${github.host}/${repository.owner}/${repository.name}`,
    app: log.app,
    requestsGlob: log.requestsGlob,
    kind,
    subject: content,
    ...(facts === undefined ? {} : { pull: facts }),
    reviewed: others,
    teams: await withClaimedTeams(github, pull?.teams ?? [], contents),
    base: { branch: base.branch, sha: base.sha, ...digests },
    lastPushApproved: pull?.lastPushApproved ?? false,
    ...policyPart(log),
    earlierPolicies: await earlierPolicies(
      log,
      contents.map((one) => one.baseGoverned),
    ),
    log: logPart(log, contents),
  };
}

/** Reads the pattern of request files; throws E701 for what is none. */
function globOf(text: string): Glob {
  const glob = tryParseGlob(text);
  if (glob !== undefined) return glob;
  throw failure("E701", {
    detail: `\`${text}\` is no pattern of request files`,
    fix: "write `requests: requests/**/*.yaml` in leasehold.yaml",
  });
}

/** The commits that approvals stand on, each with the merge base of its own; one that is gone from GitHub is left out. */
async function reviewedPairs(
  github: GitHub,
  repository: RepositoryName,
  { pull, subject }: { readonly pull: PullReading; readonly subject: SubjectRead },
): Promise<readonly CommitPair[]> {
  const places = new Map(pull.places.map((place) => [place.sha, place]));
  const shas = approvedCommits(pull.facts.reviews).filter((sha) => sha !== subject.pair.sha);
  const unlisted = shas.filter((sha) => !places.has(sha));
  const found = await readPlaces(github, repository, unlisted);
  const pairs: CommitPair[] = [];
  for (const sha of shas) {
    const place = places.get(sha) ?? found.get(sha);
    if (place === undefined) continue;
    const known = places.has(sha) ? mergeBaseFromList(sha, places) : undefined;
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for calls one after the other
    const base = known ?? (await askMergeBase(github, repository, { base: subject.base.sha, head: sha }));
    if (base !== undefined) pairs.push({ sha, tree: place.tree, base: base.sha, baseTree: base.tree });
  }
  return pairs;
}

/**
 * The commits of the approvals that stand: the latest review of each account that is more than a comment. Those of
 * accounts that can never count are not worth a call.
 */
export function approvedCommits(reviews: readonly PullReview[]): readonly string[] {
  const latest = new Map<number, PullReview>();
  for (const review of reviews) {
    if (review.by?.kind === "user" && review.state !== "commented") latest.set(review.by.id, review);
  }
  const commits = [...latest.values()].flatMap(({ state, commit, mayPush }) =>
    state === "approved" && mayPush && commit !== undefined ? [commit] : [],
  );
  return [...new Set(commits)];
}

/** Where commits stand that are not in the pull request's list; one that GitHub no longer has is not in the answer. */
async function readPlaces(
  github: GitHub,
  { owner, name }: RepositoryName,
  shas: readonly string[],
): Promise<ReadonlyMap<string, CommitPlace>> {
  const found = new Map<string, CommitPlace>();
  if (shas.length === 0) return found;
  const declared = shas.map((_, at) => `, $c${at}: GitObjectID!`).join("");
  const fields = shas.map((_, at) => `c${at}: object(oid: $c${at}) { __typename ...place }`).join("\n");
  const document = `query Commits($owner: String!, $name: String!${declared}) {
    repository(owner: $owner, name: $name) { ${fields} }
  }
  ${placeFields}`;
  const variables = Object.fromEntries(shas.map((sha, at) => [`c${at}`, sha]));
  const { data } = await github.query("commits", document, { variables: { owner, name, ...variables } });
  shas.forEach((sha, at) => {
    const object = data.get("repository").nullable(`c${at}`);
    if (object !== undefined && object.get("__typename").string() === "Commit") found.set(sha, placeOf(object));
  });
  return found;
}

/** Adds the teams that a Manifest in the pull request names and the policy in force does not. */
async function withClaimedTeams(
  github: GitHub,
  teams: readonly TeamMembers[],
  contents: readonly CommitContent[],
): Promise<readonly TeamMembers[]> {
  const known = new Set(teams.map(({ team }) => team));
  const claimed = contents.flatMap(({ manifest }) => (manifest === undefined ? [] : claimedTeams(manifest)));
  const more = [...new Set(claimed)].filter((team) => !known.has(team));
  return more.length === 0 ? teams : [...teams, ...(await readTeams(github, more.sort()))];
}
