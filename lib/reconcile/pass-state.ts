import { failure } from "../errors";
import type { GrantId } from "../model/grant";
import type { ProviderDescription } from "../model/gateway";
import { epochMsOf, plusSeconds, type Instant } from "../model/instant";
import type { ObservedState } from "../model/observed";
import type { Head } from "../model/record";
import type { Provider } from "../ports";
import type { DueTimes } from "./due";
import type { PassInput } from "./input";
import type { Journal } from "./journal";
import type { ReportBuilder } from "./report";
import { dueTime, tryClockBehindLog } from "./times";

/** What the steps of one pass share. Everything a step learns is kept here, everything it does is in the Log. */
export interface Pass {
  readonly input: PassInput;
  readonly journal: Journal;
  readonly report: ReportBuilder;
  readonly descriptions: Map<string, ProviderDescription>;
  readonly observed: Map<string, ObservedState>;
  /** Gateways on which nothing new may start in this pass. */
  readonly closed: Set<string>;
  /** Gateways where something may be other than observed and recorded. */
  readonly doubtful: Set<string>;
  /** Nothing new may start anywhere in this pass. */
  nothingNew: boolean;
  /** The Log cannot be reached: what is known of it may be old, and only what is due by it ends. */
  isCutOff: boolean;
  /** The newest Head that was anchored before this pass read the Log. */
  readonly anchor: Head | undefined;
  /** Why the anchors cannot be trusted; undefined when they can. */
  readonly anchorTrouble: unknown;
  /** The plan file does not fit what is there now. */
  isStale: boolean;
  /** Grants whose ending this pass carried out, recorded or not. */
  readonly ended: Set<GrantId>;
  /** Keys of the pairs whose Leases this pass ended after its last look at their gateway, by gateway. */
  readonly gone: Map<string, Set<string>>;
  /** Nothing is due before this time, as the last look at all Grants found; undefined where it has to be looked again. */
  quietUntil: Instant | undefined;
  /** When an ending was refused in this pass, in milliseconds of the monotonic clock. */
  readonly refusedAt: Map<GrantId, number>;
}

/** Reads the spool again. One that cannot be read stops new access, and no ending that is known. */
export async function readSpool(pass: Pass): Promise<boolean> {
  try {
    await pass.journal.log.refreshSpool();
    return true;
  } catch (thrown) {
    pass.nothingNew = true;
    pass.report.trouble(thrown);
    return false;
  }
}

/** The time by which endings on a gateway are due now. */
export function dueNow(pass: Pass): (gateway: string) => Instant {
  const times = pass.journal.times();
  return (gateway) => dueTime(times, pass.descriptions.get(gateway)?.skewMs ?? 0);
}

/** The same, with the latest anywhere: a gateway's clock may be ahead. */
export function dueTimes(pass: Pass): DueTimes {
  const now = dueNow(pass);
  const latest = ["", ...pass.descriptions.keys()].map((gateway) => now(gateway)).reduce((a, b) => (a > b ? a : b));
  return { of: now, latest };
}

/** Whether a look at all Grants would find nothing due: one in a hundred thousand is not searched for between batches. */
export function isQuiet(pass: Pass): boolean {
  const { journal, descriptions, quietUntil } = pass;
  if (quietUntil === undefined || journal.spool.waiting.length > 0) return false;
  const times = journal.times();
  return [0, ...[...descriptions.values()].map(({ skewMs }) => skewMs)].every(
    (skewMs) => dueTime(times, skewMs) < quietUntil,
  );
}

/** Whether anything new may start on a gateway at this moment. */
export function mayStart(pass: Pass, gateway: string): boolean {
  const { journal } = pass;
  checkClock(pass);
  if (pass.nothingNew || pass.closed.has(gateway) || !journal.canRecord || isInterrupted(pass)) return false;
  return journal.state.frozen === undefined && journal.spool.freeze === undefined;
}

/** Lets nothing new start, and says why, while our clock stands before the Log. */
export function checkClock(pass: Pass): void {
  const behind = tryClockBehindLog(pass.journal.times());
  if (behind === undefined) return;
  pass.nothingNew = true;
  pass.report.trouble(behind);
}

/** Whether less than a second is left: no gateway can hold that anew. */
export function isNearlyOver(pass: Pass, end: Instant): boolean {
  return end < plusSeconds(pass.journal.times().record, 1);
}

/** Waits until what is nearly over is: a second at most. */
export async function untilOver({ input, journal }: Pass, ends: readonly Instant[]): Promise<void> {
  const { record } = journal.times();
  const longest = Math.max(0, ...ends.map((end) => epochMsOf(end) - epochMsOf(record)));
  if (longest > 0) await input.clock.sleep(Math.min(longest, 1000), input.signal);
}

/** Whether somebody asked the pass to stop. */
export function isInterrupted(pass: Pass): boolean {
  return pass.input.signal?.aborted === true;
}

/** The Provider of a gateway; says aloud that it is missing. */
export function tryProvider(pass: Pass, gateway: string): Provider | undefined {
  const provider = pass.input.providers.get(gateway);
  if (provider === undefined) {
    pass.report.trouble(
      failure("E503", {
        summary: "a gateway of the Log is not in leasehold.yaml",
        detail: `gateway ${gateway} still holds access`,
        fix: `put gateway ${gateway} back into leasehold.yaml until everything on it has ended`,
      }),
    );
  }
  return provider;
}
