/** What the Action may touch. */
export interface ActionPorts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of a file; rejects where there is none. */
  readFile(path: string): Promise<string>;
  append(path: string, text: string): Promise<void>;
  /** Writes to the step's log, which the runner reads for commands. */
  print(text: string): void;
  /** Hexadecimal digits that nobody can guess. */
  random(): string;
  /** Runs a command line of ours; everything it says goes to `onText` too. */
  leasehold(run: ProgramRun): Promise<ProgramEnd>;
  git(run: ProgramRun): Promise<ProgramEnd>;
}

/** A program to run, with the whole of its environment. */
export interface ProgramRun {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  onText?(text: string): void;
}

/** What a program said. */
export interface ProgramEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
