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
  | { readonly kind: "lost kill" | "overtaken revoke" };

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

const minute = 60_000;

/** Makes the script of a seed. Each seed leaves most kinds of trouble out, so that those that are left come in all mixtures. */
export function scriptOf(seed: number): Script {
  const chance = new Chance(seed, "script");
  const store = chance.happens(0.65) ? "file" : "shared";
  const services = chance.pick([1, 1, 1, 2, 2, 3]);
  const machines = store === "shared" ? services : 1;
  const parts: WorldParts = { seed, store, gateway: chance.happens(0.55) ? "hoop" : "embedded", machines };
  const intervalMs = chance.pick([3, 5, 10, 15]) * minute;
  const lengthMs = intervalMs * chance.between(3, 6);
  const events = [
    ...asks(chance, lengthMs),
    ...lives(chance, lengthMs),
    ...troubles(chance, { lengthMs, services, parts }),
  ];
  return { parts, services, intervalMs, lengthMs, events: events.toSorted((a, b) => a.atMs - b.atMs) };
}

function asks(chance: Chance, lengthMs: number): readonly Event[] {
  const events: Event[] = [];
  const count = chance.between(1, 4);
  for (let n = 1; n <= count; n += 1) {
    const name = `ask-${n}`;
    const atMs = n === 1 ? 1_000 : chance.between(1_000, lengthMs * 0.7);
    const connection = chance.pick(connections);
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
function lives(chance: Chance, lengthMs: number): readonly Event[] {
  const asked = ["ask-1", "ask-2", "ask-3", "ask-4"];
  const pair = (): Pair => ({ person: chance.pick(people), connection: chance.pick(connections) });
  const kinds: readonly (readonly [number, () => What])[] = [
    [0.9, () => ({ kind: "connect", ...pair(), raceMs: chance.pick([1, 1, 500, 3_000]) })],
    [0.3, () => ({ kind: "narrow", request: chance.pick(asked), durationMs: chance.between(1, 10) * minute })],
    [0.3, () => ({ kind: "remove", request: chance.pick(asked) })],
    [
      0.3,
      () => ({
        kind: "swap",
        request: chance.pick(asked),
        name: `swap-${chance.between(1, 9_999)}`,
        durationMs: chance.between(2, 30) * minute,
      }),
    ],
    [0.4, () => ({ kind: chance.pick(["give back", "revoke"] as const), request: chance.pick(asked), ...pair() })],
    [
      0.2,
      () => ({
        kind: "opt out",
        person: chance.pick(people),
        rule: chance.pick(["reading", "writing"] as const),
        ...lift(chance),
      }),
    ],
    [0.2, () => ({ kind: "policy", policy: chance.pick(policyKinds) })],
    [0.1, () => ({ kind: "freeze", forMs: chance.between(1, 20) * minute })],
    [0.25, () => ({ kind: "hand revokes", ...pair() })],
    [0.1, () => ({ kind: "hand approves again", ...pair() })],
    [0.1, () => ({ kind: "hand grants", ...pair(), seconds: chance.between(10, 3_000) })],
    [0.1, () => ({ kind: "hand opens the gate" })],
    [0.08, () => ({ kind: "hand deletes", connection: chance.pick(connections) })],
    [0.15, () => ({ kind: "hand makes", name: `theirs-${chance.between(1, 999)}` })],
  ];
  return some(chance, kinds, lengthMs, { most: 4 });
}

function lift(chance: Chance): { readonly liftAfterMs?: number } {
  return chance.happens(0.5) ? { liftAfterMs: chance.between(1, 30) * minute } : {};
}

/** What goes wrong. */
function troubles(chance: Chance, of: Pick<Script, "lengthMs" | "services" | "parts">): readonly Event[] {
  const place = (): number => chance.between(0, of.services - 1);
  const machine = (): number => chance.between(0, of.parts.machines - 1);
  const forMs = (): number => chance.between(10_000, 20 * minute);
  const kinds: readonly (readonly [number, () => What])[] = [
    [0.5, () => ({ kind: "kill", place: place(), afterCalls: chance.between(0, 70) })],
    [0.15, () => ({ kind: "stop", place: place() })],
    [0.3, () => ({ kind: "pause", place: place(), forMs: forMs(), afterCalls: chance.between(0, 70) })],
    [of.parts.store === "file" ? 0.3 : 0, () => ({ kind: "power" })],
    [
      of.parts.store === "file" ? 0.15 : 0,
      () => ({ kind: "full disk", forMs: forMs(), left: chance.between(0, 3_000) }),
    ],
    [
      0.5,
      () => ({ kind: "bad network", forMs: forMs(), faults: faultsOf(chance), rate: chance.pick([0.05, 0.2, 0.6]) }),
    ],
    [
      0.5,
      () => ({
        kind: "spoilt call",
        of: chance.pick(["provision", "provision", "review", "review", "kill", "session"] as const),
        fault: chance.pick(networkFaults),
      }),
    ],
    [0.15, () => ({ kind: "no network", forMs: forMs() })],
    [0.12, () => ({ kind: "clock", machine: machine(), jumpMs: chance.between(-60, 60) * minute, forMs: forMs() })],
    [0.08, () => ({ kind: "drift", machine: machine(), rate: chance.pick([-0.01, 0.01, 0.05]), forMs: forMs() })],
    [0.1, () => ({ kind: "gateway clock", jumpMs: chance.between(-60, 60) * minute, forMs: forMs() })],
    [0.12, () => ({ kind: "gateway restarts" })],
    [of.parts.gateway === "hoop" ? 0.2 : 0, () => ({ kind: chance.pick(["lost kill", "overtaken revoke"] as const) })],
  ];
  return some(chance, kinds, of.lengthMs, { most: 3 });
}

function faultsOf(chance: Chance): readonly NetworkFault[] {
  if (chance.happens(0.3)) return networkFaults;
  return Array.from({ length: chance.between(1, 3) }, () => chance.pick(networkFaults));
}

/** Each kind is in a run with its probability, and then comes up to `most` times. */
function some(
  chance: Chance,
  kinds: readonly (readonly [number, () => What])[],
  lengthMs: number,
  { most }: { readonly most: number },
): readonly Event[] {
  const events: Event[] = [];
  for (const [probability, what] of kinds) {
    if (!chance.happens(probability)) continue;
    const count = chance.between(1, most);
    for (let n = 0; n < count; n += 1) events.push({ atMs: chance.between(20_000, lengthMs), ...what() });
  }
  return events;
}
