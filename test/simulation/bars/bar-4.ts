/** Bar 4: dead man and clock. What ends without us, what comes first afterwards, and clocks that jump. */
import type { Asked } from "../oracle/ledger";
import { connectionOf, people } from "../oracle/rules";
import { scriptOf, type Script } from "../play/script";
import { Run } from "../run";
import type { Chance } from "../world/chance";
import type { BarReport } from "./bar";
import { badWords, playMany, scriptWith } from "./scripts";

const minute = 60_000;
const hour = 60 * minute;

/** Reconcilers that stand still for a day, and clocks that jump by up to an hour. */
export async function bar4(size: { readonly standstills: number; readonly clocks: number }): Promise<BarReport> {
  const seen = { overdue: 0, grantsFirst: 0, heldEntry: 0, heldSessions: 0, lines: 0 };
  for (let seed = 0; seed < size.standstills; seed += 1) await standStill(seed, seen);
  const { bad } = await playMany(size.clocks, clockScript);
  const of = (invariant: string): number => bad.filter(({ violation }) => violation?.invariant === invariant).length;
  const bar =
    `bar 4: ${size.standstills} standstills of 24 h: ${seen.overdue} overdue revokes, ${seen.grantsFirst} grants before the last of ` +
    `them; entry after an end without us ${seen.heldEntry}, of ${seen.lines} sessions ${seen.heldSessions} past what the Provider ` +
    `holds; ${size.clocks} schedules with clocks an hour off, on leap days and at changes of daylight saving: ` +
    `${of("access")} early grants, ${of("end")} revokes later than the jump`;
  const isReached =
    bad.length + seen.grantsFirst + seen.heldEntry + seen.heldSessions === 0 && seen.overdue > 0 && seen.lines > 0;
  return { bar: bar + badWords(bad), isReached };
}

interface Seen {
  overdue: number;
  grantsFirst: number;
  heldEntry: number;
  heldSessions: number;
  lines: number;
}

/** Three people get in, nobody runs for a day, others wait to be let in; then the reconciler starts. */
async function standStill(seed: number, seen: Seen): Promise<void> {
  const gateway = seed % 2 === 0 ? "hoop" : "embedded";
  const run = new Run({ ...scriptOf(seed), services: 1, parts: { seed, store: "file", gateway, machines: 1 } });
  const { world, people: house, hands } = run;
  const chance = world.chance.part("bar 4");
  await run.open();
  const nowMs = world.turns.nowMs;
  const held = people.map((person, index) =>
    askedBy(person, { name: `held-${index}`, durationMs: chance.between(10, 90) * minute }),
  );
  const later = people.map((person, index) => ({
    ...askedBy(person, { name: `later-${index}`, durationMs: hour }),
    connection: "orders/read",
    startAfterMs: nowMs + 3 * hour,
    startBeforeMs: nowMs + 40 * hour,
  }));
  for (const asked of [...held, ...later]) {
    await run.wait(
      house.ask({ ...asked, startBeforeMs: asked.startBeforeMs === 0 ? nowMs + hour : asked.startBeforeMs }),
    );
  }
  for (const {
    for: [person = ""],
    connection,
  } of held)
    hands.connect(person, connection, chance.between(1, 5) * minute);
  await watchDay(run, held, seen);
  const order: string[] = [];
  const sent = run.checks.sent.bind(run.checks);
  run.checks.sent = (call) => {
    if (call.request.method !== "GET") order.push(call.path);
    sent(call);
  };
  run.services.start(0);
  await run.until(
    () => order.filter((path) => path === "/sessions/provision").length >= later.length,
    world.turns.nowMs + hour,
  );
  const firstGrant = order.indexOf("/sessions/provision");
  const revokes = order.flatMap((path, at) => (path.startsWith("/reviews/") ? [at] : []));
  seen.overdue += revokes.length;
  seen.grantsFirst +=
    revokes.filter((at) => at > firstGrant).length + (firstGrant === -1 || revokes.length < held.length ? 1 : 0);
  run.services.end();
}

function askedBy(person: string, of: Pick<Asked, "name" | "durationMs">): Asked {
  return { ...of, for: [person], connection: "cache/read", startAfterMs: 0, startBeforeMs: 0 };
}

/** Looks every minute at what lets in and what lives on, by what the Provider says it holds. */
async function watchDay(run: Run, held: readonly Asked[], seen: Seen): Promise<void> {
  const { world } = run;
  const ends = new Map(held.map((one) => [one.for[0] ?? "", endOf(run, one)]));
  const counted = new Set<string>();
  for (let at = 0; at < 24 * 60; at += 1) {
    await run.until(() => false, world.turns.nowMs + minute);
    world.gateway.tick();
    for (const [person, endMs] of ends) {
      const decision = world.gateway.decide(person, "cache-read");
      if (decision.kind === "enter" && world.turns.nowMs > endMs + 1_000) seen.heldEntry += 1;
    }
    for (const line of world.gateway.lines.values()) {
      if (connectionOf(line.connection) !== "cache/read") continue;
      if (!counted.has(line.session)) seen.lines += 1;
      counted.add(line.session);
      const endMs = ends.get(line.person) ?? 0;
      const durationMs = held.find((one) => one.for[0] === line.person)?.durationMs ?? 0;
      const overrunMs = world.parts.gateway === "hoop" ? durationMs : 0;
      if (world.turns.nowMs > endMs + overrunMs + minute) seen.heldSessions += 1;
    }
  }
}

function endOf(run: Run, asked: Asked): number {
  for (const [id, life] of run.checks.chain.lives) {
    if (run.ledger.grant(id)?.request.asked.name === asked.name) return life.endMs;
  }
  throw new Error(`${asked.name} did not start`);
}

/** Nights on which clocks and calendars do odd things. */
const nights = [
  "2028-02-28T22:30:00.000Z",
  "2028-02-29T22:30:00.000Z",
  "2026-03-29T00:15:00.000Z",
  "2026-10-25T00:15:00.000Z",
  "2026-12-31T23:15:00.000Z",
];

function clockScript(seed: number): Script {
  const startMs = Date.parse(nights[seed % nights.length] ?? "");
  const jump = (chance: Chance): number =>
    (chance.happens(0.5) ? 60 : chance.between(-60, 60)) * minute * chance.pick([-1, 1]);
  return scriptWith(
    seed,
    { services: 1, store: "file", startMs },
    {
      count: 2,
      of: (chance, lengthMs) => {
        const forMs = chance.between(minute, lengthMs / 2);
        return chance.happens(0.7)
          ? { kind: "clock", machine: 0, jumpMs: jump(chance), forMs }
          : { kind: "gateway clock", jumpMs: jump(chance), forMs };
      },
    },
  );
}
