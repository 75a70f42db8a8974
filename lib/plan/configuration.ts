import type { Direction } from "../model/action";
import { configuresGateway } from "../model/config";
import { objectKey, type GatewayObject } from "../model/gateway-object";
import type { ObjectState } from "../model/log-state";
import type { ObservedObject } from "../model/observed";
import type { DriftItem } from "../model/plan";
import { configurationAction, kindWords, type ObjectFacts } from "./configuration-action";
import { unusableKey, type ConfigurationResult, type Results, type UnusableConnection } from "./configuration-result";
import { isUnreachable, tryFindObserved, type PlanContext } from "./context";
import type { GatewayFit } from "./gateway-fit";
import { planLevels } from "./levels";
import { directionOf, tryFindDifference } from "./object-difference";

/**
 * Compares what the rules want with what each gateway has. Only what is recorded in the Log and
 * carries our installation is changed or deleted; an object of somebody else with a wanted name is
 * refused unless the rules adopt it. Nobody's user is ever changed or deleted. The gate only grows:
 * names of Connections that are gone are harmless, and forgetting one would open it.
 */
export function planConfiguration(context: PlanContext, fit: GatewayFit): ConfigurationResult {
  const result: Results = { actions: [], refusals: [], drift: [], unusable: new Map() };
  if (context.state.recovering !== undefined) return result;
  const recorded = recordedByGateway(context);
  const gateways = new Set([...Object.keys(context.desired.objects), ...recorded.keys()]);
  for (const gateway of [...gateways].sort()) {
    if (isUnreachable(context, gateway)) continue;
    const refusal = fit.tryRefuseGateway(gateway);
    if (refusal !== undefined) result.refusals.push(refusal);
    else if (!configuresGateway(context.manifest.gateways[gateway]?.provider))
      planLevels(context, fit, gateway, result);
    else planGateway({ context, fit, gateway, recorded: recorded.get(gateway) ?? new Map() }, result);
  }
  return result;
}

interface GatewayFacts {
  readonly context: PlanContext;
  readonly fit: GatewayFit;
  readonly gateway: string;
  /** By object key. */
  readonly recorded: ReadonlyMap<string, ObjectState>;
}

function recordedByGateway(context: PlanContext): ReadonlyMap<string, ReadonlyMap<string, ObjectState>> {
  const byGateway = new Map<string, Map<string, ObjectState>>();
  for (const object of context.state.objects.values()) {
    const there = byGateway.get(object.gateway) ?? new Map<string, ObjectState>();
    there.set(objectKey(object.gateway, object.subject), object);
    byGateway.set(object.gateway, there);
  }
  return byGateway;
}

function planGateway(facts: GatewayFacts, result: Results): void {
  const { context, gateway, recorded } = facts;
  const observed = observedByKey(facts);
  const wanted = new Map(
    (context.desired.objects[gateway] ?? []).map((object) => [objectKey(gateway, object), object] as const),
  );
  for (const [key, object] of wanted) {
    planObject(facts, { object, there: observed.get(key), record: recorded.get(key), observed }, result);
  }
  for (const [key, record] of recorded) {
    const there = observed.get(key);
    if (!wanted.has(key) && there !== undefined) planRemoval(facts, record, there, result);
  }
}

/** What is there, or what the Log says we last wrote. */
function observedByKey({ context, gateway, recorded }: GatewayFacts): ReadonlyMap<string, ObservedObject> {
  const observed = tryFindObserved(context, gateway);
  if (observed !== undefined) {
    // Where two have one name (hoop lets guardrails), ours is the one that is meant.
    const ours = observed.objects.filter((object) => object.installation === context.installation);
    return new Map([...observed.objects, ...ours].map((object) => [objectKey(gateway, object.value), object]));
  }
  return new Map(
    [...recorded].map(([key, { ref, value, secretsUpdatedAt }]) => [
      key,
      {
        ref: ref ?? "",
        installation: context.installation,
        value,
        ...(secretsUpdatedAt === undefined ? {} : { secretsUpdatedAt }),
      },
    ]),
  );
}

function planObject(facts: GatewayFacts, about: ObjectFacts, result: Results): void {
  const { context, fit, gateway } = facts;
  const { object, there, record } = about;
  const refusal = fit.tryRefuseObject(gateway, object);
  if (refusal !== undefined) {
    result.refusals.push(refusal);
    return;
  }
  if (there === undefined) {
    planMissing(facts, about, result);
    return;
  }
  if (object.kind === "user") return;
  if (!isOurs(facts, about)) {
    planForeign(facts, about, result);
    return;
  }
  const difference = tryFindDifference({
    wanted: object,
    observed: there,
    recorded: record,
    storesSecrets: context.descriptions.get(gateway)?.storesSecrets ?? true,
  });
  if (difference === undefined) return;
  if (difference.isRepair && difference.reason !== "gate incomplete") {
    result.drift.push(changedDrift(gateway, object, there));
    if (context.repairs === "narrowing" && difference.direction !== "narrows") return;
  }
  result.actions.push(configurationAction(facts, about, { kind: "update", ...difference }));
}

