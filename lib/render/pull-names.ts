import type { Digest } from "../model/canonical";
import type { GitHubAccount, Snapshot } from "../model/snapshot";
import type { WideningItem } from "../model/widening";
import { count, groupBy, listOf, someOf } from "./counts";
import type { Voice } from "./voice";

/** Somebody by the login that reviewers know, else as the rules know them. */
export function nameOf(who: { readonly login?: string; readonly person?: string }): string {
  return who.login ?? who.person ?? "somebody";
}

/** A reviewer by login; an account that was deleted has none. */
export function reviewerName(review: { readonly by?: GitHubAccount; readonly person?: string }): string {
  return review.by?.login ?? review.person ?? "a deleted account";
}

/** A commit or digest as short as people say it. */
export function short(id: Digest | string): string {
  return id.slice(0, 7);
}

/** `main@c41d09a`: the base branch and the policy in force. */
export function policyName(snapshot: Snapshot): string {
  const digest = snapshot.policy?.digest;
  return `${snapshot.base.branch}@${digest === undefined ? "nothing accepted" : short(digest)}`;
}

/** What somebody gains: `1 grant (eve on orders-db/write)`, `3 people in group backend`, `rule orders-write`. */
export function itemsWords(items: readonly WideningItem[], voice: Voice): string {
  const grants = items.flatMap((item) =>
    item.kind === "grant" ? [`${voice.text(item.person)} on ${voice.text(item.connection)}`] : [],
  );
  const members = items.filter((item) => item.kind === "membership");
  const governed = items.flatMap((item) =>
    item.kind === "grant" || item.kind === "membership" ? [] : [`${kindWords[item.kind]} ${voice.text(item.name)}`],
  );
  return listOf([
    ...(grants.length > 0 ? [`${count(grants.length, "grant")} (${someOf(grants, 3)})`] : []),
    ...[...groupBy(members, ({ group }) => group)].map(
      ([group, same]) => `${count(same.length, "person", "people")} in group ${voice.text(group)}`,
    ),
    ...(governed.length > 3 ? [...governed.slice(0, 3), count(governed.length - 3, "more edit")] : governed),
  ]);
}

const kindWords = {
  rule: "rule",
  approvers: "approvers",
  safeguard: "safeguard",
  connection: "connection",
  resource: "resource",
  user: "user",
  config: "config",
  file: "file",
} as const;
