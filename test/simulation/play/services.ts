/** Reconcilers that keep going, and somebody who starts them again when they die. */
import { runEvery } from "../../../lib/reconcile";
import type { Checks } from "../checks/checks";
import type { Program } from "../world/program";
import type { World } from "../world/world";

/** The services of a run. */
export class Services {
  readonly running = new Map<number, Program>();
  private isOver = false;
  private readonly stops = new Map<number, AbortController>();

  constructor(
    private readonly world: World,
    private readonly checks: Checks,
    private readonly intervalMs: number,
  ) {}

  /** Starts one on a place: its machine where there are several, else a number only. */
  start(place: number): void {
    if (this.isOver || this.running.has(place)) return;
    const { world, checks } = this;
    const { program, reached } = world.start("reconciler", world.parts.machines > 1 ? place : 0);
    const stop = new AbortController();
    this.running.set(place, program);
    this.stops.set(place, stop);
    program.onEnd(() => this.ended(place, program));
    let over = checks.passBegins(program);
    const { clock } = reached;
    const work = runEvery({
      ...reached,
      clock: {
        ...clock,
        async sleep(ms, signal) {
          over();
          await clock.sleep(ms, signal);
          over = checks.passBegins(program);
        },
      },
      intervalMs: this.intervalMs,
      signal: stop.signal,
      onReport: (report, { scope, error }) => {
        if (error !== undefined) checks.heard(error);
        over(scope === "all" ? report : undefined);
      },
    });
    work.then(
      () => program.kill(),
      (error: unknown) => checks.heard(error),
    );
  }

  /** Asks one to stop, as SIGTERM does. */
  stop(place: number): void {
    this.stops.get(place)?.abort();
  }

  /** Ends all of them for good. */
  end(): void {
    this.isOver = true;
    for (const program of this.running.values()) program.kill();
  }

  private ended(place: number, program: Program): void {
    if (this.running.get(place) !== program) return;
    this.running.delete(place);
    this.checks.meddled();
    if (!this.isOver) this.world.turns.after(20_000, () => this.start(place));
  }
}
