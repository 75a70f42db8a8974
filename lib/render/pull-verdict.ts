import type { PullDecision, PullRefusal } from "../approval/pull/pull-decision";
import type { Diagnostic } from "../errors";
import { assertNever } from "../model/exhaustive";
import { capital, count, listOf } from "./counts";
import { countDiagnostics } from "./diagnostics";
import { standingOut, wideningWords } from "./plan-verdict";
import { planView } from "./plan-view";
import type { PullInput } from "./pull-input";
import { pullLeases } from "./pull-leases";
import { itemsWords } from "./pull-names";
import { tryRulesWords } from "./pull-rules";
import { missingApprovals, stepGroups } from "./pull-steps";
import type { Voice } from "./voice";

/** What becomes of a pull request in words, with the number that matters, without a full stop. */
export function pullVerdict(input: PullInput, voice: Voice): string {
  const { decision } = input;
  const trouble = troubleWords(input.trouble ?? []);
  const { plan, now } = input;
  const besides = plan === undefined ? [] : standingOut(plan, planView(plan, now));
  return [...trouble, ...voidWords(decision, voice), capital(verdictWords(input, voice)), ...besides].join(". ");
}

/** Whether nobody has to do anything, but for what `trouble` says. */
export function isSettled(decision: PullDecision): boolean {
  return decision.verdict === "approved" || decision.verdict === "nothing to approve";
}

/** What the commit does in all: who gains, which rules change, what only narrows. */
export function effectWords(input: PullInput): string {
  const { decision, plan } = input;
  const gained = wideningWords(pullLeases(decision, plan).widening);
  const ended = decision.narrowing.reduce((sum, one) => sum + one.grants, 0);
  const rules = tryRulesWords(input);
  const narrows = `${count(decision.narrowing.length, "request")} removed or narrowed, ${count(ended, "grant")} affected`;
  const parts = [
    ...(rules === undefined ? [] : [rules]),
    ...(gained === undefined ? [] : [gained]),
    ...(gained !== undefined && decision.narrowing.length > 0 ? [narrows] : []),
  ];
  if (parts.length > 0) return listOf(parts);
  return decision.narrowing.length > 0 ? `access only narrows: ${narrows}` : "nobody's access changes";
}

/** Why a whole commit is refused, as the end of a sentence. */
const refusalWords: Readonly<Record<PullRefusal, string>> = {
  "no policy in force": "no policy is in force yet",
  "base is not the accepted policy": "the base branch is not the policy in force",
  recovering: "the Log is recovering",
  fork: "it comes from a fork",
  "not the default branch": "it is not meant for the default branch",
  "direct push": "it was pushed without a pull request",
  "nothing planned": "it changes request files and nothing is planned",
  "manifest missing": "the rules change and the manifest is not committed",
  "manifest invalid": "the committed manifest is not valid",
  "rules moved": "the rules on the base branch moved",
  "requests moved": "the requests on the base branch moved",
  "team unreadable": "a team cannot be read",
  draft: "it is a draft",
};

/** What went wrong, in the words of the catalogue; nothing where nothing did. */
export function troubleWords(trouble: readonly Diagnostic[]): readonly string[] {
  const summaries = [...new Set(trouble.map(({ summary }) => summary))];
  return summaries.length === 0 ? [] : [`Failed: ${listOf(summaries)}`];
}

/** After a push that widens: what the approved commits did not have. */
function voidWords({ verdict, reviews }: PullDecision, voice: Voice): readonly string[] {
  if (verdict !== "waiting") return [];
  const last = reviews.findLast((review) => review.verdict.kind === "void");
  if (last?.verdict.kind !== "void") return [];
  return [`Approval void: ${voice.text(last.verdict.why)}`];
}

function verdictWords(input: PullInput, voice: Voice): string {
  const { decision } = input;
  switch (decision.verdict) {
    case "approved":
      return `approved: ${effectWords(input)}`;
    case "nothing to approve":
      return `nothing to approve: ${effectWords(input)}`;
    case "waiting":
      return `${needWords(decision)}: ${effectWords(input)}`;
    case "refused":
      return `refused: ${refusedWords(decision, voice)}`;
    case "invalid":
      return `invalid: ${count(countDiagnostics(decision.diagnostics).error, "problem")} to mend`;
    default:
      return assertNever(decision.verdict);
  }
}

function needWords(decision: PullDecision): string {
  const missing = missingApprovals(stepGroups(decision));
  return missing === 0 ? "waits" : `needs ${count(missing, "approval")}`;
}

function refusedWords(decision: PullDecision, voice: Voice): string {
  const whole = [...new Set(decision.refused.map(({ why }) => refusalWords[why]))];
  if (whole.length > 0) return listOf(whole);
  if (decision.refusals.length > 0) return `the rules say no to ${count(decision.refusals.length, "grant")}`;
  const grants = decision.grants.filter((one) => isRefused(one));
  const items = grants.map(({ item }) => item);
  return items.length > 0 ? `nobody can approve ${itemsWords(items, voice)}` : "the rules say no";
}

function isRefused(one: PullDecision["grants"][number]): boolean {
  return one.decision.verdict === "refused" || one.underNewRules?.verdict === "refused";
}
