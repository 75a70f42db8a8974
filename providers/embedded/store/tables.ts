/** The rows in memory, with the indexes that keep every call but the lists independent of how many rows there are. */
import { limits } from "../limits";
import {
  type AuditRow,
  type Change,
  type ConnectionRow,
  keyOf,
  type ReviewRow,
  type SessionRow,
  type TableName,
  type Tables,
} from "./rows";

/** Read access to one table; `all` is in the order in which the rows were first put. */
export interface TableView<Row> {
  get(key: string): Row | undefined;
  all(): Iterable<Row>;
  readonly size: number;
}

/** Everything that is stored, to read. */
export interface StoreView {
  table<T extends Exclude<TableName, "audit">>(name: T): TableView<Tables[T]>;
  connectionById(id: string): ConnectionRow | undefined;
  reviewOfSession(sessionId: string): ReviewRow | undefined;
  /** All reviews of a person and a connection, oldest first. */
  reviewsOfPair(userEmail: string, connectionId: string): Iterable<ReviewRow>;
  /** All reviews of a person, of any connection. */
  reviewsOfUser(userEmail: string): Iterable<ReviewRow>;
  reviewsOfConnection(connectionId: string): Iterable<ReviewRow>;
  sessionsByCorrelation(correlationId: string): readonly SessionRow[];
  /** Sessions newest first, of one person or connection (by name) if given. */
  sessionsNewestFirst(of?: { readonly user?: string; readonly connection?: string }): Iterable<SessionRow>;
  /** The audit log, newest first. */
  audit(): Iterable<AuditRow>;
}

/** The rows, to read and to change. */
export class MemoryTables implements StoreView {
  private readonly maps: { readonly [T in TableName]: Map<string, Tables[T]> } = {
    users: new Map(),
    groups: new Map(),
    serviceAccounts: new Map(),
    apiKeys: new Map(),
    agents: new Map(),
    connections: new Map(),
    tags: new Map(),
    attributes: new Map(),
    plugins: new Map(),
    accessLists: new Map(),
    accessRules: new Map(),
    sessions: new Map(),
    reviews: new Map(),
    guardrails: new Map(),
    maskingRules: new Map(),
    audit: new Map(),
    settings: new Map(),
  };
  private readonly connectionsById = new Map<string, string>();
  private readonly reviewBySession = new Map<string, string>();
  private readonly reviewsByPair = new Groups();
  private readonly reviewsByUser = new Groups();
  private readonly reviewsByConnection = new Groups();
  private readonly sessionsByCorrelationId = new Groups();
  private readonly sessionsByUser = new Groups();
  private readonly sessionsByConnection = new Groups();
  private sessionOrder: string[] = [];

  table<T extends Exclude<TableName, "audit">>(name: T): TableView<Tables[T]> {
    const map: Map<string, Tables[T]> = this.maps[name];
    return { get: (key) => map.get(key), all: () => map.values(), size: map.size };
  }

  connectionById(id: string): ConnectionRow | undefined {
    const name = this.connectionsById.get(id);
    return name === undefined ? undefined : this.maps.connections.get(name);
  }

  reviewOfSession(sessionId: string): ReviewRow | undefined {
    const id = this.reviewBySession.get(sessionId);
    return id === undefined ? undefined : this.maps.reviews.get(id);
  }

  reviewsOfPair(userEmail: string, connectionId: string): Iterable<ReviewRow> {
    return this.pick(this.maps.reviews, this.reviewsByPair.of(pairOf(userEmail, connectionId)));
  }

  reviewsOfUser(userEmail: string): Iterable<ReviewRow> {
    return this.pick(this.maps.reviews, this.reviewsByUser.of(userEmail));
  }

  reviewsOfConnection(connectionId: string): Iterable<ReviewRow> {
    return this.pick(this.maps.reviews, this.reviewsByConnection.of(connectionId));
  }

  sessionsByCorrelation(correlationId: string): readonly SessionRow[] {
    return [...this.pick(this.maps.sessions, this.sessionsByCorrelationId.of(correlationId))];
  }

  sessionsNewestFirst(of: { readonly user?: string; readonly connection?: string } = {}): Iterable<SessionRow> {
    const ids =
      of.user !== undefined
        ? this.sessionsByUser.of(of.user)
        : of.connection !== undefined
          ? this.sessionsByConnection.of(of.connection)
          : this.sessionOrder;
    return this.pick(this.maps.sessions, backwards(ids));
  }

