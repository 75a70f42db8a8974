/** Who made a commit, as GitHub tells it: by e-mail, so as anybody wished. */
import type { Signature, StoredCommit } from "../git/objects";
import type { Account } from "./model";
import type { World } from "./world";

/** Name and e-mail that an account commits with. */
export function identityOf(account: Account, date: string): Signature {
  const email = account.emails[0] ?? `${account.id}+${account.login}@users.noreply.github.com`;
  return { name: account.name ?? account.login, email, date };
}

/** What GitHub writes as the committer of commits that it makes itself. */
export function gitHubIdentity(date: string): Signature {
  return { name: "GitHub", email: "noreply@github.com", date };
}

/** Somebody named in a commit, and the account GitHub shows for the e-mail. */
export interface NamedPerson {
  readonly name: string;
  readonly email: string;
  readonly date: string;
  readonly account: Account | undefined;
}

/** A person of a commit with the account of that e-mail. */
export function named(world: World, person: Signature): NamedPerson {
  return { ...person, account: world.tryFindByEmail(person.email) };
}

/** The author and then whoever the message names in `Co-authored-by` trailers, each e-mail once. */
export function authorsOf(world: World, commit: StoredCommit): readonly NamedPerson[] {
  const people = [named(world, commit.author)];
  for (const [, name = "", email = ""] of commit.message.matchAll(/^co-authored-by:\s*(.*?)\s*<([^<>\n]*)>\s*$/gim)) {
    if (people.some((one) => one.email.toLowerCase() === email.toLowerCase())) continue;
    people.push(named(world, { name, email, date: commit.author.date }));
  }
  return people;
}

/** The trailers of a squash: every author of its commits but the first. */
export function coAuthorTrailers(world: World, commits: readonly StoredCommit[], author: Signature): string {
  const seen = new Set([author.email.toLowerCase()]);
  const lines: string[] = [];
  for (const person of commits.flatMap((commit) => authorsOf(world, commit))) {
    if (seen.has(person.email.toLowerCase())) continue;
    seen.add(person.email.toLowerCase());
    lines.push(`Co-authored-by: ${person.name} <${person.email}>`);
  }
  return lines.length === 0 ? "" : `\n\n${lines.join("\n")}`;
}
