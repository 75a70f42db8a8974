import { failure } from "../../lib/errors";
import { gateName, type ConnectionObject, type GateObject, type GatewayObject } from "../../lib/model/gateway-object";
import { grantId } from "../../lib/model/grant";
import { plusSeconds } from "../../lib/model/instant";
import type { ConfigureEffect, Effect, EffectOutcome, EndEffect, HoldEffect, Provider, Secrets } from "../../lib/ports";
import type { GatewayUnderTest } from "./gateway";

/** The suite's own installation, and somebody else's. */
export const installationA = "inst-aaaaaaaa0001";
export const installationB = "inst-bbbbbbbb0002";

export const alice = "alice@example.com";
export const bob = "bob@example.com";
/** Not active. */
export const carol = "carol@example.com";

/** The Connections that the suite's gate names. */
export const read = "lhtest-orders-read";
export const write = "lhtest-orders-write";

/** Values of the suite's secrets. */
export const secretsOf: Secrets = {
  resolve: async (ref) => {
    if (ref === "${env:MISSING}") throw failure("E702", { detail: ref, fix: "set it" });
    return `value of ${ref}`;
  },
};

export function connection(
  under: GatewayUnderTest,
  name: string,
  over: Partial<ConnectionObject> = {},
): ConnectionObject {
  return {
    kind: "connection",
    name,
    resource: "lhtest-orders",
    resourceKind: "tcp",
    ...under.target,
    settings: { user: "leasehold_ro", database: "orders" },
    secrets: { password: "${env:ORDERS}" },
    command: [],
    guardrails: [],
    maskingRules: [],
    ...over,
  };
}

export function gate(...connections: readonly string[]): GateObject {
  return { kind: "gate", name: gateName, connections: [...connections].sort() };
}

export function configure(value: GatewayObject, over: Partial<ConfigureEffect> = {}): ConfigureEffect {
  return { kind: "configure", subject: { kind: value.kind, name: value.name }, value, adopt: false, ...over };
}

export function remove(value: GatewayObject, ref?: string): ConfigureEffect {
  const subject = { kind: value.kind, name: value.name };
  return { kind: "configure", subject, value: null, adopt: false, ...(ref === undefined ? {} : { ref }) };
}

/** A hold of alice on the read Connection for an hour from now. */
export function hold(
  under: GatewayUnderTest,
  over: Partial<HoldEffect> & {
    readonly request?: string;
    readonly generation?: number;
    readonly seconds?: number;
  } = {},
): HoldEffect {
  const { request = "orders", generation = 0, seconds = 3600, ...rest } = over;
  const person = over.person ?? alice;
  const target = over.connection ?? read;
  const grant = grantId({ installation: under.installation, request, person, connection: target });
  return {
    kind: "hold",
    correlation: { installation: under.installation, grant, generation },
    person,
    connection: target,
    end: plusSeconds(under.clock.now(), seconds),
    ...(under.keys === undefined ? {} : { keys: under.keys }),
    metadata: { request },
    ...rest,
  };
}

export function end(person = alice, target = read): EndEffect {
  return { kind: "end", person, connection: target };
}

/** Applies effects and gives their outcomes in the order of the effects; exactly one each, or the test fails. */
export async function applyAll(
  under: GatewayUnderTest,
  provider: Provider,
  effects: readonly Effect[],
): Promise<readonly EffectOutcome[]> {
  const outcomes = new Map<Effect, EffectOutcome>();
  for await (const outcome of provider.apply(effects, { secrets: under.secrets })) {
    if (outcomes.has(outcome.effect)) throw new Error("Expected one outcome per effect, got a second one");
    if (!effects.includes(outcome.effect)) throw new Error("Expected outcomes of the effects given only");
    outcomes.set(outcome.effect, outcome);
  }
  return effects.map((effect) => outcomes.get(effect) ?? missing());
}

/** Applies one effect. */
export async function applyOne(under: GatewayUnderTest, provider: Provider, effect: Effect): Promise<EffectOutcome> {
  const [outcome] = await applyAll(under, provider, [effect]);
  return outcome ?? missing();
}

/** A gateway with the suite's people, Connections and gate. */
export async function prepare(under: GatewayUnderTest, provider: Provider): Promise<void> {
  await under.addUser(alice);
  await under.addUser(bob);
  await under.addUser(carol, { active: false });
  const outcomes = await applyAll(under, provider, [
    configure(gate(read, write)),
    configure(connection(under, read)),
    configure(connection(under, write)),
  ]);
  const bad = outcomes.find((outcome) => outcome.kind !== "configured");
  if (bad !== undefined) throw new Error(`Expected the gateway to take the configuration, got ${JSON.stringify(bad)}`);
}

function missing(): never {
  throw new Error("Expected an outcome for each effect");
}
