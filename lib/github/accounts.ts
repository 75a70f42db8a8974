import type { GitHubAccount } from "../model/snapshot";
import type { GitHub } from "./open-github";
import { accountOf, userFields } from "./people";

/**
 * The accounts of some logins, by the login as asked for; one that is nobody's, an organization's or an app's
 * is not in it.
 */
export async function resolveAccounts(
  github: GitHub,
  logins: readonly string[],
): Promise<ReadonlyMap<string, GitHubAccount>> {
  const asked = [...new Set(logins)].filter((login) => /^[A-Za-z0-9_-]{1,100}$/.test(login));
  const accounts = new Map<string, GitHubAccount>();
  for (let from = 0; from < asked.length; from += mostInBatch) {
    const batch = asked.slice(from, from + mostInBatch);
    const declared = batch.map((_, at) => `$u${at}: String!`).join(" ");
    const fields = batch.map((_, at) => `u${at}: user(login: $u${at}) { ...user }`).join("\n");
    const keys = batch.map((_, at) => `u${at}`);
    const variables = Object.fromEntries(batch.map((login, at) => [`u${at}`, login]));
    const document = `query Accounts(${declared}) { ${fields} } ${userFields}`;
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for calls one after the other
    const { data, unreadable } = await github.query("accounts", document, { variables, mayBeMissing: keys });
    batch.forEach((login, at) => {
      const account = unreadable.has(`u${at}`) ? undefined : accountOf(data.nullable(`u${at}`));
      // A login is told apart by its letters, not by their case; another one than asked for is not the same person.
      if (account?.kind === "user" && account.login.toLowerCase() === login.toLowerCase()) accounts.set(login, account);
    });
  }
  return accounts;
}

const mostInBatch = 100;
