import type { Instant } from "./instant";
import type { Head } from "./record";

/**
 * A Head as it is kept outside the Log: what the Log must hold. Signed, it shows a Log that was cut or written
 * anew; without a signature only accidents, because whoever can write the Log may reach the anchors as well.
 */
export interface Anchor extends Head {
  readonly format: 1;
  readonly installation: string;
  /** When it was anchored, by the clock of whoever did. */
  readonly time: Instant;
  /** Records that were anchored earlier and went with a lost Log: this one was rebuilt from an older copy. */
  readonly replaces?: { readonly first: number; readonly last: number };
  /** The id of the key that signed it; see `anchorKeyId`. */
  readonly key?: string;
  /** Ed25519 over `anchor.v1`, in base64; present if and only if `key` is. */
  readonly signature?: string;
}
