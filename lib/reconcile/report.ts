import { asDiagnostics, catalogue, exitCodes, type Diagnostic, diagnostic } from "../errors";
import type { Plan } from "../model/plan";
import type { OverdueEnding, PassEventOf, PassOutcome, PassReportOf } from "../model/pass";

export type { OverdueEnding, PassOutcome } from "../model/pass";

/** What a pass tells while it runs. */
export type PassEvent = PassEventOf<Diagnostic>;

/** What a pass did and did not do. */
export type PassReport = PassReportOf<Diagnostic>;

/** Gathers the report of one pass, and tells it as it grows. */
export class ReportBuilder {
  plan: Plan | undefined;
  effects = 0;
  left = 0;
  /** Codes that hold besides those of the errors. */
  private readonly codes = new Set<number>();
  private readonly outcomes: PassOutcome[] = [];
  private readonly errors = new Map<string, Diagnostic>();
  /** Grants whose ending the next writer records from the spool. */
  private readonly inSpool = new Set<string>();
  private readonly overdue = new Map<string, OverdueEnding>();

  constructor(private readonly tell: (event: PassEvent) => void) {}

  step(step: string): void {
    this.tell({ kind: "step", step });
  }

  progress(of: string, done: number, total: number): void {
    this.tell({ kind: "progress", of, done, total });
  }

  outcome(outcome: PassOutcome): void {
    this.outcomes.push(outcome);
    this.tell({ kind: "outcome", outcome });
  }

  /** Adds an error once, however often it is met; what is no error of ours becomes E900. */
  trouble(thrown: unknown): void {
    this.add(asDiagnostics(thrown));
  }

  /** The same for what stops nothing: told as a warning, without an exit code of its own. */
  remark(thrown: unknown): void {
    this.add(asDiagnostics(thrown).map((one) => ({ ...one, severity: "warning" })));
  }

  private add(found: readonly Diagnostic[]): void {
    for (const one of found) {
      const key = `${one.code} ${one.summary} ${one.detail ?? ""}`;
      if (this.errors.has(key)) continue;
      this.errors.set(key, one);
      this.tell({ kind: "trouble", diagnostic: one });
    }
  }

  /** Adds an exit code for what the plan says in its own words. */
  exitCode(code: number): void {
    this.codes.add(code);
  }

  /** Takes note that endings are durable in the spool: that they are not in the chain yet is no trouble. */
  spooled(grants: readonly string[]): void {
    for (const grant of grants) this.inSpool.add(grant);
  }

  isOverdue(ending: OverdueEnding): void {
    this.overdue.set(overdueKey(ending), ending);
  }

  /** Takes back what was overdue at first and ended after all. */
  noLongerOverdue(ending: Pick<OverdueEnding, "gateway" | "person" | "connection" | "grant">): void {
    this.overdue.delete(overdueKey(ending));
  }

  /** The report so far. `isDurable`: what is not in the chain yet is in the spool, and so is no trouble. */
  build(log: { readonly recorded: number; readonly isDurable?: boolean }): PassReport {
    const overdue = [...this.overdue.values()];
    const outcomes = withoutSuperseded(this.outcomes);
    const unrecorded = outcomes.filter((outcome) => outcome.result === "unrecorded");
    const errors = [
      ...this.errors.values(),
      ...overdue.map(overdueDiagnostic),
      ...(log.isDurable === true ? [] : unrecordedDiagnostics(unrecorded.filter((one) => !this.isInSpool(one)))),
    ];
    const codes = errors.filter((one) => one.severity === "error").map((one) => exitCodes[catalogue[one.code].class]);
    return {
      ...(this.plan === undefined ? {} : { plan: this.plan }),
      outcomes,
      refusals: this.plan?.refusals ?? [],
      waiting: this.plan?.waiting ?? [],
      approvals: this.plan?.approvals ?? [],
      overdue,
      unrecorded,
      errors,
      exitCodes: [...new Set([...codes, ...this.codes])],
      recorded: log.recorded,
      effects: this.effects,
      left: this.left,
    };
  }

  private isInSpool({ kind, grant }: PassOutcome): boolean {
    return kind === "ended" && grant !== undefined && this.inSpool.has(grant);
  }
}

function overdueKey(ending: Pick<OverdueEnding, "gateway" | "person" | "connection" | "grant">): string {
  return JSON.stringify([ending.gateway, ending.person, ending.connection, ending.grant]);
}

function overdueDiagnostic(ending: OverdueEnding): Diagnostic {
  return diagnostic("E505", {
    detail: `${ending.person} on ${ending.connection} at gateway ${ending.gateway} since ${ending.since}: ${ending.why}`,
    fix: "leasehold reconcile tries again; if it stays, end it at the gateway by hand",
  });
}

/** What was carried out first and recorded later stands there once. */
function withoutSuperseded(outcomes: readonly PassOutcome[]): readonly PassOutcome[] {
  if (!outcomes.some((one) => one.result === "unrecorded")) return [...outcomes];
  const ended = outcomes.filter((one) => one.kind === "ended" && one.result === "done");
  const recorded = new Set(ended.map((one) => one.grant));
  return outcomes.filter((one) => one.kind !== "ended" || one.result === "done" || !recorded.has(one.grant));
}

function unrecordedDiagnostics(unrecorded: readonly PassOutcome[]): readonly Diagnostic[] {
  const isEnding = (one: PassOutcome): boolean => one.kind === "ended" || one.kind === "stray ended";
  const fix =
    "make the Log writable (disk, permissions, the other writer), then run leasehold reconcile: it records them";
  const endings = unrecorded.filter(isEnding);
  const others = unrecorded.filter((one) => !isEnding(one));
  return [
    ...(endings.length === 0 ? [] : [diagnostic("E509", { detail: namesOf(endings), fix })]),
    ...(others.length === 0
      ? []
      : [diagnostic("E506", { summary: "carried out, but not yet recorded", detail: namesOf(others), fix })]),
  ];
}

function namesOf(outcomes: readonly PassOutcome[]): string {
  const named = outcomes.slice(0, 3).map((one) => `${one.person ?? ""} on ${one.connection ?? ""}`);
  const more = outcomes.length > named.length ? ` and ${outcomes.length - named.length} more` : "";
  return `${named.join(", ")}${more}`;
}
