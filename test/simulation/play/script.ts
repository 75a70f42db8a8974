/** What is to happen in a run, made from its seed before it begins: a list of events, any of which can be left out. */
import { connections, leads, people, policyKinds, type PolicyKind } from "../oracle/rules";
import { Chance } from "../world/chance";
import { networkFaults, type NetworkFault } from "../world/network";
import type { WorldParts } from "../world/world";

/** One thing that happens; `atMs` counts from the start. */
export type Event = { readonly atMs: number } & What;

type Pair = { readonly person: string; readonly connection: string };

/** Which call a spoilt one is: the next of its kind. */
export type SpoiltCall = "provision" | "review" | "kill" | "session";

/** What can happen, closed. */
export type What =
  | {
      readonly kind: "ask";
      readonly name: string;
      readonly for: readonly string[];
      readonly connection: string;
      readonly durationMs: number;
      readonly startAfterMs: number;
      readonly startBeforeMs: number;
    }
  | { readonly kind: "swap"; readonly request: string; readonly name: string; readonly durationMs: number }
  | { readonly kind: "approve"; readonly request: string; readonly by: string }
  | { readonly kind: "narrow"; readonly request: string; readonly durationMs: number }
  | { readonly kind: "remove"; readonly request: string }
  | ({ readonly kind: "give back" | "revoke"; readonly request: string } & Pair)
  | {
      readonly kind: "opt out";
      readonly person: string;
      readonly rule: "reading" | "writing";
      readonly liftAfterMs?: number;
    }
  | { readonly kind: "policy"; readonly policy: PolicyKind }
  | { readonly kind: "freeze"; readonly forMs: number }
  | ({ readonly kind: "connect"; readonly raceMs: number } & Pair)
  | ({ readonly kind: "hand revokes" | "hand approves again" } & Pair)
  | ({ readonly kind: "hand grants"; readonly seconds: number } & Pair)
  | { readonly kind: "hand opens the gate" }
  | { readonly kind: "hand deletes"; readonly connection: string }
  | { readonly kind: "hand makes"; readonly name: string }
  | { readonly kind: "kill"; readonly place: number; readonly afterCalls: number }
  | { readonly kind: "stop"; readonly place: number }
  | { readonly kind: "pause"; readonly place: number; readonly forMs: number; readonly afterCalls: number }
  | { readonly kind: "power" }
  | { readonly kind: "full disk"; readonly forMs: number; readonly left: number }
  | {
      readonly kind: "bad network";
      readonly forMs: number;
      readonly faults: readonly NetworkFault[];
      readonly rate: number;
    }
  | { readonly kind: "spoilt call"; readonly of: SpoiltCall; readonly fault: NetworkFault }
  | { readonly kind: "no network"; readonly forMs: number }
  | { readonly kind: "clock"; readonly machine: number; readonly jumpMs: number; readonly forMs: number }
  | { readonly kind: "drift"; readonly machine: number; readonly rate: number; readonly forMs: number }
  | { readonly kind: "gateway clock"; readonly jumpMs: number; readonly forMs: number }
  | { readonly kind: "gateway restarts" }
  | { readonly kind: "lost kill" | "overtaken revoke" }
  | { readonly kind: "connect beside a revoke"; readonly raceMs: number }
  | { readonly kind: "give back beside a grant" }
  | {
      readonly kind: "opt out beside a pass";
      readonly person: string;
      readonly rule: "reading" | "writing";
      readonly afterMs: number;
      readonly liftAfterMs?: number;
    }
  | { readonly kind: "give back before a refusal"; readonly forMs: number; readonly by: string }
  | { readonly kind: "all clocks"; readonly jumpMs: number; readonly forMs: number }
  | { readonly kind: "kill of people"; readonly afterCalls: number };

/** A run before it begins. */
export interface Script {
  readonly parts: WorldParts;
  /** Reconcilers that run beside each other. */
  readonly services: number;
  readonly intervalMs: number;
  /** When nothing goes wrong any more, from the start. */
  readonly lengthMs: number;
  readonly events: readonly Event[];
}

/** What comes more often than by chance, to look for one kind of bug. */
export interface Bias {
  readonly store?: WorldParts["store"];
  readonly gateway?: WorldParts["gateway"];
  readonly services?: number;
  /** These kinds are in every run, several times. */
  readonly more?: readonly What["kind"][];
  /** No trouble but what `more` names. */
  readonly calm?: true;
  /** What goes wrong with calls is one of these. */
  readonly faults?: readonly NetworkFault[];
  /** How many requests there are at least. */
  readonly asks?: number;
  /** All ask for one Connection, so that pairs hold several Grants. */
  readonly oneConnection?: (typeof connections)[number];
}

const minute = 60_000;

