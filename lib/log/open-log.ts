import { failure, isFailure, type LeaseholdError } from "../errors";
import type { Digest } from "../model/canonical";
import type { Instant } from "../model/instant";
import type { LogState } from "../model/log-state";
import type { Head, LogRecord, RecordBody } from "../model/record";
import type { LogStore, Writer } from "../ports";
import { chainRecords, isSameHead, lineHash } from "./chain";
import { faultError } from "./fault";
import { foldRecord } from "./fold/fold";
import { emptyState, rehearsed, type FoldState } from "./fold/state";
import { turns } from "./turns";
import { viewSpool, withSpool, type SpoolView } from "./spool-view";
import { chainReader } from "./verify";

/** An open Log: what it says now, and the way to say more. */
export interface Log {
  readonly installation: string;
  readonly store: LogStore;
  /** All state there is, with the spool put over it. Live: shows new facts after an append; ask again for it after each await. */
  readonly state: LogState;
  /** The state as the chain alone says. */
  readonly chain: LogState;
  /** What the spool said when it was last read. */
  readonly spool: SpoolView;
  readonly head: Head | undefined;
  /**
   * Reads and verifies what is new in the chain, then the spool. Throws E600 when it does not verify, or
   * when what was read before is no longer there; E601 for another installation's Log, E609 for
   * an unknown format.
   */
  refresh(): Promise<LogState>;
  /** Reads the spool only: a few files. */
  refreshSpool(): Promise<SpoolView>;
  /** Takes the next epoch and reads what others wrote before it; throws E605 while another holds it. */
  takeWriter(options: { readonly holder: string; readonly waitMs: number }): Promise<Writer>;
  /**
   * Records what happened, durably, in one batch; appends made together share one. Gives the records of
   * these bodies, without those that open a Log or an epoch: they are put before a writer's first ones.
   * Throws E603 or E604 when nothing of it was written, and E900 for what cannot follow the state.
   */
  append(writer: Writer, bodies: readonly RecordBody[], now: Instant): Promise<readonly LogRecord[]>;
}

/** Opens the Log of an installation and reads it whole. Writes nothing into it. Throws like `refresh`. */
export async function openLog(options: { readonly store: LogStore; readonly installation: string }): Promise<Log> {
  const log = new OpenLog(options.store, options.installation);
  await log.refresh();
  return log;
}

interface Asked {
  readonly writer: Writer;
  readonly bodies: readonly RecordBody[];
  readonly now: Instant;
  readonly resolve: (records: readonly LogRecord[]) => void;
  readonly reject: (error: unknown) => void;
}

/** What of a batch may be written. */
interface Batch {
  readonly records: readonly LogRecord[];
  readonly accepted: readonly { readonly asked: Asked; readonly records: readonly LogRecord[] }[];
}

class OpenLog implements Log {
  readonly installation: string;
  readonly store: LogStore;
  #state: FoldState = emptyState();
  #spool: SpoolView = viewSpool(new Set(), []);
  #asked: Asked[] = [];
  /** The newest Head that is certainly durable. */
  #sure: Head | undefined;
  readonly #turn = turns();

  constructor(store: LogStore, installation: string) {
    this.store = store;
    this.installation = installation;
  }

