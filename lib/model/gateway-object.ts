import type { Connection, ResourceKind, SecretRef } from "./resource";
import type { Guardrail, MaskingRule } from "./safeguard";

/** The name of the one gate rule, and of the group without members that guards it. */
export const gateName = "leasehold-gate";

/** The rule that makes every managed Connection closed by default. */
export interface GateObject {
  readonly kind: "gate";
  readonly name: typeof gateName;
  /** Gateway names of all managed Connections, sorted. */
  readonly connections: readonly string[];
}

/** A Connection as the gateway holds it. */
export interface ConnectionObject {
  readonly kind: "connection";
  readonly name: string;
  readonly resource: string;
  readonly resourceKind: ResourceKind;
  readonly host?: string;
  readonly port?: number;
  readonly settings: Connection["settings"];
  /** References by name in what is desired; names only (empty references) in what is observed. */
  readonly secrets: Readonly<Record<string, SecretRef>>;
  readonly command: readonly string[];
  readonly agent?: string;
  readonly guardrails: readonly string[];
  readonly maskingRules: readonly string[];
}

/** A Guardrail as the gateway holds it. */
export type GuardrailObject = { readonly kind: "guardrail" } & Omit<Guardrail, "adopt">;

/** A MaskingRule as the gateway holds it. */
export type MaskingRuleObject = { readonly kind: "maskingRule" } & Omit<MaskingRule, "adopt">;

/** A user of the gateway; `name` is the e-mail. */
export interface UserObject {
  readonly kind: "user";
  readonly name: string;
  readonly displayName: string;
  readonly active: boolean;
}

/** One object of a gateway's configuration, in the normal form that desired and observed share. */
export type GatewayObject = GateObject | ConnectionObject | GuardrailObject | MaskingRuleObject | UserObject;

/** What identifies an object on one gateway. */
export interface ObjectSubject {
  readonly kind: GatewayObject["kind"];
  readonly name: string;
}

/** The key of an object among all gateways. */
export function objectKey(gateway: string, subject: ObjectSubject): string {
  return `${gateway}:${subject.kind}:${subject.name}`;
}
