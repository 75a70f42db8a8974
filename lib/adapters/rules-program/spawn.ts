import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { replaceHiddenCharacters } from "../../model/characters";
import { resultDescriptor, type ChildTask } from "./message";
import { toolDirectories } from "./tool-packages";

/** Bounds of one run. */
export interface ChildLimits {
  /** Wall-clock time, from the start of the process. */
  readonly ms: number;
  readonly memoryMiB: number;
  /** Of what it prints. */
  readonly outputBytes: number;
  /** Of its answer. */
  readonly resultBytes: number;
}

/** How a run ended. `printed` is what it printed until then. */
export type ChildEnd = { readonly printed: string } & (
  | { readonly kind: "answered"; readonly text: string }
  | { readonly kind: "stopped"; readonly at: "time" | "memory" | "output" | "result" }
  | { readonly kind: "aborted" }
  | { readonly kind: "died"; readonly how: string }
);

/** Starts the child, gives it its task, waits for its end. The process is gone when this returns. */
export function startChild(options: {
  readonly entry: string;
  readonly task: ChildTask;
  readonly limits: ChildLimits;
  readonly signal?: AbortSignal;
}): Promise<ChildEnd> {
  const { entry, task, limits, signal } = options;
  if (signal?.aborted === true) return Promise.resolve({ kind: "aborted", printed: "" });
  const child = spawn(process.execPath, [...flags(entry, task, limits), entry], {
    cwd: task.repository,
    env: {},
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const watch = new Watch(child, limits);
  const abort = (): void => watch.stop("aborted");
  signal?.addEventListener("abort", abort, { once: true });
  return new Promise<ChildEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, killedBy) => resolve(watch.endOf(code, killedBy)));
    // A program that is ended while its task is still being written breaks the pipe: not an error of ours.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(JSON.stringify(task));
  }).finally(() => {
    watch.close();
    signal?.removeEventListener("abort", abort);
  });
}

/** `--permission` is the flag's name from Node 23.5 on; Node 20 knows only the experimental one. */
function flags(entry: string, task: ChildTask, limits: ChildLimits): readonly string[] {
  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  return [
    permission,
    ...[...toolDirectories(entry), ...task.readable].map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${limits.memoryMiB}`,
    "--disallow-code-generation-from-strings",
    "--no-addons",
    "--no-warnings",
  ];
}

interface Gathered {
  readonly chunks: Buffer[];
  bytes: number;
}

type Stop = "time" | "memory" | "output" | "result" | "aborted";

/** Holds a child to its limits, and gathers what it says. */
class Watch {
  private stopped: Stop | undefined;
  private readonly printed: Gathered = { chunks: [], bytes: 0 };
  private readonly answer: Gathered = { chunks: [], bytes: 0 };
  private readonly timers: readonly NodeJS.Timeout[];

  constructor(
    private readonly child: ChildProcess,
    limits: ChildLimits,
  ) {
    this.gather(child.stdout, this.printed, limits.outputBytes, "output");
    this.gather(child.stderr, this.printed, limits.outputBytes, "output");
    this.gather(child.stdio[resultDescriptor] as Readable, this.answer, limits.resultBytes, "result");
    this.timers = [
      setTimeout(() => this.stop("time"), limits.ms),
      setInterval(() => {
        if (residentMiB(child.pid) > limits.memoryMiB + outsideHeapMiB) this.stop("memory");
      }, 50),
    ];
  }

  /** Ends the child at once; the first reason counts. */
  stop(why: Stop): void {
    this.stopped ??= why;
    this.child.kill("SIGKILL");
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  endOf(code: number | null, killedBy: NodeJS.Signals | null): ChildEnd {
    // A program of somebody else's must not move the cursor of who reads what it printed.
    const printed = replaceHiddenCharacters(Buffer.concat(this.printed.chunks).toString("utf8"), () => "\u{FFFD}");
    if (this.stopped === "aborted") return { kind: "aborted", printed };
    if (this.stopped !== undefined) return { kind: "stopped", at: this.stopped, printed };
    // V8 aborts when its heap is full, and says so.
    if (/JavaScript heap out of memory/.test(printed.slice(-4_000)))
      return { kind: "stopped", at: "memory", printed: "" };
    const text = Buffer.concat(this.answer.chunks).toString("utf8");
    if (code === 0 && text !== "") return { kind: "answered", text, printed };
    return { kind: "died", how: killedBy ?? `exit code ${code}`, printed };
  }

  private gather(stream: Readable | null, into: Gathered, mostBytes: number, why: Stop): void {
    stream?.on("data", (chunk: Buffer) => {
      // What arrives after the end has been decided is thrown away: a program can print faster than it dies.
      if (this.stopped === undefined) into.chunks.push(chunk);
      into.bytes += chunk.length;
      if (into.bytes > mostBytes) this.stop(why);
    });
    stream?.on("error", () => undefined);
  }
}

/** Code, stacks and buffers of a Node that does nothing much, with room to spare. */
const outsideHeapMiB = 256;

/** Memory outside of V8's heap (buffers) has no flag: on Linux the kernel's figure is looked at; elsewhere 0. */
function residentMiB(pid: number | undefined): number {
  if (process.platform !== "linux" || pid === undefined) return 0;
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(match?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
