import { tryParseInstant, type Instant } from "../model/instant";
import type { PullComment } from "./pull-input";

/** The line below the marker that says when a comment was made. */
export function plannedAtLine(now: Instant): string {
  return `<!-- planned ${now} -->`;
}

/**
 * Whether a published comment says what would be said now, but for how long ago things are: what is
 * made anew for the time that it names is the same text. Only then may it stand, so that nothing is
 * written when nothing changed; whatever somebody edited makes it differ.
 */
export function isUnchanged(
  published: string,
  options: { readonly now: Instant; readonly render: (at: Instant) => PullComment },
): boolean {
  const at = plannedAt(published);
  if (at === undefined || at > options.now) return false;
  const { standing } = options.render(options.now);
  const then = options.render(at);
  return then.text === published.replaceAll("\r\n", "\n") && then.standing === standing;
}

/** When a published comment says it was made; undefined where it does not. */
function plannedAt(published: string): Instant | undefined {
  const said = /<!-- planned ([0-9TZ.:-]{20,30}) -->/.exec(published)?.[1];
  return said === undefined ? undefined : tryParseInstant(said);
}
