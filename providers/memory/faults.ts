/** Accidents that a memory provider can be told to have, so that tests meet every way a gateway can fail. */
import type { Effect } from "../../lib/ports";

/** One call to a memory provider, as a fault script sees it. `index` counts all calls from 0. */
export type MemoryCall =
  | { readonly name: "describe" | "observe" | "findSpent"; readonly index: number }
  | { readonly name: "apply"; readonly index: number; readonly effect: Effect };

/**
 * What happens to a call. `drop`: nothing happens, nobody knows. `unanswered`: it happens, nobody
 * knows. `late`: it happens before the `after`-th call from here, nobody knows. `double`: it happens
 * twice. `refuse`: it certainly does not happen.
 */
export type MemoryFault =
  | { readonly kind: "drop" | "unanswered" | "double" }
  | { readonly kind: "late"; readonly after: number }
  | { readonly kind: "refuse"; readonly because: "passing" | "permanent" | "credential" };

/** Decides for each call; undefined: nothing is wrong with it. Reads know only `drop` and `refuse`. */
export type FaultScript = (call: MemoryCall) => MemoryFault | undefined;
