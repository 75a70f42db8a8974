import type { ConfigurationAction, ConfigurationReason, Direction } from "../model/action";
import { gateName, objectKey, type GatewayObject } from "../model/gateway-object";
import type { ObjectState } from "../model/log-state";
import type { ObservedObject } from "../model/observed";
import type { PlanContext } from "./context";
import { observedObject } from "./observed-object";

/** One wanted object and what is known of it. */
export interface ObjectFacts {
  readonly object: GatewayObject;
  readonly there: ObservedObject | undefined;
  readonly record: ObjectState | undefined;
  /** Everything on its gateway, by object key. */
  readonly observed: ReadonlyMap<string, ObservedObject>;
}

/** Makes the Action that writes an object; of a gate the one that forgets no Connection. */
export function configurationAction(
  { context, gateway }: { readonly context: PlanContext; readonly gateway: string },
  { object, there, observed }: ObjectFacts,
  what: {
    readonly kind: ConfigurationAction["kind"];
    readonly reason: ConfigurationReason;
    readonly direction: Direction;
  },
): ConfigurationAction {
  return {
    family: "configuration",
    kind: what.kind,
    gateway,
    subject: { kind: object.kind, name: object.name },
    before: there?.value ?? null,
    after: object.kind === "gate" ? grownGate(object, there, observed, gateway) : object,
    reason: what.reason,
    direction: what.direction,
    observed: context.observed === "log" || there === undefined ? null : observedObject(there),
    waitsForPolicy: context.isUnaccepted,
  };
}

/** The gate with every wanted name, and with every name it has whose Connection still exists. */
function grownGate(
  wanted: Extract<GatewayObject, { kind: "gate" }>,
  there: ObservedObject | undefined,
  observed: ReadonlyMap<string, ObservedObject>,
  gateway: string,
): GatewayObject {
  const had = there?.value.kind === "gate" ? there.value.connections : [];
  const kept = had.filter((name) => observed.has(objectKey(gateway, { kind: "connection", name })));
  return { kind: "gate", name: gateName, connections: [...new Set([...wanted.connections, ...kept])].sort() };
}

/** What an object's kind is called at the start of a sentence. */
export function kindWords(kind: GatewayObject["kind"]): string {
  switch (kind) {
    case "gate":
      return "The gate";
    case "connection":
      return "Connection";
    case "guardrail":
      return "Guardrail";
    case "maskingRule":
      return "Masking rule";
    case "user":
      return "User";
  }
}
