/** Bar 2: an ending is never forgotten. The reconciler runs on simulated files and time; the backend is the reference model. */
import { exitCodes } from "../../../lib/errors";
import { openLog } from "../../../lib/log";
import {
  acceptPolicy,
  recordMergedRequests,
  runEvery,
  runPass,
  type PassReport,
  type World as Reached,
} from "../../../lib/reconcile";
import { memoryProvider, type MemoryProviderOptions } from "../../../providers/memory/provider";
import { makeWorld } from "../../../providers/memory/world";
import { operator } from "../../reconcile/support/house";
import { gateway, group, request, rules } from "../../reconcile/support/rules";
import { settled } from "../world/turns";
import { installation, World } from "../world/world";
import type { BarReport } from "./bar";

/** How much of it. */
export interface Bar2Size {
  readonly grants: number;
  /** How long the backend refuses. */
  readonly refusedMs: number;
  /** The power fails, and the reconciler starts again, each time after so long. */
  readonly restartMs: number;
}

/** What was seen. */
interface Seen {
  /** When each person's ending was last asked for, and the longest time between two. */
  readonly asked: Map<string, number>;
  longestGapMs: number;
  /** Runs that did not say aloud that endings are overdue. */
  quietRuns: number;
}

/** Refuses every ending for a while, restarting all the while, and then lets them through. */
export async function bar2(size: Bar2Size): Promise<BarReport> {
  const world = new World({ seed: 2, store: "file", gateway: "embedded", machines: 1 });
  const backend = makeWorld({ clock: { now: () => world.clocks[0]?.now() ?? "" } });
  const seen: Seen = { asked: new Map(), longestGapMs: 0, quietRuns: 0 };
  let isRefusing = false;
  const faults: NonNullable<MemoryProviderOptions["faults"]> = (call) => {
    if (call.name !== "apply" || call.effect.kind !== "end") return undefined;
    note(seen, call.effect.person, world.turns.nowMs);
    return isRefusing ? { kind: "refuse", because: "passing" } : undefined;
  };
  const start = (name: string): { readonly reached: Reached; kill(): void } => {
    const { program, reached } = world.start(name);
    const provider = memoryProvider({ gateway, installation, world: backend, faults });
    return { reached: { ...reached, providers: new Map([[gateway, provider]]) }, kill: () => program.kill() };
  };
  await prepare(world, start, size.grants);
  isRefusing = true;
  await passTime(world, world.turns.nowMs + 3_600_000);
  await refuseFor(world, start, size, (report) => {
    if (isRefusing && report?.exitCodes.includes(exitCodes.overdue) !== true) seen.quietRuns += 1;
  });
  isRefusing = false;
  const recoveredMs = world.turns.nowMs;
  const pending = [...backend.leases].filter((lease) => lease.state === "approved").length;
  const firstMs = seen.asked.size === 0 ? 0 : await untilAllEnded(world, backend, seen, recoveredMs);
  const doneMs = world.turns.nowMs - recoveredMs;
  const left = backend.leases.filter((lease) => lease.state === "approved").length;
  const { refusals, ended } = await countRecords(world, start);
  const days = Math.ceil(size.refusedMs / 86_400_000) + 1;
  const isReached =
    pending === size.grants &&
    left === 0 &&
    ended === size.grants &&
    seen.longestGapMs <= 300_000 + 2_000 &&
    refusals <= size.grants * days &&
    seen.quietRuns === 0 &&
    doneMs <= 60_000;
  return { bar: line(size, { seen, pending, left, refusals, doneMs, waitedMs: firstMs - recoveredMs }), isReached };
}

function line(
  size: Bar2Size,
  of: { seen: Seen; pending: number; left: number; refusals: number; doneMs: number; waitedMs: number },
): string {
  const hours = size.refusedMs / 3_600_000;
  const long = hours >= 48 ? `${hours / 24} days` : `${hours} hours`;
  const { seen } = of;
  return (
    `bar 2: ${size.grants} grants, revokes refused for ${long}, ${Math.ceil(size.refusedMs / size.restartMs) - 1} power failures: ${of.pending} still pending, ` +
    `longest time between two tries ${Math.round(seen.longestGapMs / 1000)} s, ${of.refusals} records of refusals, ` +
    `${seen.quietRuns} runs without a loud exit code; ${of.left} left, all done ${(of.doneMs / 1000).toFixed(1)} s after the backend came back ` +
    `(first tried ${Math.round(of.waitedMs / 1000)} s after that)`
  );
}

