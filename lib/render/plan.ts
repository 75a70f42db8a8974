import type { Instant } from "../model/instant";
import { planDocument, type Plan } from "../model/plan";
import { canonicalJsonText } from "./json";
import { planComment } from "./plan-markdown";
import { planAsText } from "./plan-text";

/** How a plan is told, and what that depends on besides the plan. */
export interface PlanOptions {
  readonly format: "text" | "json" | "markdown";
  /** Only for text; never the only sign of anything. */
  readonly colour?: boolean;
  readonly now: Instant;
  /** What the policy is called, e.g. `main@c41d`. */
  readonly policy?: { readonly name: string };
}

/** A plan in one format, without a line break at its end; `planComment` also says whether Markdown had room for all of it. */
export function renderPlan(plan: Plan, options: PlanOptions): string {
  switch (options.format) {
    case "text":
      return planAsText(plan, { ...options, colour: options.colour ?? false });
    case "json":
      return planAsJson(plan);
    case "markdown":
      return planComment(plan, options).text;
  }
}

/**
 * A plan for programs and plan files, schemas/plan.v1.json: canonical JSON of the plan and its
 * `digest`, the same bytes for the same plan.
 */
export function planAsJson(plan: Plan): string {
  return canonicalJsonText(planDocument(plan));
}
