import { canonicalJson } from "../model/canonical";
import type { ConfigurationReason, Direction } from "../model/action";
import type {
  ConnectionObject,
  GateObject,
  GatewayObject,
  GuardrailObject,
  MaskingRuleObject,
} from "../model/gateway-object";
import { assertNever } from "../model/exhaustive";
import type { ObjectState } from "../model/log-state";
import type { ObservedObject } from "../model/observed";

/** How an object that is ours differs from what is wanted. */
export interface ObjectDifference {
  readonly reason: Extract<ConfigurationReason, "declared" | "differs" | "secret changed" | "gate incomplete">;
  readonly direction: Direction;
  /** Somebody else changed it: putting it back is a repair. */
  readonly isRepair: boolean;
}

/**
 * Compares an object that is ours with what is wanted. Secrets compare by reference (with what the
 * Log has) and by the time they were written; what an observing key may not see is taken from the Log.
 */
export function tryFindDifference(facts: {
  readonly wanted: GatewayObject;
  readonly observed: ObservedObject;
  readonly recorded: ObjectState | undefined;
  readonly storesSecrets: boolean;
}): ObjectDifference | undefined {
  const { wanted, observed, recorded } = facts;
  const there = observed.value;
  if (wanted.kind === "user") return undefined;
  if (wanted.kind === "gate") return gateDifference(wanted, there, observed);
  const isDeclared = recorded === undefined || canonicalJson(recorded.value) !== canonicalJson(wanted);
  const isSecret = wanted.kind === "connection" && secretsDiffer({ ...facts, wanted });
  const isOther = canonicalJson(comparable(wanted, facts)) !== canonicalJson(comparable(seen(facts), facts));
  if (!isSecret && !isOther && observed.flaw === undefined) return undefined;
  const isRepair = !isDeclared;
  const reason = isSecret && !isOther ? "secret changed" : isDeclared && isOther ? "declared" : "differs";
  const isFlawOnly = !isSecret && !isOther;
  return { reason, direction: isFlawOnly ? "narrows" : directionOf(there, wanted), isRepair };
}

/** Whether an update lets people do more or less: by its safeguards; what cannot be told apart is neutral. */
export function directionOf(before: GatewayObject, after: GatewayObject): Direction {
  switch (after.kind) {
    case "connection":
      return before.kind === "connection" ? connectionDirection(before, after) : "neutral";
    case "guardrail":
      return before.kind === "guardrail" ? guardrailDirection(before, after) : "neutral";
    case "maskingRule":
      return before.kind === "maskingRule" ? maskingDirection(before, after) : "neutral";
    case "gate":
      return "narrows";
    case "user":
      return "neutral";
    default:
      return assertNever(after);
  }
}

/** The gate is right as soon as it names every managed Connection: more names close more. */
function gateDifference(
  wanted: GateObject,
  there: GatewayObject,
  { flaw }: ObservedObject,
): ObjectDifference | undefined {
  const names = new Set(there.kind === "gate" ? there.connections : []);
  const isIncomplete = wanted.connections.some((name) => !names.has(name));
  if (!isIncomplete && flaw === undefined) return undefined;
  return { reason: isIncomplete ? "gate incomplete" : "differs", direction: "narrows", isRepair: false };
}

interface Sides {
  readonly wanted: GatewayObject;
  readonly observed: ObservedObject;
  readonly recorded: ObjectState | undefined;
  readonly storesSecrets: boolean;
}

function secretsDiffer(facts: Sides & { readonly wanted: ConnectionObject }): boolean {
  const { wanted, observed, recorded, storesSecrets } = facts;
  const written = recorded?.value.kind === "connection" ? recorded.value.secrets : undefined;
  if (written !== undefined && canonicalJson(written) !== canonicalJson(wanted.secrets)) return true;
  if (!storesSecrets) return false;
  const { secretsUpdatedAt } = observed;
  if (recorded?.secretsUpdatedAt !== undefined && secretsUpdatedAt !== undefined) {
    if (recorded.secretsUpdatedAt !== secretsUpdatedAt) return true;
  }
  if (observed.settingsHidden === true || observed.value.kind !== "connection") return false;
  const names = Object.keys(observed.value.secrets).sort();
  return canonicalJson(names) !== canonicalJson(Object.keys(wanted.secrets).sort());
}

/** What is there, with the hidden fields as we wrote them. */
function seen({ observed, recorded }: Sides): GatewayObject {
  const { value } = observed;
  const written = recorded?.value;
  if (observed.settingsHidden !== true || value.kind !== "connection" || written?.kind !== "connection") return value;
  const { host: _host, port: _port, ...rest } = value;
  return {
    ...rest,
    ...(written.host === undefined ? {} : { host: written.host }),
    ...(written.port === undefined ? {} : { port: written.port }),
    settings: written.settings,
  };
}

/** Without secrets, which compare apart, and without an agent that nobody declared. */
function comparable(object: GatewayObject, { wanted }: Sides): unknown {
  if (object.kind !== "connection") return object;
  const isAgentDeclared = wanted.kind === "connection" && wanted.agent !== undefined;
  return { ...object, secrets: {}, agent: isAgentDeclared ? object.agent : undefined };
}

function connectionDirection(before: ConnectionObject, after: ConnectionObject): Direction {
  const had = [...before.guardrails, ...before.maskingRules];
  const has = [...after.guardrails, ...after.maskingRules];
  if (had.some((name) => !has.includes(name))) return "widens";
  return has.some((name) => !had.includes(name)) ? "narrows" : "neutral";
}

function guardrailDirection(before: GuardrailObject, after: GuardrailObject): Direction {
  const had = patternsOf(before);
  const has = patternsOf(after);
  if ([...had].every((pattern) => has.has(pattern))) return has.size > had.size ? "narrows" : "neutral";
  return "widens";
}

function patternsOf(guardrail: GuardrailObject): ReadonlySet<string> {
  const side = (name: "input" | "output"): string[] =>
    guardrail[name].flatMap((pattern) =>
      pattern.type === "denyWords"
        ? pattern.words.map((word) => `${name} word ${word}`)
        : [`${name} pattern ${pattern.pattern}`],
    );
  return new Set([...side("input"), ...side("output")]);
}

function maskingDirection(before: MaskingRuleObject, after: MaskingRuleObject): Direction {
  const isLess = before.entityTypes.some((type) => !after.entityTypes.includes(type));
  const [had, has] = [before.scoreThresholdPercent ?? 0, after.scoreThresholdPercent ?? 0];
  if (isLess || has > had) return "widens";
  return has < had || after.entityTypes.length > before.entityTypes.length ? "narrows" : "neutral";
}
