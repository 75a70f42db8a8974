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
  /** All of standard input, up to a bound in bytes. */
  readInput(maxBytes: number): Promise<string>;
}
