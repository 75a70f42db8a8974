// `npm run test:leases`: 1,000 leases in PostgreSQL that end while their holders are in: with open, idle, in-transaction and SET ROLE
// sessions, long statements, and with holders who change their own password or come back as fast as they can. On every server that this
// machine has. Nothing may work afterwards. Then 100,000 hostile names, of which none may do anything but be a name.
// `-- --trials N --names N`: other numbers.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./install.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

ensureInstalled(root);
const jest = join(dirname(createRequire(join(root, "package.json")).resolve("jest/package.json")), "bin", "jest.js");
const tests = [
  "test/providers/postgresql/out.test.ts",
  "test/providers/postgresql/quote.test.ts",
  "test/attacks/hostile-database-names.test.ts",
];
const run = spawnSync(process.execPath, [jest, "-i", ...tests], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    LEASEHOLD_TRIALS: numberOf("--trials", "1000"),
    LEASEHOLD_NAMES: numberOf("--names", "100000"),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --experimental-vm-modules`.trim(),
  },
});
process.exitCode = run.status ?? 1;

function numberOf(option, whole) {
  const at = process.argv.indexOf(option);
  return at < 0 ? whole : (process.argv[at + 1] ?? "");
}
