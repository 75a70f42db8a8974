import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot, temporaryFolder, writeTree } from "../support/folders";

/** Stands in for npm: records its arguments and writes what npm writes last, or fails. */
const fakeNpm = `
const fs = require("node:fs");
fs.appendFileSync("calls.txt", process.argv.slice(2).join(" ") + "\\n");
if (fs.existsSync("refuse")) process.exit(7);
fs.mkdirSync("node_modules", { recursive: true });
fs.writeFileSync("node_modules/.package-lock.json", "{}");
console.log("added 1 package");`;

describe("installing what is missing", () => {
  const root = temporaryFolder();
  const calls = () => (existsSync(join(root, "calls.txt")) ? readFileSync(join(root, "calls.txt"), "utf8") : "");

  const ensureInstalled = () => {
    const script = pathToFileURL(join(projectRoot, "scripts", "install.mjs")).href;
    const program = `import { ensureInstalled } from ${JSON.stringify(script)}; ensureInstalled(process.cwd());`;
    return spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, npm_execpath: join(root, "npm-cli.js") },
    });
  };

  beforeEach(() => {
    for (const name of ["calls.txt", "refuse", "node_modules"])
      rmSync(join(root, name), { recursive: true, force: true });
    writeTree(root, { "npm-cli.js": fakeNpm, "package-lock.json": "{}" });
  });

  test("runs npm ci once in a fresh clone, with development packages, and keeps stdout clean", () => {
    expect(ensureInstalled()).toMatchObject({ status: 0, stdout: "" });
    expect(ensureInstalled()).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(calls()).toBe("ci --no-audit --no-fund --include=dev --loglevel=error\n");
  });

  test("runs it again when the lockfile is newer than what is installed", () => {
    ensureInstalled();
    utimesSync(join(root, "node_modules", ".package-lock.json"), 1, 1);
    expect(ensureInstalled().status).toBe(0);
    expect(calls().split("\n").filter(Boolean)).toHaveLength(2);
  });

  test("says what failed and what to do", () => {
    writeTree(root, { refuse: "" });
    const result = ensureInstalled();
    expect(result.status).toBe(1);
    expect(result.stderr).toContain("npm ci failed: it exited with 7. Run `npm ci` yourself to see why");
  });

  test("refuses a Node that is too old, by name", async () => {
    const { refuseOldNode } = await import("../../scripts/install.mjs");
    for (const version of ["20.19.0", "22.0.0", "24.1.2"]) expect(() => refuseOldNode(version)).not.toThrow();
    for (const version of ["18.20.8", "20.18.3"]) {
      expect(() => refuseOldNode(version)).toThrow(`Leasehold needs Node 20.19 or later; this is ${version}.`);
    }
  });
});
