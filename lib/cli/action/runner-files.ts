/**
 * One output for GITHUB_OUTPUT, in the form for texts of several lines. `random` makes the delimiter,
 * which therefore can't stand in the value; see "Setting an output parameter" in GitHub's documentation.
 */
export function outputLines(name: string, value: string, random: () => string): string {
  const delimiter = `leasehold_${random()}`;
  if (value.includes(delimiter)) throw new RangeError("Expected a delimiter that the value does not contain");
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}

/** One command that was run, as the step's summary shows it. */
export interface ToldRun {
  /** The command line, without credentials: they are never on it. */
  readonly command: string;
  readonly exitCode: number;
  /** What it said. */
  readonly text: string;
  /** The last line of its result. */
  readonly summary: string;
}

/** The step's summary: each command and what it said, as text. GitHub takes 1 MiB a step; less is used. */
export function stepSummary(runs: readonly Omit<ToldRun, "summary">[]): string {
  const most = Math.floor(mostSummary / Math.max(1, runs.length));
  return runs.map((run) => oneRun(run, most)).join("\n");
}

const mostSummary = 200_000;

function oneRun({ command, exitCode, text }: Omit<ToldRun, "summary">, most: number): string {
  const shown =
    text.length > most ? `${text.slice(0, most)}\n… and ${text.length - most} characters more in the step's log` : text;
  const verdict = exitCode === 0 ? "done" : `exit code ${exitCode}`;
  return `### leasehold ${command}: ${verdict}\n\n${fenced(shown.trimEnd() === "" ? "It said nothing." : shown.trimEnd())}\n`;
}

/** Text that Markdown leaves alone: the fence is longer than any run of its character inside. */
function fenced(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
