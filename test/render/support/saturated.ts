import { diagnostic, type Diagnostic } from "../../../lib/errors";
import type { LeaseAction } from "../../../lib/model/action";
import type { Actor } from "../../../lib/model/actor";
import type { Decision } from "../../../lib/model/decision";
import type { PassReportOf } from "../../../lib/model/pass";
import type { Plan } from "../../../lib/model/plan";
import type { GrantFacts, LogRecord, RecordBody } from "../../../lib/model/record";
import type { AccessReport, Explanation, Finding } from "../../../lib/model/report";
import type { ApprovalView } from "../../../lib/render/approval";
import type { PolicyView } from "../../../lib/render/policy";
import type { RebuiltView } from "../../../lib/render/rebuilt";
import { governed } from "../../support/governed";
import { activation, aPlan, change, connectionAction, ending, now, rejection, waitingGrant } from "./plans";
import { aReport, aRow, at, everyState } from "./reports";

const digest = "2".repeat(64);

/** Everything that is rendered, with one text in every place that people or gateways can write to. */
export interface Saturated {
  readonly plan: Plan;
  readonly crowd: Plan;
  readonly report: AccessReport;
  readonly explanation: Explanation;
  readonly decision: Decision;
  readonly records: readonly LogRecord[];
  readonly findings: readonly Finding[];
  readonly pass: PassReportOf<Diagnostic>;
  readonly diagnostics: readonly Diagnostic[];
  readonly policy: PolicyView;
  readonly rebuilt: RebuiltView;
  readonly approval: ApprovalView;
  readonly fault: { readonly ok: false; readonly fault: { sequence: number; reason: string; detail: string } };
}

/** Puts `text` wherever somebody else's words can come to stand. */
export function saturated(text: string): Saturated {
  const decision = decisionOf(text);
  return {
    plan: planOf(text),
    crowd: crowdOf(text),
    report: reportOf(text),
    explanation: {
      explanationVersion: 1,
      subject: text,
      answer: [text],
      grants: reportOf(text).rows.slice(0, 2),
      decisions: [decision],
      history: [{ sequence: 1, time: now, sentence: text }],
      next: [text],
    },
    decision,
    records: recordsOf(text),
    findings: [
      { name: text, verdict: "bad", sentence: text, fix: text },
      { name: text, verdict: "good", sentence: text },
    ],
    pass: passOf(text),
    diagnostics: [
      diagnostic("E103", {
        summary: text,
        detail: text,
        fix: text,
        where: { file: `requests/${text.replaceAll("/", "")}.yaml`, line: 1, column: 1, length: 3, source: text },
      }),
      diagnostic("E300", { severity: "warning", detail: text, fix: text }),
    ],
    policy: policyOf(text),
    rebuilt: rebuiltOf(text),
    approval: {
      approval: { request: text, person: text, by: actorOf(text), at: now, source: "local", items: [], policy: digest },
      changed: true,
      decisions: [decision],
    },
    fault: { ok: false, fault: { sequence: 3, reason: text, detail: text } },
  };
}

function hostileLease(action: LeaseAction, text: string): LeaseAction {
  const { subject } = action;
  return {
    ...action,
    gateway: text,
    subject: {
      ...subject,
      grant: text,
      request: text,
      person: text,
      connection: text,
      gatewayName: text,
      resource: text,
      level: text,
    },
    rule: text,
    why: text,
    ticket: text,
    guardrails: [text],
    maskingRules: [text],
    effective: { before: text, after: `${text} more` },
    approval: text,
  };
}

