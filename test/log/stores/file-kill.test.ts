import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { systemClock } from "../../../lib/adapters/clock";
import { systemFiles } from "../../../lib/adapters/files";
import { systemRandom } from "../../../lib/adapters/random";
import { fileStore, openLog, verifyLog } from "../../../lib/log";
import { projectRoot, temporaryFolder } from "../../support/folders";
import { installation } from "../bodies";

const kills = 8;
const directory = join(temporaryFolder(), "log");
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

it(`loses nothing that a real writer was told is durable, through ${kills} times kill -9 while it writes`, async () => {
  let confirmed = 0;
  for (let round = 1; round <= kills; round += 1) {
    const told = await killedWriter(round * 40);
    confirmed += told.length;
    const store = fileStore({ directory, files: systemFiles(), clock: systemClock(), random: systemRandom() });
    const log = await openLog({ store, installation });
    // Nobody has to wait for the dead: its lock is free.
    await (await log.takeWriter({ holder: "test", waitMs: 0 })).release();
    expect(await verifyLog(store)).toMatchObject({ ok: true });
    const written = new Set<string>();
    for await (const lines of store.read(1)) {
      for (const line of lines) written.add(/"gateway":"([^"]*)"/.exec(line)?.[1] ?? "");
    }
    expect(told.filter((word) => !written.has(word))).toEqual([]);
  }
  expect(confirmed).toBeGreaterThan(kills * 40);
});

/** A real process that appends and says what is durable; killed after so many words, while it goes on. */
async function killedWriter(words: number): Promise<string[]> {
  const child = spawn(process.execPath, ["-e", program(words)], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const told: string[] = [];
  for await (const word of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    told.push(word);
    if (told.length === words) child.kill("SIGKILL");
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, "exit");
  return told;
}

function program(round: number): string {
  return `
    const { fileStore, openLog } = require("./dist/lib/log");
    const { systemFiles } = require("./dist/lib/adapters/files.js");
    const { systemClock } = require("./dist/lib/adapters/clock.js");
    const { systemRandom } = require("./dist/lib/adapters/random.js");
    const { writeSync } = require("node:fs");
    (async () => {
      const clock = systemClock();
      const store = fileStore({ directory: ${JSON.stringify(directory)}, files: systemFiles(), clock, random: systemRandom() });
      const log = await openLog({ store, installation: ${JSON.stringify(installation)} });
      const writer = await log.takeWriter({ holder: "child", waitMs: 0 });
      let count = 0;
      const append = async () => {
        for (;;) {
          const gateway = "${round}-" + (count += 1);
          await log.append(writer, [{ type: "stray.ended", gateway, person: "x".repeat(900), gatewayName: "y" }], clock.now());
          writeSync(1, gateway + "\\n");
        }
      };
      for (let width = 0; width < 4; width += 1) append();
    })();`;
}
