import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { linkFromProject, projectRoot, temporaryFolder, writeTree } from "../support/folders";

interface Violation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

describe("the ports check", () => {
  const root = temporaryFolder();
  let findPortViolations: (root: string) => readonly Violation[];

  beforeAll(async () => {
    ({ findPortViolations } = await import("../../scripts/check-ports.mjs"));
  });

  const violationsOf = (source: string, path = "lib/plan/planted.ts"): readonly Violation[] => {
    const folder = mkdtempSync(join(root, "case-"));
    writeTree(folder, { [path]: source });
    return findPortViolations(folder);
  };

  test.each([
    ["Date.now()", "Date.now"],
    ["new Date()", "new Date()"],
    ["new Date", "new Date"],
    ["Date()", "Date()"],
    ['Date["now"]()', "Date"],
    ["const { now } = Date;", "Date"],
    ["const Clock = Date;", "Date"],
    ["const ports = { Date };", "Date"],
    ["[1].map(Date.now);", "Date.now"],
    ["class Stopped extends Date {}", "Date"],
    ["Math.random()", "Math.random"],
    ["const { random } = Math;", "Math"],
    ["fetch('http://127.0.0.1')", "fetch('http://127.0.0.1')"],
    ["const get = fetch;", "fetch"],
    ["globalThis.fetch('x')", "globalThis.fetch"],
    ["globalThis.Date.now()", "globalThis.Date"],
    ["const world = globalThis;", "globalThis as a value"],
    ["global['process']", "global as a value"],
    ["process.env.HOME", "process.env"],
    ["const { env } = process;", "process"],
    ["process['env']", "process"],
    ["process.hrtime.bigint()", "process.hrtime"],
    ["performance.now()", "performance.now"],
    ["crypto.randomUUID()", "crypto.randomUUID"],
    ['import { env } from "node:process"; env;', "module node:process"],
    ['const { env } = require("process");', "module process"],
    ['await import("node:perf_hooks");', "module node:perf_hooks"],
    ['import { randomBytes } from "node:crypto"; randomBytes(1);', "randomBytes of node:crypto"],
    ['import { randomUUID as id } from "crypto"; id();', "randomUUID of crypto"],
    ['export { randomInt } from "node:crypto";', "randomInt of node:crypto"],
    ['import * as digests from "node:crypto"; digests.randomInt(3);', "digests.randomInt"],
    ['import digests from "node:crypto"; digests.randomFillSync(x);', "digests.randomFillSync"],
    ['import { DateTime } from "luxon"; DateTime.now();', "DateTime.now"],
    ['import { DateTime } from "luxon"; DateTime.utc();', "DateTime.utc()"],
  ])("catches %s", (source, text) => {
    expect(violationsOf(source).map((violation) => violation.text)).toEqual([text]);
  });

  test.each([
    ["a conversion of an instant", "new Date(0).getTime(); new Date(2026, 1, 1);"],
    ["pure functions of Date and Math", "Date.parse('x'); Date.UTC(2026); Math.max(1, 2);"],
    ["Date as a type or on the right of instanceof", "let at: Date; let C: typeof Date; at instanceof Date;"],
    ["members that only share the name", "http.fetch('x'); clock.Date(); this.process.env; a.b.performance;"],
    ["names declared in the file", "function run(fetch: Fetch, process: Run) { fetch('x'); return process.env; }"],
    ["names imported from another file", 'import { fetch, process } from "../ports"; fetch(process.env);'],
    ["keys and methods of the same name", "const it = { fetch: 1, process() {}, Date: 2 }; const { fetch: f } = http;"],
    ["what is in text and comments", "const text = 'Date.now() process.env'; // Math.random()"],
    ["the rest of process and crypto", 'process.platform; import { createHash } from "node:crypto"; createHash("a");'],
    ["a string that only looks like a module", 'const name = "process"; check({ name: "perf_hooks" });'],
    [
      "instants that are given to luxon",
      'import { DateTime } from "luxon"; DateTime.utc(2026); DateTime.fromMillis(0);',
    ],
  ])("lets pass %s", (_what, source) => {
    expect(violationsOf(source)).toEqual([]);
  });

  test.each(["lib/adapters/clock.ts", "lib/adapters/http/agent.ts", "lib/cli/main.ts", "test/a.ts", "scripts/a.ts"])(
    "leaves %s alone",
    (path) => {
      expect(violationsOf("Date.now();", path)).toEqual([]);
    },
  );

  test.each(["lib/cli/commands/main.ts", "lib/cli/compose.ts", "providers/embedded/server-main.ts", "lib/index.ts"])(
    "looks at %s",
    (path) => {
      expect(violationsOf("\n  Date.now();", path)).toEqual([{ file: path, line: 2, column: 3, text: "Date.now" }]);
    },
  );

  test("prints each place and exits with 1, or exits with 0", () => {
    const script = join(projectRoot, "scripts", "check-ports.mjs");
    const folder = mkdtempSync(join(root, "program-"));
    linkFromProject(folder, ["node_modules"]);
    writeTree(folder, { "lib/a.ts": "export const a = 1;\n" });
    expect(spawnSync(process.execPath, [script, folder], { encoding: "utf8" })).toMatchObject({
      status: 0,
      stdout: "",
    });
    writeTree(folder, { "lib/b.ts": "\nMath.random();\n" });
    expect(spawnSync(process.execPath, [script, folder], { encoding: "utf8" })).toMatchObject({
      status: 1,
      stdout: "lib/b.ts:2:1 `Math.random`: take it from lib/ports.ts; only lib/adapters may touch it.\n",
    });
  });
});
