import { failure } from "../errors";
import type { Actor } from "../model/actor";
import type { Workspace } from "./workspace";

/** How somebody says who they are. */
export interface Claim {
  /** A token of a gateway: proves it. */
  readonly token?: string;
  /** Only what was typed. */
  readonly as?: string;
  /** The gateway to ask about the token; the only one of the config, if there is only one. */
  readonly gateway?: string;
}

/**
 * Who acts: the person that a gateway's `/userinfo` names for the token, else who was typed, recorded as
 * unauthenticated. Throws E800 when nobody was named, E501 for a token that belongs to nobody.
 */
export async function actorOf(workspace: Workspace, claim: Claim): Promise<Actor> {
  if (claim.token !== undefined) {
    const { people } = await openForPeople(workspace, claim.gateway);
    return { id: await people.whoIs(claim.token), authenticatedBy: "gateway" };
  }
  if (claim.as !== undefined) return { id: claim.as, authenticatedBy: "unauthenticated" };
  throw failure("E800", {
    summary: "nobody is named",
    fix: "set LEASEHOLD_TOKEN to your token of the gateway, or say `--as you@example.com`",
  });
}

/** Opens the gateway that knows people: the one named, else each of the config's in turn until one does. */
export async function openForPeople(workspace: Workspace, gateway?: string) {
  const names = gateway === undefined ? workspace.gateways.names : [gateway];
  for (const name of names) {
    const opened = await workspace.gateways.open(name, "observe");
    if (opened.people !== undefined) return { name, ...opened, people: opened.people };
  }
  throw failure("E800", {
    summary: "no gateway of the config knows people by a token",
    detail: names.join(", "),
    fix: "say who you are with `--as you@example.com`",
  });
}

/** Who accepts or applies: the person named, else this machine's operator, recorded as unauthenticated. */
export async function accepter(workspace: Workspace, claim: Claim): Promise<Actor> {
  if (claim.token === undefined && claim.as === undefined)
    return { id: "operator", authenticatedBy: "unauthenticated" };
  return actorOf(workspace, claim);
}
