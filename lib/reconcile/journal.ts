import { failure, isFailure } from "../errors";
import type { Log } from "../log";
import type { SpoolView } from "../log";
import type { LogState } from "../model/log-state";
import type { LogRecord, RecordBody } from "../model/record";
import type { Clock, Writer } from "../ports";
import { readClock, timesAt, type ClockReading, type Times } from "./times";

/** How many records go into one append. */
const batchSize = 1_000;

/**
 * The Log as one pass writes it: under its epoch while it has one. A record that cannot be written is
 * no error to who asks: `record` says false, and no later one is tried.
 */
export class Journal {
  /** Records appended so far. */
  recorded = 0;
  private writer: Writer | undefined;
  private failed: unknown;
  private readonly began: ClockReading;

  constructor(
    readonly log: Log,
    private readonly clock: Clock,
    private readonly tell: (records: readonly LogRecord[]) => void = () => undefined,
  ) {
    this.began = readClock(clock);
  }

  /** The fold of what is recorded; the spool is not in it. */
  get state(): LogState {
    return this.log.chain;
  }

  /** The spool as last read. */
  get spool(): SpoolView {
    return this.log.spool;
  }

  /** Whether the Log can be written as far as we know. */
  get canRecord(): boolean {
    return this.writer !== undefined;
  }

  /** Whether no record of a later epoch was read than this writer's. */
  get isNewest(): boolean {
    return this.writer !== undefined && this.state.epoch <= this.writer.epoch;
  }

  /** Why the Log cannot be written. */
  get trouble(): unknown {
    return this.failed;
  }

  /** What the clock says now, against the last record. */
  times(): Times {
    return timesAt(this.clock, this.state.lastTime, this.began);
  }

  /** Takes the next epoch and reads what the writers before have left; without it, nothing can be recorded. */
  async takeEpoch(options: { readonly holder: string; readonly waitMs: number }): Promise<void> {
    try {
      this.writer = await this.log.takeWriter(options);
      this.failed = undefined;
    } catch (thrown) {
      this.failed = thrown;
    }
  }

  /** Appends records durably, in batches. False: they are not, or not all, in the Log. */
  async record(bodies: readonly RecordBody[]): Promise<boolean> {
    for (let from = 0; from < bodies.length; from += batchSize) {
      if (this.writer === undefined) return false;
      const batch = bodies.slice(from, from + batchSize);
      try {
        const records = await this.log.append(this.writer, batch, this.times().record);
        this.recorded += batch.length;
        this.tell(records);
      } catch (thrown) {
        this.failed = thrown;
        await this.release();
        return false;
      }
    }
    return true;
  }

  /** Appends records, or throws what keeps them from the Log. */
  async mustRecord(bodies: readonly RecordBody[]): Promise<void> {
    if (await this.record(bodies)) return;
    throw isFailure(this.failed)
      ? this.failed
      : failure("E603", { fix: "make the Log writable, then run it again", cause: this.failed });
  }

  /** Gives the epoch back. What cannot be given back ends with this process. */
  async release(): Promise<void> {
    const { writer } = this;
    this.writer = undefined;
    await writer?.release().catch(() => undefined);
  }
}
