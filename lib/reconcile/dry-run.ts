import { dueEndings } from "./due";
import { grantOutcome } from "./outcome";
import { dueTimes, type Pass } from "./pass-state";
import type { PlannedWork } from "./plan-pass";
import type { PassOutcome } from "./report";

/** Tells what a pass would do, and does none of it. */
export function tellDryRun(pass: Pass, work: PlannedWork): void {
  const due = dueEndings(pass.journal.state, pass.journal.spool, dueTimes(pass));
  for (const { grant, reason } of due) pass.report.outcome(grantOutcome("ended", grant, { result: "planned", reason }));
  const told = new Set(due.map(({ grant }) => grant.facts.grant));
  for (const action of work.actions) {
    if (action.family === "configuration") {
      const { gateway, subject, reason } = action;
      pass.report.outcome({ kind: "configured", result: "planned", gateway, subject, reason });
      continue;
    }
    const { grant, request, person, connection } = action.subject;
    if (grant !== undefined && told.has(grant)) continue;
    pass.report.outcome({
      kind: kindOf(action.kind, action.reason === "held without a record"),
      result: "planned",
      gateway: action.gateway,
      person,
      connection,
      reason: action.reason,
      ...(grant === undefined ? {} : { grant }),
      ...(request === undefined ? {} : { request }),
    });
  }
}

function kindOf(kind: "activate" | "change" | "end" | "reject", isStray: boolean): PassOutcome["kind"] {
  switch (kind) {
    case "activate":
      return "activated";
    case "change":
      return "changed";
    case "end":
      return isStray ? "stray ended" : "ended";
    case "reject":
      return "rejected";
  }
}
