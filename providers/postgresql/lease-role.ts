/** How the role of a lease is called. */
import { hash } from "node:crypto";

/**
 * The role of one person on one Connection: `lh_` and 40 hexadecimal digits. The function `leasehold.role_of` comes to the
 * same; the database is in it because roles are shared by all databases of a server.
 */
export function leaseRole(pair: {
  readonly installation: string;
  readonly database: string;
  readonly person: string;
  readonly connection: string;
}): string {
  const text = [pair.installation, pair.database, pair.person, pair.connection].join("\n");
  return `lh_${hash("sha256", text, "hex").slice(0, 40)}`;
}
