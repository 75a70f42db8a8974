import type { DesiredGrant, Refusal } from "../model/desired";
import type { ConnectionObject, GatewayObject } from "../model/gateway-object";
import type { ProviderDescription } from "../model/gateway";
import { keysOf } from "../model/manifest";
import { countWords, listWords, someWords } from "../policy";
import { isUnreachable, tryFindObserved, type PlanContext } from "./context";

/** What the gateways cannot hold, in words, found before anything is applied. */
export interface GatewayFit {
  /** Why a Grant cannot be held, or undefined. */
  tryRefuse(desired: DesiredGrant): Refusal | undefined;
  /** Why nothing of a gateway may be touched, or undefined. */
  tryRefuseGateway(gateway: string): Refusal | undefined;
  /** Why an object cannot be held, or undefined. */
  tryRefuseObject(gateway: string, object: GatewayObject): Refusal | undefined;
}

/** A reason and what to do about it. */
interface Fault {
  readonly reason: Refusal["reason"];
  readonly sentence: string;
  readonly fix: string;
}

interface GatewayFaults {
  readonly whole: Fault | undefined;
  /** By gateway name of a Connection. */
  readonly connections: ReadonlyMap<string, Fault>;
  /** By `<kind>:<name>` of a safeguard. */
  readonly safeguards: ReadonlyMap<string, Fault>;
}

/** Compares what the rules want with what each gateway says it can hold. */
export function gatewayFit(context: PlanContext): GatewayFit {
  const faults = new Map<string, GatewayFaults>();
  const of = (gateway: string): GatewayFaults => {
    const known = faults.get(gateway) ?? faultsOf(context, gateway);
    faults.set(gateway, known);
    return known;
  };
  const people = new Map<string, ReadonlySet<string>>();
  return {
    tryRefuse(desired) {
      const { whole, connections } = of(desired.gateway);
      const fault =
        whole ??
        connections.get(desired.gatewayName) ??
        personFault(context, desired, receiversOf(context, desired.gateway, people));
      return fault === undefined ? undefined : grantRefusal(desired, fault);
    },
    tryRefuseGateway(gateway) {
      const { whole } = of(gateway);
      return whole === undefined ? undefined : { request: "", gateway, ...whole };
    },
    tryRefuseObject(gateway, object) {
      const { connections, safeguards } = of(gateway);
      const fault =
        object.kind === "connection" ? connections.get(object.name) : safeguards.get(`${object.kind}:${object.name}`);
      const subject = { kind: object.kind, name: object.name };
      return fault === undefined ? undefined : { request: "", gateway, subject, ...fault };
    },
  };
}

function grantRefusal(desired: DesiredGrant, fault: Fault): Refusal {
  return {
    request: desired.request,
    person: desired.person,
    connection: desired.connection,
    rule: desired.rule,
    gateway: desired.gateway,
    reason: fault.reason,
    sentence: fault.sentence,
    fix: fault.fix,
  };
}

function faultsOf(context: PlanContext, gateway: string): GatewayFaults {
  const description = context.descriptions.get(gateway);
  const objects = context.desired.objects[gateway] ?? [];
  const whole = wholeFault(context, gateway, description);
  if (description === undefined) return { whole, connections: new Map(), safeguards: new Map() };
  const safeguards = new Map([
    ...excess(objects, { kind: "guardrail", most: description.maxGuardrails, gateway, what: "guardrail" }),
    ...excess(objects, { kind: "maskingRule", most: description.maxMaskingRules, gateway, what: "masking rule" }),
  ]);
  const connections = new Map<string, Fault>();
  for (const object of objects) {
    if (object.kind !== "connection") continue;
    const fault = connectionFault(object, description) ?? safeguardFault(object, safeguards);
    if (fault !== undefined) connections.set(object.name, fault);
  }
  return { whole, connections, safeguards };
}

function wholeFault(
  context: PlanContext,
  gateway: string,
  description: ProviderDescription | undefined,
): Fault | undefined {
  const gate = tryFindObserved(context, gateway)?.objects.find((object) => object.value.kind === "gate");
  const found = description?.installation ?? gate?.installation;
  if (found === undefined || found === context.installation) return undefined;
  return {
    reason: "another installation",
    sentence: `Gateway ${gateway} belongs to installation ${found}, ours is ${context.installation}.`,
    fix: "give each installation a gateway of its own, or remove the other's gate there",
  };
}

function connectionFault(object: ConnectionObject, description: ProviderDescription): Fault | undefined {
  const { gateway, provider, kinds, guardrailKinds } = description;
  if (!kinds.includes(object.resourceKind)) {
    return {
      reason: "cannot be held",
      sentence: `Gateway ${gateway} (${provider}) cannot hold ${object.name}: it has no connections of kind ${object.resourceKind}.`,
      fix: `put the resource behind another gateway; this one has ${listWords(kinds, "and")}`,
    };
  }
  if (object.guardrails.length > 0 && guardrailKinds.includes(object.resourceKind)) {
    return {
      reason: "cannot be held",
      sentence: `Gateway ${gateway} (${provider}) cannot hold ${object.name}: a guardrail on a ${object.resourceKind} connection breaks it.`,
      fix: `take ${listWords(object.guardrails, "and")} off the connection, or declare the resource by its protocol`,
    };
  }
  return undefined;
}

