import { isFailure } from "../../lib/errors";
import {
  AccessApp,
  AccessRequest,
  AccessRule,
  AccessStack,
  Approval,
  Approvers,
  Condition,
  Connection,
  Duration,
  everyone,
  Group,
  Resource,
  ServiceAccount,
  synthesize,
  User,
} from "../../lib/index";
import { governed } from "../support/governed";

const team = Group.named("team");
const read = Connection.named("db/read");
const usual = { who: [team], may: [read], approval: Approval.of(1, team) };

/** What synth says of a sound house to which `more` was added. */
function problemsOf(more: (house: AccessStack) => void): readonly string[] {
  const app = new AccessApp({ policyApproval: Approval.of(1, team) });
  const house = new AccessStack(app, "house");
  const ann = new User(house, "ann", { email: "ann@example.com", github: "ann" });
  const bob = new User(house, "bob", { email: "bob@example.com", manager: ann });
  new Group(house, "team", { members: [ann, bob] });
  new Resource(house, "db", { kind: "postgresql", class: "low" }).connection("read");
  more(house);
  try {
    synthesize(app, governed);
    return [];
  } catch (error) {
    if (isFailure(error, "input") && error.code === "E202") return error.diagnostics.map((one) => one.summary);
    throw error;
  }
}

test("a sound house has no problems", () => {
  expect(problemsOf((house) => new AccessRule(house, "rule", usual))).toEqual([]);
});

