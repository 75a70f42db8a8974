import type { LeaseAction, LeaseSubject } from "../model/action";
import type { GrantState } from "../model/log-state";
import { classOf, type PlanContext } from "./context";

/** An Action whose effective access is not yet filled in: that needs all Actions of the Plan. */
export type LeaseDraft = Omit<LeaseAction, "effective"> & { readonly via?: string };

/** The parts that every Action about a held Grant has in common. */
export function heldDraft(
  context: PlanContext,
  grant: GrantState,
): Pick<
  LeaseDraft,
  "family" | "gateway" | "subject" | "rule" | "class" | "guardrails" | "maskingRules" | "waitsForPolicy"
> {
  const { facts } = grant;
  const connection = context.index.connections.get(facts.connection);
  return {
    family: "lease",
    gateway: facts.gateway,
    subject: subjectOf(grant),
    rule: facts.rule,
    class: classOf(facts.class),
    guardrails: connection?.guardrails ?? [],
    maskingRules: connection?.maskingRules ?? [],
    waitsForPolicy: context.hasNoPolicy,
  };
}

function subjectOf({ facts }: GrantState): LeaseSubject {
  return {
    grant: facts.grant,
    request: facts.request,
    person: facts.person,
    connection: facts.connection,
    gatewayName: facts.gatewayName,
    resource: facts.resource,
    level: facts.level,
  };
}
