import { failure } from "../errors";
import { isHeld } from "../log/held-grants";
import type { GrantId } from "../model/grant";
import type { GrantState } from "../model/log-state";
import type { DueEnding } from "./due";
import type { EndGrantsInput } from "./end-input";
import { endLeases, findOurLeases, pairOfLease } from "./end-leases";
import { grantOutcome } from "./outcome";
import { heldByPair, pairKey, pairOf, survivors } from "./pairs";
import { dueNow, type Pass } from "./pass-state";
import { isLeaseMeant, selectionWords, type EndSelection } from "./selection";

/** Endings that leave nobody in at their pair, which need no Log; and those that share it with a Grant that goes on. */
export function splitByPair(
  pass: Pass,
  held: readonly GrantState[],
  input: EndGrantsInput,
  spool: string | undefined,
): {
  readonly alone: readonly DueEnding[];
  readonly shared: readonly DueEnding[];
  readonly stillHeld: readonly GrantState[];
} {
  const pairs = heldByPair(pass.journal.state, new Set(held.map((grant) => grant.facts.person)));
  const now = dueNow(pass);
  const ending = new Set(held.map((grant) => grant.facts.grant));
  const alone: DueEnding[] = [];
  const shared: DueEnding[] = [];
  const stillHeld = new Map<GrantId, GrantState>();
  for (const grant of held) {
    const { by, reason } = input;
    const due: DueEnding = { grant, reason, by, ...(spool === undefined ? {} : { spool }) };
    const goingOn = survivors(pairs.get(pairKey(pairOf(grant))) ?? [], ending, now(grant.facts.gateway));
    (goingOn.length === 0 ? alone : shared).push(due);
    for (const other of goingOn) stillHeld.set(other.facts.grant, other);
  }
  return { alone, shared, stillHeld: [...stillHeld.values()] };
}

/**
 * Ends what is meant and the Log does not hold, e.g. what a writer is just about to record. `note` is told first of the
 * Grants that were named and are found there: whoever records them has to know who ended them.
 */
export async function endStrayLeases(
  pass: Pass,
  input: EndGrantsInput,
  note: (grants: readonly GrantId[]) => Promise<unknown>,
): Promise<number> {
  const { select, reason } = input;
  if (select.kind === "request") return 0;
  const known = new Set<string>();
  for (const grant of pass.journal.state.grants.values()) if (isHeld(grant)) known.add(pairKey(pairOf(grant)));
  const isSettled = select.kind === "grants" && select.grants.every((id) => pass.journal.state.grants.has(id));
  if (isSettled) return 0;
  const leases = await findOurLeases(input, pass.report);
  const strays = leases.filter((one) => isLeaseMeant(one.lease, select) && !known.has(pairKey(pairOfLease(one))));
  const named = strays.flatMap(({ lease: { correlation } }) => correlation?.grant ?? []);
  if (select.kind === "grants") await note([...new Set(named)]);
  await endLeases(input, pass.report, strays, { reason, result: "done" });
  return strays.length;
}

/** Tells of what others have ended in the same moment: who asked hears that it is out, whoever did it. */
export function tellEndedByOthers({ journal: { state }, ended, report }: Pass, due: readonly DueEnding[]): void {
  for (const { grant: before } of due) {
    const grant = state.grants.get(before.facts.grant);
    const { endReason: reason, endedAt: end } = grant ?? {};
    if (grant === undefined || reason === undefined || end === undefined || ended.has(grant.facts.grant)) continue;
    report.outcome(grantOutcome("ended", grant, { result: "done", reason, end, sessionsCut: 0 }));
  }
}

/** A name that means nothing is a mistake; a person or a place without access is not. */
export function refuseNothingNamed(pass: Pass, select: EndSelection): void {
  const isNamed = select.kind === "grants" || select.kind === "request";
  if (!isNamed || pass.report.build({ recorded: 0 }).exitCodes.length > 0) return;
  throw failure("E608", {
    detail: `${selectionWords(select)} is neither held nor asked for`,
    fix: "`leasehold status` lists the grants",
  });
}
