import type { ActionReason } from "../model/action";
import type { GrantState } from "../model/log-state";
import type { PassOutcome } from "./report";

/** The part of an outcome that says which Grant it is about. */
export function aboutGrant(grant: Pick<GrantState, "facts">) {
  const { facts } = grant;
  return {
    gateway: facts.gateway,
    grant: facts.grant,
    request: facts.request,
    person: facts.person,
    connection: facts.connection,
  } as const;
}

/** `done` or `unrecorded`. */
export function recordedAs(isRecorded: boolean): PassOutcome["result"] {
  return isRecorded ? "done" : "unrecorded";
}

/** An outcome about one Grant. */
export function grantOutcome(
  kind: PassOutcome["kind"],
  grant: Pick<GrantState, "facts">,
  rest: { readonly result: PassOutcome["result"]; readonly reason: ActionReason } & Partial<PassOutcome>,
): PassOutcome {
  return { kind, ...aboutGrant(grant), ...rest };
}
