import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../support/root";
import type { Repository } from "./repository";

const bin = join(projectRoot, "dist/lib/cli/main.js");

/** What runs: it ends with this process, unless that is killed too. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** How a process of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A real `leasehold reconcile` in a process of its own. */
export class Reconciler {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #told = "";
  #readAt = 0;
  #verifyAt = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    const hear = (text: Buffer): void => {
      this.#told = (this.#told + text.toString("utf8")).slice(-20_000);
      if (this.#readAt === 0 && this.#told.includes("read\n")) this.#readAt = performance.now();
      if (this.#verifyAt === 0 && this.#told.includes("verify\n")) this.#verifyAt = performance.now();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    running.add(child);
    this.ended = new Promise((resolve) => {
      child.once("close", (code, signal) => {
        running.delete(child);
        resolve({ code, signal });
      });
    });
  }

  /** Starts it; on another `machine` it has a home directory of its own. */
  static start(repository: Repository, args: readonly string[], machine = "one"): Reconciler {
    const child = spawn(process.execPath, [bin, "--verbose", "reconcile", ...args], {
      cwd: repository.directory,
      env: repository.environment(machine),
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new Reconciler(child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** How long its first pass took from the first step to the last, in milliseconds, as far as it came. */
  get passMs(): number {
    return Math.max(0, this.#verifyAt - this.#readAt);
  }

  /** The end of what it said. */
  get told(): string {
    return this.#told;
  }

  /** Resolves when it says that it begins a step of a pass, when it ends, and after a while in any case. */
  async step(name: string, atMostMs: number): Promise<void> {
    let check = (): void => undefined;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>((resolve) => {
        check = () => this.#told.includes(`${name}\n`) && resolve();
        this.#child.stderr?.on("data", check);
        check();
      }),
      new Promise((resolve) => (timer = setTimeout(resolve, atMostMs))),
      this.ended,
    ]);
    clearTimeout(timer);
    this.#child.stderr?.off("data", check);
  }

  send(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** SIGKILL, or what was the end of it before. */
  async kill(): Promise<Ended> {
    this.#child.kill("SIGKILL");
    return this.ended;
  }
}
