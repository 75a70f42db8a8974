import { LeaseholdError } from "../../lib/errors";
import type { Condition } from "../../lib/model/condition";
import type { ResourceClass } from "../../lib/model/resource";
import {
  activationsOf,
  conditionWords,
  desiredState,
  effectiveAccess,
  evaluateAutomatic,
  evaluateCondition,
  expandGroup,
  findDecidingRule,
  grantEnd,
  lint,
  personsOf,
  refusalCode,
  stepWords,
  tryFindDecidingRule,
  tryFindManager,
  windowWords,
  type ConditionContext,
} from "../../lib/policy";
import {
  activeGrant,
  connection,
  grantsById,
  hours,
  installation,
  manifest,
  now,
  request,
  rule,
  state,
} from "../support/core";

const alice = "alice@example.com";
const desired = desiredState({
  installation,
  manifest: manifest(),
  requests: { requests: [request("r1", { durationSeconds: 7200 })] },
  asOf: now,
  state: state(),
}).grants[0]!;

describe("groups", () => {
  it("expand to people that the rules know, sorted", () => {
    const rules = manifest({
      groups: [{ name: "g", members: ["bob@example.com", "ghost@example.com", alice, "service:ci"], groups: ["h"] }],
    });
    expect(expandGroup(rules, "g")).toEqual([alice, "bob@example.com", "service:ci"]);
    expect(expandGroup(rules, "none")).toEqual([]);
  });

  it("stand for their people where a principal is named", () => {
    expect(personsOf(manifest(), "group:leads")).toEqual(["carol@example.com", "dave@example.com"]);
    expect(personsOf(manifest(), alice)).toEqual([alice]);
    expect(personsOf(manifest(), "service:ci")).toEqual(["service:ci"]);
    expect(personsOf(manifest(), "nobody@example.com")).toEqual([]);
  });
});

describe("the rule that decides", () => {
  it("is found by person and Connection, or refused with what to do", () => {
    expect(findDecidingRule(manifest(), alice, "orders-db/write").name).toBe("orders-write");
    expect(tryFindDecidingRule(manifest(), "frank@example.com", "orders-db/read")).toBe(undefined);
    expect(() => findDecidingRule(manifest(), "frank@example.com", "orders-db/read")).toThrow(LeaseholdError);
  });
});

describe("the end of a grant", () => {
  it("is activation and duration", () => {
    expect(grantEnd({ manifest: manifest(), desired, activatedAt: now })).toBe(hours(2));
  });

  it("is cut by the caps of rule and organisation as they are now", () => {
    const byRule = manifest({ rules: [rule("orders-read", { maxDurationSeconds: 60 })] });
    expect(grantEnd({ manifest: byRule, desired, activatedAt: now })).toBe(hours(1 / 60));
    const byHouse = manifest({ limits: { ...manifest().limits, maxDurationSeconds: 3600 } });
    expect(grantEnd({ manifest: byHouse, desired, activatedAt: now })).toBe(hours(1));
  });

  it("is cut by the close of the rule's window", () => {
    const until = (to: string) =>
      manifest({ rules: [rule("orders-read", { windows: [{ kind: "between", from: hours(-1), to }] })] });
    expect(grantEnd({ manifest: until(hours(1)), desired, activatedAt: now })).toBe(hours(1));
    expect(grantEnd({ manifest: until(hours(3)), desired, activatedAt: now })).toBe(hours(2));
    expect(grantEnd({ manifest: until(hours(-0.5)), desired, activatedAt: now })).toBe(now);
  });

  it("is at once when the rule is gone", () => {
    expect(grantEnd({ manifest: manifest({ rules: [] }), desired, activatedAt: now })).toBe(now);
  });
});

describe("effective access", () => {
  it("is what the Log holds active on the resource, with what holds it", () => {
    const log = state({
      grants: grantsById(
        activeGrant(desired, hours(-1)),
        activeGrant({ ...desired, id: "ended", request: "r0" }, hours(-9), { phase: "ended" }),
      ),
    });
    const access = effectiveAccess(manifest(), log, alice, "orders-db", now);
    expect(access.words).toBe("read (r1)");
    expect(access.held).toHaveLength(1);
    expect(effectiveAccess(manifest(), log, alice, "orders-db", hours(1)).words).toBe("none");
    expect(effectiveAccess(manifest(), log, "bob@example.com", "orders-db", now).words).toBe("none");
  });
});

