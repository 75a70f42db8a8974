import { failure } from "../errors";
import { assemble } from "./assemble";
import type { CommitPair } from "./commit-content";
import { askMergeBase, mergeBaseFromList } from "./merge-bases";
import type { GitHub } from "./open-github";
import { readPull, type PullReading } from "./read-pull";
import { approverTeams } from "./teams";
import type { HeadReading, LogView, RepositoryName } from "./types";

/**
 * Reads everything that a Decision about a pull request's head needs, and what we published on it: usually in 4
 * or 5 calls. The Snapshot is of the head at one moment; a check run is bound to it, so a push in between leaves
 * the new head without one. Throws E524 where there is no such pull request, E406 for one with too many commits.
 */
export async function readHeadSnapshot(
  github: GitHub,
  repository: RepositoryName,
  number: number,
  log: LogView,
): Promise<HeadReading> {
  const teams = log.policy === undefined ? [] : approverTeams(log.policy.manifest);
  const pull = await readPull(github, repository, { number, teams, publishedBy: log.installation });
  const { base } = pull;
  if (base === undefined) {
    throw failure("E524", {
      detail: `the base branch of pull request ${number} is gone`,
      fix: "choose another base branch for it on GitHub",
    });
  }
  const pair = await headPair(github, repository, { pull, base });
  const snapshot = await assemble(github, repository, { log, subject: { kind: "head", pair, pull, base } });
  return { snapshot, published: pull.published };
}

async function headPair(
  github: GitHub,
  repository: RepositoryName,
  { pull, base }: { readonly pull: PullReading; readonly base: { readonly sha: string } },
): Promise<CommitPair> {
  const { head, number } = pull.facts;
  const places = new Map(pull.places.map((place) => [place.sha, place]));
  const known = mergeBaseFromList(head, places);
  const mergeBase = known ?? (await askMergeBase(github, repository, { base: base.sha, head }));
  const place = places.get(head);
  if (mergeBase === undefined || place === undefined) {
    throw failure("E524", {
      detail: `pull request ${number}: its head and the base branch have no commit in common, or one of them is gone`,
      fix: "make the branch anew from the base branch; if somebody pushed just now, run it again",
    });
  }
  return { sha: head, tree: place.tree, base: mergeBase.sha, baseTree: mergeBase.tree };
}
