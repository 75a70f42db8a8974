/**
 * The sessions that carry bytes right now, and the rules under which they are cut: at the end of their
 * grant by the gateway's own timer, when access is lost for any other reason, and when they are killed.
 */
import type { Accidents, Behaviour } from "../behaviour";
import { decideConnect } from "../decision/connect";
import type { Change, ReviewRow, SessionRow } from "../store/rows";
import type { Store } from "../store/store";
import { pairOf } from "../store/tables";
import type { GatewayTime } from "../time";
import { Deadlines } from "./deadlines";

/** Why a session ended. */
export type EndReason = "closed" | "failed" | "deadline" | "access lost" | "killed" | "gateway closed";

/** What the registry needs of a session that may carry bytes. */
export interface LiveSession {
  readonly id: string;
  readonly userEmail: string;
  readonly connectionId: string;
  /** Where a hoop gateway cuts it, in milliseconds since 1970. */
  readonly ownDeadlineMs?: number;
  /** Ends both sides at once. */
  cut(): void;
  /** Bytes carried, both ways. */
  bytes(): number;
}

/** A client of the hoop double that waits for its review. */
export interface WaitingClient {
  readonly sessionId: string;
  readonly reviewId: string;
  /** The review was decided. */
  decided(review: ReviewRow): void;
  cut(): void;
}

/** The live sessions of one gateway. */
export class LiveSessions {
  private readonly sessions = new Map<string, LiveSession>();
  private readonly byPair = new Map<string, Set<LiveSession>>();
  private readonly waiting = new Map<string, WaitingClient>();
  private readonly deadlines: Deadlines;
  /** Whether the gateway is going down: no session is opened any more. */
  isClosed = false;

  constructor(
    private readonly store: Store,
    private readonly time: GatewayTime,
    private readonly behaviour: Behaviour,
    private readonly accidents: Accidents,
  ) {
    this.deadlines = new Deadlines(time, (ids) => {
      for (const id of ids) this.end(id, "deadline");
    });
    store.onCommit((changes) => this.hear(changes));
  }

  get size(): number {
    return this.sessions.size;
  }

  get waitingSize(): number {
    return this.waiting.size;
  }

  add(session: LiveSession): void {
    this.sessions.set(session.id, session);
    const pair = pairOf(session.userEmail, session.connectionId);
    this.byPair.set(pair, (this.byPair.get(pair) ?? new Set()).add(session));
    if (session.ownDeadlineMs !== undefined) this.deadlines.add(session.ownDeadlineMs, session.id);
  }

  has(id: string): boolean {
    return this.sessions.has(id);
  }

  wait(client: WaitingClient): void {
    this.waiting.set(client.sessionId, client);
  }

  stopWaiting(sessionId: string): void {
    this.waiting.delete(sessionId);
  }

  /** Cuts a session that is live, and notes its end. Does nothing when it is not live. */
  end(id: string, reason: EndReason): void {
    const session = this.sessions.get(id);
    if (session === undefined) return;
    this.sessions.delete(id);
    const pair = pairOf(session.userEmail, session.connectionId);
    const others = this.byPair.get(pair);
    others?.delete(session);
    if (others?.size === 0) this.byPair.delete(pair);
    session.cut();
    const row = this.store.view.table("sessions").get(id);
    if (row !== undefined) this.store.commit([{ table: "sessions", put: this.ended(row, session.bytes(), reason) }]);
  }

  /** Kills a session, live, waiting or not, and notes it. */
  kill(id: string): void {
    if (this.accidents.killIsLost?.(id) !== true) {
      this.waiting.get(id)?.cut();
      this.waiting.delete(id);
      this.end(id, "killed");
    }
    const row = this.store.view.table("sessions").get(id);
    if (row === undefined || row.endDate !== null) return;
    const put: SessionRow = {
      ...row,
      status: "done",
      exitCode: 254,
      endDate: this.time.stamp(),
      metrics: row.metrics ?? {},
    };
    this.store.commit([{ table: "sessions", put }]);
  }

  close(): void {
    this.isClosed = true;
    this.deadlines.close();
    for (const client of this.waiting.values()) client.cut();
    this.waiting.clear();
    for (const id of this.sessions.keys()) this.end(id, "gateway closed");
  }

  private hear(changes: readonly Change[]): void {
    for (const change of changes) {
      if ("put" in change && change.table === "reviews") this.tellWaiting(change.put);
    }
    if (this.behaviour.lossOfAccessKeepsSessions || this.sessions.size === 0) return;
    for (const session of this.touchedBy(changes)) this.reconsider(session);
  }

  private tellWaiting(review: ReviewRow): void {
    if (review.status === "PENDING") return;
    const client = this.waiting.get(review.sessionId);
    if (client === undefined || client.reviewId !== review.id) return;
    this.waiting.delete(review.sessionId);
    client.decided(review);
  }

  private touchedBy(changes: readonly Change[]): ReadonlySet<LiveSession> {
    const touched = new Set<LiveSession>();
    for (const change of changes) for (const session of this.touchedByOne(change)) touched.add(session);
    return touched;
  }

  private touchedByOne(change: Change): Iterable<LiveSession> {
    if ("over" in change)
      return change.over.flatMap((id) => [...this.ofReview(this.store.view.table("reviews").get(id))]);
    switch (change.table) {
      case "sessions":
      case "audit":
      case "tags":
      case "apiKeys":
      case "agents":
      case "settings":
      case "serviceAccounts":
      case "attributes":
      case "groups":
        return [];
      case "reviews":
        return "put" in change ? this.ofReview(change.put) : [...this.sessions.values()];
      default:
        return [...this.sessions.values()];
    }
  }

  private ofReview(review: ReviewRow | undefined): Iterable<LiveSession> {
    return review === undefined ? [] : (this.byPair.get(pairOf(review.userEmail, review.connectionId)) ?? []);
  }

  /** Somebody who would not be let in now is not left in. */
  private reconsider(session: LiveSession): void {
    const { userEmail, connectionId } = session;
    const view = this.store.view;
    const decision = decideConnect(view, { userEmail, connection: connectionId }, this.time.nowMs(), this.behaviour);
    if (decision.kind === "enter") return;
    const isExpiry = decision.kind === "refuse" && decision.reason === "expired";
    this.end(session.id, isExpiry ? "deadline" : "access lost");
  }

  private ended(row: SessionRow, bytes: number, reason: EndReason): SessionRow {
    const metrics = {
      data_masking: { err_count: 0, info_types: {}, total_redact_count: 0, transformed_bytes: 0 },
      event_size: bytes,
      truncated: false,
      // Hoop keeps no reason; the client of the embedded gateway tells its user why it was cut.
      ...(this.behaviour.lossOfAccessKeepsSessions ? {} : { ended_by: reason }),
    };
    const ordinary = reason === "closed" ? 0 : reason === "failed" ? 1 : 254;
    const exitCode = this.behaviour.everySessionEndsWith254 ? 254 : ordinary;
    return { ...row, status: "done", exitCode, endDate: this.time.stamp(), eventSize: bytes, metrics };
  }
}
