/** Guardrails and MaskingRules between normal form and hoop's: section 9 of gateway/hoop-api.md. */
import type { GuardrailObject, MaskingRuleObject } from "../../../lib/model/gateway-object";
import type { GuardrailPattern } from "../../../lib/model/safeguard";
import { guardrailRules, maskingFields, type GuardrailRuleItem, type SafeguardItem } from "../client/safeguards";
import type { Fields } from "../client/shape";
import { splitMark, withMark } from "./mark";

/** The body of a guardrail: as read, changed; it stays on the Connections that it is on. */
export function guardrailBody(value: GuardrailObject, installation: string, before: SafeguardItem | undefined): Fields {
  return {
    ...before?.raw,
    name: value.name,
    description: withMark(value.description ?? "", installation),
    input: { rules: value.input.map(ruleOf) },
    output: { rules: value.output.map(ruleOf) },
    connection_ids: [...(before?.connectionIds ?? [])],
  };
}

/** A guardrail in normal form. */
export function guardrailOf(item: SafeguardItem): GuardrailObject {
  return {
    kind: "guardrail",
    name: item.name,
    ...descriptionOf(item),
    input: guardrailRules(item, "input").map(patternOf),
    output: guardrailRules(item, "output").map(patternOf),
  };
}

/** The body of a masking rule: as read, changed; it stays on the Connections that it is on. */
export function maskingBody(value: MaskingRuleObject, installation: string, before: SafeguardItem | undefined): Fields {
  const percent = value.scoreThresholdPercent;
  return {
    ...before?.raw,
    name: value.name,
    description: withMark(value.description ?? "", installation),
    supported_entity_types: [{ name: "leasehold", entity_types: [...value.entityTypes] }],
    custom_entity_types: [],
    score_threshold: percent === undefined ? null : percent / 100,
    connection_ids: [...(before?.connectionIds ?? [])],
  };
}

/** A masking rule in normal form. */
export function maskingRuleOf(item: SafeguardItem): MaskingRuleObject {
  const { entityTypes, threshold } = maskingFields(item);
  return {
    kind: "maskingRule",
    name: item.name,
    ...descriptionOf(item),
    entityTypes,
    ...(threshold === undefined ? {} : { scoreThresholdPercent: Math.round(threshold * 100) }),
  };
}

function descriptionOf(item: SafeguardItem): { readonly description?: string } {
  const { text } = splitMark(item.description);
  return text === "" ? {} : { description: text };
}

function ruleOf(pattern: GuardrailPattern): Fields {
  switch (pattern.type) {
    case "denyWords":
      return { type: "deny_words_list", words: [...pattern.words], pattern_regex: "" };
    case "pattern":
      return { type: "pattern_match", words: [], pattern_regex: pattern.pattern };
  }
}

function patternOf(rule: GuardrailRuleItem): GuardrailPattern {
  if (rule.type === "deny_words_list") return { type: "denyWords", words: rule.words };
  return { type: "pattern", pattern: rule.pattern };
}
