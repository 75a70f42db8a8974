import type { Finding } from "../model/report";
import { canonicalJsonText } from "./json";
import { terminalVoice, type Tone } from "./voice";

/** How findings are told. */
export interface FindingOptions {
  readonly format: "text" | "json";
  readonly colour?: boolean;
}

const looks: Readonly<Record<Finding["verdict"], { readonly mark: string; readonly tone: Tone }>> = {
  bad: { mark: "!", tone: "loud" },
  weak: { mark: "~", tone: "careful" },
  unknown: { mark: "?", tone: "careful" },
  good: { mark: "+", tone: "good" },
};
const order: readonly Finding["verdict"][] = ["bad", "weak", "unknown", "good"];

/** What `doctor` found, the worst first (JSON: `{doctorVersion, findings}`); no line break at the end. */
export function renderFindings(findings: readonly Finding[], options: FindingOptions): string {
  const sorted = findings.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  if (options.format === "json") return canonicalJsonText({ doctorVersion: 1, findings: sorted });
  const voice = terminalVoice({ colour: options.colour ?? false });
  const lines = sorted.flatMap((one) => {
    const { mark, tone } = looks[one.verdict];
    const head = `${voice.paint(tone, `${mark} ${one.verdict.padEnd(7)}`)} ${voice.strong(one.name)}: ${voice.text(one.sentence)}`;
    return one.fix === undefined ? [head] : [head, `            fix: ${voice.text(one.fix)}`];
  });
  return [...lines, findingsSummary(findings)].join("\n");
}

function findingsSummary(findings: readonly Finding[]): string {
  const counts = order.map((verdict) => `${findings.filter((one) => one.verdict === verdict).length} ${verdict}`);
  return `Doctor: ${counts.join(", ")}.`;
}
