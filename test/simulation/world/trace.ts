import { createHash } from "node:crypto";

/** What happened in a run, in order: a digest of all of it, and the last events in words. */
export class Trace {
  events = 0;
  private readonly hash = createHash("sha256");
  private readonly last: string[] = [];

  constructor(private readonly startMs: number) {}

  add(nowMs: number, who: string, what: string): void {
    this.events += 1;
    const line = `${timeOf(nowMs - this.startMs)} ${who}: ${what}`;
    this.hash.update(line);
    this.last.push(line);
    if (this.last.length > 4 * keptEvents) this.last.splice(0, this.last.length - keptEvents);
  }

  /** The last events, oldest first. */
  tail(count: number = keptEvents): readonly string[] {
    return this.last.slice(-count);
  }

  /** The digest of the whole run: equal for equal runs. */
  digest(): string {
    return this.hash.copy().digest("hex");
  }
}

/** How many of the last events can be shown. */
const keptEvents = 400;

/** Time since the start of the run: `1:02:03.004`. */
function timeOf(ms: number): string {
  const [h, m, s] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${h}:${two(m)}:${two(s)}.${String(Math.floor(ms) % 1000).padStart(3, "0")}`;
}
