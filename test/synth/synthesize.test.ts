import { Construct } from "constructs";
import * as fc from "fast-check";
import {
  AccessApp,
  AccessRule,
  AccessStack,
  Approval,
  Condition,
  Connection,
  Duration,
  everyone,
  Group,
  Guardrail,
  MaskingRule,
  Resource,
  ServiceAccount,
  synthesize,
  User,
  Window,
} from "../../lib/index";
import { canonicalJson } from "../../lib/model/canonical";
import { governed } from "../support/governed";
import { issueExample } from "./issue-example";

const team = Group.named("team");

/** An app with one person, one group and one resource; `more` declares the rest. */
function small(more: (scope: AccessStack, read: Connection) => void): AccessApp {
  const app = new AccessApp({ policyApproval: Approval.of(1, team) });
  const scope = new AccessStack(app, "house");
  new Group(scope, "team", { members: [new User(scope, "ann", { email: "ann@example.com" })] });
  const db = new Resource(scope, "db", { kind: "postgresql", class: "low", labels: { env: "staging" } });
  more(scope, db.connection("read"));
  return app;
}

describe("the example of the issue", () => {
  const { manifest } = synthesize(issueExample(), governed);

  test("becomes the rules that it reads like", () => {
    expect(manifest.rules).toEqual([
      {
        name: "orders-read",
        path: "production/orders-read",
        who: ["group:backend", "group:sre"],
        may: ["orders-db/read"],
        defaultDurationSeconds: 3600,
        maxDurationSeconds: 14_400,
        windows: [{ kind: "weekly", days: [1, 2, 3, 4, 5], from: "07:00", to: "21:00", zone: "Europe/Berlin" }],
        approval: {
          steps: [
            { approvals: 1, from: { kind: "groups", groups: ["orders-leads"] } },
            {
              approvals: 1,
              from: { kind: "groups", groups: ["security"] },
              when: { kind: "longerThan", seconds: 3600 },
            },
          ],
        },
        mayRevoke: [],
        ticketRequired: false,
      },
      {
        name: "staging",
        path: "production/staging",
        who: ["group:everyone"],
        may: ["cache/read"],
        defaultDurationSeconds: 3600,
        maxDurationSeconds: 8 * 3600,
        windows: [],
        approval: {
          automatic: {
            when: { kind: "memberOf", groups: ["backend"] },
            budget: { grants: 5, perSeconds: 86_400 },
            never: ["high", "critical"],
          },
          steps: [{ approvals: 1, from: { kind: "managerOfBeneficiary" } }],
        },
        mayRevoke: [],
        ticketRequired: false,
      },
    ]);
    expect(manifest.policyApproval).toEqual([{ approvals: 2, from: { kind: "groups", groups: ["platform"] } }]);
  });

  test("becomes the connection that it names, with its secret by reference", () => {
    expect(manifest.connections.find((one) => one.id === "orders-db/read")).toEqual({
      id: "orders-db/read",
      path: "production/orders-db/read",
      resource: "orders-db",
      level: "read",
      gatewayName: "orders-db-read",
      settings: { user: "leasehold_ro" },
      secrets: { password: "${env:ORDERS_RO}" },
      command: [],
      guardrails: [],
      maskingRules: [],
    });
  });

  test("has everyone as a group of every user, because a rule names it", () => {
    const members = ["ann@example.com", "leo@example.com", "sam@example.com"];
    expect(manifest.groups.find((one) => one.name === "everyone")).toEqual({ name: "everyone", members, groups: [] });
  });

  test("gives the same bytes each time", () => {
    const again = canonicalJson(synthesize(issueExample(), governed).manifest);
    expect(again).toBe(canonicalJson(manifest));
  });
});

