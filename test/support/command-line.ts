import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./root";

const bin = join(projectRoot, "dist/lib/cli/main.js");

/** What a run of the command line came to. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that goes on. */
export interface Going {
  readonly child: ChildProcess;
  line(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ran>;
  /** SIGINT, as Ctrl-C sends it. */
  stop(): Promise<Ran>;
}

/** The real bin in a directory, with an environment that holds nothing of this machine's user. */
export class CommandLine {
  readonly #children = new Set<ChildProcess>();

  constructor(readonly directory: string) {}

  run(...args: string[]): Promise<Ran> {
    return this.with({}, ...args);
  }

  with(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<Ran> {
    return this.start(args, environment).ended;
  }

  start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Going {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: this.directory,
      env: { PATH: process.env["PATH"] ?? "", HOME: this.directory, COLUMNS: "100", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#children.add(child);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const ended = new Promise<Ran>((resolve) => {
      child.once("close", (code) => {
        this.#children.delete(child);
        resolve({ exitCode: code ?? -1, stdout, stderr });
      });
    });
    return {
      child,
      ended,
      line: (pattern) =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            const match = pattern.exec(stdout);
            if (match !== null) resolve(match);
          };
          child.stdout.on("data", look);
          look();
          void ended.then((ran) => reject(new Error(`ended with ${ran.exitCode}: ${ran.stderr}`)));
        }),
      stop: () => {
        child.kill("SIGINT");
        return ended;
      },
    };
  }

  /** Ends what still runs, by its id. */
  async endAll(): Promise<void> {
    const ends = [...this.#children].map(
      (child) => new Promise<void>((resolve) => child.once("close", () => resolve())),
    );
    for (const child of this.#children) child.kill("SIGKILL");
    await Promise.all(ends);
  }

  path(...parts: string[]): string {
    return join(this.directory, ...parts);
  }

  read(...parts: string[]): string {
    return readFileSync(this.path(...parts), "utf8");
  }

  write(path: string, text: string): void {
    writeFileSync(this.path(path), text);
  }

  /** Replaces text in a file; the text has to be there. */
  edit(path: string, from: string | RegExp, to: string): void {
    const before = this.read(path);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing to replace in ${path}`);
    this.write(path, after);
  }
}
