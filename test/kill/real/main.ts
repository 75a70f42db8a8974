/** `npm run test:kill`: kills real reconcilers. No part of the build; run by scripts/test-kill.mjs. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { killCampaign } from "./campaign";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: "string", default: "1000" },
      seed: { type: "string", default: String(randomInt(1, 1_000_000)) },
      store: { type: "string" },
      gateway: { type: "string" },
    },
  });
  const stores = values.store === undefined ? (["file", "postgres"] as const) : [values.store as "file" | "postgres"];
  const gateways =
    values.gateway === undefined ? (["embedded", "hoop"] as const) : [values.gateway as "embedded" | "hoop"];
  const seed = Number(values.seed);
  process.stdout.write(`kill: seed ${seed}\n`);
  const wrong = await killCampaign({
    seed,
    killsEach: Math.ceil(Number(values.kills) / (stores.length * gateways.length)),
    checkEvery: 25,
    stores,
    gateways,
    say: (line) => void process.stdout.write(`${line}\n`),
  });
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
