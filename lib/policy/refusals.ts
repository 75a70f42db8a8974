import { Duration, durationWords } from "../model/duration";
import type { Refusal, RefusalReason } from "../model/desired";
import type { ErrorCode } from "../errors";
import { assertNever } from "../model/exhaustive";
import type { Instant } from "../model/instant";
import { limits } from "../model/limits";
import type { Manifest } from "../model/manifest";
import { tryParseConnectionId, type ConnectionId, type PersonId } from "../model/names";
import type { AccessRule } from "../model/rule";
import { trySuggest } from "../model/suggest";
import { stepWords } from "./approval-rule";
import { matchingRules, tryFindDecidingRule } from "./deciding-rule";
import { manifestIndex } from "./manifest-index";
import { listWords, someWords } from "./words";

/** The error code under which a refusal is reported. */
export function refusalCode(reason: RefusalReason): ErrorCode {
  switch (reason) {
    case "unknown person":
    case "unknown connection":
    case "unknown group":
    case "unknown rule":
      return "E107";
    case "no rule":
      return "E114";
    case "longer than the rule allows":
    case "longer than the organisation allows":
      return "E103";
    case "start too far ahead":
      return "E105";
    case "too many pairs":
      return "E109";
    case "name is spent":
      return "E113";
    case "edited after merge":
      return "E112";
    case "ticket required":
    case "group may only approve":
    case "opted out":
    case "depends on the edit":
      return "E300";
    case "cannot be held":
    case "user unknown at the gateway":
    case "foreign object":
      return "E307";
    case "another installation":
      return "E504";
    case "protected principal":
      return "E308";
    default:
      return assertNever(reason);
  }
}

/** Refuses a person whom the rules do not know. */
export function unknownPerson(manifest: Manifest, request: string, person: PersonId): Refusal {
  const { users, serviceAccounts } = manifestIndex(manifest);
  const suggested = (): string | undefined =>
    person.startsWith("service:") ? trySuggest(person, serviceAccounts.keys()) : trySuggestEmail(person, users.keys());
  return {
    request,
    person,
    reason: "unknown person",
    sentence: `The rules do not know ${person}${meant(manifest, person, suggested)}`,
    fix: "correct the name, or declare this person in the rules by a pull request",
  };
}

/** Refuses a Group that the rules do not know. */
export function unknownGroup(manifest: Manifest, request: string, group: string): Refusal {
  return {
    request,
    reason: "unknown group",
    sentence: `The rules have no group ${group}${meant(manifest, group, () => trySuggest(group, manifestIndex(manifest).groups.keys()))}`,
    fix: "correct the name, or declare the group in the rules by a pull request",
  };
}

/** Refuses a Connection that the rules do not know. */
export function unknownConnection(manifest: Manifest, request: string, connection: ConnectionId): Refusal {
  const { connections } = manifestIndex(manifest);
  const resource = tryParseConnectionId(connection)?.resource;
  const levels = manifest.connections.filter((one) => one.resource === resource).map((one) => one.id);
  return {
    request,
    connection,
    reason: "unknown connection",
    sentence: `The rules have no connection ${connection}${meant(manifest, connection, () => trySuggest(connection, connections.keys()))}`,
    fix: levels.length === 0 ? "correct the name" : `ask for ${listWords(levels, "or")}`,
  };
}

/** Refuses a rule that does not exist, or that does not match the pair. */
export function wrongRule(
  manifest: Manifest,
  asked: { readonly request: string; readonly person: PersonId; readonly connection: ConnectionId },
  name: string,
): Refusal {
  const { rules } = manifestIndex(manifest);
  const matching = matchingRules(manifest, asked.person, asked.connection).map((rule) => rule.name);
  const fix =
    matching.length === 0
      ? noRuleFix(manifest, asked.person, asked.connection)
      : `write \`rule: ${matching[0]}\`, or leave \`rule\` out`;
  const sentence = rules.has(name)
    ? `Rule ${name} does not let ${asked.person} ask for ${asked.connection}.`
    : `There is no rule ${name}${meant(manifest, name, () => trySuggest(name, rules.keys()))}`;
  return { ...asked, reason: rules.has(name) ? "no rule" : "unknown rule", sentence, fix };
}

/** Refuses a pair that no rule matches. */
export function noRule(
  manifest: Manifest,
  asked: { readonly request: string; readonly person: PersonId; readonly connection: ConnectionId },
): Refusal {
  return {
    ...asked,
    reason: "no rule",
    sentence: `No rule lets ${asked.person} ask for ${asked.connection}.`,
    fix: noRuleFix(manifest, asked.person, asked.connection),
  };
}

/** Refuses a Group whose members are a team on GitHub as beneficiary. */
export function groupMayOnlyApprove(request: string, group: string, team: string): Refusal {
  return {
    request,
    reason: "group may only approve",
    sentence: `Group ${group} is the team ${team} on GitHub and may only approve.`,
    fix: "name the people, or a group whose members the rules list",
  };
}

/** Refuses a duration that is over the rule's maximum. */
export function tooLongForRule(
  manifest: Manifest,
  asked: { readonly request: string; readonly person: PersonId; readonly connection: ConnectionId },
  rule: AccessRule,
  seconds: number,
): Refusal {
  const longer = matchingRules(manifest, asked.person, asked.connection).find(
    (other) => other !== rule && other.maxDurationSeconds >= seconds,
  );
  const other =
    longer === undefined
      ? ""
      : `, or ask for rule ${longer.name} (up to ${durationWords(longer.maxDurationSeconds)}, ${approvalCount(longer)})`;
  return {
    ...asked,
    rule: rule.name,
    reason: "longer than the rule allows",
    sentence: `${durationWords(seconds)} is longer than rule ${rule.name} allows: at most ${durationWords(rule.maxDurationSeconds)}.`,
    fix: `ask for ${Duration.seconds(rule.maxDurationSeconds)} or less${other}`,
  };
}

