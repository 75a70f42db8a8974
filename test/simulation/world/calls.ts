/** A call of a program through a port: it waits for its turn, and the program can die at it. */
import { Crashed } from "../../doubles/files/disk";
import { never, type Program } from "./program";
import type { World } from "./world";

/** Carries out calls of one program. */
export class Calls {
  constructor(
    private readonly world: World,
    readonly program: Program,
  ) {}

  /** Does the work at its turn. A program that dies here does so before it, in the middle of it, or just after. */
  async do<T>(what: string, work: () => Promise<T>): Promise<T> {
    const { world, program } = this;
    if (program.isOver) return never();
    const death = program.diesNow() ? world.deathOf() : undefined;
    await world.turns.turn(program, world.latency());
    if (death?.when === "before") return world.die(program, death, what);
    if (death?.when === "within") world.armDisk(death);
    world.trace.add(world.turns.nowMs, program.name, what);
    if (what === "read the spool" || what === "list log/spool") program.spoolReadMs = world.turns.nowMs;
    if (/^read (the chain|log\/chain\.jsonl)/.test(what)) program.chainReadMs = world.turns.nowMs;
    if (/^append .*(under epoch|chain\.jsonl)/.test(what)) world.lastToAppend = program;
    try {
      const result = await work();
      if (/^(spool |write spool\/)/.test(what)) program.onSpooled();
      if (what.startsWith("append ")) program.asking.clear();
      if (death !== undefined || program.isOver) return world.die(program, death, what);
      return result;
    } catch (error) {
      if (error instanceof Crashed || program.isOver) return world.die(program, death, what);
      throw error;
    }
  }
}
