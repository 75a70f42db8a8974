import { failure, type LeaseholdError } from "../errors";
import type { SqlAnswer } from "../ports";

/** `server_version_num` of the oldest PostgreSQL whose roles and privileges are known here. */
export const oldestVersion = 150_000;

/** The error for what a database to import from did not answer: E711, or E712 or E710 where that is why. */
export function importFailure(address: string, answer: Exclude<SqlAnswer, { kind: "rows" }>): LeaseholdError {
  const detail = `${address}: ${answer.seen.slice(0, 1_000)}`;
  if (answer.kind !== "refused") {
    return failure("E711", { detail, fix: "look at the database and the way to it, then import again" });
  }
  const { state } = answer;
  if (state.startsWith("28")) {
    const fix = "give the URL a user that the database knows, and its password with PGPASSWORD or a reference";
    return failure("E712", { detail, fix });
  }
  if (state === "42501") {
    const fix = "import as a role that may read the catalogs (pg_class, pg_roles, pg_auth_members and so on)";
    return failure("E712", { detail, fix });
  }
  if (state === "3D000") return failure("E710", { detail, fix: "name a database that is there in the URL" });
  if (/^42(?:601|703|704|883|P01)$/.test(state)) {
    return failure("E710", { detail, fix: "import from a PostgreSQL server itself: its catalogs have what is asked" });
  }
  return failure("E711", { detail, fix: "look at what the server said, then import again" });
}
