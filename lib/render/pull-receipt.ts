import type { GrantState } from "../model/log-state";
import type { PullComment, PullInput } from "./pull-input";

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

/** What a receipt is made of. */
export type ReceiptInput = PullInput & { readonly receipt: readonly Receipt[] };

export function receiptComment(input: ReceiptInput): PullComment {
  return { text: `${input.marker}\n${input.receipt.length}`, fits: true };
}
