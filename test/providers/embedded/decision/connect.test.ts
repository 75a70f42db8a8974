import * as fc from "fast-check";
import { type Behaviour, embeddedBehaviour } from "../../../../providers/embedded";
import { decideConnect } from "../../../../providers/embedded/decision/connect";
import type { Change, ReviewRow } from "../../../../providers/embedded/store/rows";
import { MemoryTables } from "../../../../providers/embedded/store/tables";
import { hoopBehaviour } from "../../../doubles/hoop";

/** A pair's grants and what stands around them. */
const situation = fc.record({
  isActive: fc.boolean(),
  isConnectEnabled: fc.boolean(),
  /** Undefined: no plugin; else the list. */
  list: fc.option(fc.subarray(["engineering", "dba"]), { nil: undefined }),
  hasRule: fc.boolean(),
  hasReviewers: fc.boolean(),
  grants: fc.array(
    fc.record({
      status: fc.constantFrom<ReviewRow["status"]>("APPROVED", "REVOKED", "REJECTED", "PENDING"),
      type: fc.constantFrom<ReviewRow["type"]>("jit", "onetime"),
      end: fc.integer({ min: 1, max: 200 }),
      isOver: fc.boolean(),
    }),
    { maxLength: 5 },
  ),
});

type Situation = Parameters<Parameters<typeof situation.map>[0]>[0];
const nowMs = 100;

describe("may X connect to Y now", () => {
  test("the embedded gateway lets in who is active, sees it, and holds a grant whose end is to come and was never seen", () => {
    fc.assert(
      fc.property(situation, (given) => {
        const isVisible = given.list === undefined || given.list.includes("engineering");
        const holds = given.grants.some(
          (grant) => grant.type === "jit" && grant.status === "APPROVED" && grant.end > nowMs && !grant.isOver,
        );
        const expected = given.isActive && given.isConnectEnabled && isVisible && holds ? "enter" : "refuse";
        expect(decide(given, embeddedBehaviour)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test("a hoop gateway asks the newest approved grant only, and without a gate lets in everybody", () => {
    fc.assert(
      fc.property(situation, (given) => {
        const isVisible = given.list === undefined || given.list.includes("engineering");
        const newest = given.grants.filter((grant) => grant.type === "jit" && grant.status === "APPROVED").at(-1);
        const isGated = given.hasRule || given.hasReviewers;
        const byGrant = newest !== undefined && newest.end > nowMs ? "enter" : isGated ? "wait" : "enter";
        const expected = given.isActive && given.isConnectEnabled && isVisible ? byGrant : "refuse";
        expect(decide(given, hoopBehaviour)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

function decide(given: Situation, behaviour: Behaviour): string {
  const tables = new MemoryTables();
  for (const change of rowsOf(given)) tables.apply(change);
  return decideConnect(tables, { userEmail: "alice@example.com", connection: "orders-read" }, nowMs, behaviour).kind;
}

function rowsOf(given: Situation): readonly Change[] {
  const list = given.list;
  return [
    {
      table: "users",
      put: {
        id: "u",
        email: "alice@example.com",
        name: "",
        status: given.isActive ? "active" : "inactive",
        groups: ["engineering"],
        password: null,
      },
    },
    {
      table: "connections",
      put: {
        id: "c",
        name: "orders-read",
        resourceName: "",
        type: "application",
        subtype: "tcp",
        agentId: "",
        command: [],
        secret: {},
        secretsUpdatedAt: 0,
        accessModeConnect: given.isConnectEnabled ? "enabled" : "disabled",
        accessModeExec: "disabled",
        accessModeRunbooks: "disabled",
        accessSchema: "disabled",
        reviewers: given.hasReviewers ? ["dba"] : [],
        redactTypes: [],
        tags: {},
        forceApproveGroups: null,
        accessMaxDuration: null,
        minReviewApprovals: null,
        mandatoryMetadataFields: [],
        attributes: [],
      },
    },
    ...(list === undefined
      ? []
      : [
          { table: "plugins" as const, put: { id: "p", name: "access_control" } },
          { table: "accessLists" as const, put: { id: "l", connectionId: "c", groups: list, updatedAt: 0 } },
        ]),
    ...(given.hasRule ? [rule] : []),
    ...given.grants.map((grant, at): Change => ({ table: "reviews", put: reviewOf(grant, at) })),
  ];
}

const rule: Change = {
  table: "accessRules",
  put: {
    id: "rule",
    name: "gate",
    description: "",
    accessType: "jit_command",
    connectionNames: ["orders-read"],
    attributes: [],
    approvalRequiredGroups: [],
    reviewersGroups: ["leasehold-gate"],
    allGroupsMustApprove: true,
    minApprovals: 1,
    forceApprovalGroups: [],
    skipReviewGroups: null,
    accessMaxDuration: null,
    createdAt: 0,
    updatedAt: 0,
  },
};

function reviewOf(grant: Situation["grants"][number], at: number): ReviewRow {
  return {
    id: `r${at}`,
    sessionId: `s${at}`,
    userEmail: "alice@example.com",
    connectionId: "c",
    type: grant.type,
    duration: 1,
    status: grant.status,
    revokeAt: grant.type === "jit" ? grant.end * 1000 : null,
    createdAt: at,
    groups: [],
    timeWindow: null,
    ruleName: null,
    minApprovals: null,
    needed: 1,
    forceApprovalGroups: null,
    rejectionReason: null,
    over: grant.isOver,
  };
}
