/** A promise of the tour that was not kept. */
export class PromiseBroken extends Error {}

/** How the tour speaks. */
export interface Stage {
  /** Opens a chapter. */
  chapter(title: string): void;
  /** Shows what somebody types. */
  typed(line: string): void;
  /** Shows what came back: at most so many lines. */
  shown(text: string, mostLines?: number): void;
  /** Says what it means. */
  say(sentence: string): void;
}

/** A stage that writes to a stream. */
export function stageOn(write: (text: string) => void, colour: boolean): Stage {
  const paint = (code: string, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  let chapters = 0;
  return {
    chapter: (title) => {
      chapters += 1;
      write(`\n${paint("1", `${chapters}. ${title}`)}\n`);
    },
    typed: (line) => write(`${paint("36", `  $ ${line}`)}\n`),
    shown: (text, mostLines = 12) => {
      const lines = text.trimEnd().split("\n");
      for (const line of lines.slice(0, mostLines)) write(line === "" ? "\n" : `    ${line}\n`);
      if (lines.length > mostLines) write(paint("2", `    … ${lines.length - mostLines} more lines\n`));
    },
    say: (sentence) => write(`  ${sentence}\n`),
  };
}

/** Holds something against what was promised; throws PromiseBroken naming it. */
export function promised(what: string, isKept: boolean, seen: string): void {
  if (!isKept) throw new PromiseBroken(`promised: ${what}; seen: ${seen.trim().slice(0, 2000)}`);
}
