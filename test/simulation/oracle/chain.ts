/** The durable Log as the oracle reads it: line by line, on its own, without the fold. */
import { createHash } from "node:crypto";
import type { GrantId } from "../../../lib/model/grant";
import type { LogRecord } from "../../../lib/model/record";
import { Violation } from "../violation";
import { logDirectory, type World } from "../world/world";

/** The life of one Grant as the records tell it. */
export interface Life {
  phase: "intended" | "failed" | "active" | "ended" | "rejected";
  /** Its own end, in milliseconds since 1970. */
  endMs: number;
  activatedMs: number;
  /** When its intent, the intent of its ending, that it is held and that it has ended became durable, in true time. */
  intendedAtMs: number;
  /** Who intended it. */
  readonly intendedBy: string;
  heldAtMs?: number;
  endingAtMs?: number;
  endedAtMs?: number;
  /** Ends of the Leases asked for, by generation. */
  readonly leaseEnds: Map<number, number>;
  endReason?: string;
  /** It was rejected when nothing was left of it: whoever intended it was held up for that long. */
  isTimeUp?: boolean;
  endingIntended: boolean;
  /** The epoch under which it ended. */
  endedEpoch: number;
}

/** What is durable of the Log. */
export class DurableChain {
  readonly lives = new Map<GrantId, Life>();
  /** Subjects of configuration with an intent: `kind:name`. */
  readonly configured = new Set<string>();
  readonly records: LogRecord[] = [];
  private bytes = 0;
  private lines = 0;
  /** Who took the newest epoch. */
  private writer = "";
  private last:
    { readonly sequence: number; readonly epoch: number; readonly hash: string; readonly time: string } | undefined;

  constructor(
    private readonly world: World,
    private readonly tell: (record: LogRecord) => void,
  ) {}

  /** Reads what has become durable since. Throws a Violation for what cannot follow, and for what was durable and is gone. */
  read(): void {
    if (this.world.parts.store === "shared") {
      const { lines } = this.world.shared;
      if (lines.length < this.lines) throw new Violation("log", "records that were durable are gone");
      for (const line of lines.slice(this.lines)) this.take(line, tryParse(line));
      this.lines = lines.length;
      return;
    }
    const bytes = this.world.disk.durableNames.get(`${logDirectory}/chain.jsonl`)?.synced;
    if (bytes === undefined || bytes.length < this.bytes) {
      if (this.bytes > 0) throw new Violation("log", "records that were durable are gone");
      return;
    }
    while (bytes.length > this.bytes) {
      const end = bytes.indexOf(0x0a, this.bytes);
      if (end === -1) return;
      const line = bytes.subarray(this.bytes, end).toString("utf8");
      const record = tryParse(line);
      // A torn tail; whoever writes next cuts it off.
      if (record === undefined) return;
      this.take(line, record);
      this.bytes = end + 1;
    }
  }

  /** When the newest record that a reader sees was made: a paused writer may not have made it durable. NaN without one. */
  newestSeenMs(): number {
    const { store } = this.world.parts;
    const text = this.world.disk.names.get(`${logDirectory}/chain.jsonl`)?.current.toString("utf8") ?? "";
    const lines = store === "shared" ? this.world.shared.lines : text.split("\n");
    for (const line of lines.toReversed()) {
      const record = tryParse(line);
      if (record !== undefined) return Date.parse(record.time);
    }
    return Number.NaN;
  }

