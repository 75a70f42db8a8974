import * as fc from "fast-check";
import type { AccessRequest } from "../../lib/model/request";
import { makePlan, Replanner, type ReplanInput } from "../../lib/plan";
import { desiredState } from "../../lib/policy";
import { hours, installation, manifest, request, rule } from "../support/core";
import { ToyWorld } from "./toy-world";

const people = ["alice@example.com", "bob@example.com", "group:backend", "service:ci", "nobody@example.com"];
const names = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** Budgets, a window, a low breaker: whatever could make one person's plan depend on another's. */
const house = manifest({
  rules: [
    rule("orders-read", {
      who: ["group:backend", "service:ci"],
      maxDurationSeconds: 24 * 3600,
      approval: {
        automatic: {
          when: { kind: "longerThan", seconds: 3600 },
          budget: { grants: 1, perSeconds: 86_400 },
          never: [],
        },
        steps: [{ approvals: 1, from: { kind: "groups", groups: ["leads"] } }],
      },
    }),
    rule("orders-write", {
      who: ["group:backend"],
      may: ["orders-db/write"],
      windows: [{ kind: "between", from: hours(2), to: hours(6) }],
    }),
  ],
  limits: { ...manifest().limits, bulkRemovals: { count: 1, percent: 20 } },
});

const asked: fc.Arbitrary<AccessRequest> = fc
  .record({
    name: fc.constantFrom(...names),
    for: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 2 }),
    access: fc.uniqueArray(fc.constantFrom("orders-db/read", "orders-db/write", "orders-db/none"), { minLength: 1 }),
    durationSeconds: fc.integer({ min: 1, max: 9 }).map((count) => count * 1800),
    startBefore: fc.integer({ min: 1, max: 12 }).map((count) => hours(count)),
  })
  .map((parts) => request(parts.name, parts));

const change = fc.record({
  put: fc.uniqueArray(asked, { maxLength: 3, selector: ({ name }) => name }),
  removed: fc.subarray(names, { maxLength: 3 }),
});

interface History {
  readonly before: readonly AccessRequest[];
  /** Half hours from the plan that is carried out to the one that is looked at. */
  readonly later: number;
  readonly knowsMerged: boolean;
  readonly confirmRemovals: number | undefined;
}

const history: fc.Arbitrary<History> = fc.record({
  before: fc.uniqueArray(asked, { maxLength: 6, selector: ({ name }) => name }),
  later: fc.nat(10),
  knowsMerged: fc.boolean(),
  confirmRemovals: fc.option(fc.nat(4), { nil: undefined }),
});

/** What is planned for after some requests were carried out and time went by. */
function inputOf({ before, later, knowsMerged, confirmRemovals }: History): ReplanInput {
  const world = new ToyWorld(house);
  world.requests = [...before];
  world.apply();
  world.now = hours(later / 2);
  const { desired: _desired, observed: _observed, ...input } = world.input();
  return {
    ...input,
    ...(knowsMerged ? { merged: input.requests } : {}),
    ...(confirmRemovals === undefined ? {} : { confirmRemovals }),
  };
}

function fromScratch(input: ReplanInput, requests: readonly AccessRequest[]) {
  const { manifest: rules, asOf, state, merged } = input;
  const common = { installation, manifest: rules, requests: { requests }, asOf, state };
  const desired = desiredState({ ...common, ...(merged === undefined ? {} : { merged }) });
  return makePlan({ ...input, requests: { requests }, desired, observed: "log" });
}

describe("a plan made again for changed requests", () => {
  it("is the plan made from scratch, whatever changes and however often", () => {
    fc.assert(
      fc.property(history, fc.array(change, { maxLength: 5 }), (past, changes) => {
        const input = inputOf(past);
        const requests = new Map(input.requests.requests.map((one) => [one.name, one]));
        const planner = new Replanner(input);
        expect(planner.plan()).toEqual(fromScratch(input, [...requests.values()]));
        for (const { put, removed } of changes) {
          for (const name of removed) requests.delete(name);
          for (const one of put) requests.set(one.name, one);
          planner.change({ put, removed });
          expect(planner.plan()).toEqual(fromScratch(input, [...requests.values()]));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("lets the breaker hold back once removals are too many together, and go again", () => {
    const pairs = ["alice@example.com", "bob@example.com", "service:ci"];
    const before = pairs.map((who, index) => request(names[index]!, { for: [who], durationSeconds: 7200 }));
    const input = inputOf({ before, later: 0, knowsMerged: true, confirmRemovals: undefined });
    const planner = new Replanner(input);
    const held = (): number => planner.plan().heldRemovals;
    planner.change({ put: [], removed: ["a"] });
    expect([held(), planner.plan().actions.map(({ kind }) => kind)]).toEqual([0, ["end"]]);
    planner.change({ put: [], removed: ["b"] });
    expect([held(), planner.plan().actions]).toEqual([2, []]);
    planner.change({ put: [before[1]!], removed: [] });
    expect([held(), planner.plan().actions.map(({ kind }) => kind)]).toEqual([0, ["end"]]);
  });

  it("touches nobody but the people of the changed requests", () => {
    const before = [request("a"), request("b", { for: ["bob@example.com"] })];
    const input = inputOf({ before, later: 0, knowsMerged: false, confirmRemovals: undefined });
    const looked: string[] = [];
    const grants = new Map(
      [...input.state.grants].map(([id, grant]) => {
        const watched = new Proxy(grant, {
          get: (target, name, self) => {
            if (name === "phase") looked.push(target.facts.person);
            return Reflect.get(target, name, self) as unknown;
          },
        });
        return [id, watched];
      }),
    );
    const planner = new Replanner({ ...input, state: { ...input.state, grants } });
    looked.length = 0;
    planner.change({ put: [request("c", { startBefore: hours(3) })], removed: [] });
    planner.plan();
    expect(new Set(looked)).toEqual(new Set(["alice@example.com"]));
  });
});
