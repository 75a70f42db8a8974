import * as fc from "fast-check";
import type { Plan } from "../../lib/model/plan";
import type { WideningItem } from "../../lib/model/widening";
import {
  actionKey,
  isIncluded,
  isStale,
  planBase,
  stalenessOf,
  widening,
  wideningItems,
  worstCaseEnd,
  type ProposedState,
} from "../../lib/plan";
import { desiredState } from "../../lib/policy";
import type { AccessRequest } from "../../lib/model/request";
import type { Manifest } from "../../lib/model/manifest";
import { connection, hours, installation, manifest, now, request, rule, state } from "../support/core";
import { ToyWorld } from "./toy-world";

function world(): ToyWorld {
  const one = new ToyWorld(manifest());
  one.requests = [request("r1", { durationSeconds: 7200 })];
  return one;
}

function staleness(plan: Plan, later: ToyWorld, policyInForce?: string): readonly string[] {
  const input = later.input();
  const inForce = policyInForce ?? input.policyInForce!;
  return stalenessOf(plan, planBase({ ...input, policyInForce: inForce }), input.observed);
}

describe("a plan is stale", () => {
  it("never by the time alone", () => {
    const one = world();
    const plan = one.plan();
    one.now = hours(1);
    expect(staleness(plan, one)).toEqual([]);
    const input = one.input();
    expect(isStale(plan, planBase(input), input.observed)).toBe(false);
  });

  it("when policy, rules, requests or grants are other ones", () => {
    const one = world();
    const plan = one.plan();
    expect(staleness(plan, one, "another")).toEqual(["The policy in force is another one."]);
    one.requests = [request("r2")];
    expect(staleness(plan, one)).toEqual(["The requests are other ones."]);
    one.requests = [request("r1", { durationSeconds: 7200 })];
    one.manifest = manifest({ rules: [] });
    expect(staleness(plan, one)).toContain("The rules are other ones.");
    const applied = world();
    applied.apply();
    expect(staleness(plan, applied)).toContain("Grants have started, changed or ended.");
  });

  it("when what an action was made against is not as it was", () => {
    const one = world();
    const plan = one.plan();
    one.rows.push({
      ref: "x",
      correlation: { installation, grant: "b".repeat(26), generation: 0 },
      person: "alice@example.com",
      connection: "orders-db-read",
      status: "live",
      createdAt: now,
      endsAt: hours(1),
    });
    expect(staleness(plan, one)).toEqual(["The lease of alice@example.com on orders-db/read is not as it was."]);
  });

  it("not by an approval, and not by what stands beside its actions", () => {
    const one = world();
    one.apply();
    one.now = hours(2);
    const plan = one.plan();
    one.rows.push({
      ref: "f",
      person: "bob@example.com",
      connection: "orders-db-write",
      status: "live",
      createdAt: now,
    });
    expect(staleness(plan, one)).toEqual([]);
  });

  it("does not go by the order of requests", () => {
    const one = world();
    one.requests.push(request("r2"));
    const plan = one.plan();
    one.requests.reverse();
    expect(staleness(plan, one)).toEqual([]);
  });
});

it("gives every action of a plan a key of its own, and the same one again", () => {
  const one = world();
  one.requests.push(request("r2"), request("r3", { for: ["bob@example.com"] }));
  const { actions } = one.plan();
  const keys = actions.map(actionKey);
  expect(new Set(keys).size).toBe(actions.length);
  expect(one.plan().actions.map(actionKey)).toEqual(keys);
});

it("computes the worst-case end by what the provider holds", () => {
  const lease = { end: hours(2), leaseSeconds: 3600 };
  const at = (sessions: boolean, overrun: "none" | "one duration" | "unbounded") =>
    worstCaseEnd({ ...lease, holds: { entry: true, sessions, overrun } });
  expect(at(true, "none")).toBe(hours(2));
  expect(at(false, "one duration")).toBe(hours(3));
  expect(at(false, "unbounded")).toBe(undefined);
  expect(worstCaseEnd({ ...lease, holds: undefined })).toBe(undefined);
});

function proposed(requests: readonly AccessRequest[], rules: Manifest = manifest()): ProposedState {
  const desired = desiredState({ installation, manifest: rules, requests: { requests }, asOf: now, state: state() });
  return { desired, manifest: rules };
}

