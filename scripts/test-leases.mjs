// `npm run test:leases`: 1,000 leases in PostgreSQL that end while their holders are in: with open, idle, in-transaction and SET ROLE
// sessions, long statements, and with holders who change their own password or come back as fast as they can. On every server that this
// machine has. Nothing may work afterwards. `-- --trials N`: another number.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

ensureInstalled(root);
const at = process.argv.indexOf("--trials");
const trials = at < 0 ? "1000" : (process.argv[at + 1] ?? "");
const jest = join(dirname(createRequire(join(root, "package.json")).resolve("jest/package.json")), "bin", "jest.js");
const run = spawnSync(process.execPath, [jest, "-i", "test/providers/postgresql/out.test.ts"], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    LEASEHOLD_TRIALS: trials,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --experimental-vm-modules`.trim(),
  },
});
process.exitCode = run.status ?? 1;
