import type { Action, ConfigurationAction, LeaseAction } from "../model/action";
import { assertNever } from "../model/exhaustive";
import { actionKey } from "./action-key";
import { compareText } from "./context";

/**
 * Sorts Actions into the order of a pass: endings, narrowing changes, rejections; then the gate
 * before the Connections behind it, safeguards before what they hang on and after what they hung on;
 * then what keeps or gives access.
 */
export function sortActions(actions: readonly Action[]): readonly Action[] {
  return actions
    .map((action) => ({ action, stage: stageOf(action), key: sortKey(action) }))
    .sort((a, b) => a.stage - b.stage || compareText(a.key, b.key))
    .map(({ action }) => action);
}

function stageOf(action: Action): number {
  return action.family === "lease" ? leaseStage(action) : 10 + configurationStage(action);
}

function leaseStage(action: LeaseAction): number {
  switch (action.kind) {
    case "end":
      return 0;
    case "reject":
      return 2;
    case "activate":
      return 21;
    case "change":
      return action.direction === "narrows" ? 1 : action.direction === "neutral" ? 20 : 22;
    default:
      return assertNever(action.kind);
  }
}

function configurationStage({ kind, subject }: ConfigurationAction): number {
  switch (subject.kind) {
    case "gate":
      return 0;
    case "guardrail":
    case "maskingRule":
      return kind === "delete" ? 4 : 1;
    case "connection":
      return kind === "delete" ? 3 : 2;
    case "user":
      return 5;
    default:
      return assertNever(subject.kind);
  }
}

function sortKey(action: Action): string {
  const request = action.family === "lease" ? (action.subject.request ?? "") : "";
  return `${action.gateway} ${request} ${actionKey(action)}`;
}
