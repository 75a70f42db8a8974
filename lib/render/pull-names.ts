import type { Digest } from "../model/canonical";
import type { PersonId } from "../model/names";
import type { GitHubAccount, Snapshot } from "../model/snapshot";
import type { WideningItem } from "../model/widening";
import { count, groupBy, listOf, someOf } from "./counts";
import type { PullInput } from "./pull-input";
import type { Voice } from "./voice";

/** Somebody by the login that reviewers know, else as the rules know them. */
export function nameOf(snapshot: Snapshot, who: { readonly login?: string; readonly person?: PersonId }): string {
  return who.login ?? (who.person === undefined ? "somebody" : loginOf(snapshot, who.person));
}

/** A reviewer by login; an account that was deleted has none. */
export function reviewerName(review: { readonly by?: GitHubAccount; readonly person?: string }): string {
  return review.by?.login ?? review.person ?? "a deleted account";
}

/** The login of a person as the rules or a team know it; else what the rules call them. */
export function loginOf({ policy, teams }: Snapshot, person: PersonId): string {
  const id = /^github:(\d{1,15})$/.exec(person)?.[1];
  const declared = policy?.manifest.users.find(({ email }) => email === person)?.github?.login;
  if (id === undefined) return declared ?? person;
  const members = teams.flatMap((team) => team.members ?? []);
  return members.find((member) => String(member.id) === id)?.login ?? person;
}

/** `is the author`, which follows a name, as it stands in brackets behind one. */
export function shortWhy(why: string): string {
  return why.replace(/^is (?:the |an? )?/, "");
}

/** A commit or digest as short as people say it. */
export function short(id: Digest | string): string {
  return id.slice(0, 7);
}

/** `main@c41d09a`: the base branch and the policy in force. */
export function policyName({ policy, base }: Snapshot): string {
  return policy === undefined ? `none on ${base.branch}` : `${base.branch}@${short(policy.digest)}`;
}

/** Who cannot approve and why, a clause each; where many share a reason, one for all of them, and last. */
export function cannotApproveClauses({ snapshot, decision }: PullInput, voice: Voice): readonly string[] {
  const byWhy = groupBy(decision.cannotApprove, ({ why }) => shortWhy(why));
  const groups = [...byWhy].toSorted(([, a], [, b]) => a.length - b.length);
  return groups.flatMap(([why, who]) => {
    const names = who.map((one) => voice.text(nameOf(snapshot, one)));
    const told = names.length > fewCannot ? [someOf(names, mostCannot)] : names;
    return told.map((name) => `${name} (${voice.text(why)})`);
  });
}

const fewCannot = 3;
const mostCannot = 10;

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
