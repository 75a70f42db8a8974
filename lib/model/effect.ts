/** What a Provider is asked to change, and what became of it. */
import type { GatewayObject, ObjectSubject } from "./gateway-object";
import { plusSeconds, type Instant } from "./instant";
import type { Correlation } from "./lease";
import type { ObservedLease } from "./observed";

/** Make this the one lease of the pair: provision, read back, then take away the pair's older ones of ours without cutting sessions. */
export interface HoldEffect {
  readonly kind: "hold";
  readonly correlation: Correlation;
  readonly person: string;
  readonly connection: string;
  readonly end: Instant;
  /** Where it starts a Grant: from then on nothing is asked for any more, however long the caller was held up; its id is remembered past that. */
  readonly startBefore?: Instant;
  /** Public keys of the holder, where the Provider makes a secret and seals it. */
  readonly keys?: readonly string[];
  /** Words for humans at the gateway; nothing is read back from them. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Take away every lease of ours of the pair and cut its sessions; safe to repeat. */
export interface EndEffect {
  readonly kind: "end";
  readonly person: string;
  readonly connection: string;
  /**
   * Since when it may have been under way, where it did not come to its end: what was cut since then is cut again, for
   * nobody knows whether that reached anything.
   */
  readonly since?: Instant;
}

/** Write or delete one object of the configuration; `expected` is what was observed of it. */
export interface ConfigureEffect {
  readonly kind: "configure";
  readonly subject: ObjectSubject;
  readonly value: GatewayObject | null;
  /** The gateway's own id of what is there now; undefined when nothing is. */
  readonly ref?: string;
  /** Take over an object that carries no installation. */
  readonly adopt: boolean;
}

/** One change that a Provider carries out. */
export type Effect = HoldEffect | EndEffect | ConfigureEffect;

/**
 * What became of one effect. `done` was read back. `refused`: certainly not there, and why. `unknown`:
 * it may be there; observe before doing anything else.
 */
export type EffectOutcome =
  | { readonly kind: "held"; readonly effect: HoldEffect; readonly lease: ObservedLease }
  | {
      readonly kind: "ended";
      readonly effect: EndEffect;
      readonly at: Instant;
      readonly sessionsCut: number;
      readonly wasThere: boolean;
    }
  | {
      readonly kind: "configured";
      readonly effect: ConfigureEffect;
      readonly ref?: string;
      readonly secretsUpdatedAt?: string;
    }
  | {
      readonly kind: "refused";
      readonly effect: Effect;
      readonly why: string;
      /** `spent`: this correlation was there before. `permanent`: asking again cannot help. */
      readonly because: "spent" | "permanent" | "credential" | "passing";
    }
  | { readonly kind: "unknown"; readonly effect: Effect; readonly why: string };

/** Why a Lease is not to be asked for any more at a moment; undefined where it may be. To be looked at right before it is asked for. */
export function tooLateToHold({ end, startBefore }: HoldEffect, now: Instant): string | undefined {
  if (startBefore !== undefined && now >= startBefore) return `it was to start before ${startBefore}`;
  return plusSeconds(now, 1) > end ? "less than a second is left of it" : undefined;
}
