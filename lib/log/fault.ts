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

/** The error to throw for a fault: E609 for a format of another version, else E600. */
export function faultError(fault: ChainFault): LeaseholdError {
  const detail = `record ${fault.sequence}: ${fault.detail}`;
  if (fault.reason === "unknown format") {
    return failure("E609", { detail, fix: "use the version of Leasehold that wrote this Log, or a later one" });
  }
  return failure("E600", {
    detail,
    fix: "`leasehold log verify` shows the first bad record; put back a copy that verifies, then `leasehold log rebuild`",
  });
}