/** Makes the script of a seed. Each seed leaves most kinds of trouble out, so that those that are left come in all mixtures. */
export function scriptOf(seed: number, bias: Bias = {}): Script {
  const chance = new Chance(seed, "script");
  const isFile = chance.happens(0.65);
  const store = bias.store ?? (isFile ? "file" : "shared");
  const someServices = chance.pick([1, 1, 1, 2, 2, 3]);
  const services = bias.services ?? someServices;
  const machines = store === "shared" ? services : 1;
  const isHoop = chance.happens(0.55);
  const parts: WorldParts = { seed, store, gateway: bias.gateway ?? (isHoop ? "hoop" : "embedded"), machines };
  const intervalMs = chance.pick([3, 5, 10, 15]) * minute;
  const lengthMs = intervalMs * chance.between(3, 6);
  const events = [
    ...asks(chance, lengthMs, bias),
    ...lives(chance, lengthMs, bias),
    ...troubles(chance, { lengthMs, services, parts }, bias),
  ];
  // Drawn and placed after all others: what was found by the others stays what it was.
  const later = moments(new Chance(seed, "script/moments"), lengthMs, bias);
  const inOrder = [events, later].flatMap((list) => list.toSorted((a, b) => a.atMs - b.atMs));
  return { parts, services, intervalMs, lengthMs, events: inOrder };
}

function asks(chance: Chance, lengthMs: number, { oneConnection, asks: least = 0 }: Bias): readonly Event[] {
  const events: Event[] = [];
  const count = Math.max(least, chance.between(1, 4));
  for (let n = 1; n <= count; n += 1) {
    const name = `ask-${n}`;
    const atMs = n === 1 ? 1_000 : chance.between(1_000, lengthMs * 0.7);
    const anyConnection = chance.pick(connections);
    const connection = oneConnection ?? anyConnection;
    const isLater = chance.happens(0.2);
    const startAfterMs = isLater ? atMs + chance.between(2, 20) * minute : 0;
    events.push({
      atMs,
      kind: "ask",
      name,
      for: chance.happens(0.15) ? ["group:devs"] : [chance.pick(people)],
      connection,
      durationMs: chance.pick([1, 5, 12, 30, 60]) * minute + chance.between(0, 59) * 1_000,
      startAfterMs,
      startBeforeMs: Math.max(atMs, startAfterMs) + chance.pick([10, 60, 600]) * minute,
    });
    if (connection === "orders/write" && chance.happens(0.85)) {
      events.push({
        atMs: atMs + chance.between(5_000, 10 * minute),
        kind: "approve",
        request: name,
        by: chance.pick(leads),
      });
    }
  }
  return events;
}

/** What people do with what they have. */
function lives(chance: Chance, lengthMs: number, bias: Bias): readonly Event[] {
  const asked = ["ask-1", "ask-2", "ask-3", "ask-4"];
  const pair = (): Pair => {
    const [person, connection] = [chance.pick(people), chance.pick(connections)];
    return { person, connection: bias.oneConnection ?? connection };
  };
  const kinds: readonly Kind[] = [
    [0.9, "connect", () => ({ kind: "connect", ...pair(), raceMs: chance.pick([1, 1, 500, 3_000]) })],
    [
      0.3,
      "narrow",
      () => ({ kind: "narrow", request: chance.pick(asked), durationMs: chance.between(1, 10) * minute }),
    ],
    [0.3, "remove", () => ({ kind: "remove", request: chance.pick(asked) })],
    [
      0.3,
      "swap",
      () => ({
        kind: "swap",
        request: chance.pick(asked),
        name: `swap-${chance.between(1, 999_999_999)}`,
        durationMs: chance.between(2, 30) * minute,
      }),
    ],
    [
      0.4,
      ["give back", "revoke"],
      () => ({ kind: chance.pick(["give back", "revoke"] as const), request: chance.pick(asked), ...pair() }),
    ],
    [
      0.2,
      "opt out",
      () => ({
        kind: "opt out",
        person: chance.pick(people),
        rule: chance.pick(["reading", "writing"] as const),
        ...lift(chance),
      }),
    ],
    [0.2, "policy", () => ({ kind: "policy", policy: chance.pick(policyKinds) })],
    [0.1, "freeze", () => ({ kind: "freeze", forMs: chance.between(1, 20) * minute })],
    [0.25, "hand revokes", () => ({ kind: "hand revokes", ...pair() })],
    [0.1, "hand approves again", () => ({ kind: "hand approves again", ...pair() })],
    [0.1, "hand grants", () => ({ kind: "hand grants", ...pair(), seconds: chance.between(10, 3_000) })],
    [0.1, "hand opens the gate", () => ({ kind: "hand opens the gate" })],
    [0.08, "hand deletes", () => ({ kind: "hand deletes", connection: chance.pick(connections) })],
    [0.15, "hand makes", () => ({ kind: "hand makes", name: `theirs-${chance.between(1, 999)}` })],
  ];
  return some(chance, kinds, lengthMs, { most: 4, more: bias.more });
}

