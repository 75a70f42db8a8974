/** Bar 7: idempotent and convergent, and what is not ours stays as it is. */
import { canonicalJson } from "../../../lib/model/canonical";
import { recordMergedRequests, runPass } from "../../../lib/reconcile";
import { operator } from "../../reconcile/support/house";
import { request } from "../../reconcile/support/rules";
import { scriptOf } from "../play/script";
import { Run } from "../run";
import { networkFaults } from "../world/network";
import type { BarReport } from "./bar";
import { badWords, playMany, scriptWith } from "./scripts";

/** Answers dropped, doubled, delayed, reordered; foreign objects; the same plan twice. */
export async function bar7(size: { readonly schedules: number; readonly foreign: number }): Promise<BarReport> {
  const { bad, faults } = await playMany(size.schedules, (seed) =>
    scriptWith(
      seed,
      { services: 1, store: "file" },
      {
        count: 3,
        of: (chance, lengthMs) => ({
          kind: "bad network",
          forMs: chance.between(30_000, lengthMs / 2),
          faults: chance.happens(0.5) ? ["lost request", "lost answer", "duplicate", "late", "slow"] : networkFaults,
          rate: chance.pick([0.1, 0.3, 0.6]),
        }),
      },
    ),
  );
  const foreign = await foreignObjects(size.foreign);
  const again = await samePlanTwice();
  const bar =
    `bar 7: ${size.schedules} schedules with ${faults} calls lost, doubled, delayed, reordered or spoilt: ${bad.length} not ` +
    `converged within 2 passes; ${size.foreign} foreign objects, ${foreign.changed} changed; the same plan a second time: ` +
    `${again.records} records, ${again.effects} effects`;
  const isReached = bad.length === 0 && foreign.changed === 0 && again.records + again.effects === 0;
  return { bar: bar + badWords(bad), isReached };
}

/** A life of passes beside many objects of others. */
async function foreignObjects(count: number): Promise<{ readonly changed: number }> {
  const run = new Run({ ...scriptOf(7), parts: { seed: 7, store: "file", gateway: "hoop", machines: 1 } });
  await run.open();
  const half = Math.ceil(count / 2);
  // Each makes a Connection and a grant on it.
  for (let n = 0; n < half; n += 1) await run.hands.makeConnection(`theirs-${n}`);
  const before = theirs(run);
  const startBeforeMs = run.world.turns.nowMs + 3_600_000;
  const asked = { for: ["alice@x.test"], durationMs: 600_000, startAfterMs: 0, startBeforeMs };
  await run.wait(run.people.ask({ ...asked, name: "one", connection: "orders/read" }), 3_600_000);
  await run.wait(run.people.ask({ ...asked, name: "two", connection: "cache/read" }), 3_600_000);
  await run.wait(run.people.remove("one"), 3_600_000);
  const after = theirs(run);
  let changed = 0;
  for (const [key, text] of before) if (after.get(key) !== text) changed += 1;
  return { changed: changed + (before.size < count ? count - before.size : 0) };
}

/** Every row of a colleague's, as text. */
function theirs({ world }: Run): ReadonlyMap<string, string> {
  const { view } = world.gateway;
  const rows = new Map<string, string>();
  for (const row of view.table("connections").all()) {
    if (row.tags["leasehold"] === undefined) rows.set(`connection ${row.name}`, canonicalJson(row));
  }
  for (const row of view.table("reviews").all()) {
    const session = view.table("sessions").get(row.sessionId);
    if (session?.correlationId === null) rows.set(`review ${row.id}`, canonicalJson([row, session]));
  }
  return rows;
}

/** A plan is made and applied, and then applied again. */
async function samePlanTwice(): Promise<{ readonly records: number; readonly effects: number }> {
  const run = new Run({ ...scriptOf(8), parts: { seed: 8, store: "file", gateway: "hoop", machines: 1 } });
  await run.open();
  const { reached } = run.world.start("twice");
  const requests = [request("one"), request("two", { for: ["bob@x.test"] })];
  for (const one of requests) {
    run.ledger.ask(
      {
        name: one.name,
        for: one.for,
        connection: one.access[0] ?? "",
        durationMs: (one.durationSeconds ?? 0) * 1_000,
        startAfterMs: 0,
        startBeforeMs: Date.parse(one.startBefore),
      },
      run.world.turns.nowMs,
    );
  }
  await run.wait(recordMergedRequests({ ...reached, requests: { requests }, by: operator }));
  const { plan } = await run.wait(runPass({ ...reached, mode: "apply", dryRun: true }));
  if (plan === undefined) throw new Error("there is no plan");
  const first = await run.wait(runPass({ ...reached, mode: "apply", planned: plan }));
  if (first.effects !== 2) throw new Error(`the plan has ${first.effects} effects, 2 were expected`);
  const second = await run.wait(runPass({ ...reached, mode: "apply", planned: plan }));
  return { records: second.recorded, effects: second.effects };
}
