import { setTimeout as wait } from "node:timers/promises";
import type { GatewayKind } from "../../doubles/gateway-process";
import type { Chance } from "../../simulation/world/chance";
import { disagreements, effectsOf, type Wrong } from "./agreement";
import { Reconciler } from "./reconciler";
import { makeRepository, type Place, type Repository } from "./repository";
import { Workload } from "./workload";

/** One store and one gateway whose reconcilers are killed. */
export interface LaneInput {
  readonly kind: GatewayKind;
  readonly place: Place;
  readonly kills: number;
  /** After so many kills, and at the end: one pass, and everything is held against everything. */
  readonly checkEvery: number;
  readonly chance: Chance;
}

/** What came of a lane. */
export interface LaneReport {
  readonly kills: number;
  /** After which something stood half done in the Log: an intent without its outcome. */
  readonly halfDone: number;
  /** Leases that were ever made at the gateway, and records of the Log. */
  readonly effects: number;
  readonly records: number;
  readonly wrong: readonly Wrong[];
}

/** Starts a real `leasehold reconcile --every 1s` and kills it, so many times, while a workload goes on. */
export async function killLane(input: LaneInput): Promise<LaneReport> {
  const repository = await makeRepository(input.kind, input.place);
  try {
    const workload = new Workload(repository, input.chance.part("workload"));
    await workload.prepare();
    return await killAll(input, repository, workload);
  } finally {
    await repository.close();
  }
}

async function killAll(input: LaneInput, repository: Repository, workload: Workload): Promise<LaneReport> {
  const chance = input.chance.part("kills");
  const { log } = repository.world;
  const wrong: Wrong[] = [];
  let halfDone = 0;
  let kills = 0;
  // How long a pass takes on this machine now: the longest of the last ones that were seen whole.
  let passMs = 200;
  while (kills < input.kills && wrong.length === 0) {
    kills += 1;
    const reconciler = Reconciler.start(repository, ["--every", "1s"]);
    const work = workload.go(chance.between(0, 3));
    await moment(reconciler, chance, { kind: input.kind, passMs });
    if (reconciler.passMs > 0) passMs = (passMs + Math.min(reconciler.passMs, 3_000)) / 2;
    const { signal, code } = await reconciler.kill();
    await work;
    await log.refresh();
    if (log.chain.intents.size > 0) halfDone += 1;
    if (signal !== "SIGKILL")
      wrong.push({ kind: "lost", detail: `kill ${kills}: it had ended with ${code}: ${reconciler.told}` });
    if (kills % input.checkEvery !== 0 && kills !== input.kills) continue;
    wrong.push(...(await check(repository, workload, `kill ${kills}`)));
    if (wrong.length === 0) await workload.editAndApply();
  }
  const effects = await effectsOf(repository);
  return { kills, halfDone, effects, records: log.head?.sequence ?? 0, wrong };
}

/** Those in which effects happen are drawn more often. */
const effects = ["end what is due", "revoke", "change", "activate", "activate", "activate"];
const steps = [...effects, "read", "observe", "recover", "plan", "verify"];

/** A random moment: in its start, anywhere in its first pass, or some milliseconds after a step of a pass has begun. */
async function moment(
  reconciler: Reconciler,
  chance: Chance,
  seen: { readonly kind: GatewayKind; readonly passMs: number },
): Promise<void> {
  if (chance.happens(0.1)) return void (await wait(chance.between(1, 900)));
  await reconciler.step("read", 60_000);
  if (chance.happens(0.5)) return void (await wait(chance.between(0, Math.ceil(seen.passMs * 1.1))));
  const isPatient = seen.kind === "hoop" && chance.happens(0.1);
  await reconciler.step(chance.pick(steps), isPatient ? 8_000 : 2_500);
  // As likely within 2 ms as between 64 and 128 ms.
  await wait(Math.floor(2 ** (chance.fraction() * 7)) - 1);
}

/** One pass of the real command line, and then everything has to agree. */
async function check(repository: Repository, workload: Workload, where: string): Promise<readonly Wrong[]> {
  const since = new Date().toISOString();
  const pass = Reconciler.start(repository, []);
  const { code } = await pass.ended;
  const found = await disagreements(repository, { oracle: workload.oracle, since });
  const failed: readonly Wrong[] =
    code === 0 ? [] : [{ kind: "lost", detail: `the pass after it ended with ${code}: ${pass.told}` }];
  return [...failed, ...found].map(({ kind, detail }) => ({ kind, detail: `${where}: ${detail}` }));
}
