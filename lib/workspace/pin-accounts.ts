import type { Manifest } from "../model/manifest";
import type { GitHubAccount, PinnedAccount } from "../model/snapshot";

/** The accounts of declared people, and what somebody has to know about them. */
export interface Pins {
  readonly pinned: readonly PinnedAccount[];
  readonly notices: readonly string[];
}

/** Asks GitHub which accounts have these logins now; a login that nobody has is not in the answer. Keys as asked. */
export type ResolveAccounts = (logins: readonly string[]) => Promise<ReadonlyMap<string, GitHubAccount>>;

/**
 * The numeric user id of every declared login. A pin stays while its person and login stay the same, so
 * that who takes over a login that was given up gains nothing; only what is new is asked of GitHub.
 * Without GitHub what is new has no pin, and reviews of those people do not count.
 */
export async function pinAccounts(input: {
  readonly manifest: Manifest;
  readonly before: readonly PinnedAccount[];
  readonly resolve?: ResolveAccounts;
}): Promise<Pins> {
  const { manifest, before, resolve } = input;
  const declared = manifest.users.flatMap(({ email, github }) =>
    github === undefined ? [] : [{ person: email, login: github.login }],
  );
  const kept = declared.flatMap(({ person, login }) => before.filter((pin) => isSame(pin, person, login)));
  const open = declared.filter(({ person, login }) => !kept.some((pin) => isSame(pin, person, login)));
  if (open.length === 0) return { pinned: byPerson(kept), notices: [] };
  if (resolve === undefined) return { pinned: byPerson(kept), notices: [withoutToken(open)] };
  const accounts = await resolve(open.map(({ login }) => login));
  const notices: string[] = [];
  const added: PinnedAccount[] = [];
  for (const { person, login } of open) {
    const account = accounts.get(login);
    if (account === undefined || account.kind !== "user") {
      notices.push(`${person}: GitHub has no person with the login ${login}; reviews of it do not count.`);
      continue;
    }
    added.push({ person, login, id: account.id });
    const old = before.find((pin) => pin.person === person);
    if (old !== undefined && old.id !== account.id) {
      notices.push(`${person} is another account now: ${login} (${account.id}), was ${old.login} (${old.id}).`);
    }
  }
  return withoutShared([...kept, ...added], notices);
}

function isSame(pin: PinnedAccount, person: string, login: string): boolean {
  return pin.person === person && pin.login === login;
}

/** One account is one person: with two names it would fill two places. */
function withoutShared(all: readonly PinnedAccount[], notices: readonly string[]): Pins {
  const shared = all.filter((pin) => all.some((other) => other.id === pin.id && other.person !== pin.person));
  const told = shared.map(
    ({ person, login, id }) => `${person}: account ${login} (${id}) is declared twice; its reviews do not count.`,
  );
  return { pinned: byPerson(all.filter((pin) => !shared.includes(pin))), notices: [...notices, ...told] };
}

function withoutToken(open: readonly { readonly login: string }[]): string {
  const some = open.slice(0, 5).map(({ login }) => login);
  const more = open.length > some.length ? ` and ${open.length - some.length} more` : "";
  return (
    `Accepted without GitHub: ${some.join(", ")}${more} have no numeric user id pinned, and the reviews of nobody ` +
    "without a pin count. Set GITHUB_TOKEN and run `leasehold policy accept` again."
  );
}

function byPerson(pins: readonly PinnedAccount[]): readonly PinnedAccount[] {
  return pins.toSorted((a, b) => (a.person < b.person ? -1 : a.person > b.person ? 1 : 0));
}
