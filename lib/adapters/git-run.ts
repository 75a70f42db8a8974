import { spawn, type ChildProcess } from "node:child_process";
import { failure } from "../errors";
import type { GitAnswer } from "../ports";
import { isMissing } from "./file-failure";

/** One run of the program. */
export interface GitRun {
  readonly args: readonly string[];
  /** Working directory: relative paths of remotes count from it. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly input?: Uint8Array;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Takes what must not be seen out of what git says. */
  redact(text: string): string;
}

/** Most of what git says besides its answer. */
const messageBytes = 65_536;

/**
 * Runs git without a shell, in a group of its own: Ctrl-C does not reach it in the middle of a push, and
 * when it is stopped nothing of it stays. Throws E606 when there is no git.
 */
export function runGit(run: GitRun): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", run.args, {
      cwd: run.directory,
      env: run.environment,
      detached: process.platform !== "win32",
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const stdout = collected();
    const stderr = collected();
    let isStopped = false;
    const stop = (): void => {
      isStopped = true;
      endGroup(child);
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(stop, run.timeoutMs);
    child.stdout.on("data", (bytes: Buffer) => {
      if (stdout.add(bytes) > run.maxBytes) stop();
    });
    child.stderr.on("data", (bytes: Buffer) => {
      if (stderr.length() < messageBytes) stderr.add(bytes);
    });
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(cannotRun(error));
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      const words = run.redact(stderr.bytes().toString("utf8"));
      resolve({
        status: isStopped ? undefined : (code ?? undefined),
        stdout: stdout.bytes(),
        stderr: isStopped ? `${words}\nstopped after ${Math.round(run.timeoutMs / 1000)} s` : words,
      });
    });
    // A program that ends before it has read everything breaks the pipe: its exit code says why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(run.input ?? "");
  });
}

function endGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function collected() {
  const parts: Buffer[] = [];
  let length = 0;
  return {
    add(bytes: Buffer): number {
      parts.push(bytes);
      length += bytes.length;
      return length;
    },
    length: () => length,
    bytes: () => Buffer.concat(parts),
  };
}

function cannotRun(error: Error): Error {
  return failure("E606", {
    detail: isMissing(error) ? "there is no program `git` on this machine" : `git cannot be run: ${error.message}`,
    fix: "install Git 2.31 or later, or use another store under `log:`",
    cause: error,
  });
}
