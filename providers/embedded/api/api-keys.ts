/** `/api-keys`: managed keys. The key itself is shown once; DELETE revokes it and its name stays taken. */
import { newId, newKey } from "../chance";
import type { Gateway } from "../gateway";
import { hashKey } from "../identity/caller";
import type { ApiKeyRow } from "../store/rows";
import { type Precision, writtenAs } from "../time";
import { decode } from "./decode";
import { created, noContent, ok, refuse, type Reply } from "./reply";
import type { Call, Route } from "./route";
import { isPlain } from "./values";

const audit = (action: "create" | "update" | "revoke"): Pick<Route, "audit"> => ({
  audit: { resource: "api_keys", action },
});

/** The routes of API keys. */
export const apiKeyRoutes: readonly Route[] = [
  { method: "GET", path: "/api-keys", who: "admin", run: listKeys },
  { method: "POST", path: "/api-keys", who: "admin", run: postKey, ...audit("create") },
  { method: "GET", path: "/api-keys/:name", who: "admin", run: getKey },
  { method: "PUT", path: "/api-keys/:name", who: "admin", run: putKey, ...audit("update") },
  { method: "DELETE", path: "/api-keys/:name", who: "admin", run: revokeKey, ...audit("revoke") },
  { method: "POST", path: "/api-keys/:name/reactivate", who: "admin", run: reactivateKey, ...audit("update") },
];

const shape = {
  go: "APIKeyCreateRequest",
  fields: { name: { kind: "string", go: "Name", required: true }, groups: { kind: "strings", go: "Groups" } },
} as const;

const putShape = {
  go: "APIKeyUpdateRequest",
  fields: { name: { kind: "string", go: "Name" }, groups: { kind: "strings", go: "Groups" } },
} as const;

function listKeys({ gateway }: Call): Reply {
  return ok([...gateway.store.view.table("apiKeys").all()].map((row) => showKey(gateway, row)));
}

function getKey({ gateway, param }: Call): Reply {
  return ok(showKey(gateway, findKey(gateway, param("name"))));
}

function postKey({ gateway, caller, body }: Call): Reply {
  const { name, groups } = decode(shape, body);
  if (!isPlain(name ?? "")) refuse(422, "name: too long or with control characters");
  if (gateway.store.view.table("apiKeys").get(name ?? "") !== undefined)
    refuse(409, "an api key with this name already exists");
  const key = newKey(gateway.random);
  const row = apiKeyRow(gateway, { name: name ?? "", key, groups: groups ?? null, createdBy: caller.email });
  gateway.store.commit([{ table: "apiKeys", put: row }]);
  return created({ ...showKey(gateway, row, "nanoseconds"), key });
}

/** The row of a new key. */
export function apiKeyRow(
  gateway: Pick<Gateway, "random" | "time">,
  of: Pick<ApiKeyRow, "name" | "groups" | "createdBy"> & { readonly key: string },
): ApiKeyRow {
  const { name, groups, createdBy, key } = of;
  return {
    id: newId(gateway.random),
    name,
    hash: hashKey(key),
    masked: `${key.slice(0, 8)}${"*".repeat(39)}`,
    status: "active",
    groups: groups === null ? null : [...new Set(groups)].sort(),
    createdBy,
    createdAt: gateway.time.stamp(),
  };
}

function putKey({ gateway, param, body }: Call): Reply {
  const row = findKey(gateway, param("name"));
  const { groups } = decode(putShape, body);
  const kept = gateway.behaviour.putWipes ? null : row.groups;
  const put = { ...row, groups: groups === null || groups === undefined ? kept : [...new Set(groups)].sort() };
  gateway.store.commit([{ table: "apiKeys", put }]);
  return ok(showKey(gateway, put));
}

function revokeKey({ gateway, param }: Call): Reply {
  const row = findKey(gateway, param("name"));
  if (row.status === "revoked") refuse(404, "resource not found");
  gateway.store.commit([{ table: "apiKeys", put: { ...row, status: "revoked" } }]);
  return noContent;
}

function reactivateKey({ gateway, param }: Call): Reply {
  const row = findKey(gateway, param("name"));
  if (row.status === "active") refuse(422, "cannot reactivate an active api key");
  const put: ApiKeyRow = { ...row, status: "active" };
  gateway.store.commit([{ table: "apiKeys", put }]);
  return ok(showKey(gateway, put));
}

function findKey(gateway: Gateway, name: string): ApiKeyRow {
  return gateway.store.view.table("apiKeys").get(name) ?? refuse(404, "resource not found");
}

function showKey(gateway: Gateway, row: ApiKeyRow, precision: Precision = "microseconds"): Record<string, unknown> {
  const used = gateway.lastUsed.get(row.name);
  return {
    id: row.id,
    org_id: gateway.organisation,
    name: row.name,
    masked_key: row.masked,
    status: row.status,
    groups: row.groups,
    created_by: row.createdBy,
    created_at: writtenAs(gateway.behaviour, row.createdAt, precision),
    ...(used === undefined ? {} : { last_used_at: writtenAs(gateway.behaviour, used * 1000, "microseconds") }),
  };
}
