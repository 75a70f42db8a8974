import { diagnostic, type Diagnostic } from "../../lib/errors";
import type { PassOutcome, PassReportOf } from "../../lib/model/pass";
import { renderFindings } from "../../lib/render/findings";
import { passSummary, renderPassEvent, renderPassReport } from "../../lib/render/pass";
import { expectGolden } from "./support/golden";
import { now, waitingGrant } from "./support/plans";
import { at } from "./support/reports";

const about = {
  gateway: "production",
  person: "alice@example.com",
  connection: "orders-db/write",
  request: "orders-inc-4711",
};

const kinds: readonly PassOutcome[] = [
  { ...about, kind: "ended", result: "done", reason: "expired", sessionsCut: 2 },
  { ...about, kind: "stray ended", result: "done", reason: "held without a record", sessionsCut: 1 },
  {
    kind: "configured",
    result: "done",
    reason: "declared",
    gateway: "production",
    subject: { kind: "connection", name: "orders-db-write" },
  },
  { ...about, kind: "rejected", result: "done", reason: "too late" },
  { ...about, kind: "changed", result: "done", reason: "extended", end: at(240) },
  { ...about, kind: "activated", result: "done", reason: "requested", end: at(120), worstCaseEnd: at(240) },
];
const results: readonly PassOutcome["result"][] = ["done", "unrecorded", "refused", "unknown", "planned"];
const everyOutcome = kinds.flatMap((one) =>
  results.map((result): PassOutcome => ({
    ...one,
    result,
    ...(result === "refused" ? { detail: "the gateway said 500" } : {}),
  })),
);

function aPass(parts: Partial<PassReportOf<Diagnostic>> = {}): PassReportOf<Diagnostic> {
  return {
    outcomes: [],
    refusals: [],
    waiting: [],
    approvals: [],
    overdue: [],
    unrecorded: [],
    errors: [],
    exitCodes: [],
    recorded: 0,
    effects: 0,
    left: 0,
    ...parts,
  };
}

const troubled = aPass({
  outcomes: kinds,
  overdue: [{ ...about, since: at(-12), why: "the gateway said 500" }],
  waiting: [waitingGrant()],
  approvals: [
    { request: "erin-tonight", grants: [], rule: "orders-write", steps: ["1 of orders-leads", "1 of security"] },
  ],
  refusals: [{ request: "eve", reason: "no rule", sentence: "No rule lets eve ask.", fix: "ask for orders-db/read" }],
  unrecorded: kinds.slice(0, 1),
  left: 3,
});

describe("a pass", () => {
  test.each([
    { name: "nothing", report: aPass() },
    { name: "every-outcome", report: aPass({ outcomes: everyOutcome }) },
    { name: "troubled", report: troubled },
  ])("of $name is what its golden file says", ({ name, report }) => {
    expectGolden(`pass-${name}.txt`, renderPassReport(report, { format: "text", now }));
  });

  test("says what is overdue before all else and the counts last", () => {
    const lines = renderPassReport(troubled, { format: "text", now }).split("\n");
    expect(lines[0]).toMatch(/^Overdue/);
    expect(lines.at(-1)).toBe(passSummary(troubled));
  });

  test("does not tell again what was told while it ran", () => {
    const text = renderPassReport(troubled, { format: "text", now, told: true });
    expect(text).not.toContain("2 sessions cut");
    expect(text).toContain("12 min overdue");
  });

  test("never says of an ending that was refused that it ended", () => {
    for (const kind of ["ended", "stray ended"] as const) {
      const outcome = { ...about, kind, result: "refused", reason: "expired" } as const;
      expect(renderPassEvent({ kind: "outcome", outcome }, { now })).toContain("NOT ended");
    }
  });

  test("tells steps, outcomes and trouble on their own lines, and leaves progress to the bar", () => {
    const trouble = diagnostic("E503", { detail: "500", fix: "wait" });
    expect(renderPassEvent({ kind: "step", step: "observe" }, { now })).toBe("observe");
    expect(renderPassEvent({ kind: "trouble", diagnostic: trouble }, { now })).toContain("error E503");
    expect(renderPassEvent({ kind: "progress", of: "grants", done: 1, total: 2 }, { now })).toBeUndefined();
  });

  test("is the same as JSON", () => {
    const value: unknown = JSON.parse(renderPassReport(troubled, { format: "json", now }));
    expect(value).toEqual(JSON.parse(JSON.stringify({ passVersion: 1, ...troubled })));
  });
});

describe("findings", () => {
  const findings = [
    { name: "clock", verdict: "good", sentence: "The gateway's clock agrees." },
    { name: "store", verdict: "unknown", sentence: "The store could not be asked.", fix: "try again" },
    { name: "keys", verdict: "weak", sentence: "One key observes and writes.", fix: "give it two" },
    { name: "gate", verdict: "bad", sentence: "The gate is off.", fix: "leasehold apply" },
  ] as const;

  test("come with the worst first, a mark, a word and a fix", () => {
    expectGolden("findings.txt", renderFindings(findings, { format: "text" }));
  });

  test("as JSON are in the same order", () => {
    const value = JSON.parse(renderFindings(findings, { format: "json" })) as { findings: { name: string }[] };
    expect(value.findings.map((one) => one.name)).toEqual(["gate", "keys", "store", "clock"]);
  });
});

test("a worst case is told only where it is later than the end", () => {
  const told = (worstCaseEnd: PassOutcome["worstCaseEnd"] & string): string | undefined =>
    renderPassEvent(
      {
        kind: "outcome",
        outcome: { ...about, kind: "activated", result: "done", reason: "requested", end: at(120), worstCaseEnd },
      },
      { now },
    );
  expect(told(at(240))).toContain("at the worst");
  expect(told(at(120))).not.toContain("at the worst");
  expect(told(at(119))).not.toContain("at the worst");
});
