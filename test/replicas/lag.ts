import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { listSessions } from "../../providers/hoop/client/sessions";
import { tryParseCorrelation } from "../../lib/model/lease";
import type { Repository } from "../kill/real/repository";
import { endingPrefix } from "./estate";

/** When each review was first revoked over the gateway's API, in milliseconds since 1970, by the review's id. */
export type Revokes = Map<string, number>;

/**
 * Reads the gateway's own journal, in which each call that writes is on disk before it is answered. Call it now and then:
 * the gateway keeps only the newest entries when it writes its journal anew.
 */
export async function readRevokes(repository: Repository, revokes: Revokes): Promise<void> {
  const input = createReadStream(join(repository.gatewayDirectory, "journal.jsonl"));
  for await (const line of createInterface({ input })) {
    // The last line may be half written.
    if (!line.endsWith("}")) continue;
    const { entries } = JSON.parse(line) as { readonly entries: readonly unknown[] };
    for (const put of (entries.flat() as readonly { readonly table?: string; readonly put?: Audit }[]).map(auditOf)) {
      const id = put?.httpMethod === "PUT" ? /\/reviews\/([^/]+)$/.exec(put.httpPath)?.[1] : undefined;
      if (put === undefined || id === undefined || put.httpStatus >= 300) continue;
      revokes.set(id, Math.min(revokes.get(id) ?? Number.POSITIVE_INFINITY, put.createdAt / 1000));
    }
  }
}

interface Audit {
  readonly httpMethod: string;
  readonly httpPath: string;
  readonly httpStatus: number;
  /** Microseconds. */
  readonly createdAt: number;
}

function auditOf(entry: { readonly table?: string; readonly put?: Audit }): Audit | undefined {
  return entry.table === "audit" ? entry.put : undefined;
}

/** How long after its end each Grant was revoked at the gateway, in milliseconds, sorted; -1 stands for one of which no revoke was seen. */
export async function expiryLags(repository: Repository, revokes: Revokes): Promise<readonly number[]> {
  const { chain } = repository.world.log;
  const lags: number[] = [];
  for (const row of await listSessions(repository.api, {})) {
    const ours = row.correlation === undefined ? undefined : tryParseCorrelation(row.correlation);
    const grant = ours === undefined ? undefined : chain.grants.get(ours.grant);
    if (grant?.end === undefined || !grant.facts.request.startsWith(endingPrefix) || row.review === undefined) continue;
    const at = revokes.get(row.review.id);
    lags.push(at === undefined ? -1 : Math.max(0, at - Date.parse(grant.end)));
  }
  return lags.toSorted((a, b) => a - b);
}
