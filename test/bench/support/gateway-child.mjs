// The embedded gateway of the built package in a process of its own: `node gateway-child.mjs DIRECTORY`. Prints its URL.
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";

const { startGateway } = createRequire(import.meta.url)(join(process.cwd(), "dist/providers/embedded/index.js"));
const gateway = await startGateway({
  directory: process.argv[2],
  clock: { now: () => new Date().toISOString() },
  random: { bytes: (count) => randomBytes(count) },
});
// The pipe ends with the bench that started this process, however that one ended.
process.stdin.once("end", () => process.exit(1)).resume();
process.once("SIGTERM", () => void gateway.close().then(() => process.exit(0)));
process.stdout.write(`${gateway.url}\n`);
