import type { GatewayObject } from "./gateway-object";
import type { Instant } from "./instant";
import type { Correlation } from "./lease";

/** What a gateway holds for one user and connection; times are the gateway's own. */
export interface ObservedLease {
  /** How the provider finds it again, e.g. hoop's review id. */
  readonly ref: string;
  /** What it says of whose it is; absent on objects that are not Leasehold's in form. */
  readonly correlation?: Correlation;
  /** The user as the gateway names it: an e-mail, or `service:<name>`. */
  readonly person: string;
  /** The Connection's gateway name. */
  readonly connection: string;
  /**
   * `live`: lets its holder in now. `shadowed`: would let in if a newer one went. `waiting`: a human at
   * the gateway could open it. `lapsed`: past its end, but not yet put away.
   */
  readonly status: "live" | "shadowed" | "waiting" | "lapsed";
  readonly createdAt: Instant;
  readonly endsAt?: Instant;
  /** Somebody moved its end at the gateway. */
  readonly altered?: boolean;
  /** What its holder logs in with, sealed to the holder's keys: an armoured age file, and no secret to anybody else. */
  readonly sealed?: string;
}

/** An object of a gateway's configuration as it stands. */
export interface ObservedObject {
  /** The gateway's own id, where it has one. */
  readonly ref: string;
  /** The installation that it carries, if any. */
  readonly installation?: string;
  readonly value: GatewayObject;
  /** When its secrets were last written, as the gateway says. */
  readonly secretsUpdatedAt?: string;
  /** Why it has to be written again although its value compares equal, e.g. `its second lock is off`. */
  readonly flaw?: string;
  /**
   * The key that observes may not see host, port, settings and secrets of this Connection: they are
   * missing in `value`. They stand as we wrote them iff `secretsUpdatedAt` is what the Log has.
   */
  readonly settingsHidden?: true;
}

/** A way in that nobody has to ask for. */
export interface OpenWay {
  /** The Connection's gateway name. */
  readonly connection: string;
  readonly managed: boolean;
  /** Why it is open, in words. */
  readonly why: string;
}

/** What one gateway holds, at one moment of its clock. */
export interface ObservedState {
  readonly gateway: string;
  /** The gateway's clock when it answered. */
  readonly at: Instant;
  readonly objects: readonly ObservedObject[];
  /** Everything that lets somebody in or could; removed leases are left out. */
  readonly leases: readonly ObservedLease[];
  readonly openWays: readonly OpenWay[];
  /** Users that may receive a lease: exact names of the active ones. */
  readonly activeUsers: readonly string[];
  /** Other weaknesses of the gate in words, e.g. a stray member of its group. */
  readonly weaknesses: readonly string[];
}
