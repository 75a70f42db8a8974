import type { LeaseAction } from "../model/action";
import { accessWords } from "../policy";
import { pairKey, type PlanContext } from "./context";
import { isHeld } from "./held-grants";
import type { LeaseDraft } from "./lease-action";

/**
 * Fills in, for every lease Action, what its person can do on its Resource before and after the
 * Plan, by the Log: `none -> write (orders-4711 via db-writers)`.
 */
export function withEffectiveAccess(context: PlanContext, drafts: readonly LeaseDraft[]): readonly LeaseAction[] {
  const ways = new Map<string, Ways>();
  for (const draft of drafts) ways.set(keyOf(draft.subject), { before: [], after: [] });
  const ending = new Set(drafts.flatMap((draft) => (draft.kind === "end" ? [draft.subject.grant] : [])));
  for (const grant of context.state.grants.values()) {
    if (!isHeld(grant) || grant.phase !== "active") continue;
    const { facts } = grant;
    const way = ways.get(keyOf(facts));
    if (way === undefined) continue;
    const held = { level: facts.level, how: facts.request };
    way.before.push(held);
    if (!ending.has(facts.grant)) way.after.push(held);
  }
  for (const draft of drafts) {
    if (draft.direction !== "widens") continue;
    const { level, request = "" } = draft.subject;
    const via = draft.via === undefined ? "" : ` via ${draft.via}`;
    ways.get(keyOf(draft.subject))?.after.push({ level, how: `${request}${via}` });
  }
  // Said once for all Actions of a person on a Resource: they may be thousands.
  const words = new Map<string, LeaseAction["effective"]>();
  for (const [key, { before, after }] of ways)
    words.set(key, { before: accessWords(before), after: accessWords(after) });
  return drafts.map(({ via: _via, ...draft }) => {
    const effective = words.get(keyOf(draft.subject)) ?? { before: accessWords([]), after: accessWords([]) };
    return { ...draft, effective };
  });
}

interface Ways {
  readonly before: { readonly level: string; readonly how: string }[];
  readonly after: { readonly level: string; readonly how: string }[];
}

function keyOf(subject: { readonly person: string; readonly resource: string }): string {
  return pairKey("", subject.person, subject.resource);
}
