import { isAbsolute, resolve } from "node:path";
import { Option, type Command } from "commander";
import { failure } from "../errors";
import { tryParseInstant, type Instant } from "../model/instant";
import type { Shell } from "./shell";

/** How a result is written. */
export type Format = "text" | "json" | "markdown" | "github" | "sarif" | "csv";

/** The options that every command takes. */
export interface GlobalOptions {
  /** `-C DIR`, absolute: as if the command had been started there. */
  readonly directory: string;
  /** `--config FILE`, absolute, if given. */
  readonly configFile?: string;
  readonly format: Format;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly input: boolean;
}

/** Adds the global options to a command; `formats` are those it can write, the first is the default. */
export function addGlobalOptions(command: Command, formats: readonly Format[] = ["text"]): Command {
  command
    .option("-C <dir>", "run as if started in this directory")
    .option("--config <file>", "use this configuration instead of leasehold.yaml")
    .option("--no-color", "no colour")
    .option("--quiet", "only the result and errors")
    .option("--verbose", "say more on stderr")
    .option("--no-input", "never ask, fail instead");
  if (formats.length > 1) {
    const option = new Option("--format <format>", "how to write the result");
    command.addOption(option.choices([...formats]).default(formats[0]));
  }
  return command;
}

interface GivenOptions {
  readonly C?: string;
  readonly config?: string;
  readonly format?: Format;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly input?: boolean;
}

/** Reads the global options of a command; they may stand before its name as well as after it. */
export function globalOptions(command: Command, shell: Shell): GlobalOptions {
  const given: GivenOptions[] = [];
  for (let one: Command | null = command; one !== null; one = one.parent) given.push(one.opts<GivenOptions>());
  const nearest = <Name extends keyof GivenOptions>(name: Name): GivenOptions[Name] | undefined =>
    given.find((options) => options[name] !== undefined)?.[name];
  const directory = resolve(shell.directory, nearest("C") ?? ".");
  const config = nearest("config");
  return {
    directory,
    ...(config === undefined ? {} : { configFile: resolve(directory, config) }),
    format: nearest("format") ?? "text",
    quiet: given.some((options) => options.quiet === true),
    verbose: given.some((options) => options.verbose === true),
    input: given.every((options) => options.input !== false),
  };
}

/** `--as-of TIME`, or the clock's now; throws E800 for a text that is no RFC 3339 time with a zone. */
export function asOfOption(text: string | undefined, shell: Shell): Instant {
  if (text === undefined) return shell.clock.now();
  const instant = tryParseInstant(text);
  if (instant !== undefined) return instant;
  throw failure("E800", {
    detail: `expected --as-of to be a time such as 2026-11-25T18:00:00Z, got \`${text}\``,
    fix: "write the time with its zone, e.g. --as-of 2026-11-25T18:00:00Z",
  });
}

/** A path given on the command line, made absolute. */
export function pathOption(text: string, options: GlobalOptions): string {
  return isAbsolute(text) ? text : resolve(options.directory, text);
}
