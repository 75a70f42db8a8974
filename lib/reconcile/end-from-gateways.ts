import { failure } from "../errors";
import type { GrantId } from "../model/grant";
import type { EndGrantsInput, EndGrantsReport } from "./end-input";
import { endLeases, findOurLeases } from "./end-leases";
import { ReportBuilder } from "./report";
import { isLeaseMeant, selectionWords } from "./selection";
import { newSpoolId } from "./spool-id";

/**
 * The fast lane where the Log cannot be read: what is meant is found at the gateways, by our own marks
 * there. It is recorded from the spool, or as ended outside, once the Log can be read.
 */
export async function endFromGateways(input: EndGrantsInput, trouble: unknown): Promise<EndGrantsReport> {
  const report = new ReportBuilder(input.onEvent ?? (() => undefined));
  report.trouble(trouble);
  const leases = (await findOurLeases(input, report)).filter(({ lease }) => isLeaseMeant(lease, input.select));
  const grants = [...new Set(leases.flatMap(({ lease }) => lease.correlation?.grant ?? []))];
  const durable = await tryAddToSpool(input, grants);
  await endLeases(input, report, leases, { reason: input.reason, result: "unrecorded" });
  if (leases.length === 0) report.trouble(nothingFound(input));
  const { outcomes, overdue, errors, exitCodes } = report.build({ recorded: 0, isDurable: durable });
  return { outcomes, overdue, errors, exitCodes, neverStart: [], stillHeld: [], durable };
}

/** Leaves an ending for the next writer; false where that cannot be done, or there is nothing to leave. */
export async function tryAddToSpool(input: EndGrantsInput, grants: readonly GrantId[]): Promise<boolean> {
  if (grants.length === 0) return false;
  const { by, reason, note, clock, random, store } = input;
  try {
    const body = { kind: "end", grants, reason, by, ...(note === undefined ? {} : { note }) } as const;
    await store.addToSpool({ id: newSpoolId(random), at: clock.now(), body });
    return true;
  } catch {
    return false;
  }
}

/** What is said where an ending means nothing that anybody can see. */
export function nothingFound({ select }: EndGrantsInput): Error {
  return failure("E608", {
    detail: `no gateway shows ${selectionWords(select)}, and the Log cannot be read`,
    fix: "name the person (--who), or mend the Log first",
  });
}
