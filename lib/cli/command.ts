import type { Command } from "commander";
import { addGlobalOptions, globalOptions, type Format, type GlobalOptions } from "./options";
import type { Shell } from "./shell";

/** One command of the command line: its help comes from here, its work is loaded when it is run. */
export interface CommandSpec {
  readonly name: string;
  /** Arguments as commander writes them, e.g. `[path...]`. */
  readonly args?: string;
  readonly summary: string;
  /** Lines that stand first in `--help`, each a command line and what it does. */
  readonly examples: readonly (readonly [command: string, what: string])[];
  readonly formats?: readonly Format[];
  /** Adds the command's own options. */
  options?(command: Command): void;
  /** Commands below this one, e.g. `log verify`. */
  readonly subcommands?: readonly CommandSpec[];
  /** Carries it out; gives the exit code. */
  run?(call: CommandCall): Promise<number>;
}

/** What a command is called with. */
export interface CommandCall {
  readonly shell: Shell;
  readonly global: GlobalOptions;
  /** Positional arguments. */
  readonly args: readonly string[];
  /** The command's own options by their camel-case names. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Everything after `--`. */
  readonly rest: readonly string[];
}

/** Adds a command to its parent; `done` takes the exit code. */
export function addCommand(parent: Command, spec: CommandSpec, shell: Shell, done: (exitCode: number) => void): void {
  const command = parent.command(spec.name).description(spec.summary);
  command.addHelpText("before", `${examplesText(spec)}\n`);
  for (const sub of spec.subcommands ?? []) addCommand(command, sub, shell, done);
  const run = spec.run?.bind(spec);
  if (run === undefined) return;
  if (spec.args !== undefined) command.arguments(spec.args);
  spec.options?.(command);
  addGlobalOptions(command, spec.formats);
  command.action(async () => {
    const { rest } = splitAtDashes(shell.args);
    const positional = rest.length === 0 ? command.args : command.args.slice(0, -rest.length);
    done(
      await run({
        shell,
        global: globalOptions(command, shell),
        args: positional,
        options: command.opts(),
        rest,
      }),
    );
  });
}

/** The examples of a command as `--help` begins with them. */
export function examplesText(spec: CommandSpec): string {
  const width = Math.max(0, ...spec.examples.map(([line]) => line.length));
  const lines = spec.examples.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`);
  return ["Examples:", ...lines].join("\n");
}

function splitAtDashes(args: readonly string[]): { readonly rest: readonly string[] } {
  const at = args.indexOf("--");
  return { rest: at < 0 ? [] : args.slice(at + 1) };
}
