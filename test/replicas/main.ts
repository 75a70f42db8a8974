/** `npm run test:replicas`: three real replicas, one killed, one stopped. No part of the build; run by scripts/test-replicas.mjs. */
import { parseArgs } from "node:util";
import { showReplicas } from "./show";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      people: { type: "string", default: "200" },
      connections: { type: "string", default: "50" },
      spread: { type: "string", default: "58" },
    },
  });
  const { notEnded, underOldEpoch, wrong } = await showReplicas({
    people: Number(values.people),
    connections: Number(values.connections),
    spreadSeconds: Number(values.spread),
    say: (line) => void process.stdout.write(`${line}\n`),
  });
  process.exitCode = notEnded + underOldEpoch + wrong.length === 0 ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
