/** `/access-requests/rules`: who must ask. Section 5 of gateway/hoop-api.md. */
import { newId } from "../chance";
import { covers } from "../decision/gate";
import type { Gateway } from "../gateway";
import type { AccessRuleRow, Change } from "../store/rows";
import { type Precision, writtenAs } from "../time";
import { type Decoded, decode } from "./decode";
import { created, noContent, ok, refuse, type Reply } from "./reply";
import type { Call, Route } from "./route";
import { checkName, isPlain, pageOf, slicePage } from "./values";

const audit = (action: "create" | "update" | "delete"): Pick<Route, "audit" | "auditedByUsOnly"> => ({
  audit: { resource: "access_request_rules", action },
  auditedByUsOnly: true,
});

const path = "/access-requests/rules";

/** The routes of access request rules. */
export const ruleRoutes: readonly Route[] = [
  { method: "GET", path, who: "auditor", run: listRules },
  { method: "POST", path, who: "admin", run: postRule, ...audit("create") },
  { method: "GET", path: `${path}/:name`, who: "auditor", run: getRule },
  { method: "PUT", path: `${path}/:name`, who: "admin", run: putRule, ...audit("update") },
  { method: "DELETE", path: `${path}/:name`, who: "admin", run: deleteRule, ...audit("delete") },
];

const shape = {
  go: "AccessRequestRuleRequest",
  fields: {
    name: { kind: "string", go: "Name", required: true },
    description: { kind: "string", go: "Description" },
    access_type: { kind: "string", go: "AccessType", required: true },
    connection_names: { kind: "strings", go: "ConnectionNames", required: true },
    attributes: { kind: "strings", go: "Attributes" },
    approval_required_groups: { kind: "strings", go: "ApprovalRequiredGroups", required: true },
    reviewers_groups: { kind: "strings", go: "ReviewersGroups", required: true },
    all_groups_must_approve: { kind: "bool", go: "AllGroupsMustApprove" },
    min_approvals: { kind: "int64", go: "MinApprovals" },
    force_approval_groups: { kind: "strings", go: "ForceApprovalGroups", required: true },
    skip_review_groups: { kind: "strings", go: "SkipReviewGroups" },
    access_max_duration: { kind: "int64", go: "AccessMaxDuration" },
  },
} as const;

function listRules({ gateway, query }: Call): Reply {
  const rows = [...gateway.store.view.table("accessRules").all()];
  const page = query("page_size") === undefined ? undefined : pageOf(query);
  const shown = (page === undefined ? rows : slicePage(rows, page)).map((row) => showRule(gateway, row));
  return ok({ pages: { total: rows.length, page: page?.page ?? 1, size: page?.size ?? 0 }, data: shown });
}

function getRule({ gateway, param }: Call): Reply {
  return ok(showRule(gateway, findRule(gateway, param("name"))));
}

function postRule({ gateway, body }: Call): Reply {
  const fields = decode(shape, body);
  const { licence } = gateway.behaviour;
  const count = gateway.store.view.table("accessRules").size;
  checkName(fields.name ?? "");
  // The limit hits before everything else that could be wrong.
  if (licence !== undefined && count >= licence.accessRequestRules)
    refuse(403, `access request rules are limited to ${licence.accessRequestRules} in the OSS version`);
  const now = gateway.time.stamp();
  const row = readRule(gateway, fields, { id: newId(gateway.random), createdAt: now, updatedAt: now });
  save(gateway, row);
  return created(showRule(gateway, row, "nanoseconds", "nanoseconds"));
}

function putRule({ gateway, param, body }: Call): Reply {
  const fields = decode(shape, body);
  const before = findRule(gateway, param("name"));
  checkName(fields.name ?? "");
  const { id, createdAt } = before;
  const row = readRule(gateway, fields, { id, createdAt, updatedAt: gateway.time.stamp() });
  save(gateway, row);
  return ok(showRule(gateway, row, "microseconds", "nanoseconds"));
}

function deleteRule({ gateway, param }: Call): Reply {
  gateway.store.commit([{ table: "accessRules", drop: findRule(gateway, param("name")).id }]);
  return noContent;
}

