/** The secret of a direct lease: found in the Log, where it is sealed to its holder's keys, and opened with one of them. */
import { failure, isFailure } from "../errors";
import { findGrants } from "../log";
import { isActive, type GrantId } from "../model/grant";
import type { GrantState } from "../model/log-state";
import type { Manifest } from "../model/manifest";
import { readRules } from "./declared";
import { readRecords } from "./read-records";
import type { Workspace } from "./workspace";

/** Where and as whom to log in, and until when. */
export interface LeaseLogin {
  readonly grant: GrantId;
  readonly person: string;
  readonly connection: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** As libpq calls it; absent on this machine itself, where there is no network between. */
  readonly sslmode?: string;
  /** The role as which a session is to begin, so that what it makes does not belong to the lease's. */
  readonly createsAs?: string;
  readonly until: string;
}

/** Opens a sealed text with the caller's key; throws E702 when that key does not fit. */
export type Unseal = (sealed: string) => Promise<string>;

/** Which lease is asked for: that of a grant, or whichever on a Connection the caller's key opens. */
export type LeaseAsked = { readonly grant: string } | { readonly connection: string; readonly as?: string };

/**
 * Finds the login of a live lease. Throws E507 when there is none, E608 for a text that is no grant, E702 for a key that
 * does not open it.
 */
export async function findLeaseLogin(workspace: Workspace, asked: LeaseAsked, unseal: Unseal): Promise<LeaseLogin> {
  const { state } = await workspace.log();
  const named = "grant" in asked ? findGrants(state, asked.grant) : ofConnection([...state.grants.values()], asked);
  const now = workspace.ports.clock.now();
  const live = named.filter((grant) => isActive(grant, now)).toSorted(latestEndFirst);
  if (live.length === 0) throw noLease("grant" in asked ? asked.grant : asked.connection);
  const opened = await firstOpened(workspace, live, unseal);
  return { ...opened.secret, ...(await placeOf(workspace, opened.grant)) };
}

function ofConnection(
  grants: readonly GrantState[],
  asked: { readonly connection: string; readonly as?: string },
): readonly GrantState[] {
  return grants.filter(
    ({ facts }) => facts.gatewayName === asked.connection && (asked.as === undefined || facts.person === asked.as),
  );
}

function latestEndFirst(a: GrantState, b: GrantState): number {
  return (b.end ?? "").localeCompare(a.end ?? "");
}

interface Secret {
  readonly user: string;
  readonly password: string;
}

async function firstOpened(
  workspace: Workspace,
  grants: readonly GrantState[],
  unseal: Unseal,
): Promise<{ readonly grant: GrantState; readonly secret: Secret }> {
  const sealed = await sealedTexts(workspace, new Set(grants.map(({ facts }) => facts.grant)));
  let failed: unknown;
  for (const grant of grants) {
    const text = sealed.get(grant.facts.grant);
    if (text === undefined) continue;
    try {
      return { grant, secret: secretOf(await unseal(text)) };
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      failed = thrown;
    }
  }
  throw failed ?? noLease(grants[0]?.facts.connection ?? "");
}

/** Each Grant's activation says it once; a later Grant of the pair has the same, while the lease stands. */
async function sealedTexts(workspace: Workspace, grants: ReadonlySet<GrantId>): Promise<ReadonlyMap<GrantId, string>> {
  const found = new Map<GrantId, string>();
  for (const { body } of await readRecords(workspace, { type: "activation.done" })) {
    if (body.type === "activation.done" && body.sealed !== undefined && grants.has(body.grant)) {
      found.set(body.grant, body.sealed);
    }
  }
  return found;
}

function secretOf(text: string): Secret {
  const value = JSON.parse(text) as Partial<Secret>;
  if (typeof value.user === "string" && typeof value.password === "string") {
    return { user: value.user, password: value.password };
  }
  throw failure("E702", {
    detail: "what was sealed is no login",
    fix: "ask again: a new request brings a new secret",
  });
}

async function placeOf(workspace: Workspace, grant: GrantState): Promise<Omit<LeaseLogin, keyof Secret>> {
  const manifest = await manifestOf(workspace);
  const { facts, end = "" } = grant;
  const connection = manifest?.connections.find((one) => one.gatewayName === facts.gatewayName);
  const resource = manifest?.resources.find((one) => one.name === facts.resource);
  const database = connection?.privileges?.database ?? connection?.settings["database"];
  if (resource?.host === undefined || database === undefined) {
    throw failure("E107", {
      summary: "the rules do not say where this database is",
      detail: `${facts.connection}: ${database === undefined ? "no database" : "no host"}`,
      fix: "write `host` on the Resource, and the database in its level's privileges",
    });
  }
  const { host, port = 5432 } = resource;
  const createsAs = connection?.privileges?.createsAs;
  const sslmode = connection?.settings["sslmode"] ?? (isThisMachine(host) ? undefined : "verify-full");
  return {
    grant: facts.grant,
    person: facts.person,
    connection: facts.connection,
    host,
    port,
    database,
    ...(sslmode === undefined ? {} : { sslmode }),
    ...(createsAs === undefined ? {} : { createsAs }),
    until: end,
  };
}

async function manifestOf(workspace: Workspace): Promise<Manifest | undefined> {
  const policy = await workspace.tryPolicyInForce();
  if (policy !== undefined) return policy.manifest;
  return (await readRules(workspace.ports, workspace.repository, { useLastSynthesis: true })).rules?.manifest;
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("/") || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function noLease(asked: string): Error {
  return failure("E507", {
    detail: `no live lease with a secret for \`${asked.slice(0, 100)}\``,
    fix: "`leasehold status` shows what is active; `leasehold request` asks for access",
  });
}
