import * as fc from "fast-check";
import { AccessApp, AccessRequest, AccessStack, Approval, Connection, Duration, Group, User } from "../../lib/index";
import { parseRequest, writeRequest } from "../../lib/request";
import { requestEntry } from "../../lib/synth/requests";

const stack = () => new AccessStack(new AccessApp({ policyApproval: Approval.of(1, Group.named("team")) }), "asks");

describe("a request as a construct", () => {
  test("has the canonical value of the request file that says the same", () => {
    const construct = new AccessRequest(stack(), "orders-inc-4711", {
      for: [User.named("dev@example.com"), Group.named("sre"), User.named("dev@example.com")],
      access: [Connection.named("orders-db/write"), Connection.named("orders-db/read")],
      duration: Duration.hours(2),
      startBefore: "2026-11-25T19:00:00+01:00",
      startAfter: new Date(Date.UTC(2026, 10, 25, 16)),
      reason: "  INC-4711: find the orders\n  stuck in payment ",
      ticket: "INC-4711",
      rule: "orders-read",
    });
    const text = [
      "apiVersion: leasehold/v1",
      "kind: AccessRequest",
      "metadata: { name: orders-inc-4711 }",
      "spec:",
      "  for: [group:sre, dev@example.com]",
      "  access: [orders-db/read, orders-db/write]",
      "  duration: PT2H",
      "  startBefore: 2026-11-25T18:00:00Z",
      "  startAfter: 2026-11-25T16:00:00Z",
      '  reason: "INC-4711: find the orders stuck in payment"',
      "  ticket: INC-4711",
      "  rule: orders-read",
    ].join("\n");
    const parsed = parseRequest({ file: "r.yaml", text });
    expect(parsed).toEqual({ kind: "request", request: requestEntry(construct) });
  });

  test("takes every reason that a request file takes, and means the same by it", () => {
    const reason = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.string({ unit: fc.constantFrom("a", " ", "\n", "\t", "\u00a0", "\u200b", "é", "\u{1f600}"), maxLength: 8 }),
    );
    fc.assert(
      fc.property(reason, (text) => {
        expect(constructReason(text)).toBe(fileReason(text));
      }),
    );
  });
});

const rest = {
  for: User.named("a@example.com"),
  access: [Connection.named("db/read")],
  startBefore: "2026-11-25T18:00:00Z",
};

function constructReason(reason: string): string | undefined {
  try {
    return new AccessRequest(stack(), "r", { ...rest, reason }).reason;
  } catch {
    return undefined;
  }
}

function fileReason(reason: string): string | undefined {
  const value = { name: "r", for: ["a@example.com"], access: ["db/read"], startBefore: "2026-11-25T18:00:00.000Z" };
  const parsed = parseRequest({ file: "r.yaml", text: writeRequest({ ...value, reason }) });
  return parsed.kind === "request" ? parsed.request.reason : undefined;
}
