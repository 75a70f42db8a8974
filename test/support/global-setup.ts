import { spawnSync } from "node:child_process";
import { join } from "node:path";

/**
 * Runs once before all tests: brings dist/ up to date, because the command-line tests run the real bin. Type errors do not
 * stop the tests (tsc writes the files all the same); the check step "types" reports them.
 */
export default function globalSetup(): void {
  const root = join(__dirname, "..", "..");
  spawnSync(process.execPath, [join(root, "scripts", "build.mjs")], { cwd: root, stdio: ["ignore", 2, 2] });
}
