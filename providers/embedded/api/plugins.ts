/** `/plugins`: only `access_control` has an effect. Section 4 of gateway/hoop-api.md. */
import { isUuid, newId } from "../chance";
import { accessControl } from "../decision/visibility";
import type { Gateway } from "../gateway";
import type { AccessListRow, Change } from "../store/rows";
import { writtenAs } from "../time";
import { decode, isMap } from "./decode";
import { created, ok, refuse, refuseMistake, type Reply } from "./reply";
import { notUuid } from "./reviews";
import type { Call, Route } from "./route";
import { isPlain } from "./values";

const audit = (action: "create" | "update" | "delete"): Pick<Route, "audit" | "auditedByUsOnly"> => ({
  audit: { resource: "plugins", action },
  auditedByUsOnly: true,
});

const listPath = "/plugins/:name/conn/:id";

/** The routes of plugins and access lists. */
export const pluginRoutes: readonly Route[] = [
  { method: "GET", path: "/plugins", who: "caller", run: listPlugins },
  { method: "POST", path: "/plugins", who: "admin", run: postPlugin, ...audit("create") },
  { method: "GET", path: "/plugins/:name", who: "caller", run: getPlugin },
  { method: "PUT", path: "/plugins/:name", who: "admin", run: putPlugin, ...audit("update") },
  { method: "GET", path: listPath, who: "auditor", run: getList },
  { method: "PUT", path: listPath, who: "admin", run: putList, ...audit("update") },
  { method: "DELETE", path: listPath, who: "admin", run: deleteList, ...audit("delete") },
];

/** Plugins that every hoop gateway has; they have no effect here. */
const builtIn = ["audit", "dlp", "editor", "review"];
const missing = "either the plugin or the connection does not exist";

function listPlugins({ gateway }: Call): Reply {
  const names = [...gateway.store.view.table("plugins").all()].map((row) => row.name);
  return ok(names.sort().map((name) => showPlugin(gateway, name)));
}

function getPlugin({ gateway, param }: Call): Reply {
  const name = param("name");
  if (gateway.store.view.table("plugins").get(name) === undefined) refuse(404, "plugin not found");
  return ok(showPlugin(gateway, name));
}

const shape = {
  go: "Plugin",
  fields: { name: { kind: "string", go: "Name", required: true }, connections: { kind: "list", go: "Connections" } },
} as const;

function postPlugin({ gateway, body }: Call): Reply {
  const fields = decode(shape, body);
  const name = fields.name ?? "";
  if (!isPlain(name)) refuse(422, "name: too long or with control characters");
  if (gateway.store.view.table("plugins").get(name) !== undefined) refuse(400, "plugin already enabled");
  const lists = readLists(gateway, fields.connections ?? []);
  const put = { id: newId(gateway.random), name };
  gateway.store.commit([{ table: "plugins", put }, ...(name === accessControl ? lists : [])]);
  return created(showPlugin(gateway, name));
}

/** Replaces all lists of the plugin. */
function putPlugin({ gateway, param, body }: Call): Reply {
  const name = param("name");
  const { view } = gateway.store;
  if (view.table("plugins").get(name) === undefined) refuse(404, "plugin not found");
  const lists = readLists(gateway, decode(shape, body).connections ?? []);
  if (name === accessControl) {
    const drops = [...view.table("accessLists").all()].map((row): Change => ({
      table: "accessLists",
      drop: row.connectionId,
    }));
    gateway.store.commit([...drops, ...lists]);
  }
  return ok(showPlugin(gateway, name));
}

function readLists(gateway: Gateway, entries: readonly unknown[]): readonly Change[] {
  return entries.map((entry): Change => {
    const id = isMap(entry) && typeof entry["id"] === "string" ? entry["id"] : "";
    const config = isMap(entry) && Array.isArray(entry["config"]) ? entry["config"] : [];
    if (gateway.store.view.connectionById(id) === undefined) refuse(400, missing);
    return { table: "accessLists", put: listRow(gateway, id, checkGroups(config)) };
  });
}