/** Refuses a duration that is over the organisation's cap. */
export function tooLongForOrganisation(
  asked: { readonly request: string; readonly person: PersonId; readonly connection: ConnectionId },
  rule: AccessRule,
  bounds: { readonly asked: number; readonly most: number },
): Refusal {
  return {
    ...asked,
    rule: rule.name,
    reason: "longer than the organisation allows",
    sentence: `${durationWords(bounds.asked)} is longer than the organisation allows: at most ${durationWords(bounds.most)}.`,
    fix: `ask for ${Duration.seconds(bounds.most)} or less`,
  };
}

/** Refuses a latest start that lies too far ahead. */
export function startTooFarAhead(request: string, startBefore: Instant, withinSeconds: number): Refusal {
  return {
    request,
    reason: "start too far ahead",
    sentence: `startBefore ${startBefore} lies more than ${durationWords(withinSeconds)} ahead.`,
    fix: `choose a startBefore within ${durationWords(withinSeconds)}, and ask again later for what comes after`,
  };
}

/** Refuses a request without a ticket where the rule wants one. */
export function ticketRequired(
  asked: { readonly request: string; readonly person: PersonId; readonly connection: ConnectionId },
  rule: AccessRule,
): Refusal {
  return {
    ...asked,
    rule: rule.name,
    reason: "ticket required",
    sentence: `Rule ${rule.name} wants a ticket.`,
    fix: "add `ticket:` to the request",
  };
}

/** Refuses more pairs than one request may have. */
export function tooManyPairs(request: string, count: number): Refusal {
  return {
    request,
    reason: "too many pairs",
    sentence: `The request is for ${count} pairs of person and connection, at most ${limits.requestPairs}.`,
    fix: "split it into several requests",
  };
}

/** Refuses a name that was removed and came back. */
export function nameIsSpent(request: string, removedAt: Instant): Refusal {
  return {
    request,
    reason: "name is spent",
    sentence: `The request name ${request} is spent: it was removed at ${removedAt}, and a name is used once.`,
    fix: "write a new request under another name",
  };
}

/** Refuses an edit of a merged request that is not a narrowing. */
export function editedAfterMerge(request: string, what: string): Refusal {
  return {
    request,
    reason: "edited after merge",
    sentence: `Request ${request} is merged and may only be narrowed, but ${what}.`,
    fix: "undo the edit, and write a new request",
  };
}

/** Refuses a pair that a commit asks for together with the edit of the rules that it needs, or that changes it. */
export function dependsOnEdit({
  request,
  person,
  connection,
}: {
  readonly request: string;
  readonly person: PersonId;
  readonly connection: ConnectionId;
}): Refusal {
  return {
    request,
    person,
    connection,
    reason: "depends on the edit",
    sentence: `What ${person} gets on ${connection} depends on the edit of the rules in the same commit.`,
    fix: "merge the edit of the rules first, and ask in another pull request",
  };
}

/** `, did you mean X?` or a full stop; looked up at most this often for one Manifest, because a moved file can make everything unknown. */
const suggestionsPerManifest = 500;
const suggestionsMade = new WeakMap<Manifest, Map<string, string>>();

function meant(manifest: Manifest, name: string, suggest: () => string | undefined): string {
  const made = suggestionsMade.get(manifest) ?? new Map<string, string>();
  suggestionsMade.set(manifest, made);
  const known = made.get(name);
  if (known !== undefined) return known;
  if (made.size >= suggestionsPerManifest) return ".";
  const suggestion = suggest();
  const words = suggestion === undefined ? "." : `, did you mean ${suggestion}?`;
  made.set(name, words);
  return words;
}

/** E-mails at one domain are alike by their domain alone: there only what stands before it is compared. */
function trySuggestEmail(email: string, candidates: Iterable<string>): string | undefined {
  const domain = email.slice(email.indexOf("@"));
  const locals: string[] = [];
  const others: string[] = [];
  for (const candidate of candidates) {
    if (candidate.endsWith(domain)) locals.push(candidate.slice(0, -domain.length));
    else others.push(candidate);
  }
  const local = trySuggest(email.slice(0, -domain.length), locals);
  return local === undefined ? trySuggest(email, others) : `${local}${domain}`;
}

function noRuleFix(manifest: Manifest, person: PersonId, connection: ConnectionId): string {
  const { connections, rulesByConnection } = manifestIndex(manifest);
  const resource = connections.get(connection)?.resource;
  const others = manifest.connections
    .filter((one) => one.resource === resource && one.id !== connection)
    .flatMap((one) => {
      const rule = tryFindDecidingRule(manifest, person, one.id);
      return rule === undefined ? [] : [`${one.id} (rule ${rule.name})`];
    });
  if (others.length > 0) return `ask for ${listWords(others, "or")}`;
  const rules = rulesByConnection.get(connection) ?? [];
  const first = rules[0];
  if (first === undefined) return "no rule gives this connection to anybody; add one by a pull request";
  return `rule ${first.name} lets ${someWords(first.who, 5)} ask for it; ask to be added there by a pull request`;
}

function approvalCount(rule: AccessRule): string {
  if (rule.approval.steps.length === 0) return "automatic approval";
  const people = rule.approval.steps.reduce((sum, step) => sum + step.approvals, 0);
  if (rule.approval.steps.some((step) => step.when !== undefined)) return rule.approval.steps.map(stepWords).join(", ");
  return people === 1 ? "1 approval" : `${people} approvals`;
}
