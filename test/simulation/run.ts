import { Checks } from "./checks/checks";
import { checkConverged } from "./checks/converged";
import { Ledger } from "./oracle/ledger";
import { Hands } from "./play/hands";
import { People } from "./play/people";
import { scriptOf, type Script } from "./play/script";
import { Services } from "./play/services";
import { Stage, type FaultMask } from "./play/stage";
import { Violation } from "./violation";
import { settled } from "./world/turns";
import { World } from "./world/world";

/** What of a run is left out, to see whether it fails without it. */
export interface Without {
  /** Events of the script, counted from 0. */
  readonly events?: readonly number[];
  /** Network faults, counted from 0 in the order in which they are drawn. */
  readonly faults?: readonly number[];
}

/** What came of one run. */
export interface RunReport {
  readonly seed: number;
  readonly steps: number;
  /** Passes that went well from beginning to end. */
  readonly passes: number;
  /** Equal for equal runs: a digest of everything that happened. */
  readonly digest: string;
  readonly violation?: Violation;
  /** The last events before the end, oldest first. */
  readonly tail: readonly string[];
  readonly script: Script;
  /** The durable Log, a line for each record. */
  readonly records: readonly string[];
  /** Network faults that were drawn. */
  readonly faults: number;
}

/** Plays the run of a seed to its end or to the first violation. */
export async function run(seed: number, without: Without = {}): Promise<RunReport> {
  return await play(scriptOf(seed), without);
}

/** Plays a script. */
export async function play(script: Script, without: Without = {}): Promise<RunReport> {
  const left = new Set(without.events);
  const house = new Run(script, new Set(without.faults));
  const violation = await house.violationOf(async () => {
    await house.open();
    for (let place = 0; place < script.services; place += 1) house.services.start(place);
    script.events.forEach((event, index) => {
      if (!left.has(index))
        house.plan(event.atMs, () => house.stage.play(event, house.world.chance.part(`event ${index}`)));
    });
    // Who approves may come later than all else; what comes after the faults is to be alone.
    const endMs = Math.max(script.lengthMs, ...script.events.map(({ atMs }) => atMs));
    await house.until(() => false, house.world.startMs + endMs);
    house.services.end();
    house.stage.mend();
    await checkConverged(house);
  });
  return house.report(violation);
}

/** More steps than any run takes: one that goes on for ever is a violation too. */
const mostSteps = 200_000;

/** A world with everybody in it, and the time that passes there. */
export class Run {
  steps = 0;
  readonly world: World;
  readonly ledger = new Ledger();
  readonly checks: Checks;
  readonly people: People;
  readonly services: Services;
  readonly hands: Hands;
  readonly stage: Stage;
  private readonly mask: FaultMask;

  constructor(
    readonly script: Script,
    withoutFaults: ReadonlySet<number> = new Set(),
  ) {
    this.world = new World(script.parts);
    this.checks = new Checks(this.world, this.ledger);
    this.people = new People(this.world, this.checks, this.ledger);
    this.services = new Services(this.world, this.checks, script.intervalMs);
    this.hands = new Hands(this.world, this.checks, this.ledger);
    this.mask = { drawn: 0, without: withoutFaults };
    const { world, checks, people, hands, services } = this;
    this.stage = new Stage(world, checks, people, hands, services, this.mask);
    world.watchers = checks;
  }

  /** The house is set up: foreign things at the gateway, a policy in force, and the gateway as it says. */
  async open(): Promise<void> {
    await this.hands.prepare();
    await this.wait(this.people.accept("usual").then(() => this.people.settleIn()));
  }

  /** Lets something happen so long after the start. */
  plan(atMs: number, act: () => void): void {
    this.world.turns.after(this.world.startMs + atMs - this.world.turns.nowMs, act);
  }

  /** Lets time pass until something is over, or up to a moment. Throws the first Violation. */
  async until(isOver: () => boolean, atMs: number): Promise<void> {
    const { turns } = this.world;
    await settled();
    while (!isOver() && (turns.nextMs ?? Number.POSITIVE_INFINITY) <= atMs) await this.step();
    if (!isOver()) turns.nowMs = Math.max(turns.nowMs, atMs);
  }

  /** Lets time pass until work is done; a Violation when it is not, however long it takes. */
  async wait<T>(work: Promise<T>, mostMs = 600_000): Promise<T> {
    let done: { readonly value: T } | undefined;
    void work.then((value) => (done = { value }));
    await this.until(() => done !== undefined, this.world.turns.nowMs + mostMs);
    if (done === undefined)
      throw new Violation("converged", "something does not come to its end, though nothing is wrong");
    return done.value;
  }

  /** The Violation that something ends with, if so. Ends all programs. */
  async violationOf(work: () => Promise<void>): Promise<Violation | undefined> {
    try {
      await work();
      return undefined;
    } catch (thrown) {
      if (thrown instanceof Violation) return thrown;
      throw thrown;
    } finally {
      this.services.end();
      for (const program of this.world.programs) program.kill();
    }
  }

  report(violation: Violation | undefined): RunReport {
    const { world, checks, script } = this;
    return {
      seed: script.parts.seed,
      steps: this.steps,
      passes: checks.cleanPasses,
      digest: world.trace.digest(),
      ...(violation === undefined ? {} : { violation }),
      tail: world.trace.tail(),
      script,
      records: checks.chain.records.map(
        ({ sequence, epoch, time, body }) => `${sequence} ${epoch} ${time} ${JSON.stringify(body)}`,
      ),
      faults: this.mask.drawn,
    };
  }

  private async step(): Promise<void> {
    const { world, stage, checks } = this;
    this.steps += 1;
    if (this.steps > mostSteps) throw new Violation("converged", `it goes on after ${mostSteps} steps`);
    await world.turns.step();
    world.gateway.tick();
    if (!stage.isWell) checks.healthySinceMs = undefined;
    else checks.healthySinceMs ??= world.turns.nowMs;
    checks.afterStep();
  }
}
