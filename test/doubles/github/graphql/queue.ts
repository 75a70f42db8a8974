/** The merge queue as GraphQL shows it. */
import type { QueueEntry, Repository } from "../world/model";
import { fullName } from "../world/world";
import { connection, type PageArguments } from "./connection";
import type { Asking } from "./execute";
import { commitById } from "./objects";
import { pullView } from "./pull";

type View = Readonly<Record<string, unknown>>;

/** The queue of a branch; null where nothing waits, as for a branch without a queue. */
export function queueView(asking: Asking, repository: Repository, branch: string): View | null {
  const entries = repository.queue.filter((entry) => entry.pull.baseBranch === branch);
  if (entries.length === 0) return null;
  return {
    __typename: "MergeQueue",
    id: `MQ_${repository.id}_${branch}`,
    url: `${asking.world.addresses.serverUrl}/${fullName(repository)}/queue/${branch}`,
    entries: (page: PageArguments) => {
      const view = (entry: QueueEntry) => entryView(asking, repository, entry);
      return connection({ name: "entries", items: entries, view, pageSize: asking.world.limits.pageSize }, page);
    },
  };
}

function entryView(asking: Asking, repository: Repository, entry: QueueEntry): View {
  return {
    __typename: "MergeQueueEntry",
    id: `MQE_${entry.pull.id}`,
    position: repository.queue.indexOf(entry) + 1,
    headCommit: () => commitById(asking, repository, entry.headSha),
    baseCommit: () => commitById(asking, repository, entry.baseSha),
    pullRequest: () => pullView(asking, entry.pull),
  };
}
