/** `/guardrails` and `/datamasking-rules`: keyed by id only, so found by listing. Section 9 of gateway/hoop-api.md. */
import type { Api, ApiAnswer } from "./api";
import {
  fieldsOf,
  listOf,
  listOrNullOf,
  optionalNumber,
  optionalText,
  textField,
  textsField,
  type Fields,
} from "./shape";

/** A guardrail or masking rule; `raw` is the object as read: what a PUT sends back, changed. */
export interface SafeguardItem {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly connectionIds: readonly string[];
  readonly raw: Fields;
}

/** One rule of a guardrail. */
export interface GuardrailRuleItem {
  readonly type: string;
  readonly words: readonly string[];
  readonly pattern: string;
}

/** The two kinds by their route. */
export type SafeguardRoute = "guardrails" | "datamasking-rules";

/** All of one kind. */
export async function listSafeguards(api: Api, route: SafeguardRoute): Promise<readonly SafeguardItem[]> {
  return listOf(await api.read({ method: "GET", path: [route] }), route).map((item) => safeguardOf(item, route));
}

/** Makes one. */
export function createSafeguard(api: Api, route: SafeguardRoute, body: Fields): Promise<ApiAnswer> {
  return api.write({ method: "POST", path: [route], body });
}

/** Replaces one: without `connection_ids` it would come off every connection. */
export function putSafeguard(api: Api, route: SafeguardRoute, id: string, body: Fields): Promise<ApiAnswer> {
  return api.write({ method: "PUT", path: [route, id], body });
}

/** Deletes one. */
export function deleteSafeguard(api: Api, route: SafeguardRoute, id: string): Promise<ApiAnswer> {
  return api.write({ method: "DELETE", path: [route, id] });
}

/** The rules of a guardrail for what goes in or comes out. */
export function guardrailRules(item: SafeguardItem, way: "input" | "output"): readonly GuardrailRuleItem[] {
  const part = fieldsOf(item.raw[way] ?? {}, `guardrail.${way}`);
  return listOrNullOf(part["rules"], `guardrail.${way}.rules`).map((rule) => {
    const fields = fieldsOf(rule, `guardrail.${way}.rules[]`);
    return {
      type: textField(fields, "type", "guardrail.rule"),
      words: textsField(fields, "words", "guardrail.rule"),
      pattern: optionalText(fields, "pattern_regex", "guardrail.rule") ?? "",
    };
  });
}

/** The entity types that a masking rule looks for, and its threshold (0 to 1). */
export function maskingFields(item: SafeguardItem): {
  readonly entityTypes: readonly string[];
  readonly threshold: number | undefined;
} {
  const groups = listOrNullOf(item.raw["supported_entity_types"], "masking.supported_entity_types");
  const entityTypes = groups.flatMap((group) =>
    textsField(fieldsOf(group, "masking.supported_entity_types[]"), "entity_types", "masking"),
  );
  return { entityTypes, threshold: optionalNumber(item.raw, "score_threshold", "masking") };
}

function safeguardOf(json: unknown, where: string): SafeguardItem {
  const raw = fieldsOf(json, where);
  return {
    id: textField(raw, "id", where),
    name: textField(raw, "name", where),
    description: optionalText(raw, "description", where) ?? "",
    connectionIds: textsField(raw, "connection_ids", where),
    raw,
  };
}
