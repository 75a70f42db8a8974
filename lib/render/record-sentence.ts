import type { Actor } from "../model/actor";
import type { OptOut } from "../model/approval";
import type { Decision } from "../model/decision";
import { assertNever } from "../model/exhaustive";
import type { GrantFacts, RecordBody } from "../model/record";
import { count, listOf, someOf } from "./counts";
import { subjectWords } from "./configuration";
import { endReasonWords, rejectReasonWords } from "./reasons";
import { utcWords } from "./times";
import type { Voice } from "./voice";

/** One sentence for what a record of the Log says; closed over every type of record. */
export function recordSentence(body: RecordBody, voice: Voice): string {
  switch (body.type) {
    case "log.opened":
      return `The Log was opened for installation ${voice.code(body.installation)}`;
    case "epoch.taken":
      return `${voice.strong(body.holder)} became the writer, epoch ${body.epoch}`;
    case "policy.accepted":
    case "merge.decided":
    case "merge.told":
    case "requests.merged":
    case "request.refused":
    case "approval.given":
    case "decision.made":
    case "removals.confirmed":
      return decisionSentence(body, voice);
    case "grant.rejected":
    case "activation.intended":
    case "activation.done":
    case "activation.failed":
    case "change.intended":
    case "change.done":
    case "change.failed":
      return grantSentence(body, voice);
    case "ending.intended":
    case "ending.done":
    case "ending.refused":
    case "stray.ended":
      return endingSentence(body, voice);
    case "configuration.intended":
    case "configuration.done":
    case "configuration.failed":
      return configurationSentence(body, voice);
    case "optout.set":
    case "optout.lifted":
    case "freeze.set":
    case "freeze.lifted":
    case "drift.seen":
    case "recovery.started":
    case "recovery.adopted":
    case "recovery.completed":
      return houseSentence(body, voice);
    default:
      return assertNever(body);
  }
}

/** Who did it, and how sure that is. */
export function actorWords(actor: Actor, voice: Voice): string {
  switch (actor.authenticatedBy) {
    case "self":
      return "the reconciler";
    case "unauthenticated":
      return `${voice.strong(actor.id)} (unauthenticated)`;
    case "gateway":
      return `${voice.strong(actor.id)} (by token)`;
    case "github":
      return `${voice.strong(actor.id)} (on GitHub)`;
    default:
      return assertNever(actor.authenticatedBy);
  }
}

type Of<Type extends RecordBody["type"]> = Extract<RecordBody, { readonly type: Type }>;

const most = 5;

function decisionSentence(
  body: Of<
    | "policy.accepted"
    | "merge.decided"
    | "merge.told"
    | "requests.merged"
    | "request.refused"
    | "approval.given"
    | "decision.made"
    | "removals.confirmed"
  >,
  voice: Voice,
): string {
  switch (body.type) {
    case "policy.accepted": {
      const first = body.bootstrap ? "the first policy" : "a new policy";
      const spent = body.spent.length === 0 ? "" : `; ${count(body.spent.length, "request name")} spent by it`;
      return `${actorWords(body.by, voice)} accepted ${first} ${body.manifest.slice(0, 12)}${spent}`;
    }
    case "merge.decided": {
      const { commit, pull, refused } = body.merge;
      const of = pull === undefined ? "pushed directly" : `of pull request ${pull}`;
      const names = (refused?.requests ?? []).map(voice.strong);
      const lost = [
        ...(names.length > 0 ? [someOf(names, most)] : []),
        ...(refused?.edit === undefined ? [] : ["the edit of governed files"]),
      ];
      const without = lost.length === 0 ? "" : `; refused: ${listOf(lost)}`;
      return `Commit ${voice.code(commit.slice(0, 12))}, ${of}, is decided: ${body.verdict}${without}`;
    }
    case "merge.told":
      return `What became of commit ${voice.code(body.commit.slice(0, 12))} is told on GitHub`;
    case "requests.merged":
      return `${actorWords(body.by, voice)} merged requests: ${mergedWords(body, voice)}`;
    case "request.refused":
      return `Request ${voice.strong(body.request)} was refused${body.final ? " for ever" : ""}: ${voice.text(body.why)}`;
    case "approval.given":
      return `${actorWords(body.approval.by, voice)} approved ${voice.strong(body.approval.request)} as ${voice.strong(body.approval.person)}`;
    case "decision.made":
      return `Request ${voice.strong(body.decision.request)} ${decisionWords(body.decision, voice)} (grant ${voice.code(body.decision.grant)})`;
    case "removals.confirmed":
      return `${actorWords(body.by, voice)} confirmed ${count(body.count, "removal")}`;
  }
}

/** `is approved by carol`, `waits for more approval, so far by carol`. */
function decisionWords(decision: Decision, voice: Voice): string {
  const people = someOf(decision.approvers.map(voice.strong), most);
  switch (decision.verdict) {
    case "approved":
      return decision.by === "automatic" ? "is approved automatically" : `is approved by ${people}`;
    case "waiting":
      return decision.approvers.length === 0 ? "waits for approval" : `waits for more approval, so far by ${people}`;
    case "refused":
      return "is refused";
  }
}

function mergedWords(body: Of<"requests.merged">, voice: Voice): string {
  const named = (entries: readonly { readonly name: string }[]) =>
    someOf(
      entries.map((entry) => voice.strong(entry.name)),
      most,
    );
  const parts = [
    ...(body.added.length > 0 ? [`${body.added.length} added (${named(body.added)})`] : []),
    ...(body.narrowed.length > 0 ? [`${body.narrowed.length} narrowed (${named(body.narrowed)})`] : []),
    ...(body.removed.length > 0
      ? [`${body.removed.length} removed (${named(body.removed.map((name) => ({ name })))})`]
      : []),
  ];
  return parts.length === 0 ? "nothing new" : parts.join(", ");
}

