import { isHeld } from "../log/held-grants";
import type { GrantId } from "../model/grant";
import type { Instant } from "../model/instant";
import type { GrantState, LogState } from "../model/log-state";
import type { PersonId } from "../model/names";
import type { ObservedLease } from "../model/observed";
import type { LogStore } from "../ports";
import { desiredState } from "../policy";
import { readRequests, tryReadPolicy } from "./stored";

/**
 * Which access is meant. `grants`, `request` and `who` also mean what has not begun yet; `on` (a
 * Resource or a Connection) and `all` mean what is there now: `freeze` keeps the rest away.
 */
export type EndSelection =
  | { readonly kind: "grants"; readonly grants: readonly GrantId[] }
  | { readonly kind: "request"; readonly request: string }
  | { readonly kind: "who"; readonly person: PersonId }
  | { readonly kind: "on"; readonly subject: string }
  | { readonly kind: "all" };

/** The held Grants that a selection means. */
export function selectHeld(state: LogState, select: EndSelection): readonly GrantState[] {
  return [...state.grants.values()].filter((grant) => isHeld(grant) && isMeant(grant, select));
}

/** The ids of Grants that a selection means and that have not begun, by policy and requests in the Log. */
export async function selectPending(
  world: { readonly store: LogStore; readonly installation: string },
  state: LogState,
  select: EndSelection,
  asOf: Instant,
): Promise<readonly GrantId[]> {
  if (select.kind === "on" || select.kind === "all") return [];
  if (select.kind === "grants" && select.grants.every((id) => isBegun(state, id))) return [];
  const policy = await tryReadPolicy(world.store, state);
  if (policy === undefined) return [];
  const requests = await readRequests(world.store, state);
  const { installation } = world;
  const desired = desiredState({ installation, manifest: policy.manifest, requests, asOf, state });
  return desired.grants
    .filter(({ id, person, request }) => {
      if (isBegun(state, id)) return false;
      switch (select.kind) {
        case "grants":
          return select.grants.includes(id);
        case "request":
          return select.request === request;
        case "who":
          return select.person === person;
      }
    })
    .map(({ id }) => id);
}

/** Whether a selection means a lease, as far as the gateway shows what it is. */
export function isLeaseMeant(lease: ObservedLease, select: EndSelection): boolean {
  switch (select.kind) {
    case "grants":
      return lease.correlation !== undefined && select.grants.includes(lease.correlation.grant);
    case "request":
      return false;
    case "who":
      return lease.person === select.person;
    case "on":
      return isOn(lease.connection, select.subject);
    case "all":
      return true;
  }
}

/** A selection in words. */
export function selectionWords(select: EndSelection): string {
  switch (select.kind) {
    case "grants":
      return `grant ${select.grants.slice(0, 3).join(", ")}`;
    case "request":
      return `request ${select.request}`;
    case "who":
      return `anything of ${select.person}`;
    case "on":
      return `anything on ${select.subject}`;
    case "all":
      return "anything at all";
  }
}

function isMeant({ facts }: GrantState, select: EndSelection): boolean {
  switch (select.kind) {
    case "grants":
      return select.grants.includes(facts.grant);
    case "request":
      return facts.request === select.request;
    case "who":
      return facts.person === select.person;
    case "on":
      return [facts.resource, facts.connection, facts.gatewayName].includes(select.subject);
    case "all":
      return true;
  }
}

function isBegun(state: LogState, id: GrantId): boolean {
  const known = state.grants.get(id);
  return known !== undefined && known.phase !== "pending";
}

/** By the default gateway name, `<resource>-<level>`, since a gateway knows no Resources. */
function isOn(gatewayName: string, subject: string): boolean {
  const name = subject.replace("/", "-");
  return gatewayName === subject || gatewayName === name || gatewayName.startsWith(`${name}-`);
}
