/** A promise of the tour that was not kept. */
export class PromiseBroken extends Error {}

/** Which lines of an output are shown; what is left out is counted. */
export interface Part {
  /** Only lines like this. */
  readonly like?: RegExp;
  /** So many from its beginning. */
  readonly first?: number;
  /** And so many from its end, where the summary is. */
  readonly last?: number;
}

/** How the tour speaks. */
export interface Stage {
  /** Opens a chapter. */
  chapter(title: string): void;
  /** Shows what somebody types. */
  typed(line: string): void;
  /** Shows what came back, or the part of it that is asked for. */
  shown(text: string, part?: Part): void;
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
    shown: (text, part = {}) => {
      for (const line of partOf(text.trimEnd().split("\n"), part)) {
        if (typeof line === "string") write(line === "" ? "\n" : `    ${line}\n`);
        else write(`${paint("2", `    … ${line.leftOut} ${line.leftOut === 1 ? "line" : "lines"} more`)}\n`);
      }
    },
    say: (sentence) => write(`  ${sentence}\n`),
  };
}

/** The lines shown, and between beginning and end how many were left out. */
function partOf(lines: readonly string[], part: Part): readonly (string | { readonly leftOut: number })[] {
  const { like, first = 12, last = 0 } = part;
  const chosen = like === undefined ? lines : lines.filter((line) => like.test(line));
  const head = chosen.slice(0, Math.max(0, Math.min(first, chosen.length - last)));
  const tail = chosen.slice(Math.max(head.length, chosen.length - last));
  const leftOut = lines.length - head.length - tail.length;
  return leftOut === 0 ? lines : [...head, { leftOut }, ...tail];
}

/** Waits for something that was promised; throws PromiseBroken naming it when it does not come. */
export async function awaited<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof PromiseBroken) throw thrown;
    throw broken(what, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Holds something against what was promised; throws PromiseBroken naming it. */
export function promised(what: string, isKept: boolean, seen: string): void {
  if (!isKept) throw broken(what, seen);
}

function broken(what: string, seen: string): PromiseBroken {
  return new PromiseBroken(`promised: ${what}; seen: ${seen.trim().slice(0, 2000)}`);
}