/** Recorded in the Log, or at least intended there, and carrying our installation; the gate by its mark alone. */
function isOurs({ context, gateway }: GatewayFacts, { object, there, record }: ObjectFacts): boolean {
  if (there?.installation !== context.installation) return false;
  if (record !== undefined || object.kind === "gate") return true;
  const key = objectKey(gateway, object);
  return [...context.state.intents.values()].some(
    (intent) =>
      intent.kind === "configuration" &&
      intent.gateway === gateway &&
      intent.subject !== undefined &&
      objectKey(gateway, intent.subject) === key,
  );
}

function planMissing(facts: GatewayFacts, about: ObjectFacts, result: Results): void {
  const { context, gateway } = facts;
  const { object, record } = about;
  if (object.kind === "user" && !canHoldUser(facts, object.name)) return;
  if (record === undefined) {
    result.actions.push(
      configurationAction(facts, about, { kind: "create", reason: "declared", direction: creation(object) }),
    );
    return;
  }
  result.drift.push({
    kind: "missing object",
    gateway,
    subject: object.name,
    sentence: `${kindWords(object.kind)} ${object.name} was deleted at gateway ${gateway}, not by us.`,
  });
  const direction: Direction = object.kind === "connection" || object.kind === "user" ? "widens" : "narrows";
  if (direction === "widens" && context.repairs === "narrowing") {
    if (object.kind === "connection") {
      result.unusable.set(unusableKey(gateway, object.name), {
        reason: "cannot be held",
        sentence: `Connection ${object.name} was deleted at gateway ${gateway}.`,
        fix: "run `leasehold apply` to make it again, or take it out of the rules",
      });
    }
    return;
  }
  result.actions.push(configurationAction(facts, about, { kind: "create", reason: "deleted outside", direction }));
}

function canHoldUser({ context, gateway }: GatewayFacts, person: string): boolean {
  const principals = context.descriptions.get(gateway)?.principals;
  return principals === undefined || principals.includes(person.startsWith("service:") ? "service" : "user");
}

function planForeign(facts: GatewayFacts, about: ObjectFacts, result: Results): void {
  const { context, gateway } = facts;
  const { object, there } = about;
  const subject = { kind: object.kind, name: object.name };
  const what = `${kindWords(object.kind)} ${object.name}`;
  const isAnothers = there?.installation !== undefined && there.installation !== context.installation;
  const mayAdopt = context.desired.adoptions.includes(objectKey(gateway, object)) && !isAnothers;
  result.drift.push({
    kind: "foreign object",
    gateway,
    subject: object.name,
    sentence: `${what} at gateway ${gateway} was not made by us${mayAdopt ? "; the rules adopt it" : ""}.`,
  });
  if (mayAdopt) {
    if (context.repairs === "narrowing" || there === undefined) return;
    const direction = directionOf(there.value, object);
    result.actions.push(configurationAction(facts, about, { kind: "update", reason: "adopted", direction }));
    return;
  }
  const refusal: UnusableConnection = {
    reason: isAnothers ? "another installation" : "foreign object",
    sentence: isAnothers
      ? `${what} at gateway ${gateway} belongs to installation ${there.installation}.`
      : `${what} is there at gateway ${gateway}, and somebody else made it.`,
    fix:
      isAnothers || object.kind === "gate"
        ? `remove it at the gateway, or use another gateway`
        : "set `adopt: true` on it in the rules to take it over, or choose another name",
  };
  result.refusals.push({ request: "", gateway, subject, ...refusal });
  if (object.kind === "connection") result.unusable.set(unusableKey(gateway, object.name), refusal);
}

/** What the rules no longer want: deleted if it is still ours; users and the gate stay. */
function planRemoval(facts: GatewayFacts, record: ObjectState, there: ObservedObject, result: Results): void {
  const { value } = there;
  if (value.kind === "user" || value.kind === "gate") return;
  if (there.installation !== facts.context.installation) return;
  const about: ObjectFacts = { object: value, there, record, observed: new Map() };
  const direction: Direction = value.kind === "connection" ? "narrows" : "widens";
  result.actions.push({
    ...configurationAction(facts, about, { kind: "delete", reason: "no longer declared", direction }),
    after: null,
  });
}

function creation(object: GatewayObject): Direction {
  return object.kind === "connection" || object.kind === "user" ? "neutral" : "narrows";
}

function changedDrift(gateway: string, object: GatewayObject, there: ObservedObject): DriftItem {
  const why = there.flaw === undefined ? "" : `: ${there.flaw}`;
  return {
    kind: "changed object",
    gateway,
    subject: object.name,
    sentence: `${kindWords(object.kind)} ${object.name} was changed at gateway ${gateway}, not by us${why}.`,
  };
}
