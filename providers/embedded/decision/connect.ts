/** May this person connect to this now? One pure function over the rows. */
import type { Behaviour } from "../behaviour";
import type { AccessRuleRow, ConnectionRow, ReviewRow, UserRow } from "../store/rows";
import type { StoreView } from "../store/tables";
import { gateOf } from "./gate";
import { standingOf } from "./grant";
import { isVisible } from "./visibility";

/** Why somebody is not let in. */
export type RefusalReason =
  | "unknown user"
  | "inactive user"
  | "unknown connection"
  | "connect disabled"
  | "no lease"
  | "expired"
  | "cannot guard";

/** The answer to a connect. */
export type ConnectDecision =
  | {
      readonly kind: "enter";
      readonly user: UserRow;
      readonly connection: ConnectionRow;
      /** The grant that counts; undefined where no gate asks for one. */
      readonly review: ReviewRow | undefined;
    }
  | {
      readonly kind: "wait";
      readonly user: UserRow;
      readonly connection: ConnectionRow;
      readonly reviewers: readonly string[];
      readonly needed: number;
      readonly rule: AccessRuleRow | undefined;
    }
  | { readonly kind: "refuse"; readonly reason: RefusalReason };

/** Decides a connect at a time in milliseconds since 1970. Default deny, unless the behaviour says otherwise. */
export function decideConnect(
  view: StoreView,
  ask: { readonly userEmail: string; readonly connection: string },
  nowMs: number,
  behaviour: Behaviour,
): ConnectDecision {
  const user = view.table("users").get(ask.userEmail);
  if (user === undefined) return { kind: "refuse", reason: "unknown user" };
  if (user.status !== "active") return { kind: "refuse", reason: "inactive user" };
  const connection = tryFindConnection(view, ask.connection);
  const seesAll = user.groups.includes("admin");
  if (connection === undefined || !isVisible(view, connection.id, { groups: user.groups, seesAll }))
    return { kind: "refuse", reason: "unknown connection" };
  if (connection.accessModeConnect !== "enabled") return { kind: "refuse", reason: "connect disabled" };
  if (!behaviour.guardrailDropsClient && isSafeguarded(view, connection.id))
    return { kind: "refuse", reason: "cannot guard" };
  return decideByGrant(view, { user, connection }, nowMs, behaviour);
}

/** The connection of this name or id. */
export function tryFindConnection(view: StoreView, nameOrId: string): ConnectionRow | undefined {
  return view.table("connections").get(nameOrId) ?? view.connectionById(nameOrId);
}

/** Whether a guardrail or masking rule hangs on a connection. */
export function isSafeguarded(view: StoreView, connectionId: string): boolean {
  return isGuarded(view, connectionId) || hangsOn(view.table("maskingRules").all(), connectionId);
}

/** Whether a guardrail hangs on a connection. */
export function isGuarded(view: StoreView, connectionId: string): boolean {
  return hangsOn(view.table("guardrails").all(), connectionId);
}

function hangsOn(rules: Iterable<{ readonly connectionIds: readonly string[] }>, connectionId: string): boolean {
  for (const rule of rules) if (rule.connectionIds.includes(connectionId)) return true;
  return false;
}

function decideByGrant(
  view: StoreView,
  pair: { readonly user: UserRow; readonly connection: ConnectionRow },
  nowMs: number,
  behaviour: Behaviour,
): ConnectDecision {
  const { user, connection } = pair;
  const standing = standingOf(view, { userEmail: user.email, connectionId: connection.id }, nowMs, behaviour);
  if (standing.kind === "in force") return { kind: "enter", user, connection, review: standing.review };
  const gate = gateOf(view, connection, user);
  if (gate.kind === "open" && behaviour.ungatedIsOpen) return { kind: "enter", user, connection, review: undefined };
  if (gate.kind === "closed" && behaviour.connectWithoutGrantWaits) {
    return { kind: "wait", user, connection, reviewers: gate.reviewers, needed: gate.needed, rule: gate.rule };
  }
  return { kind: "refuse", reason: standing.kind === "expired" ? "expired" : "no lease" };
}
