import { limits } from "../model/limits";
import { assemble } from "./assemble";
import { firstParentChain, type ChainLink } from "./compare";
import type { Foreign } from "./foreign";
import type { GitHub } from "./open-github";
import { allNodes, pageFields } from "./pages";
import { readPull, type PullReading } from "./read-pull";
import { approverTeams } from "./teams";
import type { LogView, MergeReading, RepositoryName } from "./types";

/**
 * Reads one Snapshot for each commit that a merge queue would put on the default branch, oldest first. Which pull
 * request a commit is of is what the queue itself says by commit ids; one that it does not name is a direct push.
 */
export async function readQueueSnapshot(
  github: GitHub,
  repository: RepositoryName,
  { baseSha, headSha }: { readonly baseSha: string; readonly headSha: string },
  log: LogView,
): Promise<readonly MergeReading[]> {
  const chain = await firstParentChain(github, repository, { from: baseSha, to: headSha });
  const { branch, entries } = await readEntries(github, repository);
  const numbers = numbersOf(chain, entries);
  const teams = log.policy === undefined ? [] : approverTeams(log.policy.manifest);
  const pulls = new Map<number, PullReading>();
  const readings: MergeReading[] = [];
  for (const pair of chain) {
    const number = numbers.get(pair.sha);
    const known = number === undefined ? undefined : pulls.get(number);
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for calls one after the other
    const pull = number === undefined ? undefined : (known ?? (await readPull(github, repository, { number, teams })));
    if (number !== undefined && pull !== undefined) pulls.set(number, pull);
    const subject = {
      kind: "queue",
      pair,
      base: { branch, sha: pair.base, tree: pair.baseTree },
      ...(pull === undefined ? {} : { pull }),
    } as const;
    // oxlint-disable-next-line no-await-in-loop -- as above
    readings.push({ snapshot: await assemble(github, repository, { log, subject }), ambiguous: [] });
  }
  return readings;
}

/** What the queue would merge: the commits after `base` up to `head` are of one pull request. */
interface QueueEntry {
  readonly number: number;
  readonly base: string;
  readonly head: string;
}

function numbersOf(chain: readonly ChainLink[], entries: readonly QueueEntry[]): ReadonlyMap<string, number> {
  const links = new Map(chain.map((link) => [link.sha, link]));
  const numbers = new Map<string, number>();
  for (const { number, base, head } of entries) {
    for (let link = links.get(head); link !== undefined; link = links.get(link.base)) {
      numbers.set(link.sha, number);
      if (link.base === base) break;
    }
  }
  return numbers;
}

async function readEntries(
  github: GitHub,
  { owner, name }: RepositoryName,
): Promise<{ readonly branch: string; readonly entries: readonly QueueEntry[] }> {
  const read = async (after: string | null): Promise<Foreign> => {
    const { data } = await github.query("merge queue", queueQuery, { variables: { owner, name, after } });
    return data.get("repository");
  };
  const repository = await read(null);
  const queue = repository.nullable("mergeQueue");
  const nodes =
    queue === undefined
      ? []
      : await allNodes(queue.get("entries"), {
          most: limits.pullReviews,
          next: async (after) => (await read(after)).at("mergeQueue", "entries"),
        });
  return {
    branch: repository.at("defaultBranchRef", "name").string(limits.pathCharacters),
    entries: nodes.flatMap(entryOf),
  };
}

const queueQuery = `query MergeQueue($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    mergeQueue {
      entries(first: 100, after: $after) {
        ${pageFields} nodes { headCommit { oid } baseCommit { oid } pullRequest { number } }
      }
    }
  }
}`;

/** An entry that the queue has begun to merge. */
function entryOf(node: Foreign): readonly QueueEntry[] {
  const head = node.nullable("headCommit");
  const base = node.nullable("baseCommit");
  const pull = node.nullable("pullRequest");
  if (head === undefined || base === undefined || pull === undefined) return [];
  return [{ number: pull.get("number").id(), base: base.get("oid").sha(), head: head.get("oid").sha() }];
}
