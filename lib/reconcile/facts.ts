import type { DesiredGrant } from "../model/desired";
import type { GrantFacts } from "../model/record";

/** What the Log keeps of a Grant for its later life, out of what is desired. */
export function factsOf(desired: DesiredGrant): GrantFacts {
  return {
    grant: desired.id,
    request: desired.request,
    person: desired.person,
    connection: desired.connection,
    gateway: desired.gateway,
    gatewayName: desired.gatewayName,
    level: desired.level,
    resource: desired.resource,
    class: desired.class,
    rule: desired.rule,
    ruleDigest: desired.ruleDigest,
    reason: desired.reason,
    ...(desired.ticket === undefined ? {} : { ticket: desired.ticket }),
  };
}
