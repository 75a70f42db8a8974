import type { ActionReason } from "./action";
import type { ObjectSubject } from "./gateway-object";
import type { GrantId } from "./grant";
import type { Instant } from "./instant";
import type { Plan } from "./plan";
import type { LogRecord } from "./record";

/** What one step of a pass did to one subject. */
export interface PassOutcome {
  readonly kind: "activated" | "changed" | "ended" | "rejected" | "configured" | "stray ended";
  /**
   * `done`: carried out and recorded. `unrecorded`: carried out, but the Log does not say so yet.
   * `refused`: not there, see `detail`. `unknown`: it may be there; the next pass looks.
   * `planned`: only told, in a dry run.
   */
  readonly result: "done" | "unrecorded" | "refused" | "unknown" | "planned";
  readonly gateway: string;
  readonly grant?: GrantId;
  readonly request?: string;
  readonly person?: string;
  readonly connection?: string;
  /** What was configured. */
  readonly subject?: ObjectSubject;
  readonly reason: ActionReason;
  /** The Grant's own end, absolute. */
  readonly end?: Instant;
  readonly worstCaseEnd?: Instant;
  readonly sessionsCut?: number;
  /** Why it was refused or is unknown, in words. */
  readonly detail?: string;
}

/** An ending that is due and not done: access may still be open. */
export interface OverdueEnding {
  readonly grant?: GrantId;
  readonly gateway: string;
  readonly person: string;
  readonly connection: string;
  /** Since when it should be over. */
  readonly since: Instant;
  readonly why: string;
}

/** What a pass tells while it runs; `Problem` is the Diagnostic of lib/errors.ts, which the model does not know. */
export type PassEventOf<Problem> =
  | { readonly kind: "step"; readonly step: string }
  | { readonly kind: "outcome"; readonly outcome: PassOutcome }
  /** What is durable in the Log from now on. */
  | { readonly kind: "recorded"; readonly records: readonly LogRecord[] }
  | { readonly kind: "trouble"; readonly diagnostic: Problem }
  | { readonly kind: "progress"; readonly of: string; readonly done: number; readonly total: number };

/** What a pass did and did not do; `Problem` as in `PassEventOf`. */
export interface PassReportOf<Problem> {
  /** The plan that the pass made for itself; absent where it could not make one. */
  readonly plan?: Plan;
  readonly outcomes: readonly PassOutcome[];
  readonly refusals: Plan["refusals"];
  readonly waiting: Plan["waiting"];
  /** Approvals that are still asked for. */
  readonly approvals: Plan["approvals"];
  readonly overdue: readonly OverdueEnding[];
  /** Outcomes that the Log does not hold yet. */
  readonly unrecorded: readonly PassOutcome[];
  readonly errors: readonly Problem[];
  /** Every exit code that holds; `strongestExitCode` picks the one of the run. */
  readonly exitCodes: readonly number[];
  /** Records that the pass appended. */
  readonly recorded: number;
  /** Changing calls that the pass asked its Providers for. */
  readonly effects: number;
  /** What was planned and not carried out because the pass was interrupted. */
  readonly left: number;
}