function findRule(gateway: Gateway, name: string): AccessRuleRow {
  for (const row of gateway.store.view.table("accessRules").all()) if (row.name === name) return row;
  return refuse(404, "access request rule not found");
}

function readRule(
  gateway: Gateway,
  fields: Decoded<typeof shape>,
  base: Pick<AccessRuleRow, "id" | "createdAt" | "updatedAt">,
): AccessRuleRow {
  const row: AccessRuleRow = {
    ...base,
    name: fields.name ?? "",
    description: fields.description ?? "",
    accessType: fields.access_type ?? "",
    connectionNames: fields.connection_names ?? [],
    attributes: fields.attributes ?? [],
    approvalRequiredGroups: fields.approval_required_groups ?? [],
    reviewersGroups: fields.reviewers_groups ?? [],
    allGroupsMustApprove: fields.all_groups_must_approve ?? false,
    minApprovals: fields.min_approvals ?? null,
    forceApprovalGroups: fields.force_approval_groups ?? [],
    skipReviewGroups: fields.skip_review_groups ?? null,
    accessMaxDuration: fields.access_max_duration ?? null,
  };
  check(row);
  refuseOverlap(gateway, row);
  return row;
}

function check(row: AccessRuleRow): void {
  if (!["jit", "command", "jit_command"].includes(row.accessType))
    refuse(422, "access_type must be one of 'jit', 'command' or 'jit_command'");
  if (row.connectionNames.length === 0 && row.attributes.length === 0)
    refuse(422, "either connection_names or attributes must have at least 1 entry");
  if (row.reviewersGroups.length === 0) refuse(422, "reviewers_groups must have at least 1 entry");
  if (!row.allGroupsMustApprove && (row.minApprovals ?? 0) < 1)
    refuse(422, "min_approvals must be at least 1 when all_groups_must_approve is false");
  if ((row.skipReviewGroups ?? []).length > 0 && row.approvalRequiredGroups.length > 0)
    refuse(422, "skip_review_groups can only be set when approval_required_groups is empty");
  const names = [...row.connectionNames, ...row.attributes, ...row.approvalRequiredGroups, ...row.reviewersGroups];
  if (![...names, ...row.forceApprovalGroups].every((name) => isPlain(name)) || !isPlain(row.description, 4000))
    refuse(422, "a name is too long or has control characters");
}

/** One rule per name and per connection: which of two would decide is nobody's guess. */
function refuseOverlap(gateway: Gateway, row: AccessRuleRow): void {
  const { view } = gateway.store;
  for (const other of view.table("accessRules").all()) {
    if (other.id === row.id) continue;
    if (other.name === row.name) refuse(422, `access request rule ${row.name} already exists`);
    for (const connection of view.table("connections").all()) {
      if (covers(other, connection) && covers(row, connection))
        refuse(422, `connection ${connection.name} is in access request rule ${other.name} already`);
    }
  }
}

function save(gateway: Gateway, row: AccessRuleRow): void {
  const now = gateway.time.stamp();
  const attributes = row.attributes
    .filter((name) => gateway.store.view.table("attributes").get(name) === undefined)
    .map((name): Change => ({ table: "attributes", put: { id: newId(gateway.random), name, createdAt: now } }));
  gateway.store.commit([{ table: "accessRules", put: row }, ...attributes]);
}

function showRule(
  gateway: Gateway,
  row: AccessRuleRow,
  createdIn: Precision = "microseconds",
  updatedIn: Precision = "microseconds",
): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    access_type: row.accessType,
    connection_names: row.connectionNames,
    attributes: row.attributes,
    approval_required_groups: row.approvalRequiredGroups,
    all_groups_must_approve: row.allGroupsMustApprove,
    reviewers_groups: row.reviewersGroups,
    force_approval_groups: row.forceApprovalGroups,
    skip_review_groups: row.skipReviewGroups,
    access_max_duration: row.accessMaxDuration,
    min_approvals: row.minApprovals,
    managed_by: null,
    created_at: writtenAs(gateway.behaviour, row.createdAt, createdIn),
    updated_at: writtenAs(gateway.behaviour, row.updatedAt, updatedIn),
  };
}
