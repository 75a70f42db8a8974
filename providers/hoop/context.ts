/** What the parts of a hoop provider share. */
import type { Clock } from "../../lib/ports";
import type { Api } from "./client/api";
import type { CallerFacts } from "./client/server";
import type { Dialect } from "./dialect";
import type { WholeConnections } from "./whole-connections";

/** Whose a session is: fixed when it is made, so it may be remembered. */
export interface SessionOwner {
  readonly user: string;
  readonly connection: string;
  readonly correlation: string | undefined;
}

/** One gateway as one provider sees it. */
export interface HoopContext {
  readonly gateway: string;
  readonly installation: string;
  readonly url: string;
  readonly dialect: Dialect;
  readonly clock: Clock;
  /** The agent of Connections, by name, where the config names one. */
  readonly agent: string | undefined;
  /** Under the key that only reads. */
  readonly observer: Api;
  /** Under the key that writes. */
  readonly writer: Api;
  /** Who the two keys are, asked anew each time: lesser rights give empty lists, not refusals. */
  readonly observerFacts: () => Promise<CallerFacts>;
  readonly writerFacts: () => Promise<CallerFacts>;
  /** Owners of sessions with an open review, by session id; pruned with each observation. */
  readonly owners: Map<string, SessionOwner>;
  /** Sessions that an open review names and that are not there: asked for again only while that review is in force. */
  readonly gone: Set<string>;
  /** Connections of ours that were read whole. */
  readonly wholes: WholeConnections;
  /** How many pages of sessions the last walk over all of them met: no second one is begun that is too long again. */
  readonly sessionPages: { atLeast: number };
}
