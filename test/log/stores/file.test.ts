import { join } from "node:path";
import { systemClock } from "../../../lib/adapters/clock";
import { systemFiles } from "../../../lib/adapters/files";
import { systemRandom } from "../../../lib/adapters/random";
import { fileStore, type FileStoreOptions } from "../../../lib/log";
import type { LogStore } from "../../../lib/ports";
import { logStoreContract } from "../../contract/log-store";
import { Disk } from "../../doubles/files/disk";
import { QuickClock } from "../../doubles/quick-clock";
import { temporaryFolder } from "../../support/folders";

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
  const folder = temporaryFolder();
  logStoreContract("file", {
    fencing: "lock",
    place() {
      places += 1;
      const directory = join(folder, `log-${places}`);
      return Promise.resolve({
        open: () => opened({ directory, files: systemFiles(), clock: systemClock(), random: systemRandom() }),
      });
    },
  });
});

logStoreContract("file, on the disk double", {
  fencing: "lock",
  place() {
    const disk = new Disk();
    const clock = new QuickClock();
    return Promise.resolve({
      open: () => opened({ directory: "/log", files: disk.start().files, clock, random: systemRandom() }),
    });
  },
});
