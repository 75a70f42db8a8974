/**
 * The real command in the test's own process, for many runs: starting a process and loading octokit takes longer than most
 * commands. All is as in lib/cli/main.ts, but that nobody waits for GitHub's pace, and no worker threads parse.
 */
import { systemFiles } from "../../lib/adapters/files";
import { systemGit } from "../../lib/adapters/git";
import { readCheckout } from "../../lib/adapters/git-checkout";
import { gitTree } from "../../lib/adapters/git-tree";
import { systemRandom } from "../../lib/adapters/random";
import { runRulesProgram } from "../../lib/adapters/rules-program";
import { systemSecrets } from "../../lib/adapters/secrets";
import { directoryTree } from "../../lib/adapters/source-tree";
import { openGateway } from "../../lib/cli/compose";
import { openRunnersGitHub } from "../../lib/cli/compose-github";
import { run } from "../../lib/cli/run";
import type { Shell } from "../../lib/cli/shell";
import { QuickClock } from "../doubles/quick-clock";
import type { Ran } from "./command-line";

/** What a run has besides its arguments. */
export interface CommandHere {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Other parts than those of lib/cli/main.ts: a gateway, GitHub, chance. */
  readonly outside?: (shell: Shell) => Partial<Shell>;
}

/** Runs one command line. */
export async function runCommandHere(args: readonly string[], here: CommandHere): Promise<Ran> {
  const told = { stdout: "", stderr: "" };
  const exitCode = await run(shellOf(args, here, told));
  return { exitCode, ...told };
}

function shellOf(
  args: readonly string[],
  { directory, environment: given, outside }: CommandHere,
  told: { stdout: string; stderr: string },
): Shell {
  const files = systemFiles();
  const environment = { PATH: process.env["PATH"] ?? "", HOME: directory, COLUMNS: "100", ...given };
  const problem = (text: string): void => void (told.stderr += `${text}\n`);
  const nowhere = async (): Promise<never> => {
    throw new Error(`${args.join(" ")} needs a process of its own`);
  };
  const shell: Shell = {
    args,
    directory,
    environment,
    output: {
      result: (text) => void (told.stdout += `${text}\n`),
      problem,
      progress: problem,
      transient: () => false,
      isTerminal: false,
      colour: false,
      columns: 100,
    },
    clock: new QuickClock(),
    random: systemRandom(),
    files,
    secretsIn: (root) => systemSecrets({ environment, files, directory: root }),
    signal: new AbortController().signal,
    ask: async () => undefined,
    runProgram: nowhere,
    runGateway: nowhere,
    readInput: nowhere,
    notice: problem,
    tree: directoryTree,
    treeAt: gitTree,
    checkout: readCheckout,
    runRules: runRulesProgram,
    tryReadRules: async () => undefined,
    git: (place) => systemGit({ ...place, environment }),
    openGateway: (request) => openGateway(request, shell),
    openGitHub: () => openRunnersGitHub(shell),
  };
  return { ...shell, ...outside?.(shell) };
}
