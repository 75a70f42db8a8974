import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { systemClock } from "../../../lib/adapters/clock";
import { systemFiles } from "../../../lib/adapters/files";
import { systemGit } from "../../../lib/adapters/git";
import { systemRandom } from "../../../lib/adapters/random";
import { gitStore } from "../../../lib/log";
import type { LogStore } from "../../../lib/ports";
import { logStoreContract } from "../../contract/log-store";
import { temporaryFolder } from "../../support/folders";

const root = temporaryFolder();
let places = 0;
let openings = 0;
let stores: LogStore[] = [];

afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  stores = [];
});

/** A store on a remote as another machine has it: with a cache of its own. */
function machine(remote: string): LogStore {
  openings += 1;
  const environment = { PATH: process.env["PATH"], HOME: join(root, `home-${openings}`) };
  const store = gitStore({
    git: systemGit({ root, remote, environment }),
    ref: "refs/leasehold/log",
    files: systemFiles(),
    clock: systemClock(),
    random: systemRandom(),
  });
  stores.push(store);
  return store;
}

describe("on a bare repository of this machine", () => {
  logStoreContract("git", {
    fencing: "epoch",
    schedules: 12,
    crowd: { readers: 6, appends: 20 },
    place() {
      places += 1;
      const remote = join(root, `remote-${places}.git`);
      execFileSync("git", ["init", "--quiet", "--bare", remote]);
      return Promise.resolve({ open: () => machine(remote) });
    },
  });
});