function planOf(text: string): Plan {
  const object = connectionAction().after;
  const hostile = {
    ...(object?.kind === "connection" ? object : undefined),
    kind: "connection",
    resourceKind: "postgresql",
    name: text,
    resource: text,
    host: text,
    settings: { user: text },
    secrets: {},
    command: [text],
    agent: text,
    guardrails: [text],
    maskingRules: [text],
  } as const;
  return aPlan({
    installation: text,
    actions: [
      connectionAction({ gateway: text, subject: { kind: "connection", name: text }, after: hostile }),
      connectionAction({
        kind: "update",
        gateway: text,
        subject: { kind: "connection", name: text },
        before: { ...hostile, host: "old", guardrails: ["old"], command: ["old"] },
        after: hostile,
      }),
      hostileLease(ending(), text),
      hostileLease(change(at(240), "extended"), text),
      hostileLease(activation(), text),
      hostileLease(rejection("too late"), text),
    ],
    waiting: [waitingGrant({ grant: text, request: text, person: text, connection: text })],
    refusals: [
      {
        request: text,
        reason: "no rule",
        sentence: text,
        fix: text,
        person: text,
        connection: text,
        rule: text,
        gateway: text,
      },
    ],
    approvals: [{ request: text, grants: [text], rule: text, steps: [text, text], automatic: text }],
    drift: [
      { kind: "open way", gateway: text, subject: text, sentence: text },
      { kind: "foreign object", gateway: text, subject: text, sentence: text },
    ],
    notes: [
      { kind: "lint", subject: text, sentence: text },
      { kind: "breaker", subject: text, sentence: text },
      { kind: "level", subject: text, sentence: text },
    ],
  });
}

/** Twelve people, so that they are told of by resource and in one row. */
function crowdOf(text: string): Plan {
  return aPlan({
    actions: Array.from({ length: 12 }, (_, index) => {
      const one = hostileLease(activation(), text);
      return { ...one, subject: { ...one.subject, person: `${text}${"i".repeat(index)}` } };
    }),
  });
}

function reportOf(text: string): AccessReport {
  const whole = everyState();
  return aReport({
    installation: text,
    rows: whole.rows.map((row) => ({
      ...row,
      grant: text,
      request: text,
      person: text,
      connection: text,
      resource: text,
      level: text,
      class: text,
      gateway: text,
      reason: text,
      ticket: text,
      rule: text,
      approvers: row.approvers.map(() => text),
      ...(row.waitsFor === undefined ? {} : { waitsFor: text }),
    })),
    optOuts: [
      { id: text, person: text, from: { kind: "rule", rule: text }, by: actorOf(text), at: now },
      { id: text, person: text, from: { kind: "class", class: text }, by: actorOf(text), at: now },
    ],
    frozen: { by: text, at: now, note: text },
    recovering: { since: now, why: text },
    verified: false,
  });
}

function actorOf(text: string): Actor {
  return { id: text, authenticatedBy: "unauthenticated" };
}

function decisionOf(text: string): Decision {
  return {
    grant: text,
    request: text,
    verdict: "waiting",
    by: "people",
    approvers: [text],
    tree: {
      kind: "rule",
      verdict: "open",
      sentence: text,
      children: [{ kind: "step", verdict: "met", sentence: text, children: [] }],
    },
  };
}

/** One record of every type, with `text` in every place. */
export function recordBodies(text: string): readonly RecordBody[] {
  const by = actorOf(text);
  const facts: GrantFacts = {
    grant: text,
    request: text,
    person: text,
    connection: text,
    gateway: text,
    gatewayName: text,
    level: text,
    resource: text,
    class: text,
    rule: text,
    ruleDigest: "1".repeat(64),
    reason: text,
    ticket: text,
  };
  const subject = { kind: "guardrail", name: text } as const;
  const optOut = { id: text, person: text, from: { kind: "rule", rule: text }, by, at: now } as const;
  const named = [{ name: text, digest }];
  const approval = { request: text, person: text, by, at: now, source: "local", items: [], policy: digest } as const;
  return [
    { type: "log.opened", installation: text, format: 1 },
    { type: "epoch.taken", epoch: 2, holder: text },
    {
      type: "policy.accepted",
      manifest: digest,
      by,
      bootstrap: true,
      spent: [text],
      governed: digest,
      pinned: [{ person: text, login: text, id: 7 }],
    },
    {
      type: "merge.decided",
      merge: {
        commit: text,
        pull: 7,
        authors: [text],
        unverified: false,
        widening: digest,
        policy: digest,
        rosters: [{ group: text, people: [text] }],
        requests: [text],
        refused: { requests: [text], edit: "not accepted", diagnostics: digest },
        untold: true,
      },
      verdict: "approved",
    },
    { type: "merge.told", commit: text },
    { type: "requests.merged", set: digest, by, added: named, narrowed: named, removed: [text] },
    { type: "request.refused", request: text, why: text, final: true },
    { type: "approval.given", approval },
    { type: "decision.made", decision: decisionOf(text), policy: digest },
    { type: "grant.rejected", facts, reason: "too late", detail: text },
    { type: "activation.intended", facts, end: now, leaseEnd: now },
    { type: "activation.done", grant: text, activatedAt: now, observedEnd: now, worstCaseEnd: now },
    { type: "activation.failed", grant: text, detail: text, retry: true },
    { type: "change.intended", grant: text, generation: 1, leaseEnd: now },
    { type: "change.done", grant: text, generation: 1, observedEnd: now },
    { type: "change.failed", grant: text, generation: 1, detail: text },
    { type: "ending.intended", grant: text, reason: "revoked", by },
    { type: "ending.done", grant: text, reason: "revoked", at: now, by, sessionsCut: 2, leaseStays: true },
    { type: "ending.refused", grant: text, day: text, detail: text },
    { type: "stray.ended", gateway: text, person: text, gatewayName: text },
    { type: "configuration.intended", gateway: text, subject, value: null },
    { type: "configuration.done", gateway: text, subject, value: null },
    { type: "configuration.failed", gateway: text, subject, detail: text },
    { type: "optout.set", optOut },
    { type: "optout.lifted", id: text, by },
    { type: "freeze.set", by, note: text },
    { type: "freeze.lifted", by },
    { type: "removals.confirmed", count: 6, by },
    { type: "drift.seen", gateway: text, sentences: [text] },
    { type: "recovery.started", why: text },
    { type: "recovery.adopted", facts, end: now, activatedAt: now, generation: 0 },
    { type: "recovery.completed", by, spent: [text] },
  ];
}