describe("synth tells, with the construct path, of", () => {
  test.each<[string, (house: AccessStack) => void, readonly string[]]>([
    [
      "a rule nobody can ask under",
      (house) => {
        new Group(house, "empty", { members: [new Group(house, "inner")] });
        new AccessRule(house, "rule", { ...usual, who: [Group.named("empty")] });
      },
      ["house/rule: nobody can ask under this rule: there is nobody in group:empty"],
    ],
    [
      "a rule under which nothing can be asked",
      (house) => {
        const { who, approval } = usual;
        new AccessRule(house, "rule", { who, approval, mayMatching: { labels: { env: "satging" } } });
      },
      ["house/rule: nothing can be asked under this rule: no connection matches `mayMatching`"],
    ],
    [
      "a step with fewer people than it asks for, machines not counted",
      (house) => {
        const members = [User.named("ann@example.com"), new ServiceAccount(house, "ci")];
        new Group(house, "leads", { members: [...members, new Group(house, "nested", { members })] });
        new AccessRule(house, "rule", { ...usual, approval: Approval.of(2, Group.named("leads")) });
      },
      ["house/rule: nobody can approve step 1: it asks for 2, and only 1 person is in leads"],
    ],
    [
      "steps that too few people share",
      (house) =>
        new AccessRule(house, "rule", {
          ...usual,
          approval: Approval.steps(Approval.of(2, team), Approval.of(1, team)),
        }),
      [
        "house/rule: steps 1, 2 can never be met together: they ask for 3 different people, and too few are in their groups",
      ],
    ],
    [
      "a rule over the organisation's cap",
      (house) => new AccessRule(house, "rule", { ...usual, duration: { max: Duration.days(8) } }),
      ["house/rule: its longest duration is 8 d; the organisation's cap is 7 d"],
    ],
    [
      "a beneficiary without the manager who would have to approve",
      (house) => new AccessRule(house, "rule", { ...usual, approval: Approval.of(1, Approvers.managerOfBeneficiary) }),
      ["house/rule: the manager of the beneficiary has to approve, but ann@example.com has none"],
    ],
    [
      "unknown names, with what was probably meant",
      (house) => {
        new User(house, "cy", { email: "cy@example.com", manager: User.named("bbo@example.com") });
        new Group(house, "more", { members: [Group.named("taem"), ServiceAccount.named("ci")] });
        new ServiceAccount(house, "bot", { owner: User.named("nobody@elsewhere.org") });
        new Resource(house, "cache", { kind: "tcp", class: "low", gateway: "mian" });
        const unknown = Group.named("unknown-people");
        new AccessRule(house, "rule", {
          who: [User.named("dan@elsewhere.org"), team],
          may: [Connection.named("db/raed")],
          approval: Approval.of(1, team).when(Condition.not(Condition.memberOf(unknown))),
          mayRevoke: [unknown],
        });
      },
      [
        "house/bot: there is no user `nobody@elsewhere.org`",
        "house/cache: there is no gateway `mian`; did you mean `main`?",
        "house/cy: there is no user `bbo@example.com`; did you mean `bob@example.com`?",
        "house/more: there is no service account `ci`",
        "house/more: there is no group `taem`; did you mean `team`?",
        "house/rule: there is no user `dan@elsewhere.org`",
        "house/rule: there is no connection `db/raed`; did you mean `db/read`?",
        "house/rule: there is no group `unknown-people`",
        "house/rule: there is no group `unknown-people`",
      ],
    ],
    [
      "unknown names in a request",
      (house) => {
        new AccessRequest(house, "ask", {
          for: Group.named("tema"),
          access: [Connection.named("db/write")],
          startBefore: "2026-11-25T18:00:00Z",
          reason: "why",
          rule: "rule",
        });
      },
      [
        "house/ask: there is no group `tema`; did you mean `team`?",
        "house/ask: there is no connection `db/write`",
        "house/ask: there is no rule `rule`",
      ],
    ],
    [
      "two connections with one gateway name",
      (house) => {
        new Resource(house, "db2", { kind: "tcp", class: "low" }).connection("read", { gatewayName: "db-read" });
      },
      ["house/db2/read: the gateway name `db-read` is taken by house/db/read"],
    ],
    [
      "users that differ by case, and logins that do",
      (house) => {
        new User(house, "ann2", { email: "Ann@example.com" });
        new User(house, "ann3", { email: "aaa@example.com", github: "ANN" });
      },
      [
        "house/ann: `ann@example.com` differs from `Ann@example.com` (house/ann2) by case only",
        "house/ann: the GitHub login `ann` is that of house/ann3",
      ],
    ],
    [
      "names that are taken in another stack",
      (house) => {
        const other = new AccessStack(AccessApp.of(house), "other");
        new User(other, "a", { email: "ann@example.com" });
        new Group(other, "team");
        new Resource(other, "db", { kind: "tcp", class: "low" });
        for (const scope of [house, other]) {
          new AccessRule(scope, "rule", usual);
          new ServiceAccount(scope, "ci");
        }
      },
      [
        "other/a: the user name `ann@example.com` is taken by house/ann",
        "other/ci: the service account name `ci` is taken by house/ci",
        "other/db: the resource name `db` is taken by house/db",
        "other/rule: the rule name `rule` is taken by house/rule",
        "other/team: the group name `team` is taken by house/team",
      ],
    ],
    [
      "groups that contain themselves, each cycle once",
      (house) => {
        new Group(house, "a", { members: [Group.named("b")] });
        new Group(house, "b", { members: [Group.named("c"), team] });
        new Group(house, "c", { members: [Group.named("a")] });
        new Group(house, "self", { members: [Group.named("self")] });
        new Group(house, "above", { members: [Group.named("a")] });
      },
      ["house/a: the group contains itself: a -> b -> c -> a", "house/self: the group contains itself: self -> self"],
    ],
    [
      "groups nested too deep",
      (house) => {
        for (let depth = 1; depth <= 11; depth += 1) {
          new Group(house, `g${depth}`, { members: depth === 1 ? [] : [Group.named(`g${depth - 1}`)] });
        }
      },
      ["house/g11: its groups nest 11 deep; at most 10 are allowed"],
    ],
    [
      "a team on GitHub in a place where only known people can stand, also through another group",
      (house) => {
        const security = new Group(house, "security", { githubTeam: "acme/security" });
        new Group(house, "mixed", { members: [security] });
        new AccessRule(house, "who", { ...usual, who: [Group.named("mixed")] });
        new AccessRule(house, "when", { ...usual, approval: Approval.of(1, team).when(Condition.memberOf(security)) });
        new AccessRequest(house, "ask", {
          for: security,
          access: [read],
          startBefore: "2026-11-25T18:00:00Z",
          reason: "why",
        });
      },
      [
        "house/ask: group `security` has members from a team on GitHub: it may only approve, and is asked access for",
        "house/when: group `security` has members from a team on GitHub: it may only approve, and a condition asks who is in it",
        "house/who: group `mixed` has members from a team on GitHub: it may only approve, and stands in `who`",
      ],
    ],
  ])("%s", (_title, more, expected) => {
    expect(problemsOf(more)).toEqual(expected);
  });
});

