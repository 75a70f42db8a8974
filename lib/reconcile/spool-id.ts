import type { Random } from "../ports";

/** A new id for an entry of the spool: 128 random bits in hexadecimal. */
export function newSpoolId(random: Random): string {
  return Buffer.from(random.bytes(16)).toString("hex");
}
