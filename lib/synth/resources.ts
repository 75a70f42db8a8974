import type { Connection, Guardrail, MaskingRule, Resource } from "../constructs";
import type * as model from "../model/resource";
import type * as safeguards from "../model/safeguard";
import { sortedNames } from "./order";

/** The Manifest's entry of a Resource; `defaultGateway` is for one that names none. */
export function resourceEntry(resource: Resource, defaultGateway: string): model.Resource {
  return {
    name: resource.resourceName,
    path: resource.node.path,
    kind: resource.kind,
    class: resource.class,
    labels: resource.labels,
    gateway: resource.gateway ?? defaultGateway,
    ...(resource.host === undefined ? {} : { host: resource.host }),
    ...(resource.port === undefined ? {} : { port: resource.port }),
    ...(resource.cluster === undefined ? {} : { cluster: resource.cluster }),
  };
}

/** The Manifest's entry of a Connection. */
export function connectionEntry(connection: Connection): model.Connection {
  return {
    id: connection.connectionId,
    path: connection.node.path,
    resource: connection.resourceName,
    level: connection.level,
    gatewayName: connection.gatewayName,
    settings: connection.settings,
    secrets: connection.secrets,
    command: connection.command,
    guardrails: sortedNames(connection.guardrails.map((one) => one.guardrailName)),
    maskingRules: sortedNames(connection.maskingRules.map((one) => one.maskingRuleName)),
    ...(connection.privileges === undefined ? {} : { privileges: connection.privileges }),
    ...(connection.adopt ? { adopt: true } : {}),
  };
}

/** The Manifest's entry of a Guardrail. */
export function guardrailEntry(guardrail: Guardrail): safeguards.Guardrail {
  return {
    name: guardrail.guardrailName,
    ...(guardrail.description === undefined ? {} : { description: guardrail.description }),
    input: guardrail.input,
    output: guardrail.output,
    ...(guardrail.adopt ? { adopt: true } : {}),
  };
}

/** The Manifest's entry of a MaskingRule. */
export function maskingRuleEntry(rule: MaskingRule): safeguards.MaskingRule {
  return {
    name: rule.maskingRuleName,
    ...(rule.description === undefined ? {} : { description: rule.description }),
    entityTypes: rule.entityTypes,
    ...(rule.scoreThresholdPercent === undefined ? {} : { scoreThresholdPercent: rule.scoreThresholdPercent }),
    ...(rule.adopt ? { adopt: true } : {}),
  };
}
