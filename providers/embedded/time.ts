/** The gateway's time: microseconds that order what happens, and how hoop writes them. */
import type { Clock } from "../../lib/ports";
import type { Behaviour } from "./behaviour";
import type { Micros } from "./store/rows";

/** The gateway's clock. */
export interface GatewayTime {
  /** Milliseconds since 1970, as the clock says now; may go back. */
  nowMs(): number;
  /** A time stamp for a row: the clock's millisecond, and within one millisecond each later than the last. */
  stamp(): Micros;
}

/** Makes the gateway's time out of a clock. */
export function timeOf(clock: Pick<Clock, "now">): GatewayTime {
  let lastMs = -1;
  let within = 0;
  const nowMs = (): number => Date.parse(clock.now());
  return {
    nowMs,
    stamp: () => {
      const ms = nowMs();
      within = ms === lastMs ? Math.min(within + 1, 999) : 0;
      lastMs = ms;
      return ms * 1000 + within;
    },
  };
}

/** Digits after the second in a time stamp: hoop's lists have 3, its reviews 6, what it just wrote 9. */
export type Precision = "milliseconds" | "microseconds" | "nanoseconds";

/** A time as Go writes it (RFC 3339, trailing zeros cut): `2026-11-22T04:14:46.83Z`. */
export function written(micros: Micros, precision: Precision): string {
  const ms = Math.floor(micros / 1000);
  const seconds = new Date(ms).toISOString().slice(0, 19);
  const fraction = fractionOf(micros - Math.floor(ms / 1000) * 1_000_000, precision).replace(/0+$/, "");
  return fraction === "" ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}

/** The time in the precision of a hoop route, or in microseconds where the gateway does not vary. */
export function writtenAs(behaviour: Behaviour, micros: Micros, hoop: Precision): string {
  return written(micros, behaviour.timestampsVary ? hoop : "microseconds");
}

/** As `writtenAs`, null for no time. */
export function writtenOrNull(behaviour: Behaviour, micros: Micros | null, hoop: Precision): string | null {
  return micros === null ? null : writtenAs(behaviour, micros, hoop);
}

function fractionOf(microsOfSecond: number, precision: Precision): string {
  const six = String(microsOfSecond).padStart(6, "0");
  switch (precision) {
    case "milliseconds":
      return six.slice(0, 3);
    case "microseconds":
      return six;
    case "nanoseconds":
      // The clock has no nanoseconds; digits that are not zero keep the shape.
      return `${six}${String((microsOfSecond % 991) + 1).padStart(3, "0")}`;
  }
}
