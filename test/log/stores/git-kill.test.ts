import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openLog, verifyLog } from "../../../lib/log";
import { linesIn } from "../../contract/log-store";
import { projectRoot } from "../../support/folders";
import { installation } from "../bodies";
import { GitMachines } from "./git-machines";

const machines = new GitMachines();
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** The words of all records that a chain holds. */
async function wordsIn(remote: string): Promise<readonly string[]> {
  const store = machines.open(remote);
  expect(await verifyLog(store)).toMatchObject({ ok: true });
  return (await linesIn(store)).flatMap((line) => /"gateway":"([^"]*)"/.exec(line)?.[1] ?? []);
}

test("nothing that a real writer was told is written is lost, through kill -9 in the middle of its pushes", async () => {
  const remote = machines.remote();
  const told: string[] = [];
  for (let round = 1; round <= 4; round += 1) {
    // One home: what a killed process left of its copy is what the next goes on with.
    const words = await start(
      { remote, home: "killed", name: `r${round}`, records: Number.POSITIVE_INFINITY },
      2 * round + 1,
    );
    told.push(...words);
    const log = await openLog({ store: machines.open(remote, { home: "killed" }), installation });
    // Nobody has to wait for the dead.
    await (await log.takeWriter({ holder: "test", waitMs: 0 })).release();
  }
  const words = await wordsIn(remote);
  expect(words).toEqual([...new Set(words)]);
  expect(told.filter((word) => !words.includes(word))).toEqual([]);
  expect(told.length).toBeGreaterThanOrEqual(24);
});

test("real writers of several processes take the Log from one another: what each was told is there once, in order", async () => {
  const remote = machines.remote();
  const told = await Promise.all(
    ["a", "b", "c"].map((name) => start({ remote, home: name === "c" ? "a" : name, name, records: 8 })),
  );
  const words = await wordsIn(remote);
  for (const own of told) {
    expect(own).toHaveLength(8);
    expect(words.filter((word) => own.includes(word))).toEqual(own);
  }
  expect(words).toHaveLength(24);
});

interface Task {
  readonly remote: string;
  readonly home: string;
  readonly name: string;
  readonly records: number;
}

/** A real process that appends and says what is written; takes the Log again where another took it. Killed after so many words. */
async function start(task: Task, killAfter = Number.POSITIVE_INFINITY): Promise<string[]> {
  const child = spawn(process.execPath, ["-e", program(task)], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const told: string[] = [];
  for await (const word of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    told.push(word);
    if (told.length >= killAfter) child.kill("SIGKILL");
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, "exit");
  return told;
}

function program({ remote, home, name, records }: Task): string {
  return `
    const { gitStore, openLog } = require("./dist/lib/log");
    const { systemFiles } = require("./dist/lib/adapters/files.js");
    const { systemClock } = require("./dist/lib/adapters/clock.js");
    const { systemGit } = require("./dist/lib/adapters/git.js");
    const { systemRandom } = require("./dist/lib/adapters/random.js");
    const { writeSync } = require("node:fs");
    (async () => {
      const clock = systemClock();
      const environment = { PATH: process.env.PATH, HOME: ${JSON.stringify(join(machines.root, home))} };
      const git = systemGit({ root: ${JSON.stringify(join(machines.root, "nowhere"))}, remote: ${JSON.stringify(remote)}, environment });
      const store = gitStore({ git, ref: "refs/leasehold/log", files: systemFiles(), clock, random: systemRandom() });
      const log = await openLog({ store, installation: ${JSON.stringify(installation)} });
      let writer = await log.takeWriter({ holder: ${JSON.stringify(name)}, waitMs: 0 });
      for (let n = 1; n <= ${records === Number.POSITIVE_INFINITY ? "Infinity" : records};) {
        const gateway = ${JSON.stringify(name)} + "-" + n;
        try {
          await log.append(writer, [{ type: "stray.ended", gateway, person: "x", gatewayName: "y" }], clock.now());
          writeSync(1, gateway + "\\n");
          n += 1;
        } catch (thrown) {
          if (thrown.code !== "E604") throw thrown;
          writer = await log.takeWriter({ holder: ${JSON.stringify(name)}, waitMs: 0 });
        }
      }
      await store.close();
    })();`;
}
