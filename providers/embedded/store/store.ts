/**
 * The store: rows in memory, a journal on disk. A change is in effect at once and durable when
 * `durable` resolves; no answer leaves before that (api/app.ts), so nobody sees what a crash could take back.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { failure } from "../../../lib/errors";
import type { Random } from "../../../lib/ports";
import { limits } from "../limits";
import { type Journal, openJournal } from "./journal";
import { type DirectoryLock, lockDirectory } from "./lock";
import type { Change } from "./rows";
import { MemoryTables, type StoreView } from "./tables";

/** The store of one gateway. */
export interface Store {
  readonly view: StoreView;
  /** Makes changes together: all of them are in effect, and on disk, or none. */
  commit(changes: readonly Change[]): void;
  /** Resolves when everything committed so far is on disk; rejects while the disk refuses. */
  durable(): Promise<void>;
  /** Whether the disk refuses writes at the moment. */
  readonly failing: boolean;
  /** Called after each commit, at once. */
  onCommit(listener: (changes: readonly Change[]) => void): void;
  close(): Promise<void>;
}

/** Opens the store of a directory, making the directory (0700) when it is missing. Throws E508 when it cannot be made or another gateway holds it. */
export async function openStore(directory: string, random: Random, note: (line: string) => void): Promise<Store> {
  await makeDirectory(directory);
  const lock = await lockDirectory(directory, random);
  try {
    const tables = new MemoryTables();
    const opened = await openJournal(join(directory, "journal.jsonl"), (entry) => {
      replay(tables, entry, directory);
    });
    if (opened.cut > 0) note(`cut ${opened.cut} bytes that a crash had torn off the end of the journal`);
    return new DirectoryStore(tables, opened.journal, lock, note);
  } catch (cause) {
    await lock.release();
    throw cause;
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw failure("E508", {
      summary: "the gateway has no directory to keep its things in",
      detail: cause instanceof Error ? cause.message : directory,
      fix: `make room for the directory ${directory}: nothing else may stand in its place`,
      cause,
    });
  }
}

function replay(tables: MemoryTables, entry: unknown, directory: string): void {
  try {
    for (const change of entry as readonly Change[]) tables.apply(change);
  } catch (cause) {
    throw failure("E508", {
      summary: "the gateway's journal has something that this version does not know",
      detail: directory,
      fix: "start the version of leasehold that wrote it, or a later one",
      cause,
    });
  }
}

class DirectoryStore implements Store {
  private readonly listeners: ((changes: readonly Change[]) => void)[] = [];
  private compactAt: number;
  private compacting: Promise<void> | undefined;

  constructor(
    private readonly tables: MemoryTables,
    private readonly journal: Journal,
    private readonly lock: DirectoryLock,
    private readonly note: (line: string) => void,
  ) {
    this.compactAt = journal.size * 2 + limits.journalSlack;
  }

  get view(): StoreView {
    return this.tables;
  }

  get failing(): boolean {
    return this.journal.failing;
  }

  commit(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    for (const change of changes) this.tables.apply(change);
    this.journal.append(changes);
    for (const listener of this.listeners) listener(changes);
    if (this.journal.size > this.compactAt && this.compacting === undefined) this.compact();
  }

  durable(): Promise<void> {
    return this.journal.durable();
  }

  onCommit(listener: (changes: readonly Change[]) => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    try {
      await this.compacting;
      await this.journal.close();
    } finally {
      await this.lock.release();
    }
  }

  private compact(): void {
    const entries = (): Iterable<readonly Change[]> => {
      for (const id of surplusSessions(this.tables)) this.tables.apply({ table: "sessions", drop: id });
      return groupsOf(this.tables.snapshot(), 100);
    };
    this.compacting = this.journal
      .compact(entries)
      .then(
        () => {
          this.compactAt = this.journal.size * 4 + limits.journalSlack;
        },
        (cause: unknown) => {
          this.compactAt = this.journal.size + limits.journalSlack;
          this.note(`the journal could not be compacted: ${String(cause)}`);
        },
      )
      .finally(() => {
        this.compacting = undefined;
      });
  }
}

/** Sessions that carried bytes long ago; those with a review or a correlation id are kept for ever: they say what is spent. */
function surplusSessions(view: StoreView): readonly string[] {
  const done: string[] = [];
  for (const row of view.sessionsNewestFirst()) {
    if (row.status === "done" && row.reviewId === null && row.correlationId === null) done.push(row.id);
  }
  return done.slice(limits.doneSessions);
}

function* groupsOf<Item>(items: Iterable<Item>, size: number): Generator<readonly Item[]> {
  let group: Item[] = [];
  for (const item of items) {
    group.push(item);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
