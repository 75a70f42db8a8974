/**
 * Watches a world and holds it against the oracle: at every effect, at every record that becomes durable, after every
 * step, and after every pass that went well. Throws a Violation at the first thing that must not be.
 */
import { LeaseholdError } from "../../../lib/errors";
import type { LogRecord } from "../../../lib/model/record";
import type { PassReport } from "../../../lib/reconcile";
import type { Change } from "../../../providers/embedded/store/rows";
import { DurableChain } from "../oracle/chain";
import type { Ledger } from "../oracle/ledger";
import { Violation } from "../violation";
import type { Call } from "../world/network";
import type { Program } from "../world/program";
import type { Watchers } from "../world/watchers";
import type { World } from "../world/world";
import { checkAccess, checkLines, checkSaidToBeOut, GrantsOfOurs, type Named } from "./access";
import { checkMadeOnce, checkSent } from "./effects";
import { checkForeign } from "./foreign";
import { checkRecord } from "./records";

/** What all checks look at. */
export interface Scene {
  readonly world: World;
  readonly ledger: Ledger;
  readonly chain: DurableChain;
  readonly ours: GrantsOfOurs;
  /** Grants that were made by calls that were not late: program, grant and generation. */
  readonly made: Set<string>;
  /** When the oldest pass that still runs began: what was decided since may not be known to it. */
  oldestPassMs(): number;
  /** When the one pass that runs began; undefined where there is none, or more than one. */
  onlyPassMs(): number | undefined;
  /** Whether no pass runs. */
  readonly isAtRest: boolean;
  /** How far any clock was ever off, in milliseconds. */
  worstClockMs(): number;
  /** Since when nothing is wrong and a reconciler runs; undefined while something is. */
  healthySinceMs: number | undefined;
  /** When something last changed the gateway or the Log behind the back of who runs. */
  lastMeddlingMs: number;
}

/** A pass that runs. */
interface RunningPass {
  readonly beganMs: number;
}

/** All checks of one run. */
export class Checks implements Watchers, Scene {
  readonly chain: DurableChain;
  readonly ours: GrantsOfOurs;
  readonly made = new Set<string>();
  healthySinceMs: number | undefined;
  lastMeddlingMs: number;
  /** Passes that went well from beginning to end. */
  cleanPasses = 0;
  /** Why a program's own word is not to be trusted any more; the first one counts. */
  private failed: Violation | undefined;
  private readonly passes = new Set<RunningPass>();
  /** Passes that died in this very step: what they wrote last may still become durable by it. */
  private readonly died = new Set<RunningPass>();
  private carrying: Call | undefined;

  constructor(
    readonly world: World,
    readonly ledger: Ledger,
  ) {
    this.chain = new DurableChain(world, (record) => this.recorded(record));
    this.ours = new GrantsOfOurs(world);
    this.lastMeddlingMs = world.turns.nowMs;
  }

  oldestPassMs(): number {
    return Math.min(this.world.turns.nowMs, ...[...this.passes, ...this.died].map((pass) => pass.beganMs));
  }

  onlyPassMs(): number | undefined {
    const [only, ...others] = this.passes;
    return others.length === 0 ? only?.beganMs : undefined;
  }

  get isAtRest(): boolean {
    return this.passes.size === 0;
  }

  worstClockMs(): number {
    return Math.max(this.world.gateway.wall.worstMs, ...this.world.clocks.map((clock) => clock.worstMs));
  }

  /** Notes a violation found where nobody can be told; the next step throws it. */
  note(violation: Violation): void {
    this.failed ??= violation;
  }

  /** After every step. */
  afterStep(): void {
    if (this.failed !== undefined) throw this.failed;
    this.guard(() => {
      this.chain.read();
      checkLines(this);
    });
    this.died.clear();
    if (this.failed !== undefined) throw this.failed;
  }

  /** A pass begins; gives what to call when it is over, with its report where there is one. */
  passBegins(program: Program): (report?: PassReport) => void {
    const pass: RunningPass = { beganMs: this.world.turns.nowMs };
    program.wasPaused = false;
    this.passes.add(pass);
    program.onEnd(() => {
      if (this.passes.delete(pass)) this.died.add(pass);
    });
    return (report) => {
      if (!this.passes.delete(pass)) return;
      if (report !== undefined) this.passEnded(report, pass.beganMs, program);
      // For those who ran beside it, somebody changed things behind their back.
      this.meddled();
    };
  }

  /** Somebody was told that these are out, by who began to end them then. */
  saidToBeOut(which: (one: Named) => boolean, beganMs: number): void {
    this.guard(() => checkSaidToBeOut(this, which, beganMs));
  }

  /** What somebody was told went wrong: what our own bugs and a broken Log say is a violation wherever it comes up. */
  heard(error: unknown): void {
    if (!(error instanceof LeaseholdError))
      return this.note(new Violation("bug", `an error that is none of ours: ${String(error)}`));
    if (error.code === "E900") this.note(new Violation("bug", error.message));
    if (["E600", "E601", "E607", "E609"].includes(error.code)) this.note(new Violation("log", error.message));
  }

  private passEnded(report: PassReport, beganMs: number, { wasPaused }: Program): void {
    for (const { code, summary, detail = "" } of report.errors) {
      if (code === "E900") this.note(new Violation("bug", `${summary}: ${detail}`));
      if (code === "E600" || code === "E607") this.note(new Violation("log", `${summary}: ${detail}`));
    }
    if (report.exitCodes.length > 0 || report.left > 0) return;
    this.cleanPasses += 1;
    this.guard(() => {
      this.chain.read();
      checkAccess(this, beganMs, { isAlone: this.passes.size === 0, wasPaused });
    });
  }

  sent(call: Call): void {
    this.guard(() => checkSent(this, call));
  }

  reached(call: Call): void {
    this.carrying = call;
    if (call.isLate) this.meddled();
  }

  carriedOut(): void {
    this.carrying = undefined;
  }

  changing(changes: readonly Change[]): void {
    const { carrying } = this;
    if (carrying !== undefined) this.guard(() => checkForeign(this, changes, carrying));
    const made = this.ours.hear(changes);
    if (carrying !== undefined) this.guard(() => checkMadeOnce(this, made, carrying));
  }

  powerFailed(): void {
    this.meddled();
  }

  /** Something happened that no reconciler can have seen: what is looked for at rest has to be looked for again. */
  meddled(): void {
    this.lastMeddlingMs = this.world.turns.nowMs;
  }

  private recorded(record: LogRecord): void {
    checkRecord(this, record);
  }

  /** A check must not throw into the program that it watches. */
  private guard(check: () => void): void {
    if (this.failed !== undefined) return;
    try {
      check();
    } catch (thrown) {
      this.failed = thrown instanceof Violation ? thrown : new Violation("bug", `the check itself: ${String(thrown)}`);
    }
  }
}