/** A Connection whose safeguard cannot be held is not made: without it, it would be more than was declared. */
function safeguardFault(object: ConnectionObject, safeguards: ReadonlyMap<string, Fault>): Fault | undefined {
  const names = [
    ...object.guardrails.map((name) => `guardrail:${name}`),
    ...object.maskingRules.map((name) => `maskingRule:${name}`),
  ];
  const fault = names.map((name) => safeguards.get(name)).find((one) => one !== undefined);
  return fault === undefined
    ? undefined
    : { ...fault, sentence: `${object.name} needs what the gateway cannot hold. ${fault.sentence}` };
}

/** The safeguards beyond what a licence lets a gateway have: by name, the later ones. */
function excess(
  objects: readonly GatewayObject[],
  bound: {
    readonly kind: "guardrail" | "maskingRule";
    readonly most: number | undefined;
    readonly gateway: string;
    readonly what: string;
  },
): [string, Fault][] {
  const names = objects.filter((object) => object.kind === bound.kind).map((object) => object.name);
  const { most, gateway, what } = bound;
  if (most === undefined || names.length <= most) return [];
  const fault: Fault = {
    reason: "cannot be held",
    ...(most === 0
      ? {
          sentence: `Gateway ${gateway} has no ${what}s, and the rules want ${names.length}: ${someWords(names, 5)}.`,
          fix: `take ${names.length === 1 ? "it" : "them"} off there, or put the resource behind another gateway`,
        }
      : {
          sentence: `Gateway ${gateway} holds ${countWords(most, what)} without a licence, and the rules want ${names.length}: ${someWords(names, 5)}.`,
          fix: `use ${most === 1 ? "one" : `at most ${most}`} there, or license the gateway`,
        }),
  };
  return names.slice(most).map((name) => [`${bound.kind}:${name}`, fault]);
}

function personFault(
  context: PlanContext,
  desired: DesiredGrant,
  receivers: ReadonlySet<string> | undefined,
): Fault | undefined {
  const { gateway, person } = desired;
  const description = context.descriptions.get(gateway);
  const isService = person.startsWith("service:");
  if (description !== undefined && !description.principals.includes(isService ? "service" : "user")) {
    return {
      reason: "cannot be held",
      sentence: `Gateway ${gateway} (${description.provider}) cannot hold a lease for ${isService ? "the service account" : "the user"} ${person}.`,
      fix: "ask for somebody else, or put the resource behind another gateway",
    };
  }
  if (description?.sealsSecrets === true) return keyFault(context, desired);
  if (receivers === undefined || receivers.has(person)) return undefined;
  const objects = tryFindObserved(context, gateway)?.objects ?? [];
  const isThere = objects.some(({ value }) => value.kind === "user" && value.name === person);
  return {
    reason: "user unknown at the gateway",
    sentence: `Gateway ${gateway} ${isThere ? `has ${person}, but not as an active user` : `does not know ${person}`}.`,
    fix: isThere
      ? "have an administrator of the gateway make this user active"
      : "invite this user to the gateway (the e-mail must be equal in every letter), or set `users: declared` for it",
  };
}

/** Who has no key could not open the secret of a lease. */
function keyFault({ manifest }: PlanContext, { gateway, person }: DesiredGrant): Fault | undefined {
  if (keysOf(manifest, person).length > 0) return undefined;
  return {
    reason: "cannot be held",
    sentence: `${person} has no key in the rules, so the secret of a lease at gateway ${gateway} could be sealed to nobody.`,
    fix: `make a key with \`age-keygen\`, keep its file, and add the public one to the rules: \`keys: ["age1…"]\``,
  };
}

/** Who may receive a lease: active users, and those whom this Plan makes; undefined when nobody could look. */
function receiversOf(
  context: PlanContext,
  gateway: string,
  memory: Map<string, ReadonlySet<string>>,
): ReadonlySet<string> | undefined {
  const observed = tryFindObserved(context, gateway);
  if (observed === undefined || isUnreachable(context, gateway)) return undefined;
  const known = memory.get(gateway);
  if (known !== undefined) return known;
  const there = new Set(observed.objects.flatMap(({ value }) => (value.kind === "user" ? [value.name] : [])));
  const receivers = new Set(observed.activeUsers);
  for (const object of context.desired.objects[gateway] ?? []) {
    if (object.kind === "user" && !there.has(object.name) && willBeMade(context, gateway, object.name))
      receivers.add(object.name);
  }
  memory.set(gateway, receivers);
  return receivers;
}

/** A user whom we made before and somebody took away is made again only with all repairs. */
function willBeMade(context: PlanContext, gateway: string, user: string): boolean {
  return context.repairs === "all" || !context.state.objects.has(`${gateway}:user:${user}`);
}
