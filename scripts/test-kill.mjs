// `npm run test:kill`: 1,000 real SIGKILLs of a real `leasehold reconcile --every`, on the file and the PostgreSQL store, against the
// embedded gateway and the hoop double, while requests are merged, approved, given back, edited and run out. Ends with the line
// `kill: 1000 kills, seed N, 0 lost, 0 leaked, 0 unrecorded`. `-- --kills N --seed N --store file --gateway hoop`: only some.
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
  const args = ["--import", "tsx", join(root, "test", "kill", "real", "main.ts"), ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}