/** What happens at the very moment of something else, and what takes everybody at once. */
function moments(chance: Chance, lengthMs: number, bias: Bias): readonly Event[] {
  const kinds: readonly Kind[] = [
    [
      0.15,
      "connect beside a revoke",
      () => ({ kind: "connect beside a revoke", raceMs: chance.pick([2, 10, 500, 3_000]) }),
    ],
    [0.15, "give back beside a grant", () => ({ kind: "give back beside a grant" })],
    [
      0.1,
      "opt out beside a pass",
      () => ({
        kind: "opt out beside a pass",
        person: chance.pick(people),
        rule: chance.pick(["reading", "reading", "writing"] as const),
        afterMs: chance.between(0, 15),
        ...lift(chance),
      }),
    ],
    [0.08, "kill of people", () => ({ kind: "kill of people", afterCalls: chance.between(1, 150) })],
    [
      0.05,
      "all clocks",
      () => ({ kind: "all clocks", jumpMs: chance.between(-60, 60) * minute, forMs: chance.between(1, 20) * minute }),
    ],
    [
      0.08,
      "give back before a refusal",
      () => ({ kind: "give back before a refusal", forMs: chance.between(3, 20) * minute, by: chance.pick(leads) }),
    ],
  ];
  return some(chance, kinds, lengthMs, { most: 3, more: bias.more, only: bias.calm });
}

function lift(chance: Chance): { readonly liftAfterMs?: number } {
  return chance.happens(0.5) ? { liftAfterMs: chance.between(1, 30) * minute } : {};
}

/** What goes wrong. */
function troubles(chance: Chance, of: Pick<Script, "lengthMs" | "services" | "parts">, bias: Bias): readonly Event[] {
  const place = (): number => chance.between(0, of.services - 1);
  const machine = (): number => chance.between(0, of.parts.machines - 1);
  const forMs = (): number => chance.between(10_000, 20 * minute);
  const kinds: readonly Kind[] = [
    [0.5, "kill", () => ({ kind: "kill", place: place(), afterCalls: chance.between(0, 70) })],
    [0.15, "stop", () => ({ kind: "stop", place: place() })],
    [0.3, "pause", () => ({ kind: "pause", place: place(), forMs: forMs(), afterCalls: chance.between(0, 70) })],
    [of.parts.store === "file" ? 0.3 : 0, "power", () => ({ kind: "power" })],
    [
      of.parts.store === "file" ? 0.15 : 0,
      "full disk",
      () => ({ kind: "full disk", forMs: forMs(), left: chance.between(0, 3_000) }),
    ],
    [
      0.5,
      "bad network",
      () => ({
        kind: "bad network",
        forMs: forMs(),
        faults: faultsOf(chance, bias),
        rate: chance.pick([0.05, 0.2, 0.6]),
      }),
    ],
    [
      0.5,
      "spoilt call",
      () => ({
        kind: "spoilt call",
        of: chance.pick(["provision", "provision", "review", "review", "kill", "session"] as const),
        fault: chance.pick(bias.faults ?? networkFaults),
      }),
    ],
    [0.15, "no network", () => ({ kind: "no network", forMs: forMs() })],
    [
      0.12,
      "clock",
      () => ({ kind: "clock", machine: machine(), jumpMs: chance.between(-60, 60) * minute, forMs: forMs() }),
    ],
    [
      0.08,
      "drift",
      () => ({ kind: "drift", machine: machine(), rate: chance.pick([-0.01, 0.01, 0.05]), forMs: forMs() }),
    ],
    [0.1, "gateway clock", () => ({ kind: "gateway clock", jumpMs: chance.between(-60, 60) * minute, forMs: forMs() })],
    [0.12, "gateway restarts", () => ({ kind: "gateway restarts" })],
    [
      of.parts.gateway === "hoop" ? 0.2 : 0,
      ["lost kill", "overtaken revoke"],
      () => ({ kind: chance.pick(["lost kill", "overtaken revoke"] as const) }),
    ],
  ];
  return some(chance, kinds, of.lengthMs, { most: 3, more: bias.more, only: bias.calm });
}

function faultsOf(chance: Chance, { faults = networkFaults }: Bias): readonly NetworkFault[] {
  if (chance.happens(0.3)) return faults;
  return Array.from({ length: chance.between(1, 3) }, () => chance.pick(faults));
}

/** How probable it is that a kind comes in a run at all, which it is, and one of it. */
type Kind = readonly [probability: number, kinds: What["kind"] | readonly What["kind"][], one: () => What];

/** Each kind is in a run with its probability, and then comes up to `most` times; those of `more` come in any case, and again. */
function some(
  chance: Chance,
  kinds: readonly Kind[],
  lengthMs: number,
  { most, more = [], only }: { readonly most: number; readonly more: Bias["more"]; readonly only?: Bias["calm"] },
): readonly Event[] {
  const events: Event[] = [];
  for (const [probability, named, what] of kinds) {
    const isMore = probability > 0 && [named].flat().some((one) => more.includes(one));
    if (!chance.happens(isMore ? 1 : probability) || (only === true && !isMore)) continue;
    const count = chance.between(isMore ? 3 : 1, isMore ? 3 * most : most);
    for (let n = 0; n < count; n += 1) events.push({ atMs: chance.between(20_000, lengthMs), ...what() });
  }
  return events;
}
