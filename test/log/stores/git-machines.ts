import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../../lib/adapters/clock";
import { systemFiles } from "../../../lib/adapters/files";
import { systemGit } from "../../../lib/adapters/git";
import { systemRandom } from "../../../lib/adapters/random";
import { gitStore } from "../../../lib/log";
import type { Clock, Git, LogStore } from "../../../lib/ports";
import { temporaryFolder } from "../../support/folders";

/** The Log's ref in these tests. */
export const logRef = "refs/leasehold/log";

/** How one machine is opened. */
export interface MachineOptions {
  /** Its home: machines with one name share their copy of the Log. Default: a new one. */
  readonly home?: string;
  readonly clock?: Clock;
  /** Puts something between the store and git. */
  readonly between?: (git: Git) => Git;
}

/** Bare repositories, and machines that share nothing else; all gone after the tests of the current block. */
export class GitMachines {
  readonly root = temporaryFolder();
  #count = 0;
  #stores: LogStore[] = [];

  constructor() {
    mkdirSync(join(this.root, "nowhere"));
    afterEach(async () => {
      await Promise.all(this.#stores.map((store) => store.close()));
      this.#stores = [];
    });
  }

  /** A new bare repository. */
  remote(): string {
    const path = join(this.root, `remote-${(this.#count += 1)}.git`);
    execFileSync("git", ["init", "--quiet", "--bare", path]);
    git(path, "config", "receive.autogc", "false");
    return path;
  }

  /** The environment of a machine. */
  environment(home = `home-${(this.#count += 1)}`): Record<string, string> {
    return { PATH: process.env["PATH"] ?? "", HOME: join(this.root, home) };
  }

  /** The store as one machine has it. */
  open(remote: string, options: MachineOptions = {}): LogStore {
    const own = systemGit({
      root: join(this.root, "nowhere"),
      remote,
      environment: this.environment(options.home),
    });
    const store = gitStore({
      git: options.between?.(own) ?? own,
      ref: logRef,
      files: systemFiles(),
      clock: options.clock ?? systemClock(),
      random: systemRandom(),
    });
    this.#stores.push(store);
    return store;
  }
}

/** What git says to a command in a repository. */
export function git(repository: string, ...args: string[]): string {
  return gitWith(repository, undefined, ...args);
}

/** The same with something on its standard input. */
export function gitWith(repository: string, input: string | Buffer | undefined, ...args: string[]): string {
  return execFileSync("git", ["-C", repository, ...args], {
    encoding: "utf8",
    input: input ?? "",
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      GIT_AUTHOR_NAME: "admin",
      GIT_AUTHOR_EMAIL: "admin@x.test",
      GIT_COMMITTER_NAME: "admin",
      GIT_COMMITTER_EMAIL: "admin@x.test",
    },
  }).trim();
}

/** Replaces a file in the tree of the Log's ref, as somebody who may push could. */
export function replaceFile(remote: string, path: string, content: Buffer): void {
  const blob = gitWith(remote, content, "hash-object", "-w", "--stdin");
  const index = join(remote, "index-of-tests");
  const run = (...args: string[]): string =>
    execFileSync("git", ["-C", remote, ...args], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], GIT_INDEX_FILE: index },
    }).trim();
  run("read-tree", logRef);
  run("update-index", "--add", "--cacheinfo", `100644,${blob},${path}`);
  const tree = run("write-tree");
  const commit = gitWith(remote, "", "commit-tree", "-p", logRef, "-m", "x", tree);
  git(remote, "update-ref", logRef, commit);
}
