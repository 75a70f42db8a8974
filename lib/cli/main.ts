#!/usr/bin/env node
/**
 * The composition root: the one place that reads the environment, makes the real ports and chooses
 * providers. Everything it loads at start counts against the 150 ms of `--help`.
 */
import { hostname } from "node:os";
import { systemClock } from "../adapters/clock";
import { systemFiles } from "../adapters/files";
import { systemGit } from "../adapters/git";
import { systemRandom } from "../adapters/random";
import { systemSecrets } from "../adapters/secrets";
import { directoryTree } from "../adapters/source-tree";
import { exitCodes } from "../errors";
import { holderWords } from "./holder";
import { askOn, readAll, terminalOutput } from "./terminal";
import { run } from "./run";
import type { Shell } from "./shell";
import { version } from "./version";

const interruption = new AbortController();
/** Programs that have the terminal now. */
let programs = 0;

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const flag = (name: string): boolean => args.includes(name);
  const output = terminalOutput({
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    noColor: flag("--no-color"),
    quiet: flag("--quiet"),
  });
  const files = systemFiles();
  const shell: Shell = {
    args,
    directory: process.cwd(),
    environment: process.env,
    output,
    clock: systemClock(),
    random: systemRandom(),
    files,
    holder: holderWords({ host: hostname(), pid: process.pid, environment: process.env }),
    machine: async () => (await import("../adapters/machine.js")).systemMachine({ version }),
    secretsIn: (directory) => systemSecrets({ environment: process.env, files, directory }),
    signal: interruption.signal,
    ask: (question) =>
      process.stdin.isTTY && !flag("--no-input")
        ? askOn({ input: process.stdin, output: process.stderr, question, signal: interruption.signal })
        : Promise.resolve(undefined),
    runProgram: async (command, added) => {
      const { runProgram } = await import("../adapters/program.js");
      programs += 1;
      return runProgram(command, { ...process.env, ...added }).finally(() => (programs -= 1));
    },
    runGateway: async (options) => {
      const { runGateway } = await import("./compose-gateway.js");
      return runGateway(options, shell);
    },
    readInput: (maxBytes) => readAll(process.stdin, maxBytes),
    notice: (text) => output.problem(text),
    tree: directoryTree,
    parsing: async (repository) => {
      const { fastParsing } = await import("../workspace/parsing.js");
      return fastParsing({ files, environment: process.env, repository, version });
    },
    treeAt: async (root, revision) => (await import("../adapters/git-tree.js")).gitTree(root, revision),
    checkout: async (directory) => (await import("../adapters/git-checkout.js")).readCheckout(directory),
    runRules: async (request) => {
      const { runRulesProgram, tryRememberRules } = await import("../adapters/rules-program/index.js");
      const rules = await runRulesProgram(request);
      tryRememberRules({ ...request, version }, rules);
      return rules;
    },
    tryReadRules: async (request) => {
      const { tryReadRememberedRules } = await import("../adapters/rules-program/remembered.js");
      return tryReadRememberedRules({ ...request, version });
    },
    git: (place) => systemGit({ ...place, environment: process.env }),
    sql: async (request) => {
      const { postgresSql } = await import("../adapters/postgres.js");
      return postgresSql({ ...request, environment: process.env });
    },
    openGateway: async (request) => {
      const { openGateway } = await import("./compose.js");
      return openGateway(request, shell);
    },
    openGitHub: async () => {
      const { openRunnersGitHub } = await import("./compose-github.js");
      return openRunnersGitHub(shell);
    },
  };
  // A program on this terminal gets every Ctrl-C too, and says itself what it means: psql ends a statement by it.
  process.on("SIGINT", () => (programs > 0 && process.stdin.isTTY ? undefined : interrupt()));
  process.on("SIGTERM", interrupt);
  process.exitCode = await run(shell);
}

/** The first Ctrl-C lets the call in flight end and be recorded; the second stops at once. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
  const words = "Finishing the call in flight; press Ctrl-C again to stop at once.";
  // Programs that read JSON lines must not meet another kind of line.
  const isJson = /(?:^| )--log[= ]json(?: |$)/.test(process.argv.slice(2).join(" "));
  process.stderr.write(
    isJson ? `${JSON.stringify({ level: "info", time: systemClock().now(), event: "stopping" })}\n` : `${words}\n`,
  );
  interruption.abort();
}

void main();
