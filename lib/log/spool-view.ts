import type { Actor } from "../model/actor";
import type { OptOut } from "../model/approval";
import type { EndReason, GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { GrantState, LogState } from "../model/log-state";
import type { SpooledOutcome, SpoolEntry } from "../model/record";
import { OverlayMap } from "./overlay-map";
import { foldedEnding, isFolded } from "./spool-key";

/** An ending that waits in the spool to be recorded; it holds already. */
export interface SpooledEnding {
  readonly spool: string;
  readonly grant: GrantId;
  readonly reason: EndReason;
  readonly by: Actor;
  readonly at: Instant;
  readonly note?: string;
  /** It is out at its gateway already. */
  readonly outcome?: SpooledOutcome;
}

/** What the spool says beyond the chain. */
export interface SpoolView {
  /** Entries of which something is not in the chain yet, in the order of their times. */
  readonly waiting: readonly SpoolEntry[];
  /** Entries that are in the chain wholly: they may be removed from the spool. */
  readonly done: readonly SpoolEntry[];
  /** The first ending per Grant, also of Grants that the Log has not met: those must not start. */
  readonly endings: ReadonlyMap<GrantId, SpooledEnding>;
  readonly optOuts: readonly { readonly spool: string; readonly optOut: OptOut }[];
  readonly freeze?: { readonly spool: string; readonly by: Actor; readonly at: Instant; readonly note: string };
}

/** Sorts the spool's entries by what of them the chain does not have yet. */
export function viewSpool(folded: ReadonlySet<string>, entries: readonly SpoolEntry[]): SpoolView {
  const sorted = entries.toSorted((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
  const waiting = sorted.filter((entry) => !isFolded(folded, entry));
  const done = sorted.filter((entry) => isFolded(folded, entry));
  const endings = new Map<GrantId, SpooledEnding>();
  const optOuts: { readonly spool: string; readonly optOut: OptOut }[] = [];
  let freeze: SpoolView["freeze"];
  for (const { id, at, body } of waiting) {
    if (body.kind === "opt-out") optOuts.push({ spool: id, optOut: body.optOut });
    else if (body.kind === "freeze") freeze ??= { spool: id, by: body.by, at, note: body.note };
    else {
      const { grants, kind: _kind, done: carriedOut = [], ...rest } = body;
      const outcomes = new Map(carriedOut.map((outcome) => [outcome.grant, outcome]));
      for (const grant of grants) {
        if (folded.has(foldedEnding(id, grant))) continue;
        const known = endings.get(grant);
        const outcome = known?.outcome ?? outcomes.get(grant);
        // The first that asked for it is who ended it, whoever carried it out.
        if (known === undefined || known.outcome !== outcome)
          endings.set(grant, {
            ...(known ?? { spool: id, grant, at, ...rest }),
            ...(outcome === undefined ? {} : { outcome }),
          });
      }
    }
  }
  return { waiting, done, endings, optOuts, ...(freeze === undefined ? {} : { freeze }) };
}

/** The state with what the spool says put over it; the state itself when that is nothing. */
export function withSpool(state: LogState, spool: SpoolView): LogState {
  if (spool.waiting.length === 0) return state;
  const grants = new OverlayMap(
    state.grants,
    new Map([...spool.endings].map(([id, ending]) => [id, (below: GrantState | undefined) => ended(below, ending)])),
  );
  const optOuts = new OverlayMap(
    state.optOuts,
    new Map(spool.optOuts.map(({ optOut }) => [optOut.id, (below: OptOut | undefined) => below ?? optOut])),
  );
  const frozen = state.frozen ?? spool.freeze;
  return { ...state, grants, optOuts, ...(frozen === undefined ? {} : { frozen }) };
}

function ended(grant: GrantState | undefined, spooled: SpooledEnding): GrantState | undefined {
  if (grant === undefined || grant.ending !== undefined) return grant;
  if (grant.phase !== "active" && grant.phase !== "activating") return grant;
  return { ...grant, ending: { reason: spooled.reason, by: spooled.by, since: spooled.at } };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
