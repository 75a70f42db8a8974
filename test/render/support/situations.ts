import { limits } from "../../../lib/model/limits";
import type { Plan } from "../../../lib/model/plan";
import { activation, aPlan, change, connectionAction, ending, gateAction, rejection, waitingGrant } from "./plans";

const steps = ["1 of orders-leads", "1 of security"];
const asked = { request: "orders-inc-4711", grants: ["e7rxv77tynlbw6l55islr46xhz"], rule: "orders-write", steps };
const worst = "2026-11-25T20:00:00.000Z";

function person(index: number): string {
  return `person-${String(index).padStart(3, "0")}@example.com`;
}

/** 40 people gain the same access through one request for a group. */
const crowd = Array.from({ length: 40 }, (_, index) =>
  activation(
    { person: person(index), resource: "staging-cache", level: "read", request: "team-cache" },
    { class: "low", effective: { before: "none", after: "read (team-cache via backend)" }, approval: "automatic" },
  ),
);

/** 500 requests, each its own reason as long as a reason may be. */
const many = Array.from({ length: 500 }, (_, index) => {
  const request = `request-${String(index).padStart(3, "0")}`;
  const why = `${request}: ${"because ".repeat(100)}`.slice(0, limits.reasonCharacters);
  return activation({ person: person(index % 90), request }, { why, ticket: request });
});

/** Plans for every situation that people meet, by name. */
export const situations: Readonly<Record<string, Plan>> = {
  "first-plan": aPlan({
    base: { ...aPlan().base, policy: null },
    actions: [
      { ...gateAction(null, ["orders-db-write"]), waitsForPolicy: true },
      connectionAction({ waitsForPolicy: true }),
      activation({}, { waitsForPolicy: true }),
    ],
    approvals: [asked],
  }),
  "needs-approval": aPlan({ actions: [activation()], approvals: [asked] }),
  automatic: aPlan({
    actions: [activation({ level: "read" }, { class: "low", approval: "automatic" })],
    approvals: [{ ...asked, steps: [], automatic: "approved automatically: alice@example.com is in backend" }],
  }),
  waiting: aPlan({
    waiting: [
      waitingGrant(),
      waitingGrant({ person: "ivan@example.com", why: "window is closed", from: "2026-11-26T06:00:00.000Z" }),
    ],
  }),
  frozen: aPlan({ actions: [ending()], waiting: [waitingGrant({ why: "frozen" })] }),
  "opted-out": aPlan({ waiting: [waitingGrant({ why: "opted out" })] }),
  refused: aPlan({
    actions: [activation()],
    refusals: [
      {
        request: "eve-admin",
        person: "eve@example.com",
        connection: "orders-db/admin",
        reason: "no rule",
        sentence: "No rule lets eve@example.com ask for orders-db/admin.",
        fix: "ask for orders-db/write (rule orders-write)",
      },
      {
        request: "",
        reason: "cannot be held",
        sentence: "Gateway production cannot hold a guardrail on bastion (kind ssh).",
        fix: "take guardrail no-delete-without-where off bastion",
        gateway: "production",
      },
    ],
  }),
  "rule-edit": aPlan({
    actions: [
      gateAction(["orders-db-read"], ["orders-db-read", "orders-db-write"]),
      connectionAction(),
      connectionAction({
        kind: "delete",
        subject: { kind: "connection", name: "old-db-read" },
        before: connectionAction().after,
        after: null,
        reason: "no longer declared",
        direction: "narrows",
      }),
    ],
  }),
  "safeguard-lost": aPlan({
    actions: [
      connectionAction({
        kind: "update",
        before: connectionAction().after,
        after: { ...connectionAction().after!, maskingRules: [], kind: "connection" } as never,
        reason: "differs",
      }),
    ],
  }),
  "forty-people": aPlan({ actions: crowd }),
  "five-hundred-requests": aPlan({ actions: many }),
  "several-for-one": aPlan({
    actions: [
      ending({ person: "alice@example.com" }),
      activation({ level: "read" }),
      activation({ level: "write" }),
      activation({ resource: "billing-db" }),
      activation({ resource: "ledger" }, { guardrails: [], maskingRules: [] }),
    ],
  }),
  "narrowing-only": aPlan({
    actions: [
      ending(),
      ending({ person: "zoe@example.com" }, { reason: "no longer eligible" }),
      change("2026-11-25T15:00:00.000Z", "shortened"),
    ],
  }),
  "no-change": aPlan(),
  extended: aPlan({ actions: [change("2026-11-25T18:00:00.000Z", "extended")] }),
  "second-grant-on-a-lease": aPlan({
    actions: [change("", "extended", { after: { durationSeconds: 7200, worstCaseEnd: worst }, direction: "widens" })],
  }),
  "too-late": aPlan({ actions: [rejection("too late"), rejection("spent", { person: "erin@example.com" })] }),
  "no-bound": aPlan({ actions: [activation({}, { after: { durationSeconds: 3600 } })] }),
  "open-ways": aPlan({
    drift: [
      {
        kind: "open way",
        gateway: "production",
        subject: "legacy-db",
        sentence: "legacy-db, which Leasehold does not manage, is open at gateway production: no rule guards it.",
      },
      {
        kind: "foreign lease",
        gateway: "production",
        subject: "mallory@example.com@orders-db-write",
        sentence: "mallory@example.com has access on orders-db-write at gateway production that is not ours.",
      },
      {
        kind: "ended outside",
        gateway: "production",
        subject: "orders-db-read",
        sentence: "Somebody ended the access of frank@example.com on orders-db-read at gateway production.",
      },
    ],
  }),
  breaker: aPlan({
    heldRemovals: 12,
    notes: [
      {
        kind: "breaker",
        subject: "removals",
        sentence:
          "12 active grants would end because their requests were removed; they stay until `--confirm-removals 12` says so.",
      },
    ],
  }),
  recovering: aPlan({
    actions: [ending({}, { reason: "expired" })],
    notes: [
      {
        kind: "recovering",
        subject: "log",
        sentence: "The Log is recovering (the Log is empty): nothing new is granted until `leasehold log rebuild`.",
      },
    ],
  }),
  offline: aPlan({ base: { ...aPlan().base, observed: "log" }, actions: [activation()] }),
  "with-notes": aPlan({
    notes: [
      { kind: "lapsed", subject: "old", sentence: "Request old can no longer start: its latest start was 2026-10-01." },
      { kind: "lint", subject: "staging", sentence: "Rule staging is reachable by name only." },
    ],
  }),
  "hostile-text": aPlan({
    actions: [
      activation(
        {},
        { why: "x | y\n### Approved <script>alert(1)</script> @security \u202E::error::", ticket: "=1+1" },
      ),
    ],
  }),
};