function note(seen: Seen, person: string, nowMs: number): void {
  const last = seen.asked.get(person);
  if (last !== undefined) seen.longestGapMs = Math.max(seen.longestGapMs, nowMs - last);
  seen.asked.set(person, nowMs);
}

type Start = (name: string) => { readonly reached: Reached; kill(): void };

async function prepare(world: World, start: Start, grants: number): Promise<void> {
  const people = Array.from({ length: grants }, (_, index) => `p${index}@x.test`);
  const teams = Array.from({ length: Math.ceil(grants / teamSize) }, (_, index) => ({
    ...group(`team-${index}`, []),
    members: people.slice(index * teamSize, (index + 1) * teamSize),
  }));
  const manifest = rules({
    users: [...rules().users, ...people.map((email) => ({ email }))],
    groups: [
      { ...group("devs", []), groups: teams.map(({ name }) => name) },
      group("leads", ["carol", "erin"]),
      ...teams,
    ],
    gateways: { [gateway]: { provider: "memory", users: "declared" } },
  });
  const { reached, kill } = start("setup");
  await wait(world, acceptPolicy({ ...reached, manifest, by: operator }));
  const requests = teams.map(({ name }) => request(name, { for: [`group:${name}`] }));
  await wait(world, recordMergedRequests({ ...reached, requests: { requests }, by: operator }));
  const report = await wait(world, runPass({ ...reached, mode: "apply" }));
  if (report.exitCodes.length > 0) throw new Error(`the setup ends with ${report.exitCodes.join(", ")}`);
  kill();
}

/** People of one request: no more than a request may stand for. */
const teamSize = 1_000;

/** Lets the reconciler run, and takes the power away from time to time. */
async function refuseFor(
  world: World,
  start: Start,
  size: Bar2Size,
  tell: (report: PassReport | undefined) => void,
): Promise<void> {
  const until = world.turns.nowMs + size.refusedMs;
  for (;;) {
    keepGoing(start, tell);
    await passTime(world, Math.min(until, world.turns.nowMs + size.restartMs));
    if (world.turns.nowMs >= until) return;
    world.powerFails();
  }
}

function keepGoing(start: Start, tell: (report: PassReport | undefined) => void): void {
  const { reached } = start("reconciler");
  const signal = new AbortController().signal;
  void runEvery({
    ...reached,
    intervalMs: 60_000,
    signal,
    onReport: (report, { scope }) => scope === "all" && tell(report),
  });
}

/** When the first ending that the backend took was asked for. */
async function untilAllEnded(
  world: World,
  backend: ReturnType<typeof makeWorld>,
  seen: Seen,
  recoveredMs: number,
): Promise<number> {
  const open = (): boolean => backend.leases.some((lease) => lease.state === "approved");
  await settled();
  while (open() && world.turns.nowMs < recoveredMs + 3_600_000) if (!(await world.turns.step())) break;
  return Math.min(...[...seen.asked.values()].filter((at) => at >= recoveredMs));
}

async function countRecords(
  world: World,
  start: Start,
): Promise<{ readonly refusals: number; readonly ended: number }> {
  // What is ended is recorded by the same pass; it is let finish.
  await passTime(world, world.turns.nowMs + 60_000);
  const { reached, kill } = start("look");
  let refusals = 0;
  const log = await wait(world, openLog({ store: reached.store, installation }));
  const lines = await wait(world, gather(reached.store.read(1)));
  for (const text of lines) if (text.includes('"type":"ending.refused"')) refusals += 1;
  const ended = [...log.chain.grants.values()].filter((grant) => grant.phase === "ended").length;
  kill();
  return { refusals, ended };
}

async function gather(batches: AsyncIterable<readonly string[]>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

async function passTime(world: World, atMs: number): Promise<void> {
  await settled();
  while ((world.turns.nextMs ?? Number.POSITIVE_INFINITY) <= atMs) await world.turns.step();
  world.turns.nowMs = Math.max(world.turns.nowMs, atMs);
}

async function wait<T>(world: World, work: Promise<T>): Promise<T> {
  const state = { isOver: false };
  const over = (): void => void (state.isOver = true);
  work.then(over, over);
  await settled();
  while (!state.isOver) if (!(await world.turns.step())) throw new Error("nothing is left that could happen");
  return await work;
}