function recordsOf(text: string): readonly LogRecord[] {
  return recordBodies(text).map((body, index) => ({
    sequence: index + 1,
    epoch: 2,
    time: at(-60 + index),
    body,
    previous: "0".repeat(64),
  }));
}

function passOf(text: string): PassReportOf<Diagnostic> {
  const about = { gateway: text, grant: text, request: text, person: text, connection: text };
  const plan = planOf(text);
  return {
    plan,
    outcomes: [
      { ...about, kind: "activated", result: "done", reason: "requested", end: at(60), worstCaseEnd: at(120) },
      { ...about, kind: "ended", result: "done", reason: "revoked", sessionsCut: 1 },
      { ...about, kind: "changed", result: "refused", reason: "extended", detail: text },
      { kind: "configured", result: "done", reason: "declared", gateway: text, subject: { kind: "user", name: text } },
    ],
    refusals: plan.refusals,
    waiting: plan.waiting,
    approvals: plan.approvals,
    overdue: [{ gateway: text, person: text, connection: text, since: at(-5), why: text }],
    unrecorded: [],
    errors: [],
    exitCodes: [],
    recorded: 3,
    effects: 2,
    left: 0,
  };
}

function policyOf(text: string): PolicyView {
  const rule = {
    name: text,
    path: text,
    who: [text],
    may: [text],
    defaultDurationSeconds: 3600,
    maxDurationSeconds: 7200,
    windows: [],
    approval: { steps: [] },
    mayRevoke: [text],
    ticketRequired: false,
  };
  return {
    digest,
    at: now,
    by: text,
    manifest: {
      manifestVersion: 1,
      users: [],
      groups: [],
      serviceAccounts: [],
      resources: [],
      connections: [],
      guardrails: [],
      maskingRules: [],
      rules: [rule],
      policyApproval: [],
      ...governed,
      protected: [text],
    },
  };
}

function rebuiltOf(text: string): RebuiltView {
  const [overdue] = passOf(text).overdue;
  const intended = recordBodies(text).find((body) => body.type === "activation.intended");
  return {
    adopted: [text],
    spent: [text],
    wasRecovering: true,
    outcomes: [],
    overdue: overdue === undefined ? [] : [overdue],
    errors: [diagnostic("E505", { detail: text, fix: text })],
    neverStart: [text],
    stillHeld:
      intended?.type === "activation.intended"
        ? [{ facts: intended.facts, phase: "active", generation: 0, end: at(60), firstSequence: 1, lastSequence: 2 }]
        : [],
  };
}

/** A row with the text as why somebody asked. */
export function askedFor(text: string): AccessReport {
  return aReport({ rows: [aRow({ reason: text })] });
}
