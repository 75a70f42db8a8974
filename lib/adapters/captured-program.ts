import { spawn } from "node:child_process";
import { constants } from "node:os";

/** A program to run, and what to do with what it says. */
export interface CapturedProgram {
  readonly command: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Each piece of either output, as it comes. */
  onText?(text: string): void;
  /** Its first firing is passed on as an interruption. */
  readonly signal?: AbortSignal;
  /** Of each output; what is beyond is passed on but not kept. */
  readonly maxBytes: number;
}

/** What a program said, and its exit code as a shell gives it (127 not found, 128 + signal). */
export interface CapturedRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program without a terminal to its end, and keeps what it says. */
export function captureProgram(options: CapturedProgram): Promise<CapturedRun> {
  const [program = "", ...args] = options.command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.directory,
      env: options.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stdout = gather(child.stdout, options);
    const stderr = gather(child.stderr, options);
    const interrupt = (): void => void child.kill("SIGINT");
    options.signal?.addEventListener("abort", interrupt, { once: true });
    const end = (exitCode: number): void => {
      options.signal?.removeEventListener("abort", interrupt);
      resolve({ exitCode, stdout: stdout(), stderr: stderr() });
    };
    child.once("error", () => end(127));
    child.once("close", (code, signal) => end(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

function gather(stream: NodeJS.ReadableStream, options: CapturedProgram): () => string {
  const chunks: string[] = [];
  let size = 0;
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    size += Buffer.byteLength(text);
    if (size <= options.maxBytes) chunks.push(text);
    options.onText?.(text);
  });
  return () => chunks.join("");
}
