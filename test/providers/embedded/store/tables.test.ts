import * as fc from "fast-check";
import type { Change, ReviewRow, SessionRow } from "../../../../providers/embedded/store/rows";
import { MemoryTables } from "../../../../providers/embedded/store/tables";

const emails = ["a@example.com", "b@example.com"];
const connections = ["c1", "c2"];

function session(id: string, user: number, connection: number, correlation: string | null): SessionRow {
  return {
    id,
    userEmail: emails[user] ?? "",
    userName: "",
    connectionId: connections[connection] ?? "",
    connection: `name-${connection}`,
    resourceName: "",
    type: "application",
    subtype: "tcp",
    connectionTags: {},
    verb: "connect",
    status: "open",
    exitCode: null,
    correlationId: correlation,
    metadata: null,
    metrics: null,
    eventSize: 0,
    startDate: 0,
    endDate: null,
    reviewId: null,
  };
}

function review(id: string, of: SessionRow, status: ReviewRow["status"]): ReviewRow {
  return {
    id,
    sessionId: of.id,
    userEmail: of.userEmail,
    connectionId: of.connectionId,
    type: "jit",
    duration: 1,
    status,
    revokeAt: 1,
    createdAt: 0,
    groups: [],
    timeWindow: null,
    ruleName: null,
    minApprovals: null,
    needed: 1,
    forceApprovalGroups: null,
    rejectionReason: null,
    over: false,
  };
}

const history = fc.array(
  fc.record({
    id: fc.nat(9),
    user: fc.nat(1),
    connection: fc.nat(1),
    correlation: fc.option(fc.constantFrom("x", "y")),
    act: fc.constantFrom("session", "review", "revoke", "drop", "over"),
  }),
  { maxLength: 40 },
);

describe("the tables", () => {
  test("answer by index what a walk over all rows answers, also when made again from their snapshot", () => {
    fc.assert(
      fc.property(history, (acts) => {
        const tables = new MemoryTables();
        for (const act of acts) for (const change of changesOf(tables, act)) tables.apply(change);
        expectIndexesToHold(tables);
        const again = new MemoryTables();
        for (const change of tables.snapshot()) again.apply(JSON.parse(JSON.stringify(change)) as Change);
        expectIndexesToHold(again);
        expect([...again.table("sessions").all()]).toEqual([...tables.table("sessions").all()]);
        expect([...again.table("reviews").all()]).toEqual([...tables.table("reviews").all()]);
      }),
    );
  });
});

type Act = Parameters<Parameters<typeof history.map>[0]>[0][number];

function changesOf(tables: MemoryTables, act: Act): readonly Change[] {
  const id = `s${act.id}`;
  const before = tables.table("sessions").get(id);
  const row = before ?? session(id, act.user, act.connection, act.correlation);
  switch (act.act) {
    case "session":
      return [{ table: "sessions", put: { ...row, eventSize: row.eventSize + 1 } }];
    case "review":
      return before === undefined ? [] : [{ table: "reviews", put: review(`r${act.id}`, row, "APPROVED") }];
    case "revoke":
      return before === undefined ? [] : [{ table: "reviews", put: review(`r${act.id}`, row, "REVOKED") }];
    case "drop":
      return tables.reviewOfSession(id) === undefined ? [{ table: "sessions", drop: id }] : [];
    case "over":
      return [{ over: [`r${act.id}`] }];
  }
}

function expectIndexesToHold(tables: MemoryTables): void {
  const sessions = [...tables.table("sessions").all()];
  const reviews = [...tables.table("reviews").all()];
  const newest = [...tables.sessionsNewestFirst()].map((row) => row.id);
  expect(new Set(newest)).toEqual(new Set(sessions.map((row) => row.id)));
  expect(newest).toHaveLength(sessions.length);
  for (const user of emails) {
    const own = newest.filter((id) => tables.table("sessions").get(id)?.userEmail === user);
    expect([...tables.sessionsNewestFirst({ user })].map((row) => row.id)).toEqual(own);
    for (const connection of connections) {
      const pair = reviews.filter((row) => row.userEmail === user && row.connectionId === connection);
      expect(new Set(tables.reviewsOfPair(user, connection))).toEqual(new Set(pair));
    }
  }
  for (const correlation of ["x", "y"]) {
    const found = sessions.filter((row) => row.correlationId === correlation);
    expect(new Set(tables.sessionsByCorrelation(correlation))).toEqual(new Set(found));
  }
}
