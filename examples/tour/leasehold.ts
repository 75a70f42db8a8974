import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

const bin = join(__dirname, "../../lib/cli/main.js");

/** What a command came to. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** How long it took. */
  readonly ms: number;
}

/** A command that goes on. */
export interface Running {
  /** Waits for a line of its stdout that matches; rejects when it ends or 20 s pass before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<Ended>;
}

/** Runs the real command line in an access repository; every process it starts is ended by `endAll`. */
export class Leasehold {
  readonly #children = new Set<ChildProcess>();

  constructor(private readonly directory: string) {}

  /** Runs a command to its end. */
  async run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return this.start(args, environment).ended;
  }

  /** Starts a command that goes on. */
  start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: this.directory,
      env: { ...process.env, NO_COLOR: "1", COLUMNS: "110", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#children.add(child);
    const begun = Date.now();
    const said = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
    const ended = new Promise<Ended>((resolve) => {
      child.once("close", (code) => {
        this.#children.delete(child);
        resolve({ exitCode: code ?? 1, ...said, ms: Date.now() - begun });
      });
    });
    return {
      ended,
      line: (pattern) => lineOf(child, ended, pattern, () => said.stdout),
      stop: () => {
        child.kill("SIGINT");
        return ended;
      },
    };
  }

  /** Ends every process that still runs, by its id, and waits until it has gone. */
  async endAll(): Promise<void> {
    const gone = [...this.#children].map(
      (child) => new Promise<void>((resolve) => child.once("close", () => resolve())),
    );
    for (const child of this.#children) child.kill("SIGTERM");
    await Promise.all(gone);
  }
}

function lineOf(
  child: ChildProcess,
  ended: Promise<Ended>,
  pattern: RegExp,
  said: () => string,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`nothing like ${pattern.source} within 20 s`)), 20_000);
    const look = (): void => {
      const match = pattern.exec(said());
      if (match === null) return;
      clearTimeout(late);
      resolve(match);
    };
    child.stdout?.on("data", look);
    look();
    void ended.then((end) => {
      clearTimeout(late);
      reject(new Error(`it ended with ${end.exitCode}: ${end.stderr.trim()}`));
    });
  });
}
