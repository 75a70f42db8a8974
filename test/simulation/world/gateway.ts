/**
 * The gateway of a simulation: the hoop double's own routes and decisions (or the embedded gateway's), run in this very
 * process on simulated time, without a socket, a file or a timer. What it cannot be kinder than is shown by test/doubles/hoop.
 */
import type { HttpRequest, HttpResponse, Random } from "../../../lib/ports";
import { bodyOf, headersOf, replyTo, serve } from "../../../providers/embedded/api/serve";
import type { Route } from "../../../providers/embedded/api/route";
import { allRoutes } from "../../../providers/embedded/api/routes";
import type { Accidents, Behaviour } from "../../../providers/embedded/behaviour";
import { decideConnect, type ConnectDecision } from "../../../providers/embedded/decision/connect";
import { prepareStore } from "../../../providers/embedded/first-start";
import type { Gateway } from "../../../providers/embedded/gateway";
import { GrantEnds } from "../../../providers/embedded/proxy/ends";
import { LiveSessions } from "../../../providers/embedded/proxy/live";
import { newSession, ownDeadline } from "../../../providers/embedded/proxy/session";
import type { Change, ReviewRow } from "../../../providers/embedded/store/rows";
import type { Store } from "../../../providers/embedded/store/store";
import { MemoryTables, type StoreView } from "../../../providers/embedded/store/tables";
import { timeOf } from "../../../providers/embedded/time";
import type { Chance } from "./chance";
import type { WallClock } from "./clock";

/** A live line of bytes through the gateway. */
export interface Line {
  readonly session: string;
  readonly person: string;
  readonly connection: string;
  /** The grant by which it was let in; undefined where no gate asked for one. */
  readonly review: ReviewRow | undefined;
  /** When it came into being, in true time. */
  readonly sinceMs: number;
  readonly ownDeadlineMs: number | undefined;
}

/** Told of changes just before they are made. */
export type Watcher = (changes: readonly Change[]) => void;

/** A gateway of a simulation. */
export class SimulatedGateway {
  readonly url = "http://127.0.0.1:8009";
  readonly keys: { readonly admin: string; readonly observer: string };
  readonly lines = new Map<string, Line>();
  /** Kills of these sessions reach nothing, though the answer is 204. */
  readonly lostKills = new Set<string>();
  /** An approve overtakes the next revoke of these reviews. */
  readonly overtaken = new Set<string>();
  private readonly tables = new MemoryTables();
  private readonly random: Random;
  private gateway: Gateway;

  constructor(
    readonly wall: WallClock,
    readonly behaviour: Behaviour,
    chance: Chance,
    private readonly watch: Watcher,
  ) {
    this.random = chance.port;
    const key = (name: string): string => `hpk_${name}_${"k".repeat(32)}`;
    this.keys = { admin: key("admin"), observer: key("observer") };
    this.gateway = this.open();
  }

  get view(): StoreView {
    return this.tables;
  }

  /** Answers a call as the double's server does. */
  async answer(request: HttpRequest): Promise<HttpResponse> {
    const { gateway } = this;
    const url = new URL(request.url);
    const found = routeOf(request.method, url.pathname);
    if (found === undefined)
      return { status: 404, headers: headersOf(gateway, { status: 404 }), body: "404 page not found" };
    const { route, params } = found;
    const incoming = {
      path: url.pathname,
      authorization: request.headers["authorization"],
      clientIp: "127.0.0.1",
      param: (name: string) => params[name] ?? "",
      query: (name: string) => url.searchParams.get(name) ?? undefined,
      readBody: () => Promise.resolve(request.body ?? ""),
    };
    const reply = await serve(gateway, route, incoming).catch((error: unknown) => replyTo(gateway, error));
    return { status: reply.status, headers: headersOf(gateway, reply), body: bodyOf(reply) ?? "" };
  }

  /** Whether somebody would get in now, and by what. */
  decide(person: string, connection: string): ConnectDecision {
    this.gateway.ends.check();
    return decideConnect(this.tables, { userEmail: person, connection }, this.wall.nowMs(), this.behaviour);
  }

