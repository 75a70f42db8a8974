/** `/connections`: section 3 of gateway/hoop-api.md. */
import { newId } from "../chance";
import { tryFindConnection } from "../decision/connect";
import { isVisible } from "../decision/visibility";
import type { Gateway } from "../gateway";
import type { Caller } from "../identity/caller";
import type { Change, ConnectionRow } from "../store/rows";
import { readConnection, readPatch } from "./connection-body";
import { listConnection, showConnection } from "./connection-view";
import { listIn } from "./decode";
import { created, noContent, ok, refuse, refuseLacking, type Reply } from "./reply";
import { endAll } from "./reviews";
import type { Call, Route } from "./route";
import { filterOf, pageOf, slicePage, viewerOf } from "./values";

const audit = (action: "create" | "update" | "delete"): Pick<Route, "audit"> => ({
  audit: { resource: "connections", action },
});

/** The routes of connections. */
export const connectionRoutes: readonly Route[] = [
  { method: "GET", path: "/connections", who: "caller", run: listConnections },
  { method: "POST", path: "/connections", who: "admin", run: postConnection, ...audit("create") },
  { method: "GET", path: "/connections/:name", who: "caller", run: getConnection },
  { method: "PUT", path: "/connections/:name", who: "admin", run: putConnection, ...audit("update") },
  { method: "PATCH", path: "/connections/:name", who: "admin", run: patchConnection, ...audit("update") },
  { method: "DELETE", path: "/connections/:name", who: "admin", run: deleteConnection, ...audit("delete") },
  { method: "GET", path: "/connections/:name/test", who: "admin", run: testConnection },
  { method: "POST", path: "/connections/:name/credentials", who: "caller", run: postCredentials },
];

function listConnections({ gateway, caller, query }: Call): Reply {
  const { view } = gateway.store;
  const page = pageOf(query);
  const name = query("name") ?? "";
  const isNamed = name === "" ? () => true : filterOf(gateway.behaviour, name);
  const hasTags = tagSelector(query("tag_selector") ?? "");
  const rows = [...view.table("connections").all()]
    .filter((row) => isNamed(row.name) && hasTags(row) && isVisible(view, row.id, viewerOf(caller)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const show = (row: ConnectionRow): unknown =>
    listConnection(gateway, row, page !== undefined, caller.role === "admin");
  if (page === undefined) return ok(rows.map(show));
  const data = slicePage(rows, page).map(show);
  const total = data.length === 0 && gateway.behaviour.listsHideFields ? 0 : rows.length;
  return ok({ pages: { total, page: page.page, size: page.size }, data });
}

/** `key=value`, several with commas; anything else matches nothing. */
function tagSelector(selector: string): (row: ConnectionRow) => boolean {
  if (selector === "") return () => true;
  const wanted = selector.split(",").map((one): readonly [string, string] => {
    const at = one.indexOf("=");
    return at < 0 ? [one, ""] : [one.slice(0, at), one.slice(at + 1)];
  });
  return (row) => wanted.every(([key, value]) => Object.hasOwn(row.tags, key) && row.tags[key] === value);
}

function getConnection({ gateway, caller, param }: Call): Reply {
  return ok(showConnection(gateway, findVisible(gateway, caller, param("name")), caller.role === "admin", true));
}

function postConnection({ gateway, body }: Call): Reply {
  const row: ConnectionRow = { ...readConnection(gateway, body, undefined), id: newId(gateway.random) };
  if (gateway.store.view.table("connections").get(row.name) !== undefined) refuse(409, "Connection already exists.");
  save(gateway, row, body);
  return created(written(gateway, row));
}

function putConnection({ gateway, param, body }: Call): Reply {
  const before = findAny(gateway, param("name"));
  const row = { ...readConnection(gateway, body, before), id: before.id, name: before.name };
  save(gateway, row, body);
  return ok(written(gateway, row));
}

function patchConnection({ gateway, param, body }: Call): Reply {
  const row = readPatch(gateway, body, findAny(gateway, param("name")));
  save(gateway, row, body);
  return ok(written(gateway, row));
}

/** What a write answers: hoop gives the stored object with `attributes` null when there are none. */
function written(gateway: Gateway, row: ConnectionRow): Record<string, unknown> {
  const shown = showConnection(gateway, row, true, false);
  const isNull = gateway.behaviour.emptyListsVary && row.attributes.length === 0;
  return isNull ? { ...shown, attributes: null } : shown;
}

/** Stores a connection, the tags and attributes seen with it, and its guardrails when the body names them. */
function save(gateway: Gateway, row: ConnectionRow, body: string): void {
  const now = gateway.time.stamp();
  const { view } = gateway.store;
  const tags = Object.entries(row.tags).map(([key, value]): Change => {
    const before = view.table("tags").get(`${key}=${value}`);
    const id = before?.id ?? newId(gateway.random);
    return { table: "tags", put: { id, key, value, createdAt: before?.createdAt ?? now, updatedAt: now } };
  });
  const attributes = row.attributes
    .filter((name) => view.table("attributes").get(name) === undefined)
    .map((name): Change => ({ table: "attributes", put: { id: newId(gateway.random), name, createdAt: now } }));
  gateway.store.commit([
    { table: "connections", put: row },
    ...tags,
    ...attributes,
    ...guardrailsNamed(gateway, row, body),
  ]);
}

/** `guardrail_rules` of a body attaches and detaches; left out it changes nothing here. */
function guardrailsNamed(gateway: Gateway, row: ConnectionRow, body: string): readonly Change[] {
  const named = listIn(body, "guardrail_rules");
  if (named === undefined) return [];
  const changes: Change[] = [];
  for (const guardrail of gateway.store.view.table("guardrails").all()) {
    const has = guardrail.connectionIds.includes(row.id);
    if (has === named.includes(guardrail.id)) continue;
    const others = guardrail.connectionIds.filter((id) => id !== row.id);
    changes.push({ table: "guardrails", put: { ...guardrail, connectionIds: has ? others : [...others, row.id] } });
  }
  return changes;
}

function deleteConnection({ gateway, param }: Call): Reply {
  const row = gateway.store.view.table("connections").get(param("name")) ?? refuse(404, "not found");
  const { view } = gateway.store;
  const isKept = gateway.behaviour.grantsOutliveTheirConnection;
  const endings = isKept ? [] : endAll(gateway, view.reviewsOfConnection(row.id));
  gateway.store.commit([...endings, { table: "accessLists", drop: row.id }, { table: "connections", drop: row.name }]);
  return noContent;
}

function testConnection({ gateway, caller, param }: Call): Reply {
  const row = findVisible(gateway, caller, param("name"));
  if (!gateway.behaviour.answersForWhatIsLacking) refuseLacking("testing a connection");
  return refuse(400, `connection test failed: unsupported connection type: ${row.subtype}`);
}

function postCredentials({ gateway, caller, param }: Call): Reply {
  findVisible(gateway, caller, param("name"));
  if (!gateway.behaviour.answersForWhatIsLacking) refuseLacking("native credentials");
  return refuse(400, "connection subtype is not supported for this connection");
}

function findAny(gateway: Gateway, nameOrId: string): ConnectionRow {
  return tryFindConnection(gateway.store.view, nameOrId) ?? refuse(404, "not found");
}

function findVisible(gateway: Gateway, caller: Caller, nameOrId: string): ConnectionRow {
  const row = findAny(gateway, nameOrId);
  return isVisible(gateway.store.view, row.id, viewerOf(caller)) ? row : refuse(404, "not found");
}
