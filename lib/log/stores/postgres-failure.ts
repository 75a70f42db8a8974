import { failure, LeaseholdError, type ErrorCode } from "../../errors";
import type { SqlAnswer, SqlRow } from "../../ports";

/** Something that the database did not do, in its own words. */
export class SqlTrouble extends Error {
  constructor(
    readonly kind: "refused" | "unsent" | "lost",
    readonly seen: string,
    /** The SQLSTATE of what was refused. */
    readonly state: string = "",
  ) {
    super(seen);
  }
}

/** The rows of an answer; throws SqlTrouble where there are none to be had. */
export function rowsOf(answer: SqlAnswer): readonly SqlRow[] {
  switch (answer.kind) {
    case "rows":
      return answer.rows;
    case "refused":
      throw new SqlTrouble("refused", answer.seen, answer.state);
    case "unsent":
    case "lost":
      throw new SqlTrouble(answer.kind, answer.seen);
  }
}

/** The error for a Log that could not be read: E606, or E612 or E613 where that is why. Other errors of ours pass. */
export function postgresReadFailure(error: unknown, address: string): LeaseholdError {
  return failureOf("E606", error, address);
}

/** The error for something of the Log that could not be written: E603, or E612 or E613 where that is why. Other errors of ours pass. */
export function postgresWriteFailure(error: unknown, address: string): LeaseholdError {
  if (error instanceof LeaseholdError && error.code === "E606") {
    const [first] = error.diagnostics;
    return failure("E603", { detail: first?.detail ?? error.message, fix: first?.fix ?? retryFix, cause: error });
  }
  return failureOf("E603", error, address);
}

/** What mends a database without the Log's tables, or with those of another version. */
export const migrateFix =
  "run `leasehold log migrate` as the role that owns the tables, or `leasehold log migrate --print` for the SQL";

const retryFix = "look at the database and the way to it, then run the command again; endings go on meanwhile";

function failureOf(code: ErrorCode, error: unknown, address: string): LeaseholdError {
  if (error instanceof LeaseholdError && error.code !== "E704") return error;
  const seen = (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
  const detail = `${address}: ${seen}`;
  const known = error instanceof SqlTrouble ? causeOf(error.state) : undefined;
  return failure(known?.code ?? code, { detail, fix: known?.fix ?? retryFix, cause: error });
}

function causeOf(state: string): { readonly code?: ErrorCode; readonly fix: string } | undefined {
  if (state.startsWith("28"))
    return { code: "E612", fix: "give the URL a user and a password that the database knows" };
  switch (state) {
    case "42501":
      return {
        code: "E612",
        fix: "make the user a member of leasehold_writer (leasehold_reader to look only), then run it again",
      };
    case "3F000":
    case "42P01":
    case "42703":
      return { code: "E613", fix: migrateFix };
    case "3D000":
      return { fix: "create the database, then run `leasehold log migrate`" };
    case "25006":
      return { fix: "the server takes no writes: point the URL at the primary; endings go on meanwhile" };
    case "53100":
      return { fix: "free some space on the database's disk and run the command again; endings go on meanwhile" };
    case "53300":
      return { fix: "let the database take more connections (max_connections), then run the command again" };
    default:
      return undefined;
  }
}
