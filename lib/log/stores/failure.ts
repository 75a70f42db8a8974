import { failure, LeaseholdError } from "../../errors";

/** The error for something of the Log that could not be written: E603 with what to do. Other errors of ours pass. */
export function writeFailure(error: unknown, path: string): LeaseholdError {
  if (error instanceof LeaseholdError && error.code !== "E704") return error;
  const { seen, fix } = causeWords(error);
  return failure("E603", { detail: `${path}: ${seen}`, fix, cause: error });
}

/** The error for something of the Log that could not be read: E606 with what to do. Other errors of ours pass. */
export function readFailure(error: unknown, path: string): LeaseholdError {
  if (error instanceof LeaseholdError && error.code !== "E704") return error;
  const { seen, fix } = causeWords(error);
  return failure("E606", { detail: `${path}: ${seen}`, fix, cause: error });
}

/** The error of a writer that is no longer the newest, or whose Head is not the Log's. */
export function staleWriter(detail: string): LeaseholdError {
  return failure("E604", { detail, fix: "run the command again: it reads what the other writer recorded" });
}

function causeWords(error: unknown): { readonly seen: string; readonly fix: string } {
  switch (systemCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return { seen: "the disk is full", fix: "free some space and run the command again; endings go on meanwhile" };
    case "EROFS":
      return { seen: "the file system is read-only", fix: "mount it writable, or point `log:` at a place that is" };
    case "EACCES":
    case "EPERM":
      return { seen: "this user has no right to it", fix: "run as the user who owns the Log's directory" };
    case "EIO":
      return { seen: "the disk failed", fix: "look at the disk, then run `leasehold log verify`" };
    default: {
      const seen = error instanceof Error ? error.message : String(error);
      return { seen, fix: "look at the Log's directory, then run the command again" };
    }
  }
}

/** The system's code of a failure, which E704 carries as its cause. */
function systemCode(error: unknown): string | undefined {
  let at = error;
  while (typeof at === "object" && at !== null) {
    const { code, cause } = at as { readonly code?: unknown; readonly cause?: unknown };
    if (typeof code === "string" && /^E[A-Z]/.test(code)) return code;
    at = cause;
  }
  return undefined;
}
