/** What differs between the gateways that speak hoop's API, as one value. */
import type { ProviderHolds } from "../../lib/model/gateway";
import { resourceKinds, type ResourceKind } from "../../lib/model/resource";

/** One kind of gateway. Every fact is of gateway/hoop-api.md, or of the embedded gateway. */
export interface Dialect {
  readonly provider: "hoop" | "embedded";
  readonly holds: ProviderHolds;
  /** Of a pair's approved reviews only the newest counts, also when it has run out. */
  readonly newestCounts: boolean;
  /** A Connection without a gate lets in everybody who sees it. */
  readonly ungatedIsOpen: boolean;
  /** Without the plugin `access_control` everybody sees every Connection. */
  readonly visibilityMatters: boolean;
  /** A revoke cuts the sessions by itself. */
  readonly revokeCutsSessions: boolean;
  /** A grant for somebody inactive is refused, and a user's subject is the e-mail. */
  readonly checksUsers: boolean;
  /** The same correlation again gives the same grant, or 409 when that is over. */
  readonly refusesRepeats: boolean;
  /** How long after an ending sessions are looked for again, in milliseconds. */
  readonly sweepsMs: readonly number[];
  /** Lists of Connections hide fields: each one of ours is read by name. */
  readonly listsHideFields: boolean;
  /** A provider that goes on reads every Connection of ours anew at least this often, where lists hide fields, in milliseconds. */
  readonly wholeEveryMs: number;
  /** False: secrets are not sent, and address and plain settings ride in tags too. */
  readonly storesSecrets: boolean;
  /** Kinds on which a guardrail would break the Connection. */
  readonly guardrailKinds: readonly ResourceKind[];
  /** Whether safeguards are enforced at all. */
  readonly masks: boolean;
  /** Leases that can be ended per second, looks afterwards included, for estimates. */
  readonly endingsPerSecond: number;
  /** Calls at a time. */
  readonly widths: { readonly read: number; readonly grant: number; readonly end: number; readonly configure: number };
}

/** A hoop gateway, as recorded from 1.148.0. Parallel calls make it slower (section 11). */
export const hoopDialect: Dialect = {
  provider: "hoop",
  holds: { entry: true, sessions: false, overrun: "one duration" },
  newestCounts: true,
  ungatedIsOpen: true,
  visibilityMatters: true,
  revokeCutsSessions: false,
  checksUsers: false,
  refusesRepeats: false,
  sweepsMs: [1_000, 6_000],
  listsHideFields: true,
  wholeEveryMs: 600_000,
  storesSecrets: true,
  guardrailKinds: ["tcp"],
  masks: true,
  // Section 11: two listings of the pair at 8 ms, a revoke at 2 ms, a kill at 30 ms; in each of two sweeps one of each again.
  endingsPerSecond: 8,
  widths: { read: 4, grant: 2, end: 2, configure: 1 },
};

/** The gateway that ships in this package: it ends leases and sessions by itself and lets nobody in without a lease. */
export const embeddedDialect: Dialect = {
  provider: "embedded",
  holds: { entry: true, sessions: true, overrun: "none" },
  newestCounts: false,
  ungatedIsOpen: false,
  visibilityMatters: false,
  revokeCutsSessions: true,
  checksUsers: true,
  refusesRepeats: true,
  sweepsMs: [],
  listsHideFields: false,
  wholeEveryMs: 600_000,
  storesSecrets: false,
  // It does not look into the bytes, and refuses a connect where a safeguard would be by-passed.
  guardrailKinds: resourceKinds,
  masks: false,
  endingsPerSecond: 1_000,
  widths: { read: 8, grant: 8, end: 8, configure: 1 },
};
