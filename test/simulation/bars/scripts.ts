/** Scripts for bars: those of the simulator, with no trouble but the kinds that a bar is about, and enough of them. */
import { scriptOf, type Event, type Script, type What } from "../play/script";
import { play, type RunReport } from "../run";
import { Chance } from "../world/chance";
import type { WorldParts } from "../world/world";

/** What people do in any run; all other kinds are trouble, or somebody's hands. */
const ordinary: ReadonlySet<What["kind"]> = new Set([
  "ask",
  "approve",
  "narrow",
  "remove",
  "give back",
  "revoke",
  "connect",
]);

/** A script of a seed whose only troubles are these, `count` of them. */
export function scriptWith(
  seed: number,
  parts: Partial<WorldParts> & { readonly services: number },
  troubles: { readonly count: number; readonly of: (chance: Chance, lengthMs: number) => What },
): Script {
  const base = scriptOf(seed);
  const { services, ...world } = parts;
  const chance = new Chance(seed, "bar");
  const events: Event[] = base.events.filter((event) => ordinary.has(event.kind));
  for (let n = 0; n < troubles.count; n += 1) {
    events.push({ atMs: chance.between(2_000, base.lengthMs), ...troubles.of(chance, base.lengthMs) });
  }
  return {
    ...base,
    parts: { ...base.parts, machines: 1, ...world },
    services,
    events: events.toSorted((a, b) => a.atMs - b.atMs),
  };
}

/** Plays the scripts of many seeds; the reports of those that broke an invariant, and the steps of all. */
export async function playMany(
  count: number,
  of: (seed: number) => Script,
): Promise<{ readonly bad: readonly RunReport[]; readonly steps: number; readonly faults: number }> {
  const bad: RunReport[] = [];
  let [steps, faults] = [0, 0];
  for (let seed = 0; seed < count; seed += 1) {
    const report = await play(of(seed));
    steps += report.steps;
    faults += report.faults;
    if (report.violation !== undefined) bad.push(report);
  }
  return { bad, steps, faults };
}

/** The words for what went wrong: the first seed, and what it broke. */
export function badWords(bad: readonly RunReport[]): string {
  const [first] = bad;
  return first === undefined
    ? ""
    : `; seed ${first.seed}: ${first.violation?.message ?? ""}\n${first.tail.slice(-30).join("\n")}`;
}
