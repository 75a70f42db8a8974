import type { LeaseholdError } from "../errors";
import type { Digest } from "../model/canonical";
import type { Plan } from "../model/plan";
import type { Head } from "../model/record";
import type { Anchors, ApprovalSource, Clock, LogStore, Provider, Random, Secrets } from "../ports";
import type { Log } from "../log";
import type { PassEvent } from "./report";

/** What every function of the reconciler that meets the world is given. */
export interface World {
  readonly store: LogStore;
  /** The Log already open on `store`, where a caller keeps it; opened otherwise. */
  readonly log?: Log;
  /** Why `log` is only what was last seen of it here: its store could not be reached. */
  readonly outage?: unknown;
  /** By name of their gateway. */
  readonly providers: ReadonlyMap<string, Provider>;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly installation: string;
  /** Heads kept outside the Log: a Log that does not hold the newest is recovering. */
  readonly anchors?: Anchors;
  /** Who takes the epoch, for people: a host and a number. Default `leasehold`. */
  readonly holder?: string;
  /** How long to wait for another writer. Default 10 s. */
  readonly lockWaitMs?: number;
}

/** What one pass is asked to do. */
export interface PassInput extends World {
  readonly approvalSource?: ApprovalSource;
  /**
   * `reconcile`: from the Log alone; of the configuration only repairs that narrow. `apply`: somebody
   * saw a plan; the configuration is brought to what is declared.
   */
  readonly mode: "apply" | "reconcile";
  /** `endings` carries out what is due and looks at nothing else. Default `all`. */
  readonly scope?: "all" | "endings";
  /**
   * With `endings`: asks for the endings of one pair only, the one of this number among those that are due, counted round.
   * It tells whether what refused them takes them again, at the cost of a few calls.
   */
  readonly probe?: number;
  /** The digest of the working tree's Manifest: while it is not the accepted one, all widening is refused. */
  readonly workingTree?: Digest;
  /** Why nothing may widen in this pass, e.g. the base branch is not what was accepted; endings and what narrows go on. */
  readonly widensNothing?: LeaseholdError;
  /** A plan file: refused when stale, and nothing outside it but endings. */
  readonly planned?: Plan;
  /** Keys (`actionKey`) of the only Actions to carry out besides endings. */
  readonly only?: ReadonlySet<string>;
  readonly confirmRemovals?: number;
  /** A Head that the Log must hold, where the caller knows one: the same as one of `anchors`. */
  readonly anchor?: Head;
  /** Tells what would be done; writes nothing anywhere. */
  readonly dryRun?: boolean;
  /** Ends the pass after the calls in flight. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: PassEvent) => void;
}
