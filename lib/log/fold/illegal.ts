import { failure, type LeaseholdError } from "../../errors";
import type { GrantState, LogState } from "../../model/log-state";
import type { GrantId } from "../../model/grant";
import type { LogRecord } from "../../model/record";

/** The error for a record that no right history has. */
export function illegal(record: LogRecord, why: string): LeaseholdError {
  return failure("E600", {
    detail: `record ${record.sequence}: \`${record.body.type}\` cannot stand here, ${why}`,
    fix: "`leasehold log verify` shows the first bad record; put back a copy that verifies, then `leasehold log rebuild`",
  });
}

/** The Grant that a record speaks of; a record about a Grant that the Log never met is illegal. */
export function grantOf(state: LogState, record: LogRecord, id: GrantId): GrantState {
  const grant = state.grants.get(id);
  if (grant === undefined) throw illegal(record, `there was no grant ${id} before it`);
  return grant;
}
