import { diagnostic } from "../../../../lib/errors";
import { hasHiddenCharacter } from "../../../../lib/model/characters";
import { manifestText, type Manifest } from "../../../../lib/model/manifest";
import { plusSeconds } from "../../../../lib/model/instant";
import type { AccessRequest } from "../../../../lib/model/request";
import type { RequestChange, Snapshot } from "../../../../lib/model/snapshot";
import type { PullInput, Receipt } from "../../../../lib/render/pull-input";
import {
  account,
  added,
  changed,
  content,
  edited,
  merge,
  mergedLog,
  removed,
  review,
  ruleEdit,
  rules,
  sha,
  snapshot,
  type SnapshotParts,
} from "../../../approval/support/snapshots";
import { activeGrant, connection, hours, now, request, resource, rule } from "../../../support/core";
import { hostileTexts } from "../../../attacks/support/hostile-texts";
import { desiredOf, planned, told } from "./told";

/** Leads and then security for what is critical; what is low is approved by itself for people of backend. */
export function house(more: Partial<Manifest> = {}): Manifest {
  return rules({
    resources: [resource("orders-db", { class: "critical" }), resource("staging-cache", { class: "low", kind: "tcp" })],
    guardrails: [{ name: "no-delete-without-where", input: [], output: [] }],
    maskingRules: [{ name: "pii-default", entityTypes: ["EMAIL_ADDRESS"] }],
    connections: [
      connection("orders-db", "read"),
      connection("orders-db", "write", {
        guardrails: ["no-delete-without-where"],
        maskingRules: ["pii-default"],
      }),
      connection("staging-cache", "read"),
    ],
    rules: [
      rule("critical-write", {
        may: ["orders-db/write"],
        approval: {
          steps: [
            { approvals: 1, from: { kind: "groups", groups: ["leads"] } },
            {
              approvals: 1,
              from: { kind: "groups", groups: ["security"] },
              when: { kind: "longerThan", seconds: 3600 },
            },
          ],
        },
        mayRevoke: ["security"],
      }),
      rule("maintenance", {
        may: ["orders-db/read"],
        approval: {
          automatic: { when: { kind: "memberOf", groups: ["backend"] }, never: ["critical"] },
          steps: [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }],
        },
      }),
      rule("staging", {
        may: ["staging-cache/read"],
        approval: { automatic: { when: { kind: "memberOf", groups: ["backend"] }, never: ["critical"] }, steps: [] },
      }),
    ],
    ...more,
  });
}

/** `write` on orders-db for alice for two hours. */
export const write = request("orders-inc-4711", {
  access: ["orders-db/write"],
  durationSeconds: 7200,
  startBefore: hours(4),
  reason: "INC-4711: find the orders stuck in payment",
  ticket: "INC-4711",
});
const staging = request("cache-look", { access: ["staging-cache/read"], reason: "see what is cached" });
const read = request("orders-look", { reason: "count the orders of today" });

const openedAt = plusSeconds(now, -240);

/** A pull request of 4 minutes ago that changes these files. */
export function asks(changes: readonly RequestChange[], parts: SnapshotParts = {}): Snapshot {
  const { subject, pull, ...rest } = parts;
  return snapshot({
    rules: house(),
    subject: { requestChanges: changes, changedFiles: changes.length, ...subject },
    pull: pull === null ? null : { openedAt, ...pull },
    ...rest,
  });
}

const approvedBy = (...logins: readonly string[]) => ({ reviews: logins.map((login) => review(login)) });

function mergedAs(changes: readonly RequestChange[], parts: SnapshotParts = {}): Snapshot {
  const { subject, pull, ...rest } = parts;
  return merge({
    rules: house(),
    subject: { requestChanges: changes, changedFiles: changes.length, ...subject },
    pull: pull === null ? null : { openedAt, mergedBy: account("dave"), ...pull },
    ...rest,
  });
}

/** 40 people who were not there before. */
const crowd = Array.from({ length: 40 }, (_, index) => `person-${String(index).padStart(2, "0")}@example.com`);

function withCrowd(group: string): Manifest {
  const base = house();
  return {
    ...base,
    users: [...base.users, ...crowd.map((email) => ({ email }))],
    groups: base.groups.map((one) => (one.name === group ? { ...one, members: [...one.members, ...crowd] } : one)),
  };
}

