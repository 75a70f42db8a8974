import { Command, CommanderError } from "commander";
import { exitCodes, failure, LeaseholdError } from "../errors";
import { addCommand } from "./command";
import { commands } from "./commands";
import { addGlobalOptions } from "./options";
import type { Shell } from "./shell";
import { tellFailure } from "./tell";
import { version } from "./version";

/** Runs one command line; gives its exit code and never throws. */
export async function run(shell: Shell): Promise<number> {
  let exitCode = 0;
  const program = programOf(shell, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...shell.args], { from: "user" });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return exitCodeOfCommander(thrown);
    return await tellFailure(asFailure(thrown), shell);
  }
}

function programOf(shell: Shell, done: (exitCode: number) => void): Command {
  const program = new Command("leasehold")
    .description("Access as leases, declared in code.")
    .version(version, "--version", "say the version")
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => shell.output.result(text.replace(/\n$/, "")),
      writeErr: (text) => shell.output.problem(text.replace(/\n$/, "")),
    });
  addGlobalOptions(program);
  program.addHelpText(
    "before",
    [
      "Examples:",
      "  leasehold init demo && cd demo   make an access repository that works",
      "  leasehold plan                   say what would change",
      "  leasehold status                 who has what, and until when",
      "",
    ].join("\n"),
  );
  for (const spec of commands) addCommand(program, spec, shell, done);
  for (const command of allCommands(program)) command.exitOverride();
  return program;
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((sub) => [sub, ...allCommands(sub)]);
}

function exitCodeOfCommander(thrown: CommanderError): number {
  return thrown.exitCode === 0 ? 0 : exitCodes.usage;
}

function asFailure(thrown: unknown): LeaseholdError {
  if (thrown instanceof LeaseholdError) return thrown;
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return failure("E900", {
    detail,
    fix: "run it again with --verbose and report what it prints; nothing was granted by this",
    cause: thrown,
  });
}
