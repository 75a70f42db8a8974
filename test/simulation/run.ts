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
import { startMs, World } from "./world/world";

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

/** More steps than any run takes: one that goes on for ever is a violation too. */
const mostSteps = 200_000;

/** Plays the run of a seed to its end or to the first violation. */
export async function run(seed: number, without: Without = {}): Promise<RunReport> {
  return await play(scriptOf(seed), without);
}

/** Plays a script. */
export async function play(script: Script, without: Without = {}): Promise<RunReport> {
  const world = new World(script.parts);
  const ledger = new Ledger();
  const checks = new Checks(world, ledger);
  const people = new People(world, checks, ledger);
  const services = new Services(world, checks, script.intervalMs);
  const mask: FaultMask = { drawn: 0, without: new Set(without.faults) };
  const hands = new Hands(world, checks, ledger);
  const stage = new Stage(world, checks, people, hands, services, mask);
  const left = new Set(without.events);
  let steps = 0;

  const step = async (): Promise<boolean> => {
    steps += 1;
    if (steps > mostSteps) throw new Violation("converged", `it goes on after ${mostSteps} steps`);
    const isMore = await world.turns.step();
    world.gateway.tick();
    if (!stage.isWell) checks.healthySinceMs = undefined;
    else checks.healthySinceMs ??= world.turns.nowMs;
    checks.afterStep();
    return isMore;
  };
  const until = async (isOver: () => boolean, atMs: number): Promise<void> => {
    await settled();
    while (!isOver() && (world.turns.nextMs ?? Number.POSITIVE_INFINITY) <= atMs) await step();
    if (!isOver()) world.turns.nowMs = Math.max(world.turns.nowMs, atMs);
  };

  let violation: Violation | undefined;
  try {
    world.watchers = checks;
    await hands.prepare();
    await open(people, until);
    for (let place = 0; place < script.services; place += 1) services.start(place);
    script.events.forEach((event, index) => {
      if (left.has(index)) return;
      world.turns.after(startMs + event.atMs - world.turns.nowMs, () =>
        stage.play(event, world.chance.part(`event ${index}`)),
      );
    });
    await until(() => false, startMs + script.lengthMs);
    services.end();
    stage.mend();
    await checkConverged({ world, checks, ledger, people, until });
  } catch (thrown) {
    if (!(thrown instanceof Violation)) throw thrown;
    violation = thrown;
  }
  for (const program of world.programs) program.kill();
  return {
    seed: script.parts.seed,
    steps,
    passes: checks.cleanPasses,
    digest: world.trace.digest(),
    ...(violation === undefined ? {} : { violation }),
    tail: world.trace.tail(),
    script,
    records: checks.chain.records.map(
      ({ sequence, epoch, time, body }) => `${sequence} ${epoch} ${time} ${JSON.stringify(body)}`,
    ),
    faults: mask.drawn,
  };
}

/** The house is set up: a policy in force, and the gateway as it says. */
async function open(people: People, until: (isOver: () => boolean, atMs: number) => Promise<void>): Promise<void> {
  let isOpen = false;
  void people
    .accept("usual")
    .then(() => people.settleIn())
    .then(() => (isOpen = true));
  await until(() => isOpen, startMs + 60_000);
}
