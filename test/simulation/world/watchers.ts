import type { Change } from "../../../providers/embedded/store/rows";
import type { Call } from "./network";

/** Who watches a world: told of everything that has an effect, when it happens. */
export interface Watchers {
  /** A program sends a call. */
  sent(call: Call): void;
  /** A call is about to be carried out by the gateway. */
  reached(call: Call): void;
  carriedOut(call: Call): void;
  /** The gateway is about to change rows. */
  changing(changes: readonly Change[]): void;
  powerFailed(): void;
}

/** Nobody. */
export const noWatchers: Watchers = {
  sent: () => undefined,
  reached: () => undefined,
  carriedOut: () => undefined,
  changing: () => undefined,
  powerFailed: () => undefined,
};