const listShape = { go: "PluginConnectionRequest", fields: { config: { kind: "strings", go: "Config" } } } as const;

function putList({ gateway, param, body }: Call): Reply {
  const [name, id] = [param("name"), param("id")];
  const { view } = gateway.store;
  const { behaviour } = gateway;
  if (name === "review" || name === "dlp")
    refuse(400, "unable to manage review or dlp plugins, use the connection endpoint instead");
  const fields = decode(listShape, body);
  if (name !== accessControl || view.table("plugins").get(name) === undefined) refuse(404, missing);
  const failed = "failed updating plugin connection: ERROR:";
  if (!isUuid(id)) refuseMistake(behaviour, 404, `failed updating plugin connection: ${notUuid(id)}`);
  if (view.connectionById(id) === undefined) {
    const table = 'insert or update on table "plugin_connections" violates';
    const key = 'foreign key constraint "plugin_connections_connection_id_fkey" (SQLSTATE 23503)';
    refuseMistake(behaviour, 404, `${failed} ${table} ${key}`);
  }
  // Null is kept as null, absent becomes an empty list: both mean nobody.
  const groups = fields.config === null ? null : checkGroups(fields.config ?? []);
  const put = listRow(gateway, id, groups);
  gateway.store.commit([{ table: "accessLists", put }]);
  return ok(showList(gateway, put));
}

function getList({ gateway, param }: Call): Reply {
  const row = findList(gateway, param("name"), param("id"));
  return ok(showList(gateway, row));
}

function deleteList({ gateway, param }: Call): Reply {
  const row = findList(gateway, param("name"), param("id"));
  gateway.store.commit([{ table: "accessLists", drop: row.connectionId }]);
  return { status: 204, contentType: "application/json; charset=utf-8" };
}

function findList(gateway: Gateway, plugin: string, connectionId: string): AccessListRow {
  const { view } = gateway.store;
  const isThere = plugin === accessControl && view.table("plugins").get(plugin) !== undefined;
  return (isThere ? view.table("accessLists").get(connectionId) : undefined) ?? refuse(404, missing);
}

function listRow(gateway: Gateway, connectionId: string, groups: readonly string[] | null): AccessListRow {
  const before = gateway.store.view.table("accessLists").get(connectionId);
  return { id: before?.id ?? newId(gateway.random), connectionId, groups, updatedAt: gateway.time.stamp() };
}

function checkGroups(groups: readonly unknown[]): readonly string[] {
  return groups.map((group) => {
    if (typeof group === "string" && isPlain(group)) return group;
    return refuse(422, "config: a group is not text, too long or has control characters");
  });
}

function showList(gateway: Gateway, row: AccessListRow): Record<string, unknown> {
  return {
    id: row.id,
    plugin_id: gateway.store.view.table("plugins").get(accessControl)?.id ?? "",
    connection_id: row.connectionId,
    config: row.groups,
    updated_at: writtenAs(gateway.behaviour, row.updatedAt, "microseconds"),
  };
}

function showPlugin(gateway: Gateway, name: string): Record<string, unknown> {
  const id = gateway.store.view.table("plugins").get(name)?.id ?? "";
  return { id, name, connections: connectionsOf(gateway, name), config: null, source: null, priority: 0 };
}

function connectionsOf(gateway: Gateway, plugin: string): readonly Record<string, unknown>[] {
  const { view } = gateway.store;
  const shown: Record<string, unknown>[] = [];
  if (plugin === accessControl) {
    for (const row of view.table("accessLists").all()) {
      const name = view.connectionById(row.connectionId)?.name;
      if (name !== undefined) shown.push({ id: row.connectionId, name, config: row.groups });
    }
  } else if (plugin === "audit" || plugin === "editor") {
    for (const row of view.table("connections").all()) shown.push({ id: row.id, name: row.name, config: null });
  }
  return shown;
}

/** The plugins that a new gateway has. */
export function builtInPlugins(gateway: Pick<Gateway, "random">): readonly Change[] {
  return builtIn.map((name) => ({ table: "plugins", put: { id: newId(gateway.random), name } }));
}
