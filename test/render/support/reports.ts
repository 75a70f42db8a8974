import { grantId } from "../../../lib/model/grant";
import { plusSeconds } from "../../../lib/model/instant";
import type { AccessReport, AccessRow } from "../../../lib/model/report";
import { installation, now } from "./plans";

/** Minutes from now, as an instant. */
export const at = (minutes: number) => plusSeconds(now, minutes * 60);

/** A report of nothing, with what is given. */
export function aReport(parts: Partial<AccessReport> = {}): AccessReport {
  return {
    reportVersion: 1,
    at: now,
    installation,
    head: { sequence: 42, hash: "a1b2c3d4".repeat(8), epoch: 3 },
    verified: true,
    rows: [],
    optOuts: [],
    ...parts,
  };
}

/** An active grant of alice on orders-db that ends in an hour, with what is given. */
export function aRow(parts: Partial<AccessRow> = {}): AccessRow {
  const { person = "alice@example.com", resource = "orders-db", level = "write", request = "orders-inc-4711" } = parts;
  const connection = parts.connection ?? `${resource}/${level}`;
  return {
    grant: grantId({ installation, request, person, connection }),
    request,
    person,
    connection,
    resource,
    level,
    class: "critical",
    gateway: "production",
    phase: "active",
    activatedAt: at(-60),
    end: at(60),
    worstCaseEnd: at(60),
    reason: "INC-4711: find the orders stuck in payment",
    ticket: "INC-4711",
    rule: "orders-write",
    approvers: ["carol@example.com", "dan@example.com"],
    approvedBy: "people",
    sequence: 40,
    ...parts,
  };
}

/** A grant that never began to last: without the times that an active one has. */
export function pendingRow(parts: Partial<AccessRow> = {}): AccessRow {
  const {
    activatedAt: _,
    end: __,
    worstCaseEnd: ___,
    approvedBy: ____,
    ...rest
  } = aRow({ phase: "pending", approvers: [] });
  return { ...rest, startBefore: at(180), waitsFor: "approval", ...parts };
}

/** One row of every state there is. */
export function everyState(): AccessReport {
  return aReport({
    rows: [
      aRow({ person: "olga@example.com", end: at(-10), request: "olga-late" }),
      aRow({ person: "bob@example.com", end: at(9), request: "bob-soon", level: "read" }),
      aRow(),
      aRow({
        person: "service:ci-migrations",
        resource: "staging-cache",
        level: "admin",
        class: "low",
        request: "ci-nightly",
        end: at(300),
        approvers: [],
        approvedBy: "automatic",
        reason: "nightly migration",
      }),
      pendingRow({ phase: "activating", person: "ivan@example.com", request: "ivan-now", end: at(120) }),
      pendingRow({ person: "erin@example.com", request: "erin-tonight" }),
      aRow({
        phase: "ended",
        person: "frank@example.com",
        request: "frank-done",
        activatedAt: at(-240),
        end: at(-30),
        endedAt: at(-90),
        endReason: "given back",
      }),
      pendingRow({ phase: "rejected", person: "gina@example.com", request: "gina-late", rejectReason: "too late" }),
    ],
    optOuts: [
      {
        id: "opt-1",
        person: "henry@example.com",
        from: { kind: "class", class: "critical" },
        by: { id: "henry@example.com", authenticatedBy: "gateway" },
        at: at(-6000),
      },
    ],
  });
}
