/** What a comment on a pull request asks of us. */
export type CommentCommand =
  | { readonly kind: "plan" }
  /** Everything that came with the pull request, or one grant or request of it. */
  | { readonly kind: "revoke"; readonly what?: string };

const longestCommand = 200;

/**
 * Reads a comment's command: its first line, whole, is `/plan`, `/revoke` or `/revoke GRANT`. All else
 * is talk, also a command that is quoted, indented or followed by words; of what was not understood
 * `/revoke` gives undefined too, so that nobody's access ends by a guess.
 */
export function tryParseComment(body: string): CommentCommand | undefined {
  const [line = ""] = body.slice(0, longestCommand + 1).split(/\r?\n/, 1);
  if (line.length > longestCommand) return undefined;
  if (/^\/plan[ \t]*$/.test(line)) return { kind: "plan" };
  const revoke = /^\/revoke(?:[ \t]+([a-z0-9](?:[a-z0-9._-]{0,62}))?)?[ \t]*$/.exec(line);
  if (revoke === null) return undefined;
  const what = revoke[1];
  return what === undefined ? { kind: "revoke" } : { kind: "revoke", what };
}
