/** The entry of the GitHub Action (action.yml): reads the runner's variables and runs the command line that stands beside it. */
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { captureProgram } from "../../adapters/captured-program";
import { systemFiles } from "../../adapters/files";
import { systemRandom } from "../../adapters/random";
import { failure } from "../../errors";
import type { ProgramEnd, ProgramRun } from "./ports";
import { runAction } from "./run";

/** GitHub's own bound of a payload. */
const payloadBytes = 25 * 1024 * 1024;
const keptBytes = 4 * 1024 * 1024;
const interruption = new AbortController();

async function main(): Promise<void> {
  const files = systemFiles();
  const random = systemRandom();
  const program =
    (command: readonly string[]) =>
    (run: ProgramRun): Promise<ProgramEnd> =>
      captureProgram({
        ...run,
        command: [...command, ...run.args],
        directory: process.cwd(),
        signal: interruption.signal,
        maxBytes: keptBytes,
      });
  process.exitCode = await runAction({
    environment: process.env,
    readFile: async (path) => {
      const text = await files.tryReadText(path, payloadBytes);
      if (text === undefined)
        throw failure("E704", { detail: `no file ${path}`, fix: "run this as a step of a workflow" });
      return text;
    },
    append: (path, text) => appendFile(path, text),
    print: (text) => void process.stdout.write(text),
    random: () => Buffer.from(random.bytes(16)).toString("hex"),
    leasehold: program([process.execPath, join(__dirname, "..", "main.js")]),
    git: program(["git"]),
  });
}

/** A cancelled run lets the call in flight end and be recorded. */
const interrupt = (): void => interruption.abort();
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);

void main();
