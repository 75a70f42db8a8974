import { failure, isFailure } from "../errors";
import { findGrants } from "../log";
import type { Actor } from "../model/actor";
import { isActive } from "../model/grant";
import type { GrantState, LogState } from "../model/log-state";
import { endGrants } from "../reconcile/end-grants";
import type { EndGrantsReport } from "../reconcile/end-input";
import type { PassEvent } from "../reconcile/report";
import type { OpenedLog } from "../reconcile/out-of-reach";
import type { EndSelection } from "../reconcile/selection";
import { accepter, openForPeople, type Claim } from "./actor";
import type { Workspace } from "./workspace";
import { logAsSeen, openWorldOf, worldAsSeen } from "./world";

/** Which access to end, as somebody names it. */
export type RevokeWhat =
  | { readonly kind: "grant"; readonly text: string }
  | { readonly kind: "who"; readonly person: string }
  | { readonly kind: "on"; readonly subject: string }
  | { readonly kind: "all" };

/** What to end, and who says so. */
export interface RevokeInput {
  readonly what: RevokeWhat;
  readonly claim: Claim;
  readonly note?: string;
  readonly onEvent?: (event: PassEvent) => void;
}

/** What ended; by a holder with their own token alone, only how much. */
export type Revoked = Pick<
  EndGrantsReport,
  "outcomes" | "overdue" | "errors" | "exitCodes" | "stillHeld" | "neverStart"
> & {
  readonly byHolder?: { readonly person: string; readonly connection: string; readonly sessionsCut: number };
};

/**
 * Ends access at once. With a key that can write it ends anything; with only a person's token, what
 * that person holds. Works while another holds the lock, with invalid request files, without a Log.
 */
export async function revokeAccess(workspace: Workspace, input: RevokeInput): Promise<Revoked> {
  const opened = await tryOpenLog(workspace);
  const state = opened?.log.state;
  if (input.claim.token !== undefined && !(await hasWriterKey(workspace))) return giveBack(workspace, input, state);
  const by = await accepter(workspace, input.claim);
  const select = selectionOf(input.what, state);
  return endGrants({
    ...(opened === undefined ? await openWorldOf(workspace) : await worldAsSeen(workspace, opened)),
    select,
    by,
    reason: isGivingBack(by, select, state) ? "given back" : "revoked",
    ...(input.note === undefined ? {} : { note: input.note.slice(0, 500) }),
    signal: workspace.ports.signal,
    ...(input.onEvent === undefined ? {} : { onEvent: input.onEvent }),
  });
}

/** The Log, or what was last seen of it; undefined where it cannot be read at all: an ending does not need it. */
async function tryOpenLog(workspace: Workspace): Promise<OpenedLog | undefined> {
  try {
    return await logAsSeen(workspace);
  } catch (thrown) {
    if (isFailure(thrown)) return undefined;
    throw thrown;
  }
}

function selectionOf(what: RevokeWhat, state: LogState | undefined): EndSelection {
  if (what.kind !== "grant") return what;
  if (state === undefined) return { kind: "grants", grants: [what.text] };
  try {
    const found = findGrants(state, what.text);
    // By the request's name also those end that have not begun.
    if (found.every((grant) => grant.facts.request === what.text)) return { kind: "request", request: what.text };
    return { kind: "grants", grants: found.map((grant) => grant.facts.grant) };
  } catch (thrown) {
    if (isFailure(thrown, "input") && state.names.has(what.text)) return { kind: "request", request: what.text };
    if (isFailure(thrown, "input") && /^[a-z2-7]{26}$/.test(what.text)) return { kind: "grants", grants: [what.text] };
    throw thrown;
  }
}

/** Everything meant belongs to the one who acts. */
function isGivingBack(by: Actor, select: EndSelection, state: LogState | undefined): boolean {
  if (select.kind === "who") return select.person === by.id;
  const meant = [...(state?.grants.values() ?? [])].filter((grant) => isMeant(grant, select));
  return meant.length > 0 && meant.every((grant) => grant.facts.person === by.id);
}

function isMeant({ facts }: GrantState, select: EndSelection): boolean {
  if (select.kind === "grants") return select.grants.includes(facts.grant);
  return select.kind === "request" && facts.request === select.request;
}

async function hasWriterKey(workspace: Workspace): Promise<boolean> {
  const secrets = workspace.ports.secretsIn(workspace.repository.root);
  for (const config of Object.values(workspace.repository.config.gateways)) {
    if (config.provider === "memory") return true;
    if (config.provider === "embedded" && config.keys === undefined) return true;
    if (config.keys?.write === undefined) continue;
    try {
      await secrets.resolve(config.keys.write);
      return true;
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
    }
  }
  return false;
}

/** The holder's own way: their token ends what is theirs at the gateway; the next pass records it. */
async function giveBack(workspace: Workspace, input: RevokeInput, state: LogState | undefined): Promise<Revoked> {
  const token = input.claim.token ?? "";
  const { gateway, connection } = placeOf(workspace, input.what, state);
  const { people } = await openForPeople(workspace, gateway);
  const { person, sessionsCut } = await people.giveBack(token, connection);
  return {
    outcomes: [],
    overdue: [],
    errors: [],
    exitCodes: [],
    stillHeld: [],
    neverStart: [],
    byHolder: { person, connection, sessionsCut },
  };
}

function placeOf(
  workspace: Workspace,
  what: RevokeWhat,
  state: LogState | undefined,
): { readonly gateway: string | undefined; readonly connection: string } {
  if (what.kind === "on") return { gateway: undefined, connection: what.subject.replace("/", "-") };
  const now = workspace.ports.clock.now();
  const found = what.kind === "grant" && state !== undefined ? findGrants(state, what.text) : [];
  const grant = found.find((one) => isActive(one, now)) ?? found[0];
  if (grant !== undefined) return { gateway: grant.facts.gateway, connection: grant.facts.gatewayName };
  throw failure("E800", {
    detail: "with your own token you end what you hold on one connection",
    fix: "name the connection: `leasehold revoke --on orders-db/read`",
  });
}
