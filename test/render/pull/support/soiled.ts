import { catalogue } from "../../../../lib/errors";
import type { PullInput } from "../../../../lib/render/pull-input";
import { actionReasonWords } from "../../../../lib/render/reasons";

/** An input with a text put before or behind every text that somebody else may have written; not the marker. */
export function soiledInput(input: PullInput, text: string, place: "before" | "after"): PullInput {
  return { ...soiled(input, text, place), marker: input.marker };
}

/** A value with a text put before or behind every text in it that somebody else may have written, everywhere alike. */
export function soiled<Value>(value: Value, text: string, place: "before" | "after"): Value {
  const put = (one: string) => (place === "before" ? `${text}${one}` : `${one}${text}`);
  return walk(value, put, "") as Value;
}

/** Fields that only hold words of ours, from closed lists. */
const closed = new Set(
  "kind verdict severity code family direction phase authenticatedBy source outcome observed endReason rejectReason"
    .concat(" approvals class state summary gateway of unreadable")
    .split(" "),
);
const ours = new Set<string>([
  ...Object.keys(actionReasonWords),
  ...Object.values(catalogue).map(({ summary }) => summary),
]);
/** Digests, commits, ids of Grants and instants have a form of their own. */
const formed = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|[a-z2-7]{26}|\d{4}-\d{2}-\d{2}T[\d:.]+Z|gone)$/;

function walk(value: unknown, put: (text: string) => string, key: string): unknown {
  if (typeof value === "string") return closed.has(key) || ours.has(value) || formed.test(value) ? value : put(value);
  if (Array.isArray(value)) return value.map((one) => walk(one, put, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isOurs(name, value) ? inner : walk(inner, put, name)]),
  );
}

/** Why a whole commit is refused, who decided, and why a pair or a waiting Grant stands as it does, are closed too. */
function isOurs(name: string, of: object): boolean {
  if (name === "why") return ("fix" in of && !("request" in of)) || ("connection" in of && "grant" in of);
  if (name === "reason") return "fix" in of || "family" in of;
  if (name === "by") return typeof Reflect.get(of, "by") === "string";
  return false;
}