describe("synth does not mind", () => {
  test.each<[string, (house: AccessStack) => void]>([
    [
      "a team on GitHub that approves, however many are asked of it",
      (house) => {
        const security = new Group(house, "security", { githubTeam: "acme/security" });
        new AccessRule(house, "rule", { ...usual, approval: Approval.of(5, security, team) });
      },
    ],
    [
      "a beneficiary without a manager, where the step is asked for others only",
      (house) => {
        const others = new Group(house, "others", { members: [User.named("bob@example.com")] });
        const whenOther = Condition.all(Condition.memberOf(others), Condition.longerThan(Duration.hours(1)));
        new AccessRule(house, "rule", {
          ...usual,
          approval: Approval.of(1, Approvers.managerOfBeneficiary).when(whenOther),
        });
      },
    ],
    [
      "a machine whose owner has a manager",
      (house) => {
        const ci = new ServiceAccount(house, "ci", { owner: User.named("bob@example.com") });
        new AccessRule(house, "rule", {
          ...usual,
          who: [ci],
          approval: Approval.of(1, Approvers.managerOfBeneficiary),
        });
      },
    ],
    [
      "steps that are never asked together",
      (house) => {
        const long = Condition.longerThan(Duration.hours(1));
        const steps = [Approval.of(2, team).when(long), Approval.of(2, team).when(Condition.not(long))];
        new AccessRule(house, "rule", { ...usual, approval: Approval.steps(...steps) });
      },
    ],
    [
      "two people who manage each other",
      (house) => {
        new User(house, "cy", { email: "cy@example.com", manager: User.named("dee@example.com") });
        new User(house, "dee", { email: "dee@example.com", manager: User.named("cy@example.com") });
        new AccessRule(house, "rule", { ...usual, who: [everyone] });
      },
    ],
  ])("%s", (_title, more) => {
    expect(problemsOf(more)).toEqual([]);
  });

  test("one gateway name on two gateways", () => {
    const app = new AccessApp({ policyApproval: Approval.of(1, team) });
    const house = new AccessStack(app, "house");
    new Group(house, "team", { members: [new User(house, "ann", { email: "ann@example.com" })] });
    for (const gateway of ["eu", "us"]) {
      const resource = new Resource(house, `${gateway}-db`, { kind: "tcp", class: "low", gateway });
      resource.connection("read", { gatewayName: "db-read" });
    }
    const one = { provider: "memory", users: "declared" } as const;
    expect(() => synthesize(app, { ...governed, gateways: { eu: one, us: one } })).not.toThrow();
  });
});

test("the message of the error names every problem, for who sees nothing else", () => {
  const app = new AccessApp({ policyApproval: Approval.of(1, Group.named("gone")) });
  new Resource(new AccessStack(app, "house"), "db", { kind: "tcp", class: "low", gateway: "x" });
  expect(() => synthesize(app, governed)).toThrow(
    [
      "E202 2 problems in the rules:",
      "  house/db: there is no gateway `x`",
      "  policyApproval: there is no group `gone`",
    ].join("\n"),
  );
});

test("of very many problems the first 200 are told, and how many there are", () => {
  const problems = problemsOf((house) => {
    new Group(house, "lost", { members: Array.from({ length: 1000 }, (_, n) => User.named(`lost${n}@elsewhere.org`)) });
  });
  expect(problems).toHaveLength(201);
  expect(problems.at(-1)).toBe("and 800 more");
});
