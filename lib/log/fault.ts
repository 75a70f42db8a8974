import { failure, type LeaseholdError } from "../errors";

/** What is wrong with a record, closed. */
export type FaultReason =
  | "unreadable"
  | "too long"
  | "not canonical"
  | "wrong shape"
  | "unknown format"
  | "out of sequence"
  | "altered"
  | "epoch went back"
  | "not opened"
  | "illegal"
  | "cut";

/** The first record that cannot be trusted, and why. */
export interface ChainFault {
  /** The sequence that stands, or should stand, at the place of the fault. */
  readonly sequence: number;
  readonly reason: FaultReason;
  /** One sentence for people, with what was seen. */
  readonly detail: string;
}

/**
 * The error to throw for a fault: E609 for a format of another version, else E600. `notePath` is the file that says what the chain was
 * here, where that is what it was held against: it has to go when an older copy is put back on purpose.
 */
export function faultError(fault: ChainFault, notePath?: string): LeaseholdError {
  const detail = `record ${fault.sequence}: ${fault.detail}`;
  if (fault.reason === "unknown format") {
    return failure("E609", { detail, fix: "use the version of Leasehold that wrote this Log, or a later one" });
  }
  if (notePath !== undefined) {
    return failure("E600", {
      detail: `${detail}, by ${notePath}`,
      fix: "put back the newest copy; was this one put back because there is none, remove that file, then `leasehold log rebuild`",
    });
  }
  return failure("E600", {
    detail,
    fix: "`leasehold log verify` shows the first bad record; put back a copy that verifies, then `leasehold log rebuild`",
  });
}
