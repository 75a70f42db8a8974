/** An embedded gateway in a process of its own, and grants that it holds already. */
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { systemFiles } from "../../../lib/adapters/files";
import { epochMsOf, type Instant } from "../../../lib/model/instant";
import { correlationText } from "../../../lib/model/lease";
import type { GrantState } from "../../../lib/model/log-state";
import type { Http, Provider } from "../../../lib/ports";
import { embeddedKeys, embeddedProvider } from "../../../providers/embedded/provider";
import type { Change } from "../../../providers/embedded/store/rows";
import { openStore } from "../../../providers/embedded/store/store";
import { clock, gatewayName, installation } from "./estate";
import { root } from "./bench";

/** A gateway that runs. */
export interface BenchGateway {
  readonly url: string;
  readonly adminKey: string;
  provider(http: Http): Provider;
  stop(): Promise<void>;
}

/** Starts the gateway of a directory. */
export async function startBenchGateway(directory: string): Promise<BenchGateway> {
  const child = spawn(process.execPath, [join(root, "test/bench/support/gateway-child.mjs"), directory], {
    stdio: ["pipe", "pipe", "inherit"],
    cwd: root,
  });
  const gone = once(child, "exit");
  const [url] = (await Promise.race([
    once(createInterface(child.stdout), "line"),
    gone.then(() => Promise.reject(new Error("the gateway did not start"))),
  ])) as [string];
  const keys = embeddedKeys(systemFiles(), directory);
  return {
    url,
    adminKey: await keys.write(),
    provider: (http) => embeddedProvider({ gateway: gatewayName, installation, url, keys, http, clock }),
    stop: async () => {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** Puts people into the store of a gateway that does not run. */
export async function putUsers(directory: string, people: readonly string[]): Promise<void> {
  await commit(
    directory,
    people.map((email) => ({
      table: "users",
      put: { id: randomUUID(), email, name: email, status: "active", groups: [], password: null },
    })),
  );
}

/** A lease that was put into a gateway's store. */
export interface PutLease {
  readonly person: string;
  readonly connection: string;
  /** The gateway's id of its review. */
  readonly review: string;
  readonly end: Instant;
}

/** Puts the leases of some Grants into the store of a gateway that does not run, as its own API would have made them. */
export async function putLeases(directory: string, grants: readonly GrantState[]): Promise<readonly PutLease[]> {
  const put: PutLease[] = [];
  const store = await openStore(directory, { bytes: (count) => randomBytes(count) }, () => undefined);
  try {
    const connections = store.view.table("connections");
    for (let from = 0; from < grants.length; from += 1000) {
      store.commit(
        grants.slice(from, from + 1000).flatMap((grant): readonly Change[] => {
          const connection = connections.get(grant.facts.gatewayName);
          if (connection === undefined) throw new Error(`no connection ${grant.facts.gatewayName}`);
          const review = randomUUID();
          const { person } = grant.facts;
          put.push({ person, connection: connection.name, review, end: grant.end ?? "" });
          return leaseRows(grant, connection, review);
        }),
      );
    }
    await store.durable();
  } finally {
    await store.close();
  }
  return put;
}

function leaseRows(
  { facts, activatedAt = "", end = "" }: GrantState,
  connection: {
    readonly id: string;
    readonly name: string;
    readonly resourceName: string;
    readonly type: string;
    readonly subtype: string;
    readonly tags: Readonly<Record<string, string>>;
  },
  reviewId: string,
): readonly Change[] {
  const [createdAt, revokeAt] = [epochMsOf(activatedAt) * 1000, epochMsOf(end) * 1000];
  const sessionId = randomUUID();
  const { id: connectionId, name, resourceName, type, subtype, tags: connectionTags } = connection;
  return [
    {
      table: "sessions",
      put: {
        id: sessionId,
        userEmail: facts.person,
        userName: facts.person,
        connectionId,
        connection: name,
        resourceName,
        type,
        subtype,
        connectionTags,
        verb: "connect",
        status: "ready",
        exitCode: null,
        correlationId: correlationText({ installation, grant: facts.grant, generation: 0 }),
        metadata: {
          leasehold_grant: facts.grant,
          leasehold_request: facts.request,
          leasehold_rule: facts.rule,
          leasehold_reason: facts.reason,
        },
        metrics: null,
        eventSize: 0,
        startDate: createdAt,
        endDate: null,
        reviewId,
      },
    },
    {
      table: "reviews",
      put: {
        id: reviewId,
        sessionId,
        userEmail: facts.person,
        connectionId,
        type: "jit",
        duration: (revokeAt - createdAt) / 1_000_000,
        status: "APPROVED",
        revokeAt,
        createdAt,
        groups: [
          {
            id: randomUUID(),
            group: "admin",
            status: "APPROVED",
            reviewedBy: { id: "writer", email: "writer" },
            reviewDate: createdAt,
          },
        ],
        timeWindow: null,
        ruleName: null,
        minApprovals: null,
        needed: 1,
        forceApprovalGroups: null,
        rejectionReason: null,
        over: false,
      },
    },
  ];
}

async function commit(directory: string, changes: readonly Change[]): Promise<void> {
  const store = await openStore(directory, { bytes: (count) => randomBytes(count) }, () => undefined);
  try {
    store.commit(changes);
    await store.durable();
  } finally {
    await store.close();
  }
}