describe("conditions", () => {
  const context = (more: Partial<ConditionContext> = {}): ConditionContext => ({
    manifest: manifest(),
    person: alice,
    rule: "orders-read",
    class: "high",
    level: "read",
    labels: { env: "prod" },
    durationSeconds: 7200,
    at: now,
    usage: [],
    ...more,
  });
  const open = { kind: "between", from: hours(-1), to: hours(1) } as const;

  it.each<[Condition, boolean, string]>([
    [{ kind: "memberOf", groups: ["leads", "backend"] }, true, "alice@example.com is a member of backend"],
    [{ kind: "memberOf", groups: ["leads"] }, false, "alice@example.com is not a member of leads"],
    [{ kind: "class", classes: ["high", "low"] }, true, "class is high"],
    [{ kind: "class", classes: ["low"] }, false, "class is high, not low"],
    [{ kind: "level", levels: ["read"] }, true, "level is read"],
    [{ kind: "longerThan", seconds: 3600 }, true, "2 h is longer than 1 h"],
    [{ kind: "longerThan", seconds: 7200 }, false, "2 h is not longer than 2 h"],
    [{ kind: "label", key: "env", values: ["prod"] }, true, "label env is prod"],
    [{ kind: "label", key: "constructor", values: ["x"] }, false, "the resource has no label constructor"],
    [{ kind: "within", windows: [open] }, true, `it is within ${hours(-1)} to ${hours(1)}`],
    [{ kind: "budget", budget: { grants: 1, perSeconds: 60 } }, true, "0 used of 1 grant in 1 min"],
  ])("%j is %s", (condition, holds, sentence) => {
    expect(evaluateCondition(condition, context())).toEqual({ holds, sentence, children: [] });
  });

  it("combine by all, any and not, and tell every part", () => {
    const high: Condition = { kind: "class", classes: ["high"] };
    const low: Condition = { kind: "class", classes: ["low"] };
    const holds = (condition: Condition) => evaluateCondition(condition, context()).holds;
    expect(holds({ kind: "all", of: [high, low] })).toBe(false);
    expect(holds({ kind: "any", of: [low, high] })).toBe(true);
    expect(holds({ kind: "not", of: low })).toBe(true);
    expect(holds({ kind: "all", of: [] })).toBe(true);
    expect(holds({ kind: "any", of: [] })).toBe(false);
    expect(evaluateCondition({ kind: "all", of: [low, high] }, context()).children).toHaveLength(2);
    expect(conditionWords({ kind: "all", of: [high, { kind: "any", of: [low, { kind: "not", of: low }] }] })).toBe(
      "class high and (class low or not class low)",
    );
  });

  it("count a budget over a sliding time whose first instant is excluded", () => {
    const budget = { grants: 2, perSeconds: 3600 };
    const automatic = { when: { kind: "class", classes: ["high"] } as const, budget, never: [] };
    const at = (...times: string[]) => times.map((one) => ({ rule: "orders-read", person: alice, at: one }));
    const fires = (usage: ReturnType<typeof at>) => evaluateAutomatic(automatic, context({ usage })).holds;
    expect(fires(at(now))).toBe(true);
    expect(fires(at(now, hours(-0.5)))).toBe(false);
    expect(fires(at(now, hours(-1)))).toBe(true);
    expect(fires(at(now, hours(0.5)))).toBe(true);
    expect(fires([...at(now), { rule: "other", person: alice, at: now }])).toBe(true);
    expect(fires([...at(now), { rule: "orders-read", person: "bob@example.com", at: now }])).toBe(true);
  });

  it("never fire for an excluded class, and say that they matched", () => {
    const automatic = (never: readonly ResourceClass[]) => ({
      when: { kind: "memberOf", groups: ["backend"] } as const,
      never,
    });
    expect(evaluateAutomatic(automatic(["high"]), context())).toMatchObject({
      holds: false,
      sentence: "Automatic approval: not used, member of backend matches but class high is excluded",
    });
    expect(evaluateAutomatic(automatic([]), context()).sentence).toBe("Automatic approval: used, member of backend");
  });
});

