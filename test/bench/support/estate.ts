/** An estate of any size: rules, requests, and a Log that says that the requests are active. */
import { systemClock } from "../../../lib/adapters/clock";
import { systemFiles } from "../../../lib/adapters/files";
import { systemRandom } from "../../../lib/adapters/random";
import { fileStore, openLog, type Log } from "../../../lib/log";
import type { Actor } from "../../../lib/model/actor";
import { grantId } from "../../../lib/model/grant";
import { plusSeconds, type Instant } from "../../../lib/model/instant";
import type { GrantState } from "../../../lib/model/log-state";
import type { Manifest } from "../../../lib/model/manifest";
import type { GrantFacts, RecordBody } from "../../../lib/model/record";
import type { AccessRequest } from "../../../lib/model/request";
import type { LogStore, Provider, Secrets } from "../../../lib/ports";
import { acceptPolicy, recordMergedRequests } from "../../../lib/reconcile";
import type { World } from "../../../lib/reconcile/input";
import { digestOfRule } from "../../../lib/policy/manifest-index";
import { connection, resource, rule } from "../../support/core";
import { governed } from "../../support/governed";

export const installation = "installation-of-benches";
export const gatewayName = "main";
export const operator: Actor = { id: "olga@example.com", authenticatedBy: "unauthenticated" };
export const clock = systemClock();
export const random = systemRandom();
const secrets: Secrets = { resolve: (ref) => Promise.resolve(`value of ${ref}`) };

/** 5,000 people and 30 Connections: 150,000 pairs. */
export const people = Array.from({ length: 5_000 }, (_, index) => `p${index}@example.com`);
const databases = Array.from({ length: 15 }, (_, index) => `db${index}`);
const connections = databases.flatMap((name) => [connection(name, "read"), connection(name, "write")]);

/** Everybody may ask for everything for up to a week, and the rule approves it. */
export const house: Manifest = {
  manifestVersion: 1,
  users: people.map((email) => ({ email })),
  groups: [{ name: "everybody", members: people, groups: [] }],
  serviceAccounts: [],
  resources: databases.map((name) => resource(name, { host: "127.0.0.1", port: 5432 })),
  connections,
  guardrails: [],
  maskingRules: [],
  rules: [
    rule("usual", {
      who: ["group:everybody"],
      may: connections.map(({ id }) => id).toSorted(),
      maxDurationSeconds: 7 * 86_400,
      approval: { automatic: { when: { kind: "all", of: [] }, never: [] }, steps: [] },
    }),
  ],
  policyApproval: [],
  ...governed,
  gateways: { [gatewayName]: { provider: "embedded", users: "existing" } },
};

/** The n-th request: a pair of its own for the first 150,000. */
export function requestAt(index: number, seconds = 86_400): AccessRequest {
  return {
    name: `r-${String(index).padStart(6, "0")}`,
    for: [people[index % people.length] ?? ""],
    access: [connections[Math.floor(index / people.length) % connections.length]?.id ?? ""],
    durationSeconds: seconds,
    startBefore: plusSeconds(clock.now(), 20 * 86_400),
    reason: "INC-4711: orders are stuck in the queue",
  };
}

/** So many requests. */
export function requestsUpTo(count: number, seconds?: number): readonly AccessRequest[] {
  return Array.from({ length: count }, (_, index) => requestAt(index, seconds));
}

/** A Log in a directory, under the policy `house`. */
export async function openHouse(directory: string): Promise<LogStore> {
  const store = fileStore({ directory, files: systemFiles(), clock, random });
  await acceptPolicy({ store, clock, installation, manifest: house, by: operator });
  return store;
}

/** What every function of the reconciler is given. */
export function worldOf(store: LogStore, log: Log, provider: Provider): World {
  return { store, log, providers: new Map([[gatewayName, provider]]), clock, random, secrets, installation };
}

/** Merges requests and records each as active until its end; gives the fold's Grants, in order. */
export async function recordActive(
  store: LogStore,
  requests: readonly AccessRequest[],
  how: { readonly at: Instant; readonly end: (index: number) => Instant },
): Promise<readonly GrantState[]> {
  await recordMergedRequests({ store, clock, installation, requests: { requests }, by: operator });
  const log = await openLog({ store, installation });
  const writer = await log.takeWriter({ holder: "bench", waitMs: 0 });
  try {
    for (let from = 0; from < requests.length; from += 2_000) {
      const bodies = requests
        .slice(from, from + 2_000)
        .flatMap((one, index) => activeBodies(one, how.at, how.end(from + index)));
      await log.append(writer, bodies, how.at);
    }
  } finally {
    await writer.release();
  }
  return [...log.chain.grants.values()];
}

function activeBodies(request: AccessRequest, at: Instant, end: Instant): readonly RecordBody[] {
  const facts = factsOf(request);
  return [
    { type: "activation.intended", facts, end, leaseEnd: end },
    { type: "activation.done", grant: facts.grant, activatedAt: at, observedEnd: end, worstCaseEnd: end },
  ];
}

function factsOf(request: AccessRequest): GrantFacts {
  const [person = ""] = request.for;
  const way = connections.find(({ id }) => id === request.access[0]);
  const [usual] = house.rules;
  if (way === undefined || usual === undefined) throw new Error(`no connection ${request.access[0]}`);
  return {
    grant: grantId({ installation, request: request.name, person, connection: way.id }),
    request: request.name,
    person,
    connection: way.id,
    gateway: gatewayName,
    gatewayName: way.gatewayName,
    level: way.level,
    resource: way.resource,
    class: "high",
    rule: usual.name,
    ruleDigest: digestOfRule(usual),
    reason: request.reason,
  };
}
