/** The hoop double: the embedded gateway with hoop's own behaviour put back, and its accidents on command. */
import { randomBytes } from "node:crypto";
import type { Clock } from "../../../lib/ports";
import { type RunningGateway, startGateway } from "../../../providers/embedded";
import { hoopBehaviour } from "./behaviour";

export { hoopBehaviour } from "./behaviour";

/** What the double is started with. */
export interface HoopDoubleOptions {
  readonly directory: string;
  /** @default 0 — a free port. */
  readonly port?: number;
  /** @default the machine's clock */
  readonly clock?: Pick<Clock, "now">;
}

/** A hoop double that runs. Accidents hold for the next calls they name, then they are used up. */
export interface HoopDouble extends RunningGateway {
  /** The next revokes of this many calls answer 200 and leave the review APPROVED. */
  overtakeRevokes(count: number): void;
  /** The next kills of this many calls answer 204 and reach nothing. */
  loseKills(count: number): void;
}

/** Starts the double. */
export async function startHoopDouble(options: HoopDoubleOptions): Promise<HoopDouble> {
  const left = { revokes: 0, kills: 0 };
  const takeOne = (which: keyof typeof left): boolean => {
    if (left[which] === 0) return false;
    left[which] -= 1;
    return true;
  };
  const gateway = await startGateway({
    directory: options.directory,
    port: options.port ?? 0,
    clock: options.clock ?? { now: () => new Date().toISOString() },
    random: { bytes: (count) => randomBytes(count) },
    behaviour: hoopBehaviour,
    accidents: {
      revokeIsOvertaken: () => takeOne("revokes"),
      killIsLost: () => takeOne("kills"),
    },
  });
  return {
    ...gateway,
    overtakeRevokes: (count) => {
      left.revokes += count;
    },
    loseKills: (count) => {
      left.kills += count;
    },
  };
}