function withoutGroups(names: readonly string[], steps: Manifest["policyApproval"]): Manifest {
  return house({ policyApproval: steps, groups: house().groups.filter(({ name }) => !names.includes(name)) });
}

/** An edit of rules on the way. */
function edits(to: Manifest, parts: SnapshotParts = {}): Snapshot {
  return asks([], { ...parts, subject: { ...ruleEdit("head", to), changedFiles: 2, ...parts.subject } });
}

const many: readonly AccessRequest[] = Array.from({ length: 500 }, (_, index) => {
  const name = `request-${String(index).padStart(3, "0")}`;
  return request(name, { ...write, name, reason: `${name}: ${"because ".repeat(60)}`.trim().slice(0, 480) });
});

const hostileReason = hostileTexts
  .filter(({ text }) => !hasHiddenCharacter(text))
  .map(({ text }) => text.replace(/\s+/g, " "))
  .join(" ")
  .slice(0, 500);

const grantOf = (asked: AccessRequest) => desiredOf(asks([added(asked)]), asked);
const applied = activeGrant(grantOf(write), now, {
  worstCaseEnd: hours(6),
  approvedBy: "people",
  approvers: ["carol@example.com", "erin@example.com"],
  firstSequence: 41,
  lastSequence: 44,
});
const receiptOf = (parts: Partial<Receipt> = {}, asked = write): Receipt => ({
  request: asked.name,
  person: asked.for[0] ?? "",
  connection: asked.access[0] ?? "",
  ...parts,
});
const mergedWrite = mergedAs([added(write)], { pull: approvedBy("carol", "erin") });

