import type { Action } from "../model/action";
import { digestOf } from "../model/canonical";
import { objectKey } from "../model/gateway-object";

/**
 * The stable identity of an Action: two Plans mean the same change by the same key. For
 * configuration it covers the value written, for a lease whose it is and what happens to it.
 */
export function actionKey(action: Action): string {
  if (action.family === "configuration") {
    const value = action.after === null ? "" : digestOf(action.after);
    return `configuration ${action.kind} ${objectKey(action.gateway, action.subject)} ${value}`;
  }
  const { gateway, kind, subject } = action;
  return `lease ${kind} ${gateway} ${subject.gatewayName} ${subject.person} ${subject.grant ?? ""}`;
}
