/**
 * The real commands in the test's own process, for matrices that child processes would be too slow for: only the
 * gateway (the reference model) and the pace of the waits differ from lib/cli/main.ts.
 */
import { systemFiles } from "../../../lib/adapters/files";
import { systemGit } from "../../../lib/adapters/git";
import { readCheckout } from "../../../lib/adapters/git-checkout";
import { gitTree } from "../../../lib/adapters/git-tree";
import { nodeHttp } from "../../../lib/adapters/http";
import { systemRandom } from "../../../lib/adapters/random";
import { runRulesProgram } from "../../../lib/adapters/rules-program";
import { systemSecrets } from "../../../lib/adapters/secrets";
import { directoryTree } from "../../../lib/adapters/source-tree";
import { run } from "../../../lib/cli/run";
import type { Shell } from "../../../lib/cli/shell";
import { githubEnvironment, openGitHub } from "../../../lib/github";
import type { Http, HttpRequest } from "../../../lib/ports";
import { memoryProvider } from "../../../providers/memory/provider";
import { makeWorld, type World } from "../../../providers/memory/world";
import { QuickClock } from "../../doubles/quick-clock";
import type { Ran } from "../../support/command-line";

/** What a run has besides its arguments. */
export interface OneRun {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the gateway holds; a new one is empty. */
  readonly world: World;
  /** Calls to GitHub that are not worth a time-out's 30 seconds. */
  readonly isHopeless?: (request: HttpRequest) => boolean;
}

/** An empty gateway. */
export function emptyWorld(): World {
  return makeWorld({ clock: new QuickClock() });
}

/** Runs one command line. */
export async function runHere(args: readonly string[], one: OneRun): Promise<Ran> {
  const told = { stdout: "", stderr: "" };
  const exitCode = await run(shellOf(args, one, told));
  return { exitCode, ...told };
}

function shellOf(args: readonly string[], one: OneRun, told: { stdout: string; stderr: string }): Shell {
  const { directory, environment, world } = one;
  const files = systemFiles();
  const clock = new QuickClock();
  const problem = (text: string): void => void (told.stderr += `${text}\n`);
  const nowhere = async (): Promise<never> => {
    throw new Error("not here");
  };
  return {
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
    clock,
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
    openGateway: async ({ name, installation }) => {
      const provider = memoryProvider({ gateway: name, installation, world });
      return { provider, close: () => provider.close() };
    },
    openGitHub: async () => {
      const github = githubEnvironment(environment);
      const { apiUrl, graphqlUrl, serverUrl, token } = github;
      const http = impatient(one.isHopeless ?? (() => false));
      const opened = await openGitHub({ apiUrl, graphqlUrl, serverUrl, token, http, clock, waitUnitMs: 1 });
      return { github: opened, environment: github, close: () => http.close() };
    },
  };
}

function impatient(isHopeless: (request: HttpRequest) => boolean): Http {
  const http = nodeHttp();
  return {
    send: (request, signal) => http.send(isHopeless(request) ? { ...request, timeoutMs: 100 } : request, signal),
    close: () => http.close(),
  };
}