it("takes activations that are on their way as used, and those that never were as not", () => {
  const active = activeGrant(desired, hours(-1));
  const { activatedAt: _, ...intended } = { ...active, phase: "activating" as const };
  const failed = { ...intended, phase: "pending" as const };
  const used = (grant: typeof failed | typeof active) => activationsOf(state({ grants: grantsById(grant as never) }));
  expect(used(active)).toEqual([{ rule: "orders-read", person: alice, at: hours(-1) }]);
  expect(used(intended as never)).toHaveLength(1);
  expect(used(failed)).toEqual([]);
});

describe("words", () => {
  it("name windows by their days", () => {
    const days = (...some: number[]) =>
      windowWords({ kind: "weekly", days: some as never, from: "07:00", to: "21:00", zone: "Europe/Berlin" });
    expect(days(1, 2, 3, 4, 5)).toBe("Mon-Fri 07:00-21:00 Europe/Berlin");
    expect(days(6, 7)).toBe("Sat,Sun 07:00-21:00 Europe/Berlin");
    expect(days(1, 3, 4, 5)).toBe("Mon,Wed-Fri 07:00-21:00 Europe/Berlin");
  });

  it("name steps", () => {
    expect(stepWords({ approvals: 2, from: { kind: "groups", groups: ["a", "b"] } })).toBe("2 of a or b");
    expect(
      stepWords({ approvals: 1, from: { kind: "managerOfBeneficiary" }, when: { kind: "longerThan", seconds: 3600 } }),
    ).toBe("the manager of the beneficiary, when longer than 1 h");
  });
});

it("finds the manager of a person and of the one who answers for a service account", () => {
  expect(tryFindManager(manifest(), alice)).toBe("carol@example.com");
  expect(tryFindManager(manifest(), "bob@example.com")).toBe(undefined);
  const owned = manifest({ serviceAccounts: [{ name: "ci", owner: alice }] });
  expect(tryFindManager(owned, "service:ci")).toBe("carol@example.com");
});

describe("lint", () => {
  const sentences = (rules: ReturnType<typeof manifest>) => lint(rules).map((note) => note.sentence);

  it("is silent about rules that are in order", () => {
    expect(sentences(manifest())).toEqual([]);
  });

  it("finds a rule that is never first", () => {
    const rules = manifest({ rules: [...manifest().rules, rule("late", { who: [alice] })] });
    expect(sentences(rules)).toEqual([
      "Rule late is reachable by name only (`rule: late`): an earlier rule decides all of its pairs.",
    ]);
  });

  it("finds a step that too few can fill, and people without a manager", () => {
    const rules = manifest({
      rules: [
        rule("orders-read", {
          approval: {
            steps: [
              { approvals: 3, from: { kind: "groups", groups: ["leads"] } },
              { approvals: 1, from: { kind: "managerOfBeneficiary" } },
            ],
          },
        }),
        rule("orders-write", { may: ["orders-db/write"] }),
      ],
    });
    expect(sentences(rules)).toEqual([
      "Step 1 of rule orders-read (3 of leads): only 2 can approve.",
      "Step 2 of rule orders-read (the manager of the beneficiary): 1 person who may ask has no manager, e.g. bob@example.com.",
    ]);
  });

  it("finds a Connection that no rule gives and a rule that nobody can ask under", () => {
    const rules = manifest({
      connections: [...manifest().connections, connection("orders-db", "admin")],
      groups: [...manifest().groups, { name: "empty", members: [], groups: [] }],
      rules: [...manifest().rules, rule("nobody", { who: ["group:empty"] })],
    });
    expect(sentences(rules)).toEqual([
      "No rule gives connection orders-db/admin.",
      "Rule nobody lets nobody ask: its groups are empty.",
    ]);
  });
});

it("reports each refusal under a code of the catalogue", () => {
  expect(refusalCode("longer than the rule allows")).toBe("E103");
  expect(refusalCode("edited after merge")).toBe("E112");
  expect(refusalCode("no rule")).toBe("E114");
  expect(refusalCode("cannot be held")).toBe("E307");
});
