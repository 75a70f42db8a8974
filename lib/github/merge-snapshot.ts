import { failure } from "../errors";
import { limits } from "../model/limits";
import { assemble } from "./assemble";
import { placeFields, placeOf, type CommitPlace } from "./commit-facts";
import type { Foreign } from "./foreign";
import type { GitHub } from "./open-github";
import { allNodes, pageFields } from "./pages";
import { readPull } from "./read-pull";
import { approverTeams } from "./teams";
import type { LogView, MergeReading, RepositoryName } from "./types";

/**
 * Reads everything that a Decision about a first-parent commit of the default branch needs. The pull request is the
 * merged one whose merge commit it is, else the only merged one into the default branch that it belongs to (a
 * rebase merge brings several commits); without one it is a direct push. Throws E524 where there is no such commit.
 */
export async function readMergeSnapshot(
  github: GitHub,
  repository: RepositoryName,
  commit: string,
  log: LogView,
): Promise<MergeReading> {
  const { place, branch, candidates } = await readMerge(github, repository, commit);
  const [base] = place.parents;
  if (base === undefined) {
    throw failure("E524", { detail: `the commit ${commit} has no parent`, fix: "begin after the first commit" });
  }
  const { number, ambiguous } = choose(candidates, { commit, branch });
  const teams = log.policy === undefined ? [] : approverTeams(log.policy.manifest);
  const pull = number === undefined ? undefined : await readPull(github, repository, { number, teams });
  const pair = { sha: commit, tree: place.tree, base: base.sha, baseTree: base.tree };
  const subject = {
    kind: "merge",
    pair,
    base: { branch, sha: base.sha, tree: base.tree },
    ...(pull === undefined ? {} : { pull }),
  } as const;
  return { snapshot: await assemble(github, repository, { log, subject }), ambiguous };
}

/** A pull request that GitHub names for a commit. */
interface Candidate {
  readonly number: number;
  readonly isMerged: boolean;
  readonly base: string;
  readonly mergedAs?: string;
}

interface Merge {
  readonly place: CommitPlace;
  /** The default branch. */
  readonly branch: string;
  readonly candidates: readonly Candidate[];
}

function choose(
  candidates: readonly Candidate[],
  { commit, branch }: { readonly commit: string; readonly branch: string },
): { readonly number?: number; readonly ambiguous: readonly number[] } {
  const merged = candidates.filter(({ isMerged, base }) => isMerged && base === branch);
  const exact = merged.filter(({ mergedAs }) => mergedAs === commit);
  const [only, ...more] = exact.length > 0 ? exact : merged;
  if (only === undefined || more.length === 0) {
    return { ambiguous: [], ...(only === undefined ? {} : { number: only.number }) };
  }
  return { ambiguous: [only, ...more].map((one) => one.number) };
}

async function readMerge(github: GitHub, { owner, name }: RepositoryName, oid: string): Promise<Merge> {
  const read = async (after: string | null): Promise<Foreign> => {
    const variables = { owner, name, oid, after };
    const { data } = await github.query("merge and its pull requests", mergeQuery, { variables });
    return data.get("repository");
  };
  const repository = await read(null);
  const object = repository.nullable("object");
  if (object === undefined || object.get("__typename").string() !== "Commit") {
    throw failure("E524", { detail: `there is no commit ${oid}`, fix: "name a commit of the default branch" });
  }
  const place = placeOf(object);
  if (place.sha !== oid) object.fail("another commit than asked for");
  const nodes = await allNodes(object.get("associatedPullRequests"), {
    most: mostCandidates,
    next: async (after) => (await read(after)).at("object", "associatedPullRequests"),
  });
  const branch = repository.at("defaultBranchRef", "name").string(limits.pathCharacters);
  return { place, branch, candidates: nodes.map(candidateOf) };
}

const mostCandidates = 1_000;

const mergeQuery = `query Merge($owner: String!, $name: String!, $oid: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    object(oid: $oid) {
      __typename
      ...place
      ... on Commit {
        associatedPullRequests(first: 100, after: $after) {
          ${pageFields} nodes { number state baseRefName mergeCommit { oid } }
        }
      }
    }
  }
}
${placeFields}`;

function candidateOf(node: Foreign): Candidate {
  const mergedAs = node.nullable("mergeCommit")?.get("oid").sha();
  return {
    number: node.get("number").id(),
    isMerged: node.get("state").oneOf("OPEN", "CLOSED", "MERGED") === "MERGED",
    base: node.get("baseRefName").string(limits.pathCharacters),
    ...(mergedAs === undefined ? {} : { mergedAs }),
  };
}