function gained(from: ProposedState, to: ProposedState): readonly string[] {
  return widening(from, to).map((item) => {
    switch (item.kind) {
      case "grant":
        return `${item.person} on ${item.connection} by ${item.request}`;
      case "membership":
        return `${item.person} in ${item.group}`;
      default:
        return `${item.kind} ${item.name}`;
    }
  });
}

describe("widening", () => {
  const nothing = proposed([]);

  it("of a request is an item per person and Connection", () => {
    expect(gained(nothing, proposed([request("r1", { for: ["group:backend"] })]))).toEqual([
      "alice@example.com on orders-db/read by r1",
      "bob@example.com on orders-db/read by r1",
    ]);
  });

  it("of the same access under another name is new; a removed or narrowed request gains nothing", () => {
    const both = proposed([request("r1"), request("r2")]);
    expect(gained(proposed([request("r1")]), proposed([request("r2")]))).toEqual([
      "alice@example.com on orders-db/read by r2",
    ]);
    expect(gained(both, nothing)).toEqual([]);
    expect(gained(both, proposed([request("r1", { durationSeconds: 60 })]))).toEqual([]);
  });

  it("of a new member of a group that makes eligible names the person, and the approvers where they change", () => {
    const groups = manifest().groups.map((one) =>
      one.name === "backend" ? { ...one, members: [...one.members, "frank@example.com"] } : one,
    );
    expect(gained(nothing, proposed([], manifest({ groups })))).toEqual(["frank@example.com in backend"]);
    const leads = manifest().groups.map((one) =>
      one.name === "leads" ? { ...one, members: ["frank@example.com"] } : one,
    );
    expect(gained(nothing, proposed([], manifest({ groups: leads })))).toEqual(["approvers leads"]);
  });

  it("of an edited rule covers the rule and every request under it", () => {
    const rules = manifest({ rules: [rule("orders-read", { maxDurationSeconds: 9999 }), manifest().rules[1]!] });
    expect(gained(proposed([request("r1")]), proposed([request("r1")], rules))).toEqual([
      "alice@example.com on orders-db/read by r1",
      "rule orders-read",
    ]);
  });

  it("sees that rules change places, and what else is governed", () => {
    expect(gained(nothing, proposed([], manifest({ rules: manifest().rules.toReversed() })))).toEqual([
      "config order of rules",
    ]);
    const more: Partial<Manifest> = {
      connections: [connection("orders-db", "read", { settings: { user: "root" } }), manifest().connections[1]!],
      approvals: "github",
      policyApproval: [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }],
    };
    expect(gained(nothing, proposed([], manifest(more)))).toEqual([
      "config approvals",
      "config policyApproval",
      "connection orders-db/read",
    ]);
    const file = { ...nothing, files: [{ name: ".github/workflows/apply.yml", digest: "d" }] };
    expect(gained(nothing, file)).toEqual(["file .github/workflows/apply.yml"]);
  });

  it("of a safeguard's loss makes the request a new item", () => {
    const guarded = manifest({
      connections: [connection("orders-db", "read", { guardrails: ["g"] }), manifest().connections[1]!],
      guardrails: [{ name: "g", input: [], output: [] }],
    });
    const asked = [request("r1")];
    expect(gained(proposed(asked, guarded), proposed(asked))).toContain("alice@example.com on orders-db/read by r1");
    expect(gained(proposed(asked), proposed(asked, guarded))).not.toContain(
      "alice@example.com on orders-db/read by r1",
    );
  });

  it("is empty exactly where everything is included", () => {
    const houses = [manifest(), manifest({ rules: manifest().rules.toReversed() }), manifest({ approvals: "github" })];
    const some = fc
      .tuple(fc.subarray(["r1", "r2", "r3"]), fc.constantFrom(3600, 7200), fc.constantFrom(...houses))
      .map(([names, durationSeconds, house]) =>
        proposed(
          names.map((name) => request(name, { durationSeconds })),
          house,
        ),
      );
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const items = (one: ProposedState): readonly WideningItem[] => wideningItems(one);
        expect(widening(a, a)).toEqual([]);
        expect(widening(a, b).length === 0).toBe(isIncluded(items(b), items(a)));
        if (widening(a, b).length === 0 && widening(b, c).length === 0) expect(widening(a, c)).toEqual([]);
      }),
    );
  });
});
