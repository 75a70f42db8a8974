/** Everything that a simulated program can reach, made from one seed. */
import { fileStore, memoryStore, type MemoryStore } from "../../../lib/log";
import type { LogStore } from "../../../lib/ports";
import type { World as Reached } from "../../../lib/reconcile";
import { embeddedBehaviour } from "../../../providers/embedded/behaviour";
import { embeddedDialect, hoopDialect } from "../../../providers/hoop/dialect";
import { hoopProvider } from "../../../providers/hoop/provider";
import { Disk } from "../../doubles/files/disk";
import { hoopBehaviour } from "../../doubles/hoop/behaviour";
import { gateway as gatewayName } from "../../reconcile/support/rules";
import { Calls } from "./calls";
import { Chance } from "./chance";
import { programClock, WallClock } from "./clock";
import { filesInTurns } from "./files";
import { SimulatedGateway } from "./gateway";
import { Network } from "./network";
import { never, Program } from "./program";
import { storeInTurns } from "./shared-store";
import { Trace } from "./trace";
import { Turns } from "./turns";
import { noWatchers, type Watchers } from "./watchers";

export const installation = "simulated-installation";
export const logDirectory = "/log";
/** When a simulation begins, unless it says otherwise. */
export const startMs = Date.parse("2026-03-01T08:00:00.000Z");

/** What a world is made of. */
export interface WorldParts {
  readonly seed: number;
  /** `file`: one machine with a lock on its Log. `shared`: machines that fence each other by epochs. */
  readonly store: "file" | "shared";
  readonly gateway: "hoop" | "embedded";
  /** With their own clocks; more than one needs a shared store. */
  readonly machines: number;
  /** When it begins. @default startMs */
  readonly startMs?: number;
}

/** How a program dies at a call. */
export interface Death {
  readonly when: "before" | "within" | "after";
  readonly of: "program" | "power";
}

/** A program that was started, and what the reconciler's functions are given. */
export interface Started {
  readonly program: Program;
  readonly reached: Reached;
}

/** A world. */
export class World {
  readonly chance: Chance;
  readonly turns: Turns;
  readonly startMs: number;
  readonly trace: Trace;
  readonly clocks: readonly WallClock[];
  readonly gateway: SimulatedGateway;
  readonly network: Network;
  readonly disk: Disk;
  readonly shared: MemoryStore;
  watchers: Watchers = noWatchers;
  /** The newest epoch that was taken of a shared Log. */
  newestEpoch = 0;
  /** The program that wrote to the Log last. */
  lastToAppend: Program | undefined;
  /** Calls at which the next programs of people die. */
  readonly deathsOfPeople: number[] = [];
  /** Programs that run. */
  readonly programs = new Set<Program>();
  /** Pairs for which a program died after it had asked for a Lease: nobody took an older one away. */
  readonly halfHeld = new Set<string>();
  private readonly delays: Chance;
  private readonly deaths: Chance;
  private started = 0;

  constructor(readonly parts: WorldParts) {
    this.startMs = parts.startMs ?? startMs;
    this.trace = new Trace(this.startMs);
    this.chance = new Chance(parts.seed, "world");
    const ties = this.chance.part("ties");
    this.turns = new Turns(this.startMs, () => ties.next());
    this.delays = this.chance.part("delays");
    this.deaths = this.chance.part("deaths");
    this.clocks = Array.from({ length: parts.machines }, () => new WallClock(this.turns));
    const onDisk = this.chance.part("disk");
    this.disk = new Disk({ chance: () => onDisk.fraction() });
    this.shared = memoryStore({ fencing: "epoch" });
    const behaviour = parts.gateway === "hoop" ? hoopBehaviour : embeddedBehaviour;
    this.gateway = new SimulatedGateway(new WallClock(this.turns), behaviour, this.chance.part("gateway"), (changes) =>
      this.watchers.changing(changes),
    );
    this.network = new Network(this);
  }

  /** Starts a program on a machine. */
  start(name: string, machine = 0): Started {
    this.started += 1;
    const program = new Program(`${name}#${this.started}`);
    const wall = this.clocks[machine] as WallClock;
    const clock = programClock(this.turns, program, wall);
    const calls = new Calls(this, program);
    const random = this.chance.part(`program ${this.started}`).port;
    if (name !== "reconciler") program.dieAtCall = this.deathsOfPeople.shift() ?? program.dieAtCall;
    this.programs.add(program);
    program.onEnd(() => {
      this.programs.delete(program);
      for (const pair of program.asking) this.halfHeld.add(pair);
    });
    const provider = hoopProvider({
      gateway: gatewayName,
      installation,
      url: this.gateway.url,
      keys: { write: async () => this.gateway.keys.admin, observe: async () => this.gateway.keys.observer },
      http: this.network.http(program),
      clock,
      dialect: this.parts.gateway === "hoop" ? hoopDialect : embeddedDialect,
    });
    this.trace.add(this.turns.nowMs, program.name, "starts");
    return {
      program,
      reached: {
        store: this.storeOf(program, calls, { clock, random }),
        providers: new Map([[gatewayName, provider]]),
        clock,
        random,
        secrets: { resolve: (ref) => Promise.resolve(`value of ${ref}`) },
        installation,
        holder: program.name,
        lockWaitMs: 2_000,
      },
    };
  }

  /** How long a call takes on its way. */
  latency(): number {
    return this.delays.fraction() * 3;
  }

  /** How this program dies, now that it does. */
  deathOf(): Death {
    const { deaths } = this;
    const when = deaths.pick(["before", "within", "after"] as const);
    return { when, of: this.parts.store === "file" && deaths.happens(0.4) ? "power" : "program" };
  }

  /** The disk goes on for a few steps of what is being done, and then stops. */
  armDisk(death: Death): void {
    this.disk.crashOf = death.of === "power" ? "power" : "process";
    this.disk.crashAt = this.disk.steps.length + this.deaths.between(1, 4);
  }

  /** Ends a program, with everything on its machine where the power fails. */
  die<T>(program: Program, death: Death | undefined, at: string): Promise<T> {
    this.disk.crashAt = Number.POSITIVE_INFINITY;
    if (!program.isOver || death?.of === "power") {
      this.trace.add(this.turns.nowMs, program.name, `dies ${death?.when ?? "at"} ${at} (${death?.of ?? "program"})`);
      if (death?.of === "power") this.powerFails();
      program.kill();
    }
    return never();
  }

  /** The power of the one machine with the files fails: what was not synced is lost. */
  powerFails(): void {
    this.disk.crash();
    for (const program of this.programs) program.kill();
    this.watchers.powerFailed();
  }

  private storeOf(program: Program, calls: Calls, ports: Pick<Reached, "clock" | "random">): LogStore {
    if (this.parts.store === "shared") return storeInTurns(calls, this.shared, (epoch) => (this.newestEpoch = epoch));
    const onDisk = this.disk.start();
    program.onEnd(() => onDisk.kill());
    return fileStore({ directory: logDirectory, files: filesInTurns(calls, onDisk.files), ...ports });
  }
}
