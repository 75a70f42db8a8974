import type { GrantPhase } from "../../../lib/model/grant";
import type { GrantState } from "../../../lib/model/log-state";

/** A Grant of a request, as the Log knows it. */
export function grantState(request: string, phase: GrantPhase): GrantState {
  return {
    facts: {
      grant: request,
      request,
      person: "ana@example.com",
      connection: "orders-db/read",
      gateway: "main",
      gatewayName: "orders-db-read",
      level: "read",
      resource: "orders-db",
      class: "high",
      rule: "r",
      ruleDigest: "0".repeat(64),
      reason: "INC-1",
    },
    phase,
    generation: 0,
    firstSequence: 1,
    lastSequence: 1,
  };
}
