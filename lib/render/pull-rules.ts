import type { PolicyChange } from "../approval/pull/policy-change";
import { policyChanges } from "../approval/pull/policy-changes";
import type { FileChange } from "../model/snapshot";
import { count, groupBy, listOf, partition, someOf } from "./counts";
import { mostNames } from "./lease-table";
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

/** `the rules change: 1 rule and 1 group (40 people may ask who could not)`; undefined where no governed file changes. */
export function tryRulesWords(input: PullInput): string | undefined {
  const files = input.snapshot.subject.governedChanges.length;
  if (files === 0) return undefined;
  const changes = tryChanges(input);
  if (changes === undefined) return `the rules or their files change (${count(files, "governed file")})`;
  if (changes.length === 0) return `${count(files, "governed file")} change${files === 1 ? "s" : ""}, the rules stay`;
  const parts = [...groupBy(changes, (one) => one.of)].map(([of, same]) =>
    same[0]?.name === "" ? of : of === "approvers in group" ? "approvers" : count(same.length, of),
  );
  const asking = new Set(changes.flatMap((one) => (one.of === "group" ? one.gained : []))).size;
  const gained = asking > 0 ? ` (${count(asking, "person", "people")} may ask who could not before)` : "";
  return `the rules change: ${listOf(parts)}${gained}`;
}

/** What is dangerous about the edit, a sentence each. */
export function rulesCaution(input: PullInput): readonly string[] {
  if (input.snapshot.subject.governedChanges.length === 0) return [];
  const changes = tryChanges(input) ?? [];
  const approvers = new Set(changes.flatMap((one) => (one.of === "approvers in group" ? one.gained : [])));
  const steps = changes.some(({ of }) => of === "approvers of policy edits" || of === "source of approvals");
  const gone = changes.filter((one) => isSafeguard(one) && one.kind === "removed").length;
  const bared = changes.filter(losesSafeguards).length;
  return [
    "Changes files that decide who gets access.",
    ...(approvers.size > 0 ? [`${count(approvers.size, "person", "people")} may approve who could not before.`] : []),
    ...(steps ? ["Changes who approves edits like this one."] : []),
    ...(gone > 0 ? [`${count(gone, "safeguard")} removed.`] : []),
    ...(bared > 0 ? [`${count(bared, "connection")} with fewer safeguards.`] : []),
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
  const [people, others] = partition(changes, (one) => one.of === "user" && one.kind !== "changed");
  return [
    ...others.flatMap((one) => [
      `- ${signs[one.kind]} ${one.kind}: ${one.of}${one.name === "" ? "" : ` ${strong(one.name)}`}`,
      ...one.details.map((detail) => `  - ${text(detail)}`),
    ]),
    ...[...groupBy(people, ({ kind }) => kind)].map(([, same]) => usersLine(same)),
  ];
}

/** Users that come or go, all in one line: being declared gives nobody anything. */
function usersLine(users: readonly PolicyChange[]): string {
  const kind = users[0]?.kind ?? "added";
  const names = users.map(({ name }) => strong(name));
  return `- ${signs[kind]} ${kind}: ${count(users.length, "user")} ${someOf(names, mostNames)}`;
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

/** A governed file and what happens to it, as a line of a list. */
export function fileLine({ path, before, after }: FileChange): string {
  const what = before === null ? "added" : after === null ? "deleted" : "changed";
  return `- ${code(path)} ${what}`;
}

function isSafeguard({ of }: PolicyChange): boolean {
  return of === "guardrail" || of === "masking rule";
}

/** A connection that a guardrail or a masking rule is taken off. */
function losesSafeguards({ of, details }: PolicyChange): boolean {
  return of === "connection" && details.some((detail) => /^(?:guardrails|masking rules): (?:.*, )?- /.test(detail));
}