  audit(): Iterable<AuditRow> {
    return [...this.maps.audit.values()].reverse();
  }

  /** Makes a change; unknown tables (a journal of a newer version) are refused by TypeError. */
  apply(change: Change): void {
    if ("over" in change) {
      for (const id of change.over) this.markOver(id);
    } else if ("put" in change) {
      this.put(change.table, change.put);
    } else {
      this.drop(change.table, change.drop);
    }
  }

  /** Everything as changes that make it again, in an order that keeps the order of the rows. */
  *snapshot(): Generator<Change> {
    for (const table of Object.keys(this.maps) as TableName[]) {
      for (const put of this.maps[table].values()) yield { table, put } as Change;
    }
  }

  private put<T extends TableName>(table: T, row: Tables[T]): void {
    const map: Map<string, Tables[T]> = this.maps[table];
    const key = keyOf[table](row);
    const before = map.get(key);
    map.set(key, row);
    if (table === "connections") this.connectionsById.set((row as ConnectionRow).id, key);
    if (table === "sessions" && before === undefined) this.indexSession(row as SessionRow);
    if (table === "reviews" && before === undefined) this.indexReview(row as ReviewRow);
    if (table === "audit" && map.size > limits.auditEntries) dropOldest(map);
  }

  private drop(table: TableName, key: string): void {
    if (table === "connections") {
      const row = this.maps.connections.get(key);
      if (row !== undefined) this.connectionsById.delete(row.id);
    }
    if (table === "sessions") this.unindexSession(key);
    this.maps[table].delete(key);
  }

  private markOver(id: string): void {
    const row = this.maps.reviews.get(id);
    if (row !== undefined) this.maps.reviews.set(id, { ...row, over: true });
  }

  private indexSession(row: SessionRow): void {
    this.sessionOrder.push(row.id);
    this.sessionsByUser.add(row.userEmail, row.id);
    this.sessionsByConnection.add(row.connection, row.id);
    if (row.correlationId !== null) this.sessionsByCorrelationId.add(row.correlationId, row.id);
  }

  private unindexSession(id: string): void {
    const row = this.maps.sessions.get(id);
    if (row === undefined) return;
    this.sessionOrder = this.sessionOrder.filter((one) => one !== id);
    this.sessionsByUser.remove(row.userEmail, id);
    this.sessionsByConnection.remove(row.connection, id);
    if (row.correlationId !== null) this.sessionsByCorrelationId.remove(row.correlationId, id);
  }

  private indexReview(row: ReviewRow): void {
    this.reviewBySession.set(row.sessionId, row.id);
    this.reviewsByPair.add(pairOf(row.userEmail, row.connectionId), row.id);
    this.reviewsByUser.add(row.userEmail, row.id);
    this.reviewsByConnection.add(row.connectionId, row.id);
  }

  private *pick<Row>(map: ReadonlyMap<string, Row>, ids: Iterable<string>): Generator<Row> {
    for (const id of ids) {
      const row = map.get(id);
      if (row !== undefined) yield row;
    }
  }
}

/** A person and a connection as one key; an e-mail has no line break. */
export function pairOf(userEmail: string, connectionId: string): string {
  return `${userEmail}\n${connectionId}`;
}

/** Ids under a key, in the order in which they came. */
class Groups {
  private readonly ids = new Map<string, string[]>();

  of(key: string): readonly string[] {
    return this.ids.get(key) ?? [];
  }

  add(key: string, id: string): void {
    const list = this.ids.get(key);
    if (list === undefined) this.ids.set(key, [id]);
    else list.push(id);
  }

  remove(key: string, id: string): void {
    const left = this.of(key).filter((one) => one !== id);
    if (left.length === 0) this.ids.delete(key);
    else this.ids.set(key, left);
  }
}

function* backwards(ids: readonly string[]): Generator<string> {
  for (let at = ids.length - 1; at >= 0; at -= 1) {
    const id = ids[at];
    if (id !== undefined) yield id;
  }
}

function dropOldest(map: Map<string, unknown>): void {
  const oldest = map.keys().next();
  if (oldest.done !== true) map.delete(oldest.value);
}
