/** A hoop gateway as a Provider: gateway/hoop-api.md, section 10, is the mapping. */
import type { Clock, Http, Provider } from "../../lib/ports";
import { apply } from "./apply";
import { makeApi } from "./client/api";
import { readCallerFacts } from "./client/server";
import type { HoopContext } from "./context";
import { describe } from "./describe";
import { hoopDialect, type Dialect } from "./dialect";
import { findSpent } from "./find-spent";
import { observe } from "./observe";
import { WholeConnections } from "./whole-connections";

/** Where keys come from: each is asked for when it is first needed, so a plan needs no writer's. */
export interface HoopKeys {
  /** A key of group admin. Throws E702 when there is none. */
  readonly write: () => Promise<string>;
  /** A key of group auditor or admin. */
  readonly observe: () => Promise<string>;
}

/** What a hoop provider is made of. */
export interface HoopProviderOptions {
  readonly gateway: string;
  readonly installation: string;
  /** `https://hoop.example.com`, without `/api`. */
  readonly url: string;
  readonly keys: HoopKeys;
  readonly http: Http;
  readonly clock: Clock;
  /** The agent's name for Connections. @default the gateway's only agent */
  readonly agent?: string;
  /** @default limits.httpTimeoutMs */
  readonly timeoutMs?: number;
  /** @default hoopDialect */
  readonly dialect?: Dialect;
}

/** Makes a Provider of a hoop gateway. Nothing is sent before it is asked something; `http` is the caller's to close. */
export function hoopProvider(options: HoopProviderOptions): Provider {
  const context = contextOf(options);
  return {
    gateway: options.gateway,
    describe: () => describe(context),
    observe: () => observe(context),
    findSpent: (grants) => findSpent(context, grants),
    apply: (effects, applied) => apply(context, effects, applied),
    close: async () => {
      context.owners.clear();
      context.gone.clear();
      context.wholes.forgetAll();
    },
  };
}

function contextOf(options: HoopProviderOptions): HoopContext {
  const { gateway, installation, url, http, clock, keys, timeoutMs } = options;
  // One gateway has one clock: what a writer has heard of it counts for whatever is judged by it.
  const clockSeen = { skewMs: 0 };
  const base = { gateway, url, http, clock, clockSeen, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const observer = makeApi({ ...base, key: keys.observe });
  const writer = makeApi({ ...base, key: keys.write });
  const dialect = options.dialect ?? hoopDialect;
  return {
    gateway,
    installation,
    url,
    dialect,
    clock,
    agent: options.agent,
    observer,
    writer,
    observerFacts: () => readCallerFacts(observer),
    writerFacts: () => readCallerFacts(writer),
    owners: new Map(),
    gone: new Set(),
    wholes: new WholeConnections(clock, dialect.wholeEveryMs),
    sessionPages: { atLeast: 0 },
  };
}
