import { failure } from "../errors";
import type { GrantId } from "../model/grant";
import type { EndGrantsInput, EndGrantsReport } from "./end-input";
import { nothingFound, tryAddToSpool } from "./end-from-gateways";
import { endStrayLeases, splitByPair } from "./end-meant";
import { endAll } from "./endings";
import { cutOff, isPassedOn } from "./out-of-reach";
import type { Pass } from "./pass-state";
import { selectHeld, selectPending, selectionWords } from "./selection";

/**
 * The fast lane where the Log cannot be reached: what is meant by what was last seen of it ends at its gateway at
 * once, and is recorded from there by the next pass that reaches the Log. What only the Log can hold, a Grant that
 * has not begun or one of a pair that goes on, is said aloud.
 */
export async function endCutOff(pass: Pass, input: EndGrantsInput, trouble: unknown): Promise<EndGrantsReport> {
  await cutOff(pass, trouble);
  const { select } = input;
  const isNamed = select.kind === "grants" || select.kind === "request";
  const held = selectHeld(pass.journal.state, select).filter((grant) => !isNamed || !isPassedOn(pass, { grant }));
  const { alone, shared, stillHeld } = splitByPair(pass, held, input, undefined);
  await endAll(pass, alone);
  const found = await endStrayLeases(pass, input, () => Promise.resolve());
  const open = [...shared.map(({ grant }) => grant.facts.grant), ...(await pendingAsSeen(pass, input))];
  // The gateway did not wait for this, which may take as long as a remote that is gone.
  const durable = await tryAddToSpool(input, [...alone.map(({ grant }) => grant.facts.grant), ...open]);
  if (!durable && open.length > 0) pass.report.trouble(notKept(input, open));
  if (isNamed && alone.length + open.length + found === 0) pass.report.trouble(nothingFound(input));
  const { outcomes, overdue, errors, exitCodes } = pass.report.build({ recorded: 0, isDurable: durable });
  return { outcomes, overdue, errors, exitCodes, neverStart: durable ? open : [], stillHeld, durable };
}

async function pendingAsSeen(pass: Pass, { select, installation }: EndGrantsInput): Promise<readonly GrantId[]> {
  const { journal } = pass;
  try {
    return await selectPending(
      { store: journal.log.store, installation },
      journal.state,
      select,
      journal.times().record,
    );
  } catch (thrown) {
    pass.report.trouble(thrown);
    return [];
  }
}

/** What has not begun, or goes on for another Grant of its pair, and was kept nowhere: it can still start, or goes on. */
export function notKept({ select }: EndGrantsInput, open: readonly GrantId[]): Error {
  return failure("E603", {
    summary: "only the Log can hold all of this, and it could not be written",
    detail: `${selectionWords(select)}: ${open.slice(0, 3).join(", ")}${open.length > 3 ? ` and ${open.length - 3} more` : ""}`,
    fix: "run the same command again as soon as the Log can be written: until then it can still start, or goes on",
  });
}
