import { failure, LeaseholdError } from "../errors";

/** The error for a file that could not be read or written; the system's own is its cause. */
export function fileFailure(error: unknown, path: string): LeaseholdError {
  if (error instanceof LeaseholdError) return error;
  const seen = error instanceof Error ? error.message : String(error).replace(/^Error: /, "");
  return failure("E704", { detail: `${path}: ${seen}`, fix: "look at the file and its directory", cause: error });
}

/** Whether the system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const code = systemCodeOf(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** The system's code of a failure, e.g. `ENOENT`. Not by `instanceof`: Node's errors are of another realm in a sandbox. */
export function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
