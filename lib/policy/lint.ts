import type { Manifest } from "../model/manifest";
import { durationWords } from "../model/duration";
import type { PlanNote } from "../model/plan";
import type { AccessRule, ApprovalStep } from "../model/rule";
import { stepWords, tryFindManager } from "./approval-rule";
import { isMember, peopleOfRule } from "./groups";
import { manifestIndex } from "./manifest-index";
import { countWords, listWords } from "./words";

/** What is odd about the rules without being wrong, in sentences; computed once per Manifest. */
export function lint(manifest: Manifest): readonly PlanNote[] {
  const known = memories.get(manifest);
  if (known !== undefined) return known;
  const notes = [
    ...manifest.rules.flatMap((rule) => ruleNotes(manifest, rule)),
    ...connectionNotes(manifest),
    ...protectedNotes(manifest),
  ].sort((a, b) => compare(a.subject, b.subject) || compare(a.sentence, b.sentence));
  memories.set(manifest, notes);
  return notes;
}

/**
 * Whether a rule decides at least one pair without being named: some pair of its `who` and `may`
 * matches no earlier rule.
 */
export function isEverFirst(manifest: Manifest, rule: AccessRule): boolean {
  const { rulesByConnection } = manifestIndex(manifest);
  const people = peopleOfRule(manifest, rule);
  return rule.may.some((connection) => {
    const rules = rulesByConnection.get(connection) ?? [];
    const earlier = rules.slice(0, rules.indexOf(rule)).map((other) => peopleOfRule(manifest, other));
    if (earlier.length === 0) return people.size > 0;
    for (const person of people) if (!earlier.some((others) => others.has(person))) return true;
    return false;
  });
}

const memories = new WeakMap<Manifest, readonly PlanNote[]>();

function ruleNotes(manifest: Manifest, rule: AccessRule): PlanNote[] {
  const subject = `rule ${rule.name}`;
  const note = (sentence: string): PlanNote => ({ kind: "lint", subject, sentence });
  const people = peopleOfRule(manifest, rule);
  const notes: PlanNote[] = [];
  if (people.size === 0) notes.push(note(`Rule ${rule.name} lets nobody ask: its groups are empty.`));
  else if (rule.may.length === 0) notes.push(note(`Rule ${rule.name} gives no connection.`));
  else if (!isEverFirst(manifest, rule)) {
    const by = `an earlier rule decides all of its pairs`;
    notes.push(note(`Rule ${rule.name} is reachable by name only (\`rule: ${rule.name}\`): ${by}.`));
  }
  const most = manifest.limits.maxDurationSeconds;
  if (rule.maxDurationSeconds > most) {
    notes.push(
      note(
        `Rule ${rule.name} allows ${durationWords(rule.maxDurationSeconds)}, but the organisation allows ${durationWords(most)} at most.`,
      ),
    );
  }
  rule.approval.steps.forEach((step, index) => {
    const fault = stepFault(manifest, rule, step);
    if (fault !== undefined) notes.push(note(`Step ${index + 1} of rule ${rule.name} (${stepWords(step)}): ${fault}.`));
  });
  const { steps, automatic } = rule.approval;
  if (automatic === undefined && steps.every((step) => step.when !== undefined)) {
    notes.push(note(`Rule ${rule.name} asks nobody where none of its steps' conditions holds.`));
  }
  return notes;
}

function stepFault(manifest: Manifest, rule: AccessRule, step: ApprovalStep): string | undefined {
  const people = peopleOfRule(manifest, rule);
  if (step.from.kind === "managerOfBeneficiary") {
    const without = [...people].filter((person) => tryFindManager(manifest, person) === undefined);
    if (without.length === 0) return undefined;
    return `${countWords(without.length, "person").replace("persons", "people")} who may ask ${without.length === 1 ? "has" : "have"} no manager, e.g. ${without[0]}`;
  }
  const groups = step.from.groups;
  const { groups: declared, users } = manifestIndex(manifest);
  if (groups.some((name) => declared.get(name)?.githubTeam !== undefined)) return undefined;
  const approvers = [...users.keys()].filter((person) => groups.some((name) => isMember(manifest, name, person)));
  if (approvers.length < step.approvals) return `only ${approvers.length} can approve`;
  const free = approvers.filter((person) => !people.has(person)).length;
  if (free < step.approvals && approvers.length - 1 < step.approvals) {
    return `everybody in ${listWords(groups, "and")} is needed, so none of them can ask`;
  }
  return undefined;
}

function connectionNotes(manifest: Manifest): PlanNote[] {
  const { rulesByConnection } = manifestIndex(manifest);
  return manifest.connections
    .filter((one) => !rulesByConnection.has(one.id))
    .map((one) => ({
      kind: "lint",
      subject: `connection ${one.id}`,
      sentence: `No rule gives connection ${one.id}.`,
    }));
}

function protectedNotes(manifest: Manifest): PlanNote[] {
  const { users, groups, serviceAccounts } = manifestIndex(manifest);
  return manifest.protected
    .filter((ref) => !users.has(ref) && !serviceAccounts.has(ref) && !groups.has(ref.replace(/^group:/, "")))
    .map((ref) => ({
      kind: "lint",
      subject: `protected ${ref}`,
      sentence: `${ref} is protected, but the rules do not know this principal.`,
    }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
