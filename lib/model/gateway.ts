import type { ResourceKind } from "./resource";

/** What ends by itself when Leasehold is not running. */
export interface ProviderHolds {
  /** Nobody new gets in after the end. */
  readonly entry: boolean;
  /** Live sessions are cut at the end. */
  readonly sessions: boolean;
  /** How much later than the end a session can last without us, in whole durations of its lease. */
  readonly overrun: "none" | "one duration" | "unbounded";
}

/** What one backend is and can hold, asked of it once per run. */
export interface ProviderDescription {
  readonly gateway: string;
  readonly provider: string;
  readonly version: string;
  readonly holds: ProviderHolds;
  /** A longer lease is held in slices, renewed before each ends. */
  readonly maxSliceSeconds: number;
  readonly kinds: readonly ResourceKind[];
  readonly principals: readonly ("user" | "service")[];
  /** Kinds on which a guardrail would break the Connection. */
  readonly guardrailKinds: readonly ResourceKind[];
  readonly maxGuardrails: number | undefined;
  readonly maxMaskingRules: number | undefined;
  /** The installation found on the gate; undefined when there is no gate yet. */
  readonly installation?: string;
  /**
   * Whether a Grant was ever held there, as far as anything of it is remembered. Where our id is put there by somebody else
   * before we ever write, this and not the id tells a Log that has lost what it did.
   */
  readonly everHeld?: boolean;
  /** The gateway's clock minus ours, in milliseconds. */
  readonly skewMs: number;
  /** Whether secrets of Connections are stored there. */
  readonly storesSecrets: boolean;
  /** Leases that can be ended per second, for estimates. */
  readonly endingsPerSecond: number;
  /**
   * How often a provider that goes on looks at everything anew, in seconds: a change there that its lists hide is seen by then.
   * Absent where every observation sees all.
   */
  readonly wholeEverySeconds?: number;
  /**
   * Each lease brings a secret of its own, sealed to its holder's keys: who has no key can hold none, and who has one needs
   * no user there.
   */
  readonly sealsSecrets?: true;
}
