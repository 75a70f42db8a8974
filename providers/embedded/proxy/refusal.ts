/** Why a session is not opened, as HTTP says it. */
import type { RefusalReason } from "../decision/connect";

/** A session that is not opened: status, words, and a reason for programs in the `Leasehold-Reason` header. */
export interface Refusal {
  readonly kind: "refuse";
  readonly status: number;
  readonly message: string;
  readonly reason: string;
}

/** Makes a refusal. */
export function refusal(status: number, message: string, reason = "refused"): Refusal {
  return { kind: "refuse", status, message, reason };
}

/** The refusal of a decision. */
export function refusedConnect(reason: RefusalReason, connection: string): Refusal {
  switch (reason) {
    case "unknown user":
    case "inactive user":
      return refusal(401, "access denied", reason);
    case "unknown connection":
      return refusal(404, `connection ${connection} not found`, reason);
    case "connect disabled":
      return refusal(403, `connection ${connection} does not take sessions`, reason);
    case "no lease":
      return refusal(403, `you hold no lease for ${connection}`, reason);
    case "expired":
      return refusal(403, `your lease for ${connection} has ended`, reason);
    case "cannot guard":
      return refusal(501, `${connection} has a guardrail or masking rule, which this gateway cannot enforce`, reason);
  }
}
