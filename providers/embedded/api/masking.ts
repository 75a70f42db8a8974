/** `/datamasking-rules`: stored, and shown on their connections. Section 9 of gateway/hoop-api.md. */
import { isUuid, newId } from "../chance";
import type { Gateway } from "../gateway";
import type { MaskingEntities, MaskingRuleRow } from "../store/rows";
import { type Precision, writtenAs } from "../time";
import { type Decoded, decode, isMap } from "./decode";
import { created, noContent, ok, refuse, refuseMistake, type Reply } from "./reply";
import { notUuid } from "./reviews";
import type { Call, Route } from "./route";
import { isPlain, listOrNull } from "./values";

const audit = (action: "create" | "update" | "delete"): Pick<Route, "audit"> => ({
  audit: { resource: "data_masking", action },
});

/** The routes of masking rules. */
export const maskingRoutes: readonly Route[] = [
  { method: "GET", path: "/datamasking-rules", who: "auditor", run: listRules },
  { method: "POST", path: "/datamasking-rules", who: "admin", run: postRule, ...audit("create") },
  { method: "GET", path: "/datamasking-rules/:id", who: "auditor", run: getRule },
  { method: "PUT", path: "/datamasking-rules/:id", who: "admin", run: putRule, ...audit("update") },
  { method: "DELETE", path: "/datamasking-rules/:id", who: "admin", run: deleteRule, ...audit("delete") },
];

const shape = {
  go: "DataMaskingRuleRequest",
  fields: {
    name: { kind: "string", go: "Name", required: true },
    description: { kind: "string", go: "Description" },
    connection_ids: { kind: "strings", go: "ConnectionIDs" },
    supported_entity_types: { kind: "list", go: "SupportedEntityTypes" },
    custom_entity_types: { kind: "list", go: "CustomEntityTypes" },
    score_threshold: { kind: "float64", go: "ScoreThreshold" },
  },
} as const;

function listRules({ gateway }: Call): Reply {
  const rows = [...gateway.store.view.table("maskingRules").all()];
  const ids = (row: MaskingRuleRow): unknown => listOrNull(gateway.behaviour, row.connectionIds);
  return ok(rows.map((row) => ({ ...showRule(gateway, row), connection_ids: ids(row) })));
}

function getRule({ gateway, param }: Call): Reply {
  return ok(showRule(gateway, findRule(gateway, param("id"))));
}

function postRule({ gateway, body }: Call): Reply {
  const fields = decode(shape, body);
  const { licence } = gateway.behaviour;
  const rows = [...gateway.store.view.table("maskingRules").all()];
  if (licence !== undefined && rows.length >= licence.maskingRules)
    refuse(403, `data masking rules are limited to ${licence.maskingRules} rule in OSS version`);
  if (rows.some((row) => row.name === fields.name)) refuse(409, "resource already exists");
  const row = readRule(gateway, fields, { id: newId(gateway.random), name: fields.name ?? "" });
  gateway.store.commit([{ table: "maskingRules", put: row }]);
  return created(showWritten(gateway, row));
}

function putRule({ gateway, param, body }: Call): Reply {
  const fields = decode(shape, body);
  const before = findRule(gateway, param("id"));
  const named = fields.connection_ids ?? (gateway.behaviour.putWipes ? [] : before.connectionIds);
  const row = readRule(gateway, { ...fields, connection_ids: named }, { id: before.id, name: before.name });
  gateway.store.commit([{ table: "maskingRules", put: row }]);
  const shown = showWritten(gateway, row);
  // Hoop echoes the new name and keeps the old.
  return ok(gateway.behaviour.safeguardsAreUnchecked ? { ...shown, name: fields.name ?? "" } : shown);
}

function deleteRule({ gateway, param }: Call): Reply {
  gateway.store.commit([{ table: "maskingRules", drop: findRule(gateway, param("id")).id }]);
  return noContent;
}

function findRule(gateway: Gateway, id: string): MaskingRuleRow {
  if (!isUuid(id)) refuseMistake(gateway.behaviour, 404, `failed fetching data masking rule: ${notUuid(id)}`);
  return gateway.store.view.table("maskingRules").get(id) ?? refuse(404, "resource not found");
}

function readRule(
  gateway: Gateway,
  fields: Decoded<typeof shape>,
  base: Pick<MaskingRuleRow, "id" | "name">,
): MaskingRuleRow {
  const score = fields.score_threshold ?? null;
  if (score !== null && (score < 0 || score > 1)) refuse(400, "score threshold must be between 0 and 1");
  const entities = readEntities(fields.supported_entity_types ?? []);
  const most = gateway.behaviour.licence?.maskingEntityTypes ?? 1000;
  if (entities.length > most || entities.some((one) => one.entity_types.length > most))
    refuse(403, `supported entity types are limited to ${most} entity type in OSS version`);
  const connectionIds = fields.connection_ids ?? [];
  const unknown = connectionIds.find((id) => gateway.store.view.connectionById(id) === undefined);
  if (unknown !== undefined) {
    const failed = "Failed updating data masking rule: failed creating data masking association";
    refuseMistake(gateway.behaviour, 422, `${failed} ${unknown}: violates foreign key constraint`);
  }
  if (!isPlain(base.name) || !isPlain(fields.description ?? "", 4000))
    refuse(422, "name or description: too long or with control characters");
  return {
    ...base,
    description: fields.description ?? "",
    connectionIds,
    supportedEntityTypes: entities,
    customEntityTypes: fields.custom_entity_types ?? [],
    scoreThreshold: score,
    updatedAt: gateway.time.stamp(),
  };
}

function readEntities(entries: readonly unknown[]): readonly MaskingEntities[] {
  return entries.map((entry): MaskingEntities => {
    if (!isMap(entry) || typeof entry["name"] !== "string" || !Array.isArray(entry["entity_types"]))
      return refuse(400, "json: cannot unmarshal into Go struct field DataMaskingRuleRequest.supported_entity_types");
    const types = entry["entity_types"].filter((type) => typeof type === "string");
    return { name: entry["name"], entity_types: types };
  });
}

function showWritten(gateway: Gateway, row: MaskingRuleRow): Record<string, unknown> {
  const shown = showRule(gateway, row, "nanoseconds");
  return gateway.behaviour.emptyListsVary ? { ...shown, attributes: null } : shown;
}

function showRule(
  gateway: Gateway,
  row: MaskingRuleRow,
  precision: Precision = "microseconds",
): Record<string, unknown> {
  return {
    id: row.id,
    managed_by: null,
    name: row.name,
    description: row.description,
    connection_ids: row.connectionIds,
    attributes: [],
    supported_entity_types: row.supportedEntityTypes,
    score_threshold: row.scoreThreshold,
    custom_entity_types: row.customEntityTypes,
    updated_at: writtenAs(gateway.behaviour, row.updatedAt, precision),
  };
}
