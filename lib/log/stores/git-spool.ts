import { failure } from "../../errors";
import { canonicalJson } from "../../model/canonical";
import { epochMsOf } from "../../model/instant";
import type { SpoolEntry } from "../../model/record";
import type { Clock } from "../../ports";
import { GitTrouble, isRefusal } from "./git-failure";
import { paths } from "./git-layout";
import type { RemoteState } from "./git-notes";
import type { GitRepository } from "./git-repository";
import { checkSpoolEntry, parseSpoolEntry } from "./spool-entry";

/** The spool of a git store: a ref per entry, pushed while another holds the writer. */
export interface GitSpool {
  add(entry: SpoolEntry): Promise<void>;
  read(): Promise<readonly SpoolEntry[]>;
  /** The entries of a state of the remote that was seen. */
  entriesOf(state: RemoteState): Promise<readonly SpoolEntry[]>;
  remove(ids: readonly string[]): Promise<void>;
}

const restsMs = [0, 100, 1_000, 4_000] as const;
/** How many refs one push takes away. */
const removedAtOnce = 100;

/** The spool beside the Log's ref. */
export function gitSpool(repository: GitRepository, clock: Clock): GitSpool {
  /** Entries by their commit: one never changes. */
  const known = new Map<string, SpoolEntry>();

  async function add(entry: SpoolEntry): Promise<void> {
    checkSpoolEntry(entry);
    const { layout } = await repository.place();
    // Of a fixed time: the same entry is the same commit, whoever adds it again.
    const to = await repository.commit({
      parent: undefined,
      message: "Spooled",
      seconds: Math.floor(epochMsOf(entry.at) / 1000),
      files: [{ path: paths.entry, bytes: Buffer.from(`${canonicalJson(entry)}\n`, "utf8") }],
    });
    let seen = "";
    for (const restMs of restsMs) {
      if (restMs > 0) await clock.sleep(restMs);
      const answer = await repository.push([{ ref: `${layout.spool}${entry.id}`, from: undefined, to }]);
      if (answer.isDone) return;
      seen = answer.seen;
      const state = await tryAsk(repository);
      if (state?.spool.get(entry.id) === to) return;
      if (isRefusal(seen)) break;
    }
    throw new GitTrouble(seen === "" ? "the push got no answer" : seen, false);
  }

  async function entriesOf(state: RemoteState): Promise<readonly SpoolEntry[]> {
    const { layout } = await repository.place();
    const commits = [...state.spool].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const unread = commits.filter(([, commit]) => !known.has(commit));
    const texts = await repository.read(unread.map(([, commit]) => `${commit}:${paths.entry}`));
    for (const [n, [id, commit]] of unread.entries()) {
      const entry = parseSpoolEntry(texts[n]?.toString("utf8") ?? "");
      if (entry?.id !== id) throw notAnEntry(`${layout.spool}${id}`);
      known.set(commit, entry);
    }
    return commits.flatMap(([, commit]) => known.get(commit) ?? []);
  }

  async function remove(ids: readonly string[]): Promise<void> {
    const { layout } = await repository.place();
    let seen = "";
    for (const restMs of restsMs) {
      if (restMs > 0) await clock.sleep(restMs);
      const { spool } = await repository.ask();
      const there = ids.flatMap((id) => {
        const from = spool.get(id);
        return from === undefined ? [] : [{ ref: `${layout.spool}${id}`, from, to: undefined }];
      });
      if (there.length === 0) return;
      seen = "";
      for (let n = 0; n < there.length; n += removedAtOnce) {
        const answer = await repository.push(there.slice(n, n + removedAtOnce));
        if (!answer.isDone) seen = answer.seen === "" ? "the push got no answer" : answer.seen;
      }
      if (seen === "") return;
      if (isRefusal(seen)) break;
    }
    throw new GitTrouble(seen, false);
  }

  return { add, read: async () => entriesOf(await repository.ask()), entriesOf, remove };
}

async function tryAsk(repository: GitRepository): Promise<RemoteState | undefined> {
  try {
    return await repository.ask();
  } catch (thrown) {
    if (thrown instanceof GitTrouble) return undefined;
    throw thrown;
  }
}

function notAnEntry(ref: string): Error {
  return failure("E607", {
    detail: `${ref} is not an entry of the spool`,
    fix: `look at it with \`git fetch\`, carry out what it says with \`leasehold revoke\`, then delete the ref`,
  });
}