  /** Lets somebody in by a decision made a moment ago: a connect that races with a revoke gets through like this. */
  enter(decision: ConnectDecision & { readonly kind: "enter" }, nowMs: number): Line {
    const { gateway } = this;
    const { user, connection, review } = decision;
    const row = newSession(gateway, user, connection);
    const ownDeadlineMs = ownDeadline(gateway, row, review);
    gateway.store.commit([{ table: "sessions", put: row }]);
    const line = {
      session: row.id,
      person: user.email,
      connection: connection.name,
      review,
      sinceMs: nowMs,
      ownDeadlineMs,
    };
    this.lines.set(row.id, line);
    gateway.live.add({
      id: row.id,
      userEmail: user.email,
      connectionId: connection.id,
      cut: () => this.lines.delete(row.id),
      bytes: () => 0,
    });
    return line;
  }

  /** Ends what ends by the gateway's own clock. */
  tick(): void {
    this.gateway.ends.check();
    const now = this.wall.nowMs();
    for (const line of this.lines.values()) {
      if (line.ownDeadlineMs !== undefined && line.ownDeadlineMs <= now)
        this.gateway.live.end(line.session, "deadline");
    }
  }

  /** Dies and starts again: every line is cut, and what it has stored stays. */
  restart(): void {
    this.lines.clear();
    this.gateway = this.open();
  }

  private open(): Gateway {
    const { wall, behaviour, random } = this;
    const time = timeOf({ now: () => wall.now() });
    const store = this.store();
    const accidents: Accidents = {
      killIsLost: (id) => this.lostKills.delete(id),
      revokeIsOvertaken: (id) => this.overtaken.delete(id),
    };
    const secrets = { keys: this.keys, signingKey: Buffer.alloc(32, 7) };
    const prepared = prepareStore(secrets, { store, random, time, behaviour });
    const ends = new GrantEnds(store, time, behaviour);
    // It goes on noting ends when it is asked to; only its timer is off.
    ends.close();
    return {
      ...prepared,
      store,
      time,
      random,
      behaviour,
      accidents,
      live: new LiveSessions(store, time, behaviour, accidents),
      ends,
      note: () => undefined,
      url: () => this.url,
      lastUsed: new Map(),
    };
  }

  /** Rows in memory: what a real gateway has committed is never lost (section 11), so there is nothing to lose here. */
  private store(): Store {
    const listeners: ((changes: readonly Change[]) => void)[] = [];
    return {
      view: this.tables,
      commit: (changes) => {
        this.watch(changes);
        for (const change of changes) this.tables.apply(change);
        for (const listener of listeners) listener(changes);
      },
      durable: () => Promise.resolve(),
      failing: false,
      onCommit: (listener) => listeners.push(listener),
      close: () => Promise.resolve(),
    };
  }
}

interface Routed {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

const routesByMethod = new Map<string, readonly { readonly route: Route; readonly parts: readonly string[] }[]>();
for (const route of allRoutes) {
  const known = routesByMethod.get(route.method) ?? [];
  routesByMethod.set(route.method, [...known, { route, parts: route.path.slice(1).split("/") }]);
}

/** The first route that a path fits, in the order in which the server tries them. */
function routeOf(method: string, pathname: string): Routed | undefined {
  if (!pathname.startsWith("/api/")) return undefined;
  const parts = pathname.slice("/api/".length).split("/");
  for (const { route, parts: wanted } of routesByMethod.get(method) ?? []) {
    if (wanted.length !== parts.length) continue;
    if (!wanted.every((part, at) => part.startsWith(":") || part === parts[at])) continue;
    const named = wanted.flatMap((part, at): [string, string][] =>
      part.startsWith(":") ? [[part.slice(1), decodeURIComponent(parts[at] ?? "")]] : [],
    );
    return { route, params: Object.fromEntries(named) };
  }
  return undefined;
}
