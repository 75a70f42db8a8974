// `npm run test:replicas`: three real `leasehold reconcile --every` on one PostgreSQL while 10,000 grants end within a minute and others start.
// One is killed, one is stopped for longer than its lock and goes on. Prints the expiry lag and ends with what was not as it should be.
// `-- --people N --connections N --spread SECONDS`: another size.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

ensureInstalled(root);
if (buildIfStale(root) === "type errors") {
  process.stderr.write("The build failed; see the messages of tsc above.\n");
  process.exitCode = 1;
} else {
  const args = ["--import", "tsx", join(root, "test", "replicas", "main.ts"), ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}
