/** One command of a ```console block, or a hidden one of a `<!-- run: … -->` comment. */
export interface DocCommand {
  /** As it stands in the doc, without `$ ` and without its annotation. */
  readonly line: string;
  /** 1-based line in the doc. */
  readonly at: number;
  /** 0, or N of a trailing `# exit N`. */
  readonly exitCode: number;
  /** `# until Ctrl-C`: it keeps going until it is interrupted. */
  readonly keepsGoing: boolean;
  /** What the doc says that it prints: each line somewhere in its output, in this order; `…` stands for anything. */
  readonly shows: readonly string[];
}

/** The commands of a doc in order. */
export function docCommands(markdown: string): readonly DocCommand[] {
  const commands: DocCommand[] = [];
  let isInBlock = false;
  markdown.split("\n").forEach((text, index) => {
    const hidden = /^<!-- run: (.+) -->$/.exec(text)?.[1];
    if (hidden !== undefined) commands.push(commandOf(hidden, index + 1));
    else if (text.startsWith("```")) isInBlock = text === "```console";
    else if (!isInBlock || text === "") return;
    else if (text.startsWith("$ ")) commands.push(commandOf(text.slice(2), index + 1));
    else {
      const last = commands.pop();
      if (last === undefined) throw new Error(`line ${index + 1}: output before any command: ${text}`);
      commands.push({ ...last, shows: [...last.shows, text] });
    }
  });
  return commands;
}

/** What a doc says it starts from: `<!-- starts: accepted -->`; an empty folder where it says nothing. */
export function docStart(markdown: string): string {
  return /^<!-- starts: (\S+) -->$/m.exec(markdown)?.[1] ?? "empty";
}

/** The first line that the output does not have where the doc shows it; undefined when it has all. */
export function tryFindMissing(shows: readonly string[], output: string): string | undefined {
  const lines = output.split("\n").map((line) => line.trimEnd());
  let from = 0;
  for (const shown of shows) {
    const pattern = patternOf(shown);
    const found = lines.findIndex((line, index) => index >= from && pattern.test(line));
    if (found < 0) return shown;
    from = found + 1;
  }
  return undefined;
}

function commandOf(text: string, at: number): DocCommand {
  const [, line = "", exit, untilStopped] = /^(.*?)(?: # exit (\d+)| (# until Ctrl-C))?$/.exec(text) ?? [];
  return { line, at, exitCode: Number(exit ?? 0), keepsGoing: untilStopped !== undefined, shows: [] };
}

/** Runs of blanks are as long as they are: columns are laid out by what stands in them. */
function patternOf(shown: string): RegExp {
  const parts = shown
    .trim()
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ +/g, " +"));
  return new RegExp(`^ *${parts.join(".*")} *$`);
}
