import type { Digest } from "../model/canonical";
import { durationWords } from "../model/duration";
import type { Instant } from "../model/instant";
import type { Manifest } from "../model/manifest";
import { levelSentence } from "../plan";
import { count } from "./counts";
import { canonicalJsonText } from "./json";
import { whenWords } from "./times";
import { terminalVoice } from "./voice";

/** The policy in force as it is told. */
export interface PolicyView {
  readonly manifest: Manifest;
  readonly digest: Digest;
  readonly at: Instant;
  readonly by: string;
}

/** The policy in force: since when, by whom, and its rules in a line each; as JSON the whole Manifest. */
export function renderPolicy(
  view: PolicyView,
  options: { readonly format: "text" | "json"; readonly now: Instant },
): string {
  if (options.format === "json") return canonicalJsonText({ policyVersion: 1, ...view });
  const voice = terminalVoice({ colour: false });
  const { manifest } = view;
  const rules = manifest.rules.map(
    (rule) =>
      `  ${voice.text(rule.name)}: ${count(rule.may.length, "connection")}, up to ${durationWords(rule.maxDurationSeconds)}, ` +
      `asked by ${rule.who.map((who) => voice.text(who)).join(", ")}`,
  );
  const levels = manifest.connections.flatMap(({ id, privileges }) =>
    privileges === undefined ? [] : [`  ${voice.text(levelSentence(id, privileges))}`],
  );
  return [
    `Policy ${view.digest.slice(0, 12)}, accepted ${whenWords(view.at, options.now)} by ${voice.text(view.by)}.`,
    ...rules,
    ...levels,
    `${count(manifest.rules.length, "rule")}, ${count(manifest.connections.length, "connection")}, ${count(manifest.users.length, "person", "people")}.`,
  ].join("\n");
}
