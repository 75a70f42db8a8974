/** A section that a reader has to open; the first to be cut. */
export interface FoldedSection {
  /** Our own words, never of people. */
  readonly title: string;
  /** Empty: the section is left out. */
  readonly body: string;
  /** Given: the body is raw text of this language and goes between fences. */
  readonly fence?: string;
}

/** What a page is made of. */
export interface PageParts {
  /** What must be seen, the most important first; empty ones are left out. */
  readonly seen: readonly string[];
  readonly folded: readonly FoldedSection[];
  /** Comes last and must be seen. */
  readonly last: string;
  /** Characters of the whole. */
  readonly most: number;
  /** What shows all of it, to be typed. */
  readonly command: string;
}

/**
 * Puts a page together within its bound. Folded sections are cut first, the last ones before the
 * others, each at the end of a line and saying so. `fits` is false when what must be seen had to be cut.
 */
export function fitSections(parts: PageParts): { readonly text: string; readonly fits: boolean } {
  const seen = parts.seen.filter((section) => section !== "");
  const whole = [...seen, parts.last].join(gap);
  if (whole.length > parts.most) return { text: tooLong(seen, parts), fits: false };
  let left = parts.most - whole.length;
  const folded: string[] = [];
  for (const section of parts.folded.filter(({ body }) => body !== "")) {
    const text = foldedText(section, left - gap.length, parts.command);
    if (text === undefined) continue;
    folded.push(text);
    left -= text.length + gap.length;
  }
  return { text: [...seen, ...folded, parts.last].join(gap), fits: true };
}

const gap = "\n\n";
const warning = (command: string) =>
  `> [!CAUTION]\n> **This plan does not fit here: not all that must be seen is shown.** The check fails. Split the change, or read the whole plan with \`${command}\`.`;
const cutWords = (command: string) => `… cut here; \`${command} --format json\` has all of it`;
/** Less than this of a section is not worth opening. */
const leastBody = 200;

function foldedText(section: FoldedSection, room: number, command: string): string | undefined {
  const before = `<details><summary>${section.title}</summary>\n\n${section.fence === undefined ? "" : `\`\`\`${section.fence}\n`}`;
  const after = `${section.fence === undefined ? "" : "\n```"}\n\n</details>`;
  const body = room - before.length - after.length;
  if (section.body.length <= body) return before + section.body + after;
  const tail = `${after.replace("\n\n</details>", "")}${gap}${cutWords(command)}\n\n</details>`;
  const kept = cutAtLine(section.body, room - before.length - tail.length);
  return kept.length < leastBody ? undefined : before + kept + tail;
}

/** The warning first, then as many lines of what must be seen as there is room for. */
function tooLong(seen: readonly string[], parts: PageParts): string {
  const [headline = "", ...rest] = seen;
  const room = parts.most - [headline, warning(parts.command), parts.last].join(gap).length - 2 * gap.length;
  return [headline, warning(parts.command), cutAtLine(rest.join(gap), room), parts.last].join(gap);
}

/** Whole lines only: half a line could be half of an escape. */
function cutAtLine(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf("\n", Math.max(0, most));
  return end <= 0 ? "" : text.slice(0, end);
}
