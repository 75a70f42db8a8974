import { hash } from "node:crypto";
import { canonicalJson } from "./canonical";
import type { Instant } from "./instant";
import type { ConnectionId, PersonId } from "./names";

/** 26 characters of lower-case base32: the identity of a Grant, derived and never stored twice. */
export type GrantId = string;

/** Where a Grant is in its life. `ended` and `rejected` are final. */
export type GrantPhase = "pending" | "activating" | "active" | "ended" | "rejected";

/** Why a Grant ended. */
export type EndReason =
  | "expired"
  | "revoked"
  | "given back"
  | "ended outside"
  | "request removed"
  | "no longer eligible"
  | "opted out"
  | "never confirmed";

/** Why a Grant was rejected: it will never start. */
export type RejectReason =
  | "too late"
  | "spent"
  | "request removed"
  | "refused by a rule"
  | "opted out"
  | "given back"
  | "unapproved merge"
  | "cannot be held";

/** Derives the id of the Grant of one person on one Connection by one request (SEMANTICS.md, "Identity"). */
export function grantId(parts: {
  readonly installation: string;
  readonly request: string;
  readonly person: PersonId;
  readonly connection: ConnectionId;
}): GrantId {
  const text = canonicalJson([parts.installation, parts.request, parts.person, parts.connection]);
  return base32(Buffer.from(hash("sha256", text, "hex"), "hex")).slice(0, 26);
}

/** The one predicate that says whether access is there: active, and its end not yet reached. */
export function isActive(
  grant: { readonly phase: GrantPhase; readonly end?: Instant | undefined },
  now: Instant,
): boolean {
  return grant.phase === "active" && grant.end !== undefined && now < grant.end;
}

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let buffer = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((buffer >> bits) & 31);
    }
    buffer &= (1 << bits) - 1;
  }
  return text;
}
