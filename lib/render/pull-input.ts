import type { PullDecision } from "../approval/pull/pull-decision";
import type { Diagnostic } from "../errors";
import type { Instant } from "../model/instant";
import type { GrantState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import type { Plan } from "../model/plan";
import type { Snapshot } from "../model/snapshot";

/** Everything that is told about a pull request. */
export interface PullInput {
  readonly snapshot: Snapshot;
  readonly decision: PullDecision;
  /**
   * What a pass would do once this is merged and approved, against the gateway or the Log. Absent where
   * it cannot be planned: `trouble` or the Decision says why.
   */
  readonly plan?: Plan;
  /** The Manifest that the commit claims, with its shape checked; absent without a valid one. */
  readonly claimed?: Manifest;
  readonly now: Instant;
  /** A whole HTML comment by which our comment is found again: the first line of the text. */
  readonly marker: string;
  /** What kept this evaluation from seeing everything; the check run then fails. */
  readonly trouble?: readonly Diagnostic[];
  /** Where each request stands in its file, for annotations. */
  readonly places?: readonly RequestPlace[];
  /** What became of the Grants, once merged and applied: the comment is then the receipt. */
  readonly receipt?: readonly Receipt[];
  /** What became of the rules that it brought, once merged. */
  readonly policyReceipt?: PolicyReceipt;
}

/** Where a request stands: the line of its name, counted from 1. */
export interface RequestPlace {
  readonly request: string;
  readonly path: string;
  readonly line: number;
}

/** A comment on a pull request, and whether all that must be seen is in it. */
export interface PullComment {
  /** At most 60,000 characters. */
  readonly text: string;
  /** False: something that must be seen had to be cut; the check run has to fail. */
  readonly fits: boolean;
  /** Where the Grants of a receipt stand: what the clock alone can change. */
  readonly standing?: string;
}

/** What became of one Grant of a merged pull request. */
export interface Receipt {
  readonly request: string;
  readonly person: string;
  readonly connection: string;
  /** As the Log knows it; absent for one that the Log has not met. */
  readonly state?: GrantState;
  /** What it waits for, in words, where it has not begun. */
  readonly waitsFor?: string;
  /** Why it is not there, where the gateway refused it or nobody knows; the next pass tries again. */
  readonly failed?: string;
}

/** What became of the rules that a merge brought. */
export interface PolicyReceipt {
  readonly accepted: boolean;
  /** The whole sentence for people. */
  readonly sentence: string;
}

/** What a receipt is made of. */
export type ReceiptInput = PullInput & { readonly receipt: readonly Receipt[] };
