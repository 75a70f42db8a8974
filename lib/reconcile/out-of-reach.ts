import { isFailure } from "../errors";
import { openLog, type Log } from "../log";
import type { DueEnding } from "./due";
import type { PassInput, World } from "./input";
import { observeGateways } from "./observe";
import { pairOf } from "./pairs";
import type { Pass } from "./pass-state";

/** An open Log; `trouble` where it is only what was last seen of it here. */
export interface OpenedLog {
  readonly log: Log;
  readonly trouble?: unknown;
}

/**
 * Opens the Log of a pass. Where its store cannot be reached, what was last seen of it is enough to know
 * what is due. Throws E606 where nothing was kept, and whatever says that the Log is not to be trusted.
 */
export async function openOrLastSeen(input: PassInput): Promise<OpenedLog> {
  const { store, installation, log, outage } = input;
  if (log !== undefined) return outage === undefined ? { log } : { log, trouble: outage };
  try {
    return { log: await openLog({ store, installation }) };
  } catch (trouble) {
    if (input.dryRun === true) throw trouble;
    return openLastSeen(input, trouble);
  }
}

/** Opens what was last seen of a Log that cannot be reached; throws the trouble where nothing was kept, and where it is another. */
export async function openLastSeen(
  { store, installation }: Pick<PassInput, "store" | "installation">,
  trouble: unknown,
): Promise<Required<OpenedLog>> {
  const seen = isFailure(trouble, "unreachable") ? await store.lastSeen?.(trouble) : undefined;
  if (seen === undefined) throw trouble;
  return { log: await openLog({ store: seen, installation }), trouble };
}

/** The Log for the fast lane: one that is open is brought up to date first, or stands as it was read before. */
export async function openedOrLastSeen(world: World): Promise<OpenedLog> {
  const { log, outage } = world;
  if (log === undefined) return openOrLastSeen({ ...world, mode: "reconcile" });
  const trouble = outage ?? (await refreshOrTrouble(log));
  return trouble === undefined ? { log } : { log, trouble };
}

/** Reads what is new in the Log; gives the error where it cannot be reached, so that what was read before has to do. */
export async function refreshOrTrouble(log: Log): Promise<unknown> {
  try {
    await log.refresh();
    return undefined;
  } catch (trouble) {
    // A credential that is refused all at once keeps a reconciler that goes on from no ending that it knows of.
    if (isFailure(trouble, "unreachable") || isFailure(trouble, "credential")) return trouble;
    throw trouble;
  }
}

/**
 * From here on the pass only ends what is due by what it knows. The Log may have gone on elsewhere since, so
 * the gateways are looked at first: see `isPassedOn`.
 */
export async function cutOff(pass: Pass, trouble: unknown): Promise<void> {
  pass.isCutOff = true;
  pass.nothingNew = true;
  pass.report.trouble(trouble);
  await observeGateways(pass);
}

/**
 * Whether a pair is visibly in newer hands than what a pass without the Log knows: its gateway shows a Lease of
 * ours for a Grant that this Log has never heard of. Whoever recorded that one ends what was before it.
 */
export function isPassedOn(pass: Pass, { grant }: Pick<DueEnding, "grant">): boolean {
  if (!pass.isCutOff) return false;
  const { gateway, person, connection } = pairOf(grant);
  const leases = pass.observed.get(gateway)?.leases ?? [];
  return leases.some(
    ({ correlation, status, ...lease }) =>
      lease.person === person &&
      lease.connection === connection &&
      status !== "lapsed" &&
      correlation?.installation === pass.input.installation &&
      !pass.journal.state.grants.has(correlation.grant),
  );
}
