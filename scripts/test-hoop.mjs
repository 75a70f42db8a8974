// `npm run test:hoop`: the contract suite against a real hoop gateway, named by LEASEHOLD_HOOP_URL and LEASEHOLD_HOOP_KEY.
// Without them the same tests are part of `npm test` and skipped there.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const unset = ["LEASEHOLD_HOOP_URL", "LEASEHOLD_HOOP_KEY"].filter((name) => (process.env[name] ?? "") === "");

if (unset.length > 0) {
  process.stderr.write(
    `Set ${unset.join(" and ")}: the address of an empty hoop test gateway and the key of one of its admins.\n`,
  );
  process.exitCode = 2;
} else {
  const args = [join(root, "scripts", "test.mjs"), "test/contract/hoop-gateway", ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}
