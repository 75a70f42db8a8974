import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import type { WriteStream } from "node:tty";
import { failure } from "../errors";
import type { Output } from "../ports";

/** What decides how words are written. */
export interface TerminalOptions {
  readonly stdout: Writable & Partial<Pick<WriteStream, "isTTY" | "columns">>;
  readonly stderr: Writable & Partial<Pick<WriteStream, "isTTY">>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly noColor: boolean;
  readonly quiet: boolean;
}

/**
 * The Output of a process: results on stdout, the rest on stderr. Colour follows `--no-color`,
 * NO_COLOR, FORCE_COLOR and TERM=dumb (no-color.org, force-color.org), else whether stdout is a terminal.
 */
export function terminalOutput(options: TerminalOptions): Output {
  const { stdout, stderr, environment } = options;
  const isTerminal = stdout.isTTY === true;
  const canReplace = stderr.isTTY === true && !options.quiet && environment["TERM"] !== "dumb";
  let isLineOpen = false;
  const clear = (): void => {
    if (isLineOpen) stderr.write("\r\u001b[K");
    isLineOpen = false;
  };
  const tell = (text: string): void => {
    clear();
    stderr.write(`${text}\n`);
  };
  return {
    result: (text) => {
      clear();
      stdout.write(`${text}\n`);
    },
    problem: tell,
    progress: (text) => {
      if (!options.quiet) tell(text);
    },
    transient: (text) => {
      if (!canReplace) return false;
      stderr.write(`\r\u001b[K${text}`);
      isLineOpen = true;
      return true;
    },
    isTerminal,
    colour: wantsColour(options, isTerminal),
    columns: clampColumns(stdout.columns ?? Number(environment["COLUMNS"])),
  };
}

/** Asks one question on a terminal; undefined when the input ends or the signal fires. */
export async function askOn(options: {
  readonly input: Readable;
  readonly output: Writable;
  readonly question: string;
  readonly signal: AbortSignal;
}): Promise<string | undefined> {
  const lines = createInterface({ input: options.input, output: options.output });
  try {
    return await lines.question(options.question, { signal: options.signal });
  } catch {
    return undefined;
  } finally {
    lines.close();
  }
}

/** Reads a stream to its end; throws E800 past the bound. */
export async function readAll(input: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes) {
      throw failure("E800", {
        detail: `more than ${maxBytes} bytes on standard input`,
        fix: "give a shorter input",
      });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function wantsColour(options: TerminalOptions, isTerminal: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = options.environment;
  if (options.noColor || (NO_COLOR !== undefined && NO_COLOR !== "")) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0";
  return isTerminal && TERM !== "dumb";
}

function clampColumns(columns: number): number {
  return Number.isInteger(columns) && columns >= 40 ? Math.min(columns, 400) : 100;
}
