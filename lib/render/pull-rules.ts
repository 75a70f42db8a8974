import type { PolicyChange } from "../approval/pull/policy-change";
import { policyChanges } from "../approval/pull/policy-changes";
import type { FileChange } from "../model/snapshot";
import { count } from "./counts";
import { titled } from "./plan-sections";
import type { PullInput } from "./pull-input";
import { itemsWords, short } from "./pull-names";
import { markdownVoice } from "./voice";

/** What a pull request changes of the rules and of other governed files; never folded, empty where it changes none. */
export function rulesSections(input: PullInput): readonly string[] {
  const { governedChanges } = input.snapshot.subject;
  if (governedChanges.length === 0) return [];
  return [
    titled("Rules as claimed by the code of this pull request", ruleLines(input)),
    titled(`Governed files (${governedChanges.length})`, governedChanges.map(fileLine)),
  ];
}

/** What is dangerous about the edit, a sentence each. */
export function rulesCaution(input: PullInput): readonly string[] {
  if (input.snapshot.subject.governedChanges.length === 0) return [];
  const changes = tryChanges(input) ?? [];
  const approvers = new Set(changes.flatMap((one) => (one.of === "approvers in group" ? one.gained : [])));
  const steps = changes.some(({ of }) => of === "approvers of policy edits" || of === "source of approvals");
  const lost = changes.filter((one) => isSafeguard(one) && one.kind === "removed").length;
  return [
    "Changes files that decide who gets access.",
    ...(approvers.size > 0 ? [`${count(approvers.size, "person", "people")} may approve who could not before.`] : []),
    ...(steps ? ["Changes who approves edits like this one."] : []),
    ...(lost > 0 ? [`${count(lost, "safeguard")} removed.`] : []),
  ];
}

const { text, strong, code } = markdownVoice;

/** Undefined where there is nothing to compare: no policy in force, or no valid Manifest. */
function tryChanges({ snapshot, claimed }: PullInput): readonly PolicyChange[] | undefined {
  if (snapshot.policy === undefined || claimed === undefined) return undefined;
  return policyChanges(snapshot.policy.manifest, claimed);
}

function ruleLines(input: PullInput): readonly string[] {
  const changes = tryChanges(input);
  if (changes === undefined) return claimedItems(input);
  if (changes.length === 0) return ["- The rules stay as they are; only the files below change."];
  return changes.flatMap((one) => [
    `- ${signs[one.kind]} ${one.kind}: ${one.of}${one.name === "" ? "" : ` ${strong(one.name)}`}`,
    ...one.details.map((detail) => `  - ${text(detail)}`),
  ]);
}

/** Without a Manifest to compare: what the Decision says that the edit widens. */
function claimedItems({ decision }: PullInput): readonly string[] {
  const governed = decision.widening.filter(({ kind }) => kind !== "grant" && kind !== "file");
  const claim = decision.policyEdit?.manifest;
  const named = claim === undefined ? [] : [`- Manifest ${code(short(claim))}`];
  if (governed.length > 0) {
    return [...named, ...governed.map((item) => `- ! changes ${itemsWords([item], markdownVoice)}`)];
  }
  return named.length > 0 ? named : ["- ! What changes in the rules is not known: there is no valid Manifest."];
}

const signs: Readonly<Record<PolicyChange["kind"], string>> = { added: "\\+", removed: "\\-", changed: "\\~" };

function fileLine({ path, before, after }: FileChange): string {
  const what = before === null ? "added" : after === null ? "deleted" : "changed";
  return `- ${code(path)} ${what}`;
}

function isSafeguard({ of }: PolicyChange): boolean {
  return of === "guardrail" || of === "masking rule";
}
