/** Which lines of pg_hba.conf let a lease role in without looking at VALID UNTIL. */
import type { Listing, LoginRule } from "./listing";

/**
 * What is weak about how logins are checked, in words. PostgreSQL looks at VALID UNTIL only where it checks a password of
 * its own: scram-sha-256, md5 and password (PostgreSQL manual, "CREATE ROLE", VALID UNTIL).
 */
export function weakLogins(listing: Listing): readonly string[] {
  const { rules } = listing;
  if (rules === undefined) {
    return [
      "The server does not show its pg_hba.conf: see by hand that roles `lh_…` can log in only by scram-sha-256, because VALID UNTIL is looked at by nothing else.",
    ];
  }
  return rules.filter((rule) => letsInUnchecked(rule, listing)).map(words);
}

/** Whether the end that the server holds keeps everybody out after it. */
export function holdsEntry(listing: Listing): boolean {
  return !(listing.rules ?? []).some((rule) => letsInUnchecked(rule, listing));
}

/** Methods that check a password of PostgreSQL's, and with it VALID UNTIL; `reject` lets nobody in. */
const checked: ReadonlySet<string> = new Set(["scram-sha-256", "md5", "password", "reject"]);

/** Addresses and the order of lines are not weighed: a line that may never be reached is told too. */
function letsInUnchecked(rule: LoginRule, { levels }: Listing): boolean {
  if (checked.has(rule.method)) return false;
  const isOfDatabase = rule.databases.some((one) => one !== "replication" || rule.databases.length > 1);
  return (
    isOfDatabase &&
    rule.users.some((user) =>
      fitsLeaseRole(
        user,
        levels.map((level) => level.role),
      ),
    )
  );
}

function fitsLeaseRole(user: string, levels: readonly string[]): boolean {
  if (user === "all" || user.startsWith("lh_")) return true;
  if (user.startsWith("+")) return levels.includes(user.slice(1));
  if (!user.startsWith("/")) return false;
  try {
    return new RegExp(user.slice(1)).test(`lh_${"0".repeat(40)}`);
  } catch {
    return true;
  }
}

function words({ line, method, type }: LoginRule): string {
  return `Line ${line} of pg_hba.conf (${type}, ${method}) can let a lease role in without its password, and so after its VALID UNTIL: put \`reject\` for these roles before it, or scram-sha-256 in its place.`;
}
