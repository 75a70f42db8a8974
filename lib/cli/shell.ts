import type { Output } from "../ports";
import type { WorkspacePorts } from "../workspace/ports";

/**
 * Everything a command may touch outside its arguments. main.ts makes the real one; tests make their
 * own and call `run` in the same way.
 */
export interface Shell extends WorkspacePorts {
  /** What the user typed after `leasehold`. */
  readonly args: readonly string[];
  /** The working directory, absolute. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly output: Output;
  /** Asks a person; undefined when there is nobody to ask. */
  ask(question: string): Promise<string | undefined>;
  /** Runs a program on this terminal until it ends; gives its exit code, 127 when there is no such program. */
  runProgram(command: readonly string[], environment: Readonly<Record<string, string>>): Promise<number>;
  /** Keeps an embedded gateway running; see `leasehold gateway`. */
  runGateway(options: RunGatewayOptions): Promise<void>;
  /** All of standard input, up to a bound in bytes. */
  readInput(maxBytes: number): Promise<string>;
}

/** An embedded gateway to keep running. */
export interface RunGatewayOptions {
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  /** Paths of PEM files: needed to listen beyond this machine. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly signal: AbortSignal;
  onListening(url: string): void;
  onNote(line: string): void;
}