  get state(): LogState {
    return withSpool(this.#state, this.spool);
  }

  get chain(): LogState {
    return this.#state;
  }

  get spool(): SpoolView {
    return this.#spool;
  }

  get head(): Head | undefined {
    return this.#state.head;
  }

  async refresh(): Promise<LogState> {
    await this.#turn(async () => {
      // The spool first: what is taken down meanwhile and put away there is then in the chain, and not in neither.
      const [spooled] = await Promise.allSettled([this.store.readSpool()]);
      await this.#readChain();
      if (spooled.status === "rejected") throw spooled.reason;
      this.#spool = viewSpool(this.#state.folded, spooled.value);
    });
    return this.state;
  }

  async refreshSpool(): Promise<SpoolView> {
    await this.#turn(() => this.#readSpool());
    return this.#spool;
  }

  async takeWriter(options: { readonly holder: string; readonly waitMs: number }): Promise<Writer> {
    const writer = await this.store.takeEpoch(options);
    try {
      await this.refresh();
    } catch (error) {
      await writer.release();
      throw error;
    }
    this.#sure = this.#state.head;
    return writer;
  }

  append(writer: Writer, bodies: readonly RecordBody[], now: Instant): Promise<readonly LogRecord[]> {
    if (bodies.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#asked.push({ writer, bodies, now, resolve, reject });
      // Whatever is asked until the turn comes goes into the same batch.
      if (this.#asked.length === 1) void this.#turn(() => this.#writeAsked());
    });
  }

  async #writeAsked(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    for (const group of byWriter(asked)) await this.#writeGroup(group);
  }

  async #writeGroup(asked: readonly Asked[]): Promise<void> {
    const writer = asked[0]?.writer;
    if (writer === undefined) return;
    try {
      const batch = this.#prepare(writer, asked);
      if (batch.records.length === 0) return;
      const head = await writer.append(this.#state.head, batch.records);
      foldEach(this.#state, batch.records);
      if (!isSameHead(head, this.#state.head)) throw bug("the store gave another head than was written");
      this.#sure = head;
      this.#spool = viewSpool(this.#state.folded, [...this.#spool.waiting, ...this.#spool.done]);
      for (const { asked: one, records } of batch.accepted) one.resolve(records);
    } catch (error) {
      for (const one of asked) one.reject(error);
    }
  }

  /** Chains what was asked and folds it once on trial: what cannot follow the state is refused before it is written. */
  #prepare(writer: Writer, asked: readonly Asked[]): Batch {
    const state = this.#state;
    const records: LogRecord[] = [];
    const accepted: { asked: Asked; records: readonly LogRecord[] }[] = [];
    rehearsed(state, () => {
      for (const one of asked) {
        const opening = this.#openingBodies(writer);
        try {
          const chained = chainRecords(state.head, writer.epoch, one.now, [...opening, ...one.bodies]);
          rehearsed(state, () => foldEach(state, chained));
          foldEach(state, chained);
          records.push(...chained);
          accepted.push({ asked: one, records: chained.slice(opening.length) });
        } catch (error) {
          one.reject(isFailure(error, "log") ? bug(error.message, error) : error);
        }
      }
    });
    return { records, accepted };
  }

  #openingBodies(writer: Writer): readonly RecordBody[] {
    const { epoch, holder } = writer;
    const opened: RecordBody = { type: "log.opened", installation: this.installation, format: 1 };
    return [
      ...(this.#state.head === undefined ? [opened] : []),
      ...(this.#state.epoch >= epoch ? [] : [{ type: "epoch.taken", epoch, holder } as const]),
    ];
  }

  async #readChain(): Promise<void> {
    const noted = await this.store.notedHead();
    if ((noted?.sequence ?? 0) > (this.#sure?.sequence ?? 0)) this.#sure = noted;
    try {
      await this.#readAfter(this.#state.head, noted);
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
      this.#state = emptyState();
      await this.#readAfter(undefined, this.#sure);
    }
  }

  async #readAfter(known: Head | undefined, noted: Head | undefined): Promise<void> {
    const isNoteAhead = noted !== undefined && noted.sequence > (known?.sequence ?? 0);
    const reader = chainReader({
      after: known,
      ...(isNoteAhead ? { against: noted } : {}),
      onRecord: (record, hash) => this.#fold(record, hash),
    });
    for await (const lines of this.#unread(known)) {
      for (const line of lines) {
        const fault = reader.read(line);
        if (fault !== undefined) throw faultError(fault);
      }
    }
    const verdict = reader.finish();
    if (!verdict.ok) throw faultError(verdict.fault, isNoteAhead ? await this.store.notePath?.() : undefined);
    if (verdict.head !== undefined && !isSameHead(verdict.head, known)) await this.store.noteHead?.(verdict.head);
  }

  /** The lines after a known head. That record is read again: it shows a chain that was cut or put back meanwhile. */
  async *#unread(known: Head | undefined): AsyncGenerator<readonly string[]> {
    let awaited = known;
    for await (const lines of this.store.read(known?.sequence ?? 1)) {
      const [first] = lines;
      if (first === undefined) continue;
      if (awaited !== undefined && lineHash(first) !== awaited.hash) break;
      yield awaited === undefined ? lines : lines.slice(1);
      awaited = undefined;
    }
    if (awaited === undefined) return;
    if (this.store.showsUndurable === true && awaited.sequence > (this.#sure?.sequence ?? 0)) throw new TakenBack();
    const detail = "it was read before, and is no longer there as it was";
    throw faultError({ sequence: awaited.sequence, reason: "cut", detail });
  }

  async #readSpool(): Promise<void> {
    this.#spool = viewSpool(this.#state.folded, await this.store.readSpool());
  }

  #fold(record: LogRecord, hash: Digest): void {
    if (record.body.type === "log.opened") checkInstallation(record.body.installation, this.installation);
    foldRecord(this.#state, record, hash);
  }
}

/** Records that were read before they were durable are not there any more: their writer could not sync them, or died. */
class TakenBack extends Error {}

function foldEach(state: FoldState, records: readonly LogRecord[]): void {
  for (const record of records) foldRecord(state, record);
}

/** What was asked, in order, in runs of one writer. */
function byWriter(asked: readonly Asked[]): readonly (readonly Asked[])[] {
  const groups: Asked[][] = [];
  for (const one of asked) {
    const last = groups.at(-1);
    if (last?.[0]?.writer === one.writer) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

function checkInstallation(seen: string, expected: string): void {
  if (seen === expected) return;
  throw failure("E601", {
    detail: `the Log is of installation \`${seen.slice(0, 64)}\`, leasehold.yaml says \`${expected}\``,
    fix: "point `log:` in leasehold.yaml at this installation's own Log, or put its `installation:` back",
  });
}

function bug(detail: string, cause?: unknown): LeaseholdError {
  return failure("E900", { detail, fix: "please report this", cause });
}
