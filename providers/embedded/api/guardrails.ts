/** `/guardrails`: stored, and shown on their connections. Section 9 of gateway/hoop-api.md. */
import { isUuid, newId } from "../chance";
import type { Gateway } from "../gateway";
import type { GuardrailRow, GuardrailRule } from "../store/rows";
import { type Precision, writtenAs } from "../time";
import { type Decoded, decode, isMap } from "./decode";
import { created, noContent, ok, refuse, refuseMistake, type Reply } from "./reply";
import { notUuid } from "./reviews";
import type { Call, Route } from "./route";
import { isPlain } from "./values";

const audit = (action: "create" | "update" | "delete"): Pick<Route, "audit"> => ({
  audit: { resource: "guardrails", action },
});

/** The routes of guardrails. */
export const guardrailRoutes: readonly Route[] = [
  { method: "GET", path: "/guardrails", who: "auditor", run: listGuardrails },
  { method: "POST", path: "/guardrails", who: "admin", run: postGuardrail, ...audit("create") },
  { method: "GET", path: "/guardrails/:id", who: "auditor", run: getGuardrail },
  { method: "PUT", path: "/guardrails/:id", who: "admin", run: putGuardrail, ...audit("update") },
  { method: "DELETE", path: "/guardrails/:id", who: "admin", run: deleteGuardrail, ...audit("delete") },
];

const shape = {
  go: "GuardRailRuleRequest",
  fields: {
    name: { kind: "string", go: "Name", required: true },
    description: { kind: "string", go: "Description" },
    input: { kind: "map", go: "Input" },
    output: { kind: "map", go: "Output" },
    connection_ids: { kind: "strings", go: "ConnectionIDs" },
  },
} as const;

function listGuardrails({ gateway }: Call): Reply {
  const rows = [...gateway.store.view.table("guardrails").all()];
  const attributes = gateway.behaviour.emptyListsVary ? null : [];
  return ok(rows.map((row) => ({ ...showGuardrail(gateway, row), attributes })));
}

function getGuardrail({ gateway, param }: Call): Reply {
  return ok(showGuardrail(gateway, findGuardrail(gateway, param("id"))));
}

function postGuardrail({ gateway, body }: Call): Reply {
  const fields = decode(shape, body);
  const { licence } = gateway.behaviour;
  const rows = [...gateway.store.view.table("guardrails").all()];
  if (licence !== undefined && rows.length >= licence.guardrails)
    refuse(403, `guardrail rules are limited to ${licence.guardrails} rule in OSS version`);
  if (rows.some((row) => row.name === fields.name)) refuse(409, "resource already exists");
  const now = gateway.time.stamp();
  const row = readGuardrail(gateway, fields, { id: newId(gateway.random), createdAt: now, updatedAt: now });
  gateway.store.commit([{ table: "guardrails", put: row }]);
  return created(showWritten(gateway, row, fields.connection_ids, "nanoseconds"));
}

function putGuardrail({ gateway, param, body }: Call): Reply {
  const fields = decode(shape, body);
  const { id, createdAt, connectionIds } = findGuardrail(gateway, param("id"));
  const kept = gateway.behaviour.putWipes ? [] : connectionIds;
  const named = fields.connection_ids ?? kept;
  const base = { id, createdAt, updatedAt: gateway.time.stamp() };
  const row = readGuardrail(gateway, { ...fields, connection_ids: named }, base);
  gateway.store.commit([{ table: "guardrails", put: row }]);
  return ok(showWritten(gateway, row, fields.connection_ids, "microseconds"));
}

function deleteGuardrail({ gateway, param }: Call): Reply {
  gateway.store.commit([{ table: "guardrails", drop: findGuardrail(gateway, param("id")).id }]);
  return noContent;
}

function findGuardrail(gateway: Gateway, id: string): GuardrailRow {
  if (!isUuid(id)) refuseMistake(gateway.behaviour, 404, `failed listing guard rail rules: ${notUuid(id)}`);
  return gateway.store.view.table("guardrails").get(id) ?? refuse(404, "resource not found");
}

function readGuardrail(
  gateway: Gateway,
  fields: Decoded<typeof shape>,
  base: Pick<GuardrailRow, "id" | "createdAt" | "updatedAt">,
): GuardrailRow {
  const { behaviour } = gateway;
  const [input, output] = [readRules(gateway, fields.input), readRules(gateway, fields.output)];
  const most = behaviour.licence?.guardrailRulesEachWay ?? 1000;
  if (input.length > most) refuse(403, `input rules are limited to ${most} rule in OSS version`);
  if (output.length > most) refuse(403, `output rules are limited to ${most} rule in OSS version`);
  if (!isPlain(fields.name ?? "") || !isPlain(fields.description ?? "", 4000))
    refuse(422, "name or description: too long or with control characters");
  const asked = fields.connection_ids ?? [];
  const connectionIds = asked.filter((id) => gateway.store.view.connectionById(id) !== undefined);
  if (!behaviour.safeguardsAreUnchecked && connectionIds.length < asked.length) refuse(422, "unknown connection id");
  return { ...base, name: fields.name ?? "", description: fields.description ?? "", input, output, connectionIds };
}

function readRules(
  gateway: Gateway,
  part: Readonly<Record<string, unknown>> | null | undefined,
): readonly GuardrailRule[] {
  const rules = part?.["rules"];
  if (!Array.isArray(rules)) return [];
  return rules.map((rule: unknown): GuardrailRule => {
    if (!isMap(rule)) return refuse(400, "json: cannot unmarshal into Go struct field GuardRailRuleRequest.rules");
    const words = Array.isArray(rule["words"]) ? rule["words"].filter((word) => typeof word === "string") : [];
    const read = { pattern_regex: text(rule["pattern_regex"]), type: text(rule["type"]), words };
    if (!gateway.behaviour.safeguardsAreUnchecked) checkRule(read);
    return read;
  });
}

/** Hoop takes any type and any regular expression. */
function checkRule(rule: GuardrailRule): void {
  if (rule.type !== "deny_words_list" && rule.type !== "pattern_match") refuse(422, `unknown rule type "${rule.type}"`);
  if (rule.type !== "pattern_match") return;
  try {
    // RE2's `(?i)` at the start has no counterpart without flags in JavaScript.
    RegExp(rule.pattern_regex.replace(/^\(\?[a-z]+\)/, ""), "u");
  } catch {
    refuse(422, "pattern_regex is not a regular expression");
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function showWritten(
  gateway: Gateway,
  row: GuardrailRow,
  asked: readonly string[] | null | undefined,
  precision: Precision,
): Record<string, unknown> {
  const shown = showGuardrail(gateway, row, precision);
  if (!gateway.behaviour.emptyListsVary) return shown;
  const ids = row.connectionIds.length > 0 && asked !== undefined ? row.connectionIds : null;
  return { ...shown, connection_ids: ids, attributes: null };
}

function showGuardrail(
  gateway: Gateway,
  row: GuardrailRow,
  precision: Precision = "microseconds",
): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    managed_by: null,
    input: { rules: row.input },
    output: { rules: row.output },
    connection_ids: row.connectionIds,
    attributes: [],
    created_at: writtenAs(gateway.behaviour, row.createdAt, precision),
    updated_at: writtenAs(gateway.behaviour, row.updatedAt, precision),
  };
}
