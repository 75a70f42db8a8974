/** Ids and keys out of randomness. */
import type { Random } from "../../lib/ports";

/** A random UUID of version 4 (RFC 9562, section 5.4). */
export function newId(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A key with 256 bits of randomness: `hpk_` and 43 characters of base64url, as long as hoop's. */
export function newKey(random: Random): string {
  return `hpk_${Buffer.from(random.bytes(32)).toString("base64url")}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID as PostgreSQL would take it in its usual form. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}
