import { saturated } from "../../render/support/saturated";
import { now } from "../../render/support/plans";

/** The language that an output is read in. */
export type Medium = "text" | "json" | "json lines" | "markdown" | "html" | "csv" | "github" | "sarif";

/** One output and what a program reads from it. */
export interface View {
  readonly name: string;
  readonly medium: Medium;
  readonly output: string;
  /** What JSON must say after parsing. */
  readonly value?: unknown;
}

/** The renderers, loaded by the caller: with the escaper or without it. */
export function loadRenderers() {
  return {
    ...(require("../../../lib/render/approval") as typeof import("../../../lib/render/approval")),
    ...(require("../../../lib/render/policy") as typeof import("../../../lib/render/policy")),
    ...(require("../../../lib/render/rebuilt") as typeof import("../../../lib/render/rebuilt")),
    ...(require("../../../lib/render/decision") as typeof import("../../../lib/render/decision")),
    ...(require("../../../lib/render/diagnostics") as typeof import("../../../lib/render/diagnostics")),
    ...(require("../../../lib/render/explanation") as typeof import("../../../lib/render/explanation")),
    ...(require("../../../lib/render/findings") as typeof import("../../../lib/render/findings")),
    ...(require("../../../lib/render/log-records") as typeof import("../../../lib/render/log-records")),
    ...(require("../../../lib/render/pass") as typeof import("../../../lib/render/pass")),
    ...(require("../../../lib/render/plan") as typeof import("../../../lib/render/plan")),
    ...(require("../../../lib/render/status") as typeof import("../../../lib/render/status")),
    ...(require("../../../lib/render/status-html") as typeof import("../../../lib/render/status-html")),
    ...(require("../../../lib/render/verification") as typeof import("../../../lib/render/verification")),
  };
}

/** Every view of everything, with one text wherever somebody else's words can stand. */
export function viewsOf(renderers: ReturnType<typeof loadRenderers>, text: string): readonly View[] {
  const all = saturated(text);
  const textOptions = { format: "text", colour: false, columns: 160, now } as const;
  const json = { format: "json", now } as const;
  const r = renderers;
  return [
    { name: "plan", medium: "text", output: r.renderPlan(all.plan, { ...textOptions, policy: { name: text } }) },
    { name: "plan", medium: "json", output: r.renderPlan(all.plan, json) },
    {
      name: "plan",
      medium: "markdown",
      output: r.renderPlan(all.plan, { format: "markdown", now, policy: { name: text } }),
    },
    { name: "plan of many", medium: "text", output: r.renderPlan(all.crowd, textOptions) },
    { name: "plan of many", medium: "markdown", output: r.renderPlan(all.crowd, { format: "markdown", now }) },
    { name: "status", medium: "text", output: r.renderStatus(all.report, textOptions) },
    { name: "status", medium: "json", output: r.renderStatus(all.report, json), value: all.report },
    { name: "status", medium: "csv", output: r.renderStatus(all.report, { format: "csv", now }) },
    { name: "status", medium: "html", output: r.renderStatusHtml(all.report, { now }) },
    { name: "explanation", medium: "text", output: r.renderExplanation(all.explanation, textOptions) },
    { name: "explanation", medium: "json", output: r.renderExplanation(all.explanation, json), value: all.explanation },
    { name: "decision", medium: "text", output: r.renderDecision(all.decision, textOptions) },
    { name: "log show", medium: "text", output: r.renderLogRecords(all.records, textOptions) },
    { name: "log show", medium: "json lines", output: r.renderLogRecords(all.records, json), value: all.records },
    { name: "log verify", medium: "text", output: r.renderVerification(all.fault, { format: "text", where: text }) },
    { name: "doctor", medium: "text", output: r.renderFindings(all.findings, textOptions) },
    { name: "pass", medium: "text", output: r.renderPassReport(all.pass, textOptions) },
    { name: "policy show", medium: "text", output: r.renderPolicy(all.policy, textOptions) },
    { name: "policy show", medium: "json", output: r.renderPolicy(all.policy, json) },
    { name: "log rebuild", medium: "text", output: r.renderRebuilt(all.rebuilt, textOptions) },
    { name: "log rebuild", medium: "json", output: r.renderRebuilt(all.rebuilt, json) },
    { name: "approve", medium: "text", output: r.renderApproval(all.approval, textOptions) },
    { name: "approve", medium: "json", output: r.renderApproval(all.approval, json) },
    { name: "diagnostics", medium: "text", output: r.renderDiagnostics(all.diagnostics, { format: "text" }) },
    { name: "diagnostics", medium: "json", output: r.renderDiagnostics(all.diagnostics, { format: "json" }) },
    { name: "diagnostics", medium: "sarif", output: r.renderDiagnostics(all.diagnostics, { format: "sarif" }) },
    { name: "diagnostics", medium: "github", output: r.renderDiagnostics(all.diagnostics, { format: "github" }) },
  ];
}