/** Every situation that a pull request gets into, by name; each is told as a comment and as a check run. */
const made: Readonly<Record<string, () => PullInput>> = {
  "first-plan": () => told(asks([added(write)], { rules: null })),
  waiting: () => planned(asks([added(write)])),
  "waiting-half": () => planned(asks([added(write)], { pull: approvedBy("carol") })),
  approved: () => planned(asks([added(write)], { pull: approvedBy("carol", "erin") })),
  "void-after-push": () =>
    planned(
      asks([added(write), added(request("eve", { ...write, name: "eve", for: ["bob@example.com"] }))], {
        pull: { reviews: [review("carol", { on: "before" }), review("erin", { on: "before" })] },
        reviewed: [content("before", { requestChanges: [added(write)] })],
      }),
    ),
  "base-moved": () =>
    told(asks([added(write)], { base: { branch: "main", sha: sha("moved"), governed: "f".repeat(64) } })),
  refused: () => planned(asks([added(write), added(request("frank-admin", { for: ["frank@example.com"] }))])),
  "rule-edit": () => {
    const to = house();
    const longer = to.rules.map((one) =>
      one.name === "critical-write"
        ? { ...one, maxDurationSeconds: 12 * 3600, approval: { steps: one.approval.steps.slice(0, 1) } }
        : one,
    );
    return planned(
      edits({
        ...to,
        rules: longer,
        maskingRules: [],
        connections: to.connections.map((one) => ({ ...one, maskingRules: [] })),
        limits: { ...to.limits, maxDurationSeconds: 14 * 86_400 },
      }),
    );
  },
  "rule-edit-adds-approvers": () => {
    const to = house();
    const groups = to.groups.map((one) =>
      one.name === "security" ? { ...one, members: [...one.members, "frank@example.com"] } : one,
    );
    return planned(edits({ ...to, groups }, { pull: { author: account("frank") } }));
  },
  "rule-edit-approved": () => planned(edits(withCrowd("backend"), { pull: approvedBy("erin") })),
  "workflow-edit": () =>
    planned(
      asks([], {
        subject: {
          governed: "e".repeat(64),
          governedChanges: [changed(".github/workflows/plan.yml", "head")],
          manifest: manifestText(house()),
          changedFiles: 1,
        },
      }),
    ),
  "lying-manifest": () => ({
    ...told(edits({ ...house(), rules: [] })),
    trouble: [
      diagnostic("E205", {
        detail: "rules: 0 committed, 3 said by the program",
        fix: "run `leasehold synth` and commit leasehold.out/manifest.json",
      }),
    ],
  }),
  "manifest-missing": () =>
    told(
      asks([], {
        subject: { governed: "e".repeat(64), governedChanges: [changed("access.ts", "head")], changedFiles: 1 },
      }),
    ),
  "rule-and-request": () =>
    planned(
      asks([added(request("frank-write", { ...write, name: "frank-write", for: ["frank@example.com"] }))], {
        subject: ruleEdit("head", {
          ...house(),
          groups: house().groups.map((one) =>
            one.name === "backend" ? { ...one, members: [...one.members, "frank@example.com"] } : one,
          ),
        }),
      }),
    ),
  "forty-people": () =>
    planned(
      asks(
        [added(request("team-cache", { for: ["group:backend"], access: ["staging-cache/read"], reason: "load test" }))],
        {
          rules: withCrowd("backend"),
        },
      ),
    ),
  "group-edit-forty-people": () =>
    planned(
      edits(withCrowd("backend"), {
        log: mergedLog(request("team-cache", { for: ["group:backend"], access: ["orders-db/read"] })),
      }),
    ),
  "five-hundred-requests": () => planned(asks(many.map((one) => added(one)))),
  "hostile-text": () =>
    planned(
      asks([added(request("hostile", { ...write, name: "hostile", reason: hostileReason, ticket: "=1+1|@security" }))]),
    ),
  "narrowing-only": () =>
    planned(
      asks([removed(staging), edited(write, { ...write, durationSeconds: 3600 })], {
        log: { ...mergedLog(staging, write), grants: [activeGrant(grantOf(staging), hours(-0.5))], activeGrants: 9 },
      }),
    ),
  "no-change": () => planned(asks([], { subject: { changedFiles: 1 } })),
  "invalid-files": () =>
    told(
      asks([
        {
          path: "requests/alice.yaml",
          before: null,
          after: "apiVersion: leasehold/v1\nkind: AccessRequest\nmetadata:\n  name: Alice!\n",
        },
        { path: "requests/link.yaml", before: null, after: null, unreadable: "link" },
        added(write),
      ]),
    ),
  "gateway-unreachable": () => ({
    ...told(asks([added(write)])),
    trouble: [
      diagnostic("E500", {
        detail: "main: connect ECONNREFUSED 127.0.0.1:8009",
        fix: "see whether the gateway is up, then comment `/plan`",
      }),
    ],
  }),
  "planned-by-the-log": () => planned(asks([added(write)]), { observed: "log" }),
  recovering: () => told(asks([added(write)], { log: { isRecovering: true } })),
  frozen: () => planned(asks([added(write)], { log: { isFrozen: true } }), { why: "frozen" }),
  "starts-later": () => planned(asks([added({ ...write, startAfter: hours(2) })]), { why: "starts later" }),
  "unverified-commit": () =>
    planned(
      asks([added(write)], {
        pull: {
          commits: [
            {
              sha: sha("head"),
              parents: [sha("base")],
              author: account("alice"),
              committer: account("alice"),
              coAuthors: [account("bob")],
              unknownPeople: 0,
              verified: false,
            },
          ],
        },
      }),
    ),
  fork: () => told(asks([added(write)], { pull: { isFork: true } })),
  "wrong-approvers": () =>
    planned(
      asks([added(write)], {
        pull: {
          author: account("dave"),
          reviews: [
            review("alice"),
            review("dave"),
            review("mallory"),
            review("carol", { state: "changes requested" }),
            { ...review("erin"), state: "dismissed" },
            review("robot[bot]", { by: account("robot[bot]", { kind: "bot" }) }),
            { ...review("bob"), mayPush: false },
          ],
        },
      }),
    ),
  "nothing-planned": () => {
    const groups = [...house().groups, { name: "empty", members: [], groups: [] }];
    return told(asks([added(request("for-nobody", { for: ["group:empty"] }))], { rules: house({ groups }) }));
  },
  breaker: () =>
    planned(
      asks([removed(staging)], {
        log: { ...mergedLog(staging), grants: [activeGrant(grantOf(staging), hours(-0.5))], activeGrants: 3 },
      }),
      { held: 12 },
    ),
  "automatic-used": () => planned(asks([added(staging)])),
  "automatic-not-used": () => planned(asks([added(read)])),
  "opted-out": () =>
    planned(
      asks([added(write)], {
        log: {
          optOuts: [
            {
              id: "o1",
              person: "alice@example.com",
              from: { kind: "class", class: "critical" },
              by: { id: "alice@example.com", authenticatedBy: "gateway" },
              at: hours(-1),
            },
          ],
        },
      }),
      { why: "opted out" },
    ),
  "team-unreadable": () => {
    const base = house();
    const groups = base.groups.map((one) =>
      one.name === "security" ? { name: "security", members: [], groups: [], githubTeam: "acme/security" } : one,
    );
    return planned(
      asks([added(write)], { rules: { ...base, groups }, teams: [{ team: "acme/security", members: null }] }),
    );
  },
  "team-approves": () => {
    const base = house();
    const groups = base.groups.map((one) =>
      one.name === "security" ? { name: "security", members: [], groups: [], githubTeam: "acme/security" } : one,
    );
    return planned(
      asks([added(write)], {
        rules: { ...base, groups },
        teams: [{ team: "acme/security", members: [account("zoe"), account("erin")] }],
        pull: approvedBy("zoe"),
      }),
    );
  },
  "nobody-can-approve": () =>
    planned(asks([added(write)], { rules: withoutGroups([], []), pull: { author: account("erin") } })),
  queue: () =>
    planned({
      ...asks([added(write)], {
        pull: approvedBy("carol", "erin"),
        reviewed: [content("head", { requestChanges: [added(write)] })],
      }),
      kind: "queue",
    }),
  applied: () => ({ ...told(mergedWrite), receipt: [receiptOf({ state: applied })] }),
  "applied-in-part": () => ({
    ...told(mergedAs([added(write), added(read), added(staging)], { pull: approvedBy("carol", "erin") })),
    receipt: [
      receiptOf({ state: applied }),
      receiptOf({ failed: "the gateway answered 503 three times" }, staging),
      receiptOf({ waitsFor: "its window opens at 22:00 UTC" }, read),
    ],
  }),
  ended: () => ({
    ...told(mergedWrite),
    now: hours(3),
    receipt: [
      receiptOf({ state: { ...applied, phase: "ended", endedAt: hours(2), endReason: "expired", lastSequence: 49 } }),
    ],
  }),
  "given-back": () => ({
    ...told(mergedWrite),
    now: hours(2),
    receipt: [
      receiptOf({
        state: {
          ...applied,
          phase: "ended",
          endedAt: hours(1),
          endReason: "given back",
          endedBy: { id: "alice", githubId: 1, authenticatedBy: "github" },
          lastSequence: 48,
        },
      }),
    ],
  }),
  overdue: () => ({
    ...told(mergedWrite),
    now: hours(3),
    receipt: [
      receiptOf({
        state: {
          ...applied,
          ending: {
            reason: "expired",
            by: { id: "leasehold", authenticatedBy: "self" },
            since: hours(2),
            refusedOn: "2026-11-23",
          },
        },
      }),
    ],
  }),
  "refused-for-ever": () => ({
    ...told(mergedAs([added(write)])),
    receipt: [
      receiptOf({ state: { ...applied, phase: "rejected", rejectReason: "unapproved merge", lastSequence: 42 } }),
    ],
  }),
  "policy-accepted": () => ({
    ...told(
      mergedAs([], {
        subject: { ...ruleEdit("merge", withCrowd("backend")), changedFiles: 2 },
        pull: approvedBy("erin"),
      }),
    ),
    receipt: [],
    policyReceipt: { accepted: true, sentence: "The rules of this merge are the policy in force." },
  }),
  "policy-refused": () => ({
    ...told(
      mergedAs([], {
        subject: { ...ruleEdit("merge", withCrowd("backend")), changedFiles: 2 },
        pull: approvedBy("erin"),
      }),
    ),
    receipt: [],
    policyReceipt: {
      accepted: false,
      sentence: "The program of this merge says something else than the manifest that was reviewed.",
    },
    trouble: [
      diagnostic("E205", {
        detail: "rule orders-write differs",
        fix: "open a pull request with what `leasehold synth` writes",
      }),
    ],
  }),
};

/** The same, each decided once. */
export const situations: Readonly<Record<string, () => PullInput>> = Object.fromEntries(
  Object.entries(made).map(([name, make]) => [name, once(make)]),
);

function once<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}

/** Commits of the base branch of which something was not approved; each is told as an issue. */
export const unapproved: Readonly<Record<string, () => PullInput>> = {
  "direct-push": () => told(mergedAs([added(write)], { pull: null })),
  "unapproved-merge": () => told(mergedAs([added(write), removed(staging)], { log: mergedLog(staging) })),
  "unapproved-rules": () =>
    told(mergedAs([], { subject: { ...ruleEdit("merge", withCrowd("backend")), changedFiles: 2 }, pull: null })),
};
