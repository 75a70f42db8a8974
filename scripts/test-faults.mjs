// `npm run test:faults`: every call to GitHub that `pr plan` and `pr apply` make, under everything that can become of it
// (bar 9). Takes some minutes; `npm test` tries two faults at each call. SAY_ALL=1 lists what was tried.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = [join(root, "scripts", "test.mjs"), "test/attacks/github-fails", ...process.argv.slice(2)];
const env = { ...process.env, LEASEHOLD_FAULTS: "all" };
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env }).status ?? 1;
