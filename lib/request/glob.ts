/**
 * Globs for request files, the small part that is needed: a path of literal names, with `*` for any
 * part of a name and `**` as a whole segment for any number of directories. Wildcards match no name
 * that begins with a dot. No sets, braces, `?` or negation.
 */
export interface Glob {
  readonly text: string;
  readonly segments: readonly string[];
}

/** Positions in a glob after some names of a path; see `startOf` and `advance`. */
export type GlobState = ReadonlySet<number>;

/** Reads a glob; undefined when it uses anything else than `*`, `**` and names, or leaves the repository. */
export function tryParseGlob(text: string): Glob | undefined {
  const segments = text.split("/");
  const isSound = segments.every((segment) => isName(segment) && (segment === "**" || !segment.includes("**")));
  // Two `**` in a row mean one, and a path must end in a file.
  const isUseful = segments.at(-1) !== "**" && segments.every((one, at) => one !== "**" || segments[at + 1] !== "**");
  return isSound && isUseful && segments.length <= mostSegments ? { text, segments } : undefined;
}

/** Whether a path, with `/` between its names, is one of the glob's. */
export function matchesGlob(glob: Glob, path: string): boolean {
  return isMatch(
    glob,
    path.split("/").reduce((state, name) => advance(glob, state, name), startOf(glob)),
  );
}

/** The state before the first name of a path. */
export function startOf(glob: Glob): GlobState {
  return closed(glob, new Set([0]));
}

/** The state after one more name; empty when nothing below it can match. */
export function advance(glob: Glob, state: GlobState, name: string): GlobState {
  const next = new Set<number>();
  for (const at of state) {
    const segment = glob.segments[at];
    if (segment === "**" && !name.startsWith(".")) next.add(at);
    else if (segment !== undefined && segment !== "**" && matchesSegment(segment, name)) next.add(at + 1);
  }
  return closed(glob, next);
}

/** Whether a path that led to this state matches as a whole. */
export function isMatch(glob: Glob, state: GlobState): boolean {
  return state.has(glob.segments.length);
}

/** Whether a path that led to this state can go on. */
export function canDescend(glob: Glob, state: GlobState): boolean {
  return [...state].some((at) => at < glob.segments.length);
}

const mostSegments = 30;

function isName(segment: string): boolean {
  return /^[A-Za-z0-9_.@+*-]{1,255}$/.test(segment) && segment !== "." && segment !== "..";
}

/** `**` may stand for no directory at all. */
function closed(glob: Glob, state: Set<number>): GlobState {
  for (const at of state) if (glob.segments[at] === "**") state.add(at + 1);
  return state;
}

/** Linear in the name for each `*`: on a mismatch only the last `*` takes one character more. */
function matchesSegment(segment: string, name: string): boolean {
  if (segment.startsWith("*") && name.startsWith(".")) return false;
  let s = 0;
  let n = 0;
  let star = -1;
  let starName = 0;
  while (n < name.length) {
    if (segment[s] === "*") {
      star = s;
      s += 1;
      starName = n;
    } else if (s < segment.length && segment[s] === name[n]) {
      s += 1;
      n += 1;
    } else if (star >= 0) {
      starName += 1;
      n = starName;
      s = star + 1;
    } else return false;
  }
  while (segment[s] === "*") s += 1;
  return s === segment.length;
}
