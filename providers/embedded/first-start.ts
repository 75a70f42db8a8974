/** What a gateway has from its first start on: its keys, its agent, its organisation. */
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { failure } from "../../lib/errors";
import type { Random } from "../../lib/ports";
import { apiKeyRow } from "./api/api-keys";
import { isMap } from "./api/decode";
import { builtInPlugins } from "./api/plugins";
import type { Behaviour } from "./behaviour";
import { newId, newKey } from "./chance";
import { tryReadJson, writeWhole } from "./files";
import type { Gateway } from "./gateway";
import { hashKey } from "./identity/caller";
import type { Change } from "./store/rows";
import type { Store } from "./store/store";
import type { GatewayTime } from "./time";

/** The keys in `keys.json`, mode 0600. */
export interface GatewayKeys {
  /** Key of group admin: all rights. */
  readonly admin: string;
  /** Key of group auditor: reads, writes nothing. */
  readonly observer: string;
}

/** Names of those keys at the gateway. */
export const keyNames = { admin: "leasehold-admin", observer: "leasehold-observer" } as const;

interface Ground {
  readonly store: Store;
  readonly random: Random;
  readonly time: GatewayTime;
  readonly behaviour: Behaviour;
}

/** What a gateway has once it is prepared. */
type Prepared = Pick<Gateway, "signingKey" | "keyByHash" | "organisation"> & { readonly keys: GatewayKeys };

/** Reads or makes the keys of a directory, and makes what a new store lacks. */
export async function prepare(directory: string, ground: Ground): Promise<Prepared> {
  return prepareStore(await readSecrets(join(directory, "keys.json"), ground.random), ground);
}

/** Makes what a new store lacks, under keys that are there already. */
export function prepareStore(
  secrets: { readonly keys: GatewayKeys; readonly signingKey: Uint8Array },
  ground: Ground,
): Prepared {
  const { store, random, time } = ground;
  const changes: Change[] = [];
  const { view } = store;
  const organisation = view.table("settings").get("organisation")?.value ?? newId(random);
  if (view.table("settings").get("organisation") === undefined) {
    changes.push({ table: "settings", put: { name: "organisation", value: organisation } }, ...builtInPlugins(ground));
    changes.push({ table: "agents", put: { id: newId(random), name: "default", mode: "standard", builtIn: true } });
  }
  for (const [which, group] of [["admin", "admin"] as const, ["observer", "auditor"] as const]) {
    const [name, key] = [keyNames[which], secrets.keys[which]];
    const row = view.table("apiKeys").get(name);
    if (row !== undefined && row.hash === hashKey(key)) continue;
    const fresh = apiKeyRow({ random, time }, { name, key, groups: [group], createdBy: "first start" });
    changes.push({ table: "apiKeys", put: row === undefined ? fresh : { ...fresh, id: row.id } });
  }
  store.commit(changes);
  if (!ground.behaviour.crashLeavesSessionsOpen) store.commit(endCrashed(ground));
  return { ...secrets, organisation, keyByHash: indexKeys(store) };
}

/** Sessions that carried bytes when the gateway died are done. */
function endCrashed({ store, time }: Ground): readonly Change[] {
  const changes: Change[] = [];
  for (const row of store.view.table("sessions").all()) {
    if (row.status !== "open" || row.reviewId !== null || row.correlationId !== null) continue;
    changes.push({ table: "sessions", put: { ...row, status: "done", exitCode: 254, endDate: time.stamp() } });
  }
  return changes;
}

function indexKeys(store: Store): (hash: string) => string | undefined {
  const names = new Map<string, string>();
  for (const row of store.view.table("apiKeys").all()) names.set(row.hash, row.name);
  store.onCommit((changes) => {
    for (const change of changes) {
      if ("put" in change && change.table === "apiKeys") names.set(change.put.hash, change.put.name);
    }
  });
  return (hash) => names.get(hash);
}

async function readSecrets(
  path: string,
  random: Random,
): Promise<{ readonly keys: GatewayKeys; readonly signingKey: Uint8Array }> {
  const found = await tryReadJson(path);
  if (found === undefined) {
    const keys = { admin: newKey(random), observer: newKey(random) };
    const signing = Buffer.from(random.bytes(32)).toString("base64url");
    await writeWhole(path, `${JSON.stringify({ ...keys, signing }, undefined, 2)}\n`);
    return { keys, signingKey: Buffer.from(signing, "base64url") };
  }
  const { admin, observer, signing } = isMap(found) ? found : {};
  if (typeof admin !== "string" || typeof observer !== "string" || typeof signing !== "string") {
    throw failure("E508", {
      summary: "the gateway's keys cannot be read",
      detail: `${path} does not have the texts admin, observer and signing`,
      fix: "delete that file: the gateway makes new keys, and everybody needs a new token",
    });
  }
  await chmod(path, 0o600);
  return { keys: { admin, observer }, signingKey: Buffer.from(signing, "base64url") };
}
