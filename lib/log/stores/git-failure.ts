import { failure, LeaseholdError } from "../../errors";

/** Something that git could not do, in its own words. */
export class GitTrouble extends Error {
  constructor(
    readonly seen: string,
    /** Whether the copy on this machine, and not the remote, is what failed. */
    readonly isLocal: boolean,
  ) {
    super(seen);
  }
}

/** How the remote and its copy are called in errors. */
export interface GitWords {
  readonly address: string;
  readonly directory: string;
}

/** The error for a Log that could not be read: E606. Other errors of ours pass. */
export function gitReadFailure(error: unknown, where: GitWords): LeaseholdError {
  if (error instanceof LeaseholdError && error.code !== "E704") return error;
  return failure("E606", { ...causeOf(error, where), cause: error });
}

/** The error for something of the Log that could not be written: E603. Other errors of ours pass, and E606 becomes it. */
export function gitWriteFailure(error: unknown, where: GitWords): LeaseholdError {
  if (error instanceof LeaseholdError && error.code === "E606") {
    const [first] = error.diagnostics;
    return failure("E603", { detail: first?.detail ?? error.message, fix: first?.fix ?? retryFix, cause: error });
  }
  if (error instanceof LeaseholdError && error.code !== "E704") return error;
  return failure("E603", { ...causeOf(error, where), cause: error });
}

const retryFix = "look at the connection to the remote, then run the command again; endings go on meanwhile";

function causeOf(error: unknown, { address, directory }: GitWords): { readonly detail: string; readonly fix: string } {
  const seen = (error instanceof Error ? error.message : String(error)).trim().slice(0, 1_000);
  if (error instanceof GitTrouble && !error.isLocal) return { detail: `${address}: ${seen}`, fix: fixOf(seen) };
  return {
    detail: `the copy of ${address} in ${directory}: ${seen}`,
    fix: `make room and rights for ${directory}, or remove it: it is fetched again`,
  };
}

function fixOf(seen: string): string {
  if (isRefusal(seen)) return "give git a credential that may write to this repository, then run the command again";
  if (/repository not found|does not appear to be a git repository/i.test(seen))
    return "look at the remote's address (`git remote -v`) and at the right to read it";
  return retryFix;
}

/** Whether git says that it was not let in, or that the remote would not have it: asking again does not help. */
export function isRefusal(seen: string): boolean {
  return /authentication failed|could not read (username|password)|permission (to .* )?denied|returned error: 40[13]|\[remote rejected\](?!.*(cannot lock|failed to update|reference already exists|incorrect old value))|protected (branch|ref)|read.only/i.test(
    seen,
  );
}
