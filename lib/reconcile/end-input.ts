import type { Actor } from "../model/actor";
import type { EndReason, GrantId } from "../model/grant";
import type { GrantState } from "../model/log-state";
import type { World } from "./input";
import type { PassEvent, PassReport } from "./report";
import type { EndSelection } from "./selection";

/** Which access ends now, and who says so. */
export interface EndGrantsInput extends World {
  readonly select: EndSelection;
  readonly by: Actor;
  readonly reason: Extract<EndReason, "revoked" | "given back">;
  readonly note?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: PassEvent) => void;
}

/** What became of it. */
export interface EndGrantsReport extends Pick<PassReport, "outcomes" | "overdue" | "errors" | "exitCodes"> {
  /** Grants that had not begun, and will not. */
  readonly neverStart: readonly GrantId[];
  /** Grants that were not meant and still let the same people in at the same places. */
  readonly stillHeld: readonly GrantState[];
  /** The ending survives a crash: it is in the spool, or in the chain. */
  readonly durable: boolean;
}
