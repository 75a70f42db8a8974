import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../support/folders";

test.each(["generate-schemas.mjs", "generate-validators.mjs"])("what %s writes is up to date", (script) => {
  const run = spawnSync(process.execPath, [join(projectRoot, "scripts", script), "--check"], { encoding: "utf8" });
  expect(run.stderr).toBe("");
  expect(run.status).toBe(0);
});
