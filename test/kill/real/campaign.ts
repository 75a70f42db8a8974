import { Chance } from "../../simulation/world/chance";
import type { GatewayKind } from "../../doubles/gateway-process";
import { startPostgres } from "../../support/postgres";
import { postgresPlaces } from "../../support/postgres-log";
import type { Wrong } from "./agreement";
import { killLane } from "./lane";
import type { Place } from "./repository";

/** How much is killed, out of which seed. */
export interface CampaignInput {
  readonly seed: number;
  readonly killsEach: number;
  readonly checkEvery: number;
  readonly stores: readonly Place["store"][];
  readonly gateways: readonly GatewayKind[];
  readonly say: (line: string) => void;
}

/** Kills on each store against each gateway, side by side; gives what was wrong, and says a line for each and one for all. */
export async function killCampaign(input: CampaignInput): Promise<readonly Wrong[]> {
  const { seed, killsEach, stores, gateways, say } = input;
  const server = stores.includes("postgres") ? await startPostgres() : undefined;
  const places = server === undefined ? undefined : postgresPlaces(() => server);
  try {
    const lanes = stores.flatMap((store) => gateways.map((kind) => ({ store, kind })));
    const reports = await Promise.all(
      lanes.map(async ({ store, kind }) => {
        const database = store === "postgres" ? (await places?.place())?.database : undefined;
        const place: Place =
          database === undefined ? { store: "file" } : { store: "postgres", url: server?.url({ database }) ?? "" };
        const chance = new Chance(seed, `${store} ${kind}`);
        const report = await killLane({ kind, place, kills: killsEach, checkEvery: input.checkEvery, chance });
        const { halfDone, effects, records, wrong } = report;
        say(
          `kill: ${store} store, ${kind}: ${report.kills} kills, ${halfDone} with something half done, ${effects} leases made, ${records} records, ${counts(wrong)}`,
        );
        for (const one of wrong) say(`  ${one.kind}: ${one.detail}`);
        return report;
      }),
    );
    const wrong = reports.flatMap((report) => report.wrong);
    const kills = reports.reduce((sum, report) => sum + report.kills, 0);
    say(`kill: ${kills} kills, seed ${seed}, ${counts(wrong)}`);
    return wrong;
  } finally {
    await places?.close();
    await server?.remove();
  }
}

function counts(wrong: readonly Wrong[]): string {
  const of = (kind: Wrong["kind"]): number => wrong.filter((one) => one.kind === kind).length;
  return `${of("lost")} lost, ${of("leaked")} leaked, ${of("unrecorded")} unrecorded`;
}
