/** The git program, run once per call with nothing of this machine's configuration. */
import { spawn } from "node:child_process";
import { devNull } from "node:os";

/** What git said. */
export interface GitOutcome {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Environment in which git reads no configuration of the machine or of the person. */
export const bareGitEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env["PATH"],
  HOME: devNull,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

/** Runs git in `directory`; resolves whatever its exit code is. */
export function runGit(directory: string, parameters: readonly string[], input?: Buffer): Promise<GitOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["-C", directory, ...parameters], { env: bareGitEnvironment, stdio: "pipe" });
    const out: Buffer[] = [];
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (stderr += String(chunk)));
    child.stdin.on("error", () => undefined);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, stdout: Buffer.concat(out), stderr }));
    child.stdin.end(input);
  });
}

/** Runs git and throws when it fails; gives its standard output as text. */
export async function git(directory: string, ...parameters: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runGit(directory, parameters);
  if (code !== 0) throw new Error(`git ${parameters.join(" ")} failed in ${directory}: ${stderr}`);
  return stdout.toString("utf8");
}
