import type { Instant } from "./instant";

/** A day of the week, Monday is 1, Sunday is 7 (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * When something is allowed. `weekly`: on these days from `from` to `to` (`HH:MM`, local time of the
 * IANA zone, the end excluded; `to` at or before `from` means the next day; `24:00` is midnight).
 * `between`: once, from one instant to another, the end excluded.
 */
export type Window =
  | {
      readonly kind: "weekly";
      readonly days: readonly Weekday[];
      readonly from: string;
      readonly to: string;
      readonly zone: string;
    }
  | { readonly kind: "between"; readonly from: Instant; readonly to: Instant };
