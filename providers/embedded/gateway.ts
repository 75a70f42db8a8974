/** What the parts of a gateway share: its store, time, chance, behaviour and live sessions. */
import type { Random } from "../../lib/ports";
import type { Accidents, Behaviour } from "./behaviour";
import type { GrantEnds } from "./proxy/ends";
import type { LiveSessions } from "./proxy/live";
import type { Store } from "./store/store";
import type { GatewayTime } from "./time";

/** One running gateway, as its routes see it. */
export interface Gateway {
  readonly store: Store;
  readonly time: GatewayTime;
  readonly random: Random;
  readonly behaviour: Behaviour;
  readonly accidents: Accidents;
  readonly live: LiveSessions;
  readonly ends: GrantEnds;
  readonly signingKey: Uint8Array;
  /** Name of the API key with this hash. */
  readonly keyByHash: (hash: string) => string | undefined;
  /** The id of the one organisation, as hoop puts it into rows. */
  readonly organisation: string;
  /** `http://host:port`, once it listens. */
  readonly url: () => string;
  /** Takes one line about what the gateway does; never a secret. */
  readonly note: (line: string) => void;
  /** When a key was last used, by its name; in memory only. */
  readonly lastUsed: Map<string, number>;
}