function grantSentence(
  body: Of<
    | "grant.rejected"
    | "activation.intended"
    | "activation.done"
    | "activation.failed"
    | "change.intended"
    | "change.done"
    | "change.failed"
  >,
  voice: Voice,
): string {
  switch (body.type) {
    case "grant.rejected":
      return `${pairWords(body.facts, voice)} will never start: ${rejectReasonWords[body.reason]}${detailWords(body.detail, voice)}`;
    case "activation.intended":
      return `${pairWords(body.facts, voice)} is about to start, until ${utcWords(body.end)} (${voice.text(body.facts.request)})`;
    case "activation.done":
      return `Grant ${voice.code(body.grant)} is active since ${utcWords(body.activatedAt)}; the gateway ends it ${utcWords(body.observedEnd)}, at the worst ${utcWords(body.worstCaseEnd)}`;
    case "activation.failed":
      return `Grant ${voice.code(body.grant)} did not start${body.retry ? ", it is tried again" : ""}: ${voice.text(body.detail)}`;
    case "change.intended":
      return `The lease of grant ${voice.code(body.grant)} is about to last until ${utcWords(body.leaseEnd)}`;
    case "change.done":
      return `The lease of grant ${voice.code(body.grant)} lasts until ${utcWords(body.observedEnd)}`;
    case "change.failed":
      return `The lease of grant ${voice.code(body.grant)} was not changed: ${voice.text(body.detail)}`;
  }
}

function endingSentence(
  body: Of<"ending.intended" | "ending.done" | "ending.refused" | "stray.ended">,
  voice: Voice,
): string {
  switch (body.type) {
    case "ending.intended":
      return `${actorWords(body.by, voice)} ends grant ${voice.code(body.grant)}: ${endReasonWords[body.reason]}`;
    case "ending.done": {
      const sessions = body.sessionsCut === 0 ? "" : `, ${count(body.sessionsCut, "session")} cut`;
      const stays = body.leaseStays ? "; another grant of the pair goes on" : "";
      return `Grant ${voice.code(body.grant)} ended ${utcWords(body.at)} by ${actorWords(body.by, voice)}: ${endReasonWords[body.reason]}${sessions}${stays}`;
    }
    case "ending.refused":
      return `The gateway refused to end grant ${voice.code(body.grant)} on ${voice.text(body.day)}, it is tried again: ${voice.text(body.detail)}`;
    case "stray.ended":
      return `Access of ${voice.strong(body.person)} on ${voice.strong(body.gatewayName)} at ${voice.text(body.gateway)} had no record and was ended`;
  }
}

function configurationSentence(
  body: Of<"configuration.intended" | "configuration.done" | "configuration.failed">,
  voice: Voice,
): string {
  const what = `${subjectWords(body.subject, voice)} at ${voice.text(body.gateway)}`;
  switch (body.type) {
    case "configuration.intended":
      return `About to ${body.value === null ? "delete" : "write"} ${what}`;
    case "configuration.done":
      return `${body.value === null ? "Deleted" : "Wrote"} ${what}`;
    case "configuration.failed":
      return `Could not write ${what}: ${voice.text(body.detail)}`;
  }
}

function houseSentence(
  body: Of<
    | "optout.set"
    | "optout.lifted"
    | "freeze.set"
    | "freeze.lifted"
    | "drift.seen"
    | "recovery.started"
    | "recovery.adopted"
    | "recovery.completed"
  >,
  voice: Voice,
): string {
  switch (body.type) {
    case "optout.set":
      return `${actorWords(body.optOut.by, voice)} opted ${voice.strong(body.optOut.person)} out of ${optOutWords(body.optOut, voice)}`;
    case "optout.lifted":
      return `${actorWords(body.by, voice)} lifted opt-out ${voice.code(body.id)}`;
    case "freeze.set":
      return `${actorWords(body.by, voice)} froze new access${body.note === "" ? "" : `: ${voice.text(body.note)}`}`;
    case "freeze.lifted":
      return `${actorWords(body.by, voice)} lifted the freeze`;
    case "drift.seen":
      return body.sentences.length === 0
        ? `No drift any more at ${voice.text(body.gateway)}`
        : `Drift at ${voice.text(body.gateway)}: ${someOf(body.sentences.map(voice.text), most)}`;
    case "recovery.started":
      return `Recovering: ${voice.text(body.why)}`;
    case "recovery.adopted":
      return `${pairWords(body.facts, voice)} was found live and adopted, until ${utcWords(body.end)}`;
    case "recovery.completed":
      return `${actorWords(body.by, voice)} completed the recovery; ${count(body.spent.length, "request name")} spent`;
  }
}

/** `rule orders-write`, `class critical`. */
export function optOutWords(optOut: OptOut, voice: Voice): string {
  return optOut.from.kind === "rule"
    ? `rule ${voice.strong(optOut.from.rule)}`
    : `class ${voice.strong(optOut.from.class)}`;
}

function pairWords(facts: GrantFacts, voice: Voice): string {
  return `${voice.strong(facts.person)} on ${voice.strong(facts.connection)}`;
}

function detailWords(detail: string, voice: Voice): string {
  return detail === "" ? "" : ` (${voice.text(detail)})`;
}
