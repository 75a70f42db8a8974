/** Snapshots of many kinds that make sense on the whole: for properties of Decisions. */
import * as fc from "fast-check";
import type { Manifest } from "../../../lib/model/manifest";
import type { AccessRequest } from "../../../lib/model/request";
import type { ApprovalStep } from "../../../lib/model/rule";
import type { CommitContent, PullReview, RequestChange, Snapshot } from "../../../lib/model/snapshot";
import { hours, manifest, request, rule } from "../../support/core";
import {
  account,
  added,
  commit,
  content,
  email,
  mergedLog,
  removed,
  review,
  ruleEdit,
  rules,
  snapshot,
} from "./snapshots";

const people = ["alice", "bob", "carol", "dave", "erin", "frank"];
const groups = ["backend", "leads", "security", "crew"];

const step: fc.Arbitrary<ApprovalStep> = fc.record(
  {
    approvals: fc.integer({ min: 1, max: 2 }),
    from: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.subarray(groups, { minLength: 1 }).map((some) => ({ kind: "groups", groups: some }) as const),
      },
      { weight: 1, arbitrary: fc.constant({ kind: "managerOfBeneficiary" } as const) },
    ),
    when: fc.constant({ kind: "longerThan", seconds: 3600 } as const),
  },
  { requiredKeys: ["approvals", "from"] },
) as fc.Arbitrary<ApprovalStep>;

const automatic = fc.record(
  {
    when: fc.constant({ kind: "memberOf", groups: ["backend"] } as const),
    never: fc.constant([]),
    budget: fc.constant({ grants: 1, perSeconds: 3600 }),
  },
  { requiredKeys: ["when", "never"] },
);

const house: fc.Arbitrary<Manifest> = fc
  .record({
    read: fc.record({ automatic, steps: fc.array(step, { minLength: 1, maxLength: 2 }) }, { requiredKeys: ["steps"] }),
    write: fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 2 }) }),
    who: fc.subarray(people, { minLength: 2 }),
    policy: fc.array(
      step.filter((one) => one.from.kind === "groups"),
      { maxLength: 2 },
    ),
  })
  .map(({ read, write, who, policy }) =>
    rules({
      groups: [
        { name: "backend", members: who.map(email).sort(), groups: [] },
        ...manifest().groups.slice(1),
        { name: "crew", members: [], groups: [], githubTeam: "acme/crew" },
      ],
      rules: [
        rule("orders-read", { approval: read as Manifest["rules"][number]["approval"] }),
        rule("orders-write", { may: ["orders-db/write"], approval: write }),
      ],
      policyApproval: policy,
    }),
  );

const asked: fc.Arbitrary<AccessRequest> = fc
  .record({
    name: fc.constantFrom("r1", "r2", "old"),
    for: fc.oneof(
      fc.constantFrom(...people).map((one) => [email(one)]),
      fc.constant(["group:backend"]),
    ),
    access: fc.subarray(["orders-db/read", "orders-db/write"], { minLength: 1 }),
    durationSeconds: fc.constantFrom(600, 3600, 7200),
  })
  .map(({ name, ...more }) => request(name, more));

const change: fc.Arbitrary<RequestChange> = fc.oneof(
  { weight: 8, arbitrary: asked.map((one) => added(one)) },
  { weight: 1, arbitrary: asked.map((one) => removed(one)) },
  { weight: 1, arbitrary: fc.constant<RequestChange>({ path: "requests/x.yaml", before: null, after: "{" }) },
);

const changes = fc.uniqueArray(change, { minLength: 1, maxLength: 3, selector: ({ path }) => path });

/** A review on the head or an earlier commit, by somebody of the house or by an outsider. */
export const anyReview: fc.Arbitrary<PullReview> = fc
  .record({
    login: fc.constantFrom(...people, "zoe", "mallory"),
    on: fc.constantFrom("head", "head", "first", "gone"),
    state: fc.oneof(
      { weight: 6, arbitrary: fc.constant("approved" as const) },
      {
        weight: 1,
        arbitrary: fc.constantFrom("changes requested" as const, "commented" as const, "dismissed" as const),
      },
    ),
    mayPush: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    hoursAgo: fc.constantFrom(1, 1, 1, 24 * 31),
  })
  .map(({ login, hoursAgo, ...more }) => review(login, { ...more, at: hours(-hoursAgo) }));

const mostly = (usual: boolean): fc.Arbitrary<boolean> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(!usual) });

/** Heads of pull requests: approved, waiting, refused and invalid ones, some with an edit of the rules. */
export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    house,
    changes,
    first: fc.option(changes),
    edit: fc.option(house, { freq: 5 }),
    reviews: fc.array(anyReview, { maxLength: 6 }),
    author: fc.constantFrom(...people, "zoe"),
    coAuthor: fc.constantFrom(...people),
    verified: mostly(true),
    isFork: mostly(false),
    lastPushApproved: mostly(false),
    hasPull: mostly(true),
    isMerged: mostly(false),
    isTeamRead: mostly(true),
  })
  .map((one) => {
    const brings: Partial<CommitContent> = one.edit === null ? {} : ruleEdit("head", one.edit);
    const old = request("old");
    return snapshot({
      rules: one.house,
      subject: { requestChanges: one.changes, ...brings },
      reviewed: [content("first", { requestChanges: one.first ?? one.changes, ...brings })],
      teams: [{ team: "acme/crew", members: one.isTeamRead ? [account("zoe"), account("dave")] : null }],
      lastPushApproved: one.lastPushApproved,
      log: one.isMerged ? mergedLog(old) : {},
      ...(one.hasPull
        ? {
            pull: {
              author: account(one.author),
              isFork: one.isFork,
              commits: [
                commit("head", {
                  author: account(one.author),
                  committer: account(one.author),
                  coAuthors: one.verified ? [] : [account(one.coAuthor)],
                  verified: one.verified,
                }),
              ],
              reviews: one.reviews,
            },
          }
        : { pull: null }),
    });
  });
