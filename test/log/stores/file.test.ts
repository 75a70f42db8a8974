import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../../lib/adapters/clock";
import { systemFiles } from "../../../lib/adapters/files";
import { systemRandom } from "../../../lib/adapters/random";
import { fileStore, openLog, type FileStoreOptions } from "../../../lib/log";
import type { LogStore } from "../../../lib/ports";
import { logStoreContract } from "../../contract/log-store";
import { Disk } from "../../doubles/files/disk";
import { QuickClock } from "../../doubles/quick-clock";
import { temporaryFolder } from "../../support/folders";
import { at, chainOf, installation } from "../bodies";

const root = temporaryFolder();
let places = 0;
let stores: LogStore[] = [];

afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  stores = [];
});

/** A store that is closed after the test. */
function opened(options: FileStoreOptions): LogStore {
  const store = fileStore(options);
  stores.push(store);
  return store;
}

describe("on the files of this machine", () => {
  logStoreContract("file", {
    fencing: "lock",
    schedules: 40,
    place() {
      places += 1;
      const directory = join(root, `log-${places}`);
      return Promise.resolve({
        open: () => opened({ directory, files: systemFiles(), clock: systemClock(), random: systemRandom() }),
      });
    },
  });
});

it("keeps its directory and files to their owner", async () => {
  const directory = join(root, "modes", "log");
  const store = opened({ directory, files: systemFiles(), clock: systemClock(), random: systemRandom() });
  const writer = await store.takeEpoch({ holder: "a", waitMs: 0 });
  await writer.append(undefined, chainOf(2));
  const digest = await store.putBlob("text");
  const by = { id: "a@example.com", authenticatedBy: "gateway" } as const;
  await store.addToSpool({ id: "one", at: at(0), body: { kind: "freeze", by, note: "x" } });
  await writer.release();
  const modeOf = (path: string): string => (statSync(join(directory, path)).mode & 0o777).toString(8);
  expect(["", "blobs", "spool"].map(modeOf)).toEqual(["700", "700", "700"]);
  const files = ["chain.jsonl", "head.json", "epoch", "lock", `blobs/${digest}`, "spool/one.json"];
  expect(files.map(modeOf)).toEqual(files.map(() => "600"));
});

it("makes nothing on disk by reading", async () => {
  const directory = join(root, "nothing", "log");
  const store = opened({ directory, files: systemFiles(), clock: systemClock(), random: systemRandom() });
  const log = await openLog({ store, installation });
  await log.refresh();
  expect(await store.tryReadBlob("a".repeat(64))).toBeUndefined();
  expect(existsSync(join(root, "nothing"))).toBe(false);
});

logStoreContract("file, on the disk double", {
  fencing: "lock",
  schedules: 500,
  place() {
    const disk = new Disk();
    const clock = new QuickClock();
    return Promise.resolve({
      open: () => opened({ directory: "/log", files: disk.start().files, clock, random: systemRandom() }),
    });
  },
});