describe("the order of declaration", () => {
  test("means nothing for people, groups, resources and safeguards", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const build = (order: readonly string[]): string => {
      const app = new AccessApp({ policyApproval: Approval.of(1, team) });
      const scope = new AccessStack(app, "house");
      new AccessRule(scope, "rule", {
        who: order.map((name) => Group.named(`${name}-group`)),
        mayMatching: { level: order.map((name) => `level-${name}`) },
        windows: order.map((_, index) => Window.weekly(`daily 0${order.indexOf(names[index] ?? "")}:00-12:00`, "UTC")),
        approval: Approval.of(1, team).when(Condition.memberOf(...order.map((name) => Group.named(`${name}-group`)))),
        mayRevoke: order.map((name) => Group.named(`${name}-group`)),
      });
      for (const name of order) {
        const user = new User(scope, `${name}-user`, { email: `${name}@example.com` });
        const service = new ServiceAccount(scope, `${name}-service`);
        new Group(scope, `${name}-group`, { members: order[0] === name ? [service, user] : [user, service] });
        const guardrail = new Guardrail(scope, `${name}-guardrail`, { input: [Guardrail.denyWords(name)] });
        const masking = new MaskingRule(scope, `${name}-masking`, { entityTypes: ["EMAIL_ADDRESS"] });
        const resource = new Resource(scope, `${name}-db`, { kind: "mysql", class: "low" });
        resource.connection(`level-${name}`, { guardrails: [guardrail], maskingRules: [masking] });
      }
      new Group(scope, "team", { members: order.map((name) => User.named(`${name}@example.com`)) });
      return canonicalJson(synthesize(app, governed).manifest);
    };
    const expected = build(names);
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (order) => {
        expect(build(order)).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  test("decides among rules, also where they stand in different stacks", () => {
    const app = small((house, read) => {
      const other = new AccessStack(AccessApp.of(house), "other");
      const rule = { who: [team], may: [read], approval: Approval.of(1, Group.named("approvers")) };
      new Group(house, "approvers", { members: [User.named("ann@example.com")] });
      new AccessRule(other, "first", rule);
      new AccessRule(house, "second", rule);
      new AccessRule(other, "third", rule);
    });
    expect(synthesize(app, governed).manifest.rules.map((rule) => rule.name)).toEqual(["first", "second", "third"]);
  });
});

describe("a rule that matches", () => {
  const matched = (mayMatching: ConstructorParameters<typeof AccessRule>[2]["mayMatching"]): readonly string[] => {
    const app = new AccessApp({ policyApproval: Approval.of(1, team) });
    const scope = new AccessStack(app, "house");
    new AccessRule(scope, "rule", {
      who: [team],
      may: [Connection.named("cache/read")],
      ...(mayMatching === undefined ? {} : { mayMatching }),
      approval: Approval.of(1, team),
    });
    new Group(scope, "team", { members: [new User(scope, "ann", { email: "ann@example.com" })] });
    for (const [name, env, level] of [
      ["orders", "prod", "critical"],
      ["items", "test", "low"],
      ["cache", "dev", "low"],
    ] as const) {
      const resource = new Resource(scope, name, { kind: "tcp", class: level, labels: { env, house: "a" } });
      resource.connection("read");
      resource.connection("write");
    }
    return synthesize(app, governed).manifest.rules[0]?.may ?? [];
  };

  test("covers what it lists and what matches all that it says, declared before or after it", () => {
    expect(matched({ labels: { env: "test" } })).toEqual(["cache/read", "items/read", "items/write"]);
    expect(matched({ labels: { env: ["test", "prod"], house: "a" }, level: "write" })).toEqual([
      "cache/read",
      "items/write",
      "orders/write",
    ]);
    expect(matched({ class: ["critical", "high"], level: ["read"] })).toEqual(["cache/read", "orders/read"]);
  });

  test("does not take the names that every object has for labels", () => {
    expect(matched({ labels: { constructor: "a" } })).toEqual(["cache/read"]);
  });
});

describe("what is left out", () => {
  const durations = (duration: ConstructorParameters<typeof AccessRule>[2]["duration"], cap: Duration) => {
    const app = small((scope, read) => {
      const rule = { who: [team], may: [read], approval: Approval.of(1, team) };
      new AccessRule(scope, "rule", duration === undefined ? rule : { ...rule, duration });
    });
    const { rules } = synthesize(app, {
      ...governed,
      limits: { ...governed.limits, maxDurationSeconds: cap.seconds },
    }).manifest;
    return [rules[0]?.defaultDurationSeconds, rules[0]?.maxDurationSeconds];
  };

  test("is one hour by default, eight at most, and never more than the organisation's cap", () => {
    expect(durations(undefined, Duration.days(7))).toEqual([3600, 8 * 3600]);
    expect(durations(undefined, Duration.minutes(30))).toEqual([1800, 1800]);
    expect(durations({ max: Duration.minutes(20) }, Duration.days(7))).toEqual([1200, 1200]);
    expect(durations({ default: Duration.hours(12) }, Duration.days(7))).toEqual([12 * 3600, 12 * 3600]);
  });

  test("is the only gateway of the config, or else main", () => {
    const gatewayWith = (gateways: typeof governed.gateways): string | undefined =>
      synthesize(
        small(() => undefined),
        { ...governed, gateways },
      ).manifest.resources[0]?.gateway;
    const one = governed.gateways["main"] ?? { provider: "memory", users: "declared" };
    expect(gatewayWith({ eu: one })).toBe("eu");
    expect(gatewayWith({ eu: one, main: one })).toBe("main");
  });

  test("is the group everyone, where nothing names it", () => {
    const names = (app: AccessApp) => synthesize(app, governed).manifest.groups.map((group) => group.name);
    expect(names(small(() => undefined))).toEqual(["team"]);
    expect(names(small((scope) => new Group(scope, "all", { members: [everyone] })))).toEqual([
      "all",
      "everyone",
      "team",
    ]);
  });
});

test("constructs of the house can be declared twice, each under a name of its own", () => {
  class Service extends Construct {
    constructor(scope: Construct, id: string) {
      super(scope, id);
      new Resource(this, "db", { resourceName: `${id}-db`, kind: "postgresql", class: "low" }).connection("read");
    }
  }
  const app = small((scope) => {
    new Service(scope, "orders");
    new Service(scope, "items");
  });
  expect(synthesize(app, governed).manifest.resources.map(({ name, path }) => [name, path])).toEqual([
    ["db", "house/db"],
    ["items-db", "house/items/db"],
    ["orders-db", "house/orders/db"],
  ]);
});
