import { randomBytes } from "node:crypto";
import type { Random } from "../ports";

/** The operating system's randomness. */
export function systemRandom(): Random {
  return { bytes: (count) => randomBytes(count) };
}