  private take(line: string, record: LogRecord | undefined): void {
    const { last } = this;
    if (record === undefined) throw new Violation("log", `record ${this.records.length + 1} cannot be read`);
    const isNext = record.sequence === (last?.sequence ?? 0) + 1;
    if (!isNext || record.previous !== (last?.hash ?? "0".repeat(64))) {
      throw new Violation("log", `record ${record.sequence} does not follow record ${last?.sequence ?? 0}`);
    }
    if (record.time < (last?.time ?? "")) {
      throw new Violation(
        "log",
        `record ${record.sequence} is of ${record.time}, the one before of ${last?.time ?? ""}`,
      );
    }
    if (record.epoch < (last?.epoch ?? 0)) {
      throw new Violation("epoch", `record ${record.sequence} stands under epoch ${record.epoch} after ${last?.epoch}`);
    }
    if (record.epoch < this.world.newestEpoch) {
      const { newestEpoch } = this.world;
      throw new Violation(
        "epoch",
        `record ${record.sequence} is written under epoch ${record.epoch} after ${newestEpoch} was taken`,
      );
    }
    this.last = {
      sequence: record.sequence,
      epoch: record.epoch,
      time: record.time,
      hash: createHash("sha256").update(line).digest("hex"),
    };
    this.tell(record);
    this.records.push(record);
    this.live(record);
  }

  private live({ body, time, epoch }: LogRecord): void {
    switch (body.type) {
      case "epoch.taken":
        this.writer = body.holder;
        return;
      case "activation.intended": {
        const life = this.lives.get(body.facts.grant);
        if (life !== undefined && Date.parse(body.end) > life.endMs) {
          throw new Violation("end", `${body.facts.grant} is intended once more, and ends later than it did`);
        }
        const leaseEnds = life?.leaseEnds ?? new Map<number, number>();
        leaseEnds.set(0, Date.parse(body.leaseEnd));
        this.lives.set(body.facts.grant, {
          phase: "intended",
          endMs: Date.parse(body.end),
          activatedMs: Date.parse(time),
          intendedAtMs: this.world.turns.nowMs,
          intendedBy: this.writer,
          leaseEnds,
          endingIntended: false,
          endedEpoch: 0,
        });
        return;
      }
      case "change.intended": {
        const life = this.lives.get(body.grant);
        life?.leaseEnds.set(body.generation, Date.parse(body.leaseEnd));
        if (life !== undefined && body.end !== undefined) life.endMs = Date.parse(body.end);
        return;
      }
      case "activation.failed": {
        const isOver = !body.retry || this.lives.get(body.grant)?.endingIntended === true;
        return this.turn(body.grant, { phase: isOver ? "rejected" : "failed" });
      }
      case "activation.done":
        return this.turn(body.grant, { phase: "active", heldAtMs: this.world.turns.nowMs });
      case "ending.intended":
        return this.turn(body.grant, { endingIntended: true, endingAtMs: this.world.turns.nowMs });
      case "ending.done":
        // What was rejected meanwhile stays that: it was asked to end before anybody knew.
        if (this.lives.get(body.grant)?.phase === "rejected") return;
        return this.turn(body.grant, {
          phase: "ended",
          endReason: body.reason,
          endedEpoch: epoch,
          endedAtMs: this.world.turns.nowMs,
        });
      case "grant.rejected": {
        const { endMs: intendedEndMs = Number.POSITIVE_INFINITY, leaseEnds = new Map<number, number>() } =
          this.lives.get(body.facts.grant) ?? {};
        this.lives.set(body.facts.grant, {
          phase: "rejected",
          endMs: 0,
          activatedMs: 0,
          intendedAtMs: 0,
          intendedBy: "",
          leaseEnds,
          endReason: body.reason,
          isTimeUp: intendedEndMs <= Date.parse(time) + 2_000,
          endingIntended: false,
          endedEpoch: epoch,
        });
        return;
      }
      case "configuration.intended":
        this.configured.add(`${body.subject.kind}:${body.subject.name}`);
        return;
      default:
    }
  }

  private turn(grant: GrantId, parts: Partial<Life>): void {
    const life = this.lives.get(grant);
    if (life !== undefined) Object.assign(life, parts);
  }
}

function tryParse(line: string): LogRecord | undefined {
  try {
    return JSON.parse(line) as LogRecord;
  } catch {
    return undefined;
  }
}
