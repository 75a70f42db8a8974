import { spawn } from "node:child_process";
import { constants } from "node:os";

/** Runs a program on this process's terminal until it ends; gives its exit code as a shell does (127 not found, 128 + signal). */
export function runProgram(
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "inherit", env: environment });
    child.once("error", () => resolve(127));
    child.once("close", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
