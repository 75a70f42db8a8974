/** Connections as hoop shows them: `GET /connections/:name` everything, lists less. */
import { isGuarded } from "../decision/connect";
import { tryFindRule } from "../decision/gate";
import type { Gateway } from "../gateway";
import type { AccessRuleRow, ConnectionRow } from "../store/rows";
import { writtenAs } from "../time";
import { listOrNull } from "./values";

/** A connection as GET by name and writes give it; `features` are shown by GET only. */
export function showConnection(
  gateway: Gateway,
  row: ConnectionRow,
  withSecret: boolean,
  withFeatures: boolean,
): Record<string, unknown> {
  const rule = withFeatures ? tryFindRule(gateway.store.view, row) : undefined;
  const longest = rule?.accessMaxDuration ?? null;
  return {
    ...fields(gateway, row, withSecret),
    force_approve_groups: row.forceApproveGroups,
    access_max_duration: row.accessMaxDuration,
    min_review_approvals: row.minReviewApprovals,
    mandatory_metadata_fields: row.mandatoryMetadataFields,
    ...(longest === null ? {} : { jit_access_duration_sec: longest }),
    attributes: row.attributes,
    effective_features: withFeatures ? features(gateway, row, rule) : null,
    secrets_updated_at: writtenAs(gateway.behaviour, row.secretsUpdatedAt, "microseconds"),
  };
}

/** A connection in a list. */
export function listConnection(
  gateway: Gateway,
  row: ConnectionRow,
  isPaged: boolean,
  withSecret: boolean,
): Record<string, unknown> {
  if (!gateway.behaviour.listsHideFields) return showConnection(gateway, row, withSecret, true);
  return {
    ...fields(gateway, row, false),
    force_approve_groups: null,
    access_max_duration: null,
    min_review_approvals: null,
    mandatory_metadata_fields: isPaged ? row.mandatoryMetadataFields : null,
    attributes: row.attributes,
    effective_features: null,
  };
}

function fields(gateway: Gateway, row: ConnectionRow, withSecret: boolean): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    command: listOrNull(gateway.behaviour, row.command),
    resource_name: row.resourceName,
    type: row.type,
    subtype: row.subtype,
    secret: withSecret ? row.secret : {},
    default_database: databaseOf(gateway, row),
    agent_id: row.agentId,
    status: isAgentThere(gateway, row.agentId) ? "online" : "offline",
    reviewers: row.reviewers,
    redact_enabled: row.redactTypes.length > 0,
    redact_types: row.redactTypes,
    managed_by: null,
    tags: [],
    connection_tags: row.tags,
    access_mode_runbooks: row.accessModeRunbooks,
    access_mode_exec: row.accessModeExec,
    access_mode_connect: row.accessModeConnect,
    access_schema: row.accessSchema,
    guardrail_rules: guardrailsOf(gateway, row.id),
    jira_issue_template_id: "",
  };
}

function databaseOf(gateway: Gateway, row: ConnectionRow): string {
  const base64 = row.secret["envvar:DB"];
  const isShown = gateway.behaviour.secretsAreStored && row.type === "database" && base64 !== undefined;
  return isShown ? Buffer.from(base64, "base64").toString("utf8") : "";
}

function isAgentThere(gateway: Gateway, id: string): boolean {
  for (const agent of gateway.store.view.table("agents").all()) if (agent.id === id) return agent.builtIn;
  return false;
}

function guardrailsOf(gateway: Gateway, connectionId: string): readonly string[] {
  const ids: string[] = [];
  for (const row of gateway.store.view.table("guardrails").all()) {
    if (row.connectionIds.includes(connectionId)) ids.push(row.id);
  }
  return ids;
}

function features(gateway: Gateway, row: ConnectionRow, rule: AccessRuleRow | undefined): Record<string, unknown> {
  const { view } = gateway.store;
  const isMasked = [...view.table("maskingRules").all()].some((one) => one.connectionIds.includes(row.id));
  const hasCommandRule = [...view.table("accessRules").all()].some(
    (one) => one.accessType !== "jit" && one.connectionNames.includes(row.name),
  );
  return {
    guardrails: isGuarded(view, row.id),
    data_masking: isMasked,
    ai_session_analyzer: false,
    jira_templates: false,
    mandatory_metadata: row.mandatoryMetadataFields.length > 0,
    access_request: { command: hasCommandRule, jit: rule !== undefined, legacy_reviewers: row.reviewers.length > 0 },
  };
}
