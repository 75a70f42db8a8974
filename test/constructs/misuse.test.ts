import { Construct } from "constructs";
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
  Group,
  Guardrail,
  MaskingRule,
  Resource,
  Secret,
  ServiceAccount,
  User,
  Window,
} from "../../lib/index";

const team = Group.named("team");
const app = () => new AccessApp({ policyApproval: Approval.of(1, team) });
const stack = () => new AccessStack(app(), "prod");
const database = { kind: "postgresql", class: "low" } as const;
const request = { for: User.named("a@example.com"), access: [], startBefore: "2026-11-25T18:00:00Z", reason: "why" };
const rule = { who: [team], may: [Connection.named("db/read")], approval: Approval.of(1, team) };
/** Stands for what a program in JavaScript, or one that its author never type-checked, passes. */
const wrong = (value: unknown): never => value as never;

/** The error that a call throws, with the value it quotes. */
function refusalOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (isFailure(error, "input") && error.code === "E203") return error.message;
    throw error;
  }
  return "nothing was thrown";
}

describe("a construct that is used wrongly fails at the call and quotes the value", () => {
  test.each<[string, () => unknown, string]>([
    ["an app without policy approval", () => new AccessApp(wrong({})), "`undefined` (undefined)"],
    [
      "an app whose policy edits would be approved automatically",
      () => new AccessApp({ policyApproval: Approval.automatic({ when: Condition.levelIs("read") }) }),
      "(AutomaticApproval)",
    ],
    ["a scope that is no construct", () => new User(wrong("prod"), "a", { email: "a@example.com" }), "`prod` (string)"],
    ["an empty id", () => new User(stack(), "", { email: "a@example.com" }), "`` (string)"],
    ["the name of a stack", () => new AccessStack(app(), "Prod"), "`Prod` (string)"],
    ["an e-mail", () => new User(stack(), "a", { email: "a@localhost" }), "`a@localhost` (string)"],
    [
      "a look-alike e-mail",
      () => new User(stack(), "a", { email: "\u0430@example.com" }),
      "`\u0430@example.com` (string)",
    ],
    [
      "a name with a hidden character, which the error does not repeat",
      () => new User(stack(), "a", { email: "a@example.com", name: "A\u202e" }),
      "`A\\u{202e}` (string)",
    ],
    ["a GitHub login", () => new User(stack(), "a", { email: "a@example.com", github: "-a" }), "`-a` (string)"],
    ["a manager", () => new User(stack(), "a", { email: "a@example.com", manager: wrong("b") }), "`b` (string)"],
    [
      "a mistyped key",
      () => new User(stack(), "a", { email: "a@example.com", keys: [`age1${"q".repeat(58)}`] }),
      `\`age1${"q".repeat(58)}\` (string)`,
    ],
    ["a key", () => new User(stack(), "a", { email: "a@example.com", keys: ["PRIVATE"] }), "`PRIVATE` (string)"],
    ["a member", () => new Group(stack(), "g", { members: [wrong("a@example.com")] }), "`a@example.com` (string)"],
    ["the built-in group's name", () => new Group(stack(), "everyone"), "`everyone` (string)"],
    ["a team", () => new Group(stack(), "g", { githubTeam: "acme" }), "`acme` (string)"],
    [
      "a team with members",
      () => new Group(stack(), "g", { githubTeam: "acme/x", members: [User.named("a@example.com")] }),
      "`1 members` (string)",
    ],
    ["a service account's name", () => new ServiceAccount(stack(), "CI"), "`CI` (string)"],
    ["a kind", () => new Resource(stack(), "db", { ...database, kind: wrong("oracle") }), "`oracle` (string)"],
    ["a class", () => new Resource(stack(), "db", { ...database, class: wrong("High") }), "`High` (string)"],
    ["a port", () => new Resource(stack(), "db", { ...database, port: 70_000 }), "`70000` (number)"],
    [
      "a host with a port",
      () => new Resource(stack(), "db", { ...database, host: "db:5432/x" }),
      "`db:5432/x` (string)",
    ],
    ["a label", () => new Resource(stack(), "db", { ...database, labels: { env: "a b" } }), "`a b` (string)"],
    ["a level", () => new Resource(stack(), "db", database).connection("Read"), "`Read` (string)"],
    [
      "a gateway name",
      () => new Resource(stack(), "db", database).connection("read", { gatewayName: "a" }),
      "`a` (string)",
    ],
    [
      "a guardrail",
      () => new Resource(stack(), "db", database).connection("read", { guardrails: [wrong("no-delete")] }),
      "`no-delete` (string)",
    ],
    [
      "a setting twice",
      () =>
        new Resource(stack(), "db", database).connection("read", {
          settings: { user: "a" },
          credentials: { user: "b" },
        }),
      "`user` (string)",
    ],
    ["an environment variable", () => Secret.fromEnv("A-B"), "`A-B` (string)"],
    ["a path of a secret", () => Secret.fromFile("a}b"), "`a}b` (string)"],
    ["a guardrail of nothing", () => new Guardrail(stack(), "g", {}), "`[]` (list)"],
    ["an expression that the gateway cannot run", () => Guardrail.pattern("(?!x)y"), "`(?!x)y` (string)"],
    ["an entity", () => new MaskingRule(stack(), "m", { entityTypes: ["email"] }), "`email` (string)"],
    [
      "a threshold",
      () => new MaskingRule(stack(), "m", { entityTypes: ["EMAIL"], scoreThresholdPercent: 0.5 }),
      "`0.5` (number)",
    ],
    ["a rule for nobody", () => new AccessRule(stack(), "r", { ...rule, who: [] }), "`[]` (list)"],
    ["a rule for nothing", () => new AccessRule(stack(), "r", { ...rule, may: [] }), "`[]` (list)"],
    ["a rule that matches all", () => new AccessRule(stack(), "r", { ...rule, mayMatching: {} }), "`{}` (Object)"],
    [
      "a level to match",
      () => new AccessRule(stack(), "r", { ...rule, mayMatching: { level: ["read", "W"] } }),
      "`W` (string)",
    ],
    [
      "a default over the maximum",
      () => new AccessRule(stack(), "r", { ...rule, duration: { default: Duration.hours(2), max: Duration.hours(1) } }),
      "`2h` (string)",
    ],
    [
      "a duration in words",
      () => new AccessRule(stack(), "r", { ...rule, duration: { max: wrong("2h") } }),
      "`2h` (string)",
    ],
    [
      "a duration past every lease",
      () => new AccessRule(stack(), "r", { ...rule, duration: { max: Duration.days(91) } }),
      "`91d` (string)",
    ],
    ["an approval", () => new AccessRule(stack(), "r", { ...rule, approval: wrong("lead") }), "`lead` (string)"],
    ["a window", () => new AccessRule(stack(), "r", { ...rule, windows: [wrong("Mon")] }), "`Mon` (string)"],
    ["no approvals", () => Approval.of(0, team), "`0` (number)"],
    ["no approvers", () => Approval.of(1), "`[]` (list)"],
    ["an approver by text", () => Approval.of(1, wrong("leads")), "`leads` (string)"],
    ["two managers", () => Approval.of(2, Approvers.managerOfBeneficiary), "`2` (number)"],
    ["a manager or a group", () => Approval.of(1, Approvers.managerOfBeneficiary, team), "`group:team` (string)"],
    ["steps of nothing", () => Approval.steps(), "`[]` (list)"],
    [
      "eleven steps",
      () => Approval.steps(...Array.from({ length: 11 }, () => Approval.of(1, team))),
      "`11 steps` (string)",
    ],
    [
      "an automatic step",
      () => Approval.steps(wrong(Approval.automatic({ when: Condition.levelIs("a") }))),
      "(AutomaticApproval)",
    ],
    ["a condition in words", () => Approval.of(1, team).when(wrong("always")), "`always` (string)"],
    ["a budget of half", () => Condition.budget({ grants: 0.5, per: Duration.days(1) }), "`0.5` (number)"],
    [
      "a class never to approve",
      () => Approval.automatic({ when: Condition.levelIs("a"), never: [wrong("top")] }),
      "`top` (string)",
    ],
    ["a condition of none", () => Condition.all(), "`[]` (list)"],
    ["a member of no group", () => Condition.memberOf(), "`[]` (list)"],
    ["longer than a number", () => Condition.longerThan(wrong(3600)), "`3600` (number)"],
    ["days", () => Window.weekly("Mo-Fr 07:00-21:00", "UTC"), "`Mo-Fr 07:00-21:00` (string)"],
    ["an hour", () => Window.weekly("Mon 24:00-25:00", "UTC"), "`Mon 24:00-25:00` (string)"],
    ["a zone", () => Window.weekly("Mon 07:00-21:00", "Europe/Berln"), "`Europe/Berln` (string)"],
    ["an offset for a zone", () => Window.weekly("Mon 07:00-21:00", "+02:00"), "`+02:00` (string)"],
    [
      "a moment without zone",
      () => Window.between("2026-01-01T00:00:00", "2026-01-02T00:00:00Z"),
      "`2026-01-01T00:00:00` (string)",
    ],
    [
      "an end before its start",
      () => Window.between("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"),
      "`2026-01-01T00:00:00Z` (string)",
    ],
    ["a date that is none", () => Window.between(new Date(Number.NaN), "2026-01-01T00:00:00Z"), "`null` (Date)"],
    ["a request for nothing", () => new AccessRequest(stack(), "r", request), "`[]` (list)"],
    [
      "a start after the latest start",
      () => new AccessRequest(stack(), "r", { ...request, access: rule.may, startAfter: "2026-11-26T00:00:00Z" }),
      "`2026-11-25T18:00:00.000Z` (string)",
    ],
    [
      "a reason of 501 characters",
      () => new AccessRequest(stack(), "r", { ...request, access: rule.may, reason: "x".repeat(501) }),
      "`501 characters` (string)",
    ],
    [
      "a ticket with a space",
      () => new AccessRequest(stack(), "r", { ...request, access: rule.may, ticket: "INC 1" }),
      "`INC 1` (string)",
    ],
    ["a user by another name", () => User.named("Alice"), "`Alice` (string)"],
    ["a connection by half a name", () => Connection.named("db"), "`db` (string)"],
  ])("%s", (_title, call, quotes) => {
    expect(refusalOf(call)).toContain(`got ${quotes}`.replace("got (", "("));
  });
});

test("what may be a secret is refused where a plain text stands, without being quoted", () => {
  const db = new Resource(stack(), "db", database);
  const message = refusalOf(() => db.connection("read", { credentials: { password: "hunter2" } }));
  expect(message).toContain("to be a Secret, never its value");
  expect(message).not.toContain("hunter2");
});

test("an id that is taken is refused with the scope it is taken in", () => {
  const scope = stack();
  new Group(scope, "team");
  expect(refusalOf(() => new Group(scope, "team"))).toContain(
    "the id of a construct in `prod` to be used once, got `team`",
  );
});

test("a long value is quoted in its first 80 characters", () => {
  const message = refusalOf(() => Window.weekly("Mon-Fri".repeat(1000), "UTC"));
  expect(message.length).toBeLessThan(250);
});

test("what is found by name is found, and what is not says so", () => {
  const root = app();
  const db = new Resource(new AccessStack(root, "prod"), "db", database);
  const read = db.connection("read");
  expect(root.findResource("db")).toBe(db);
  expect(root.findConnection("db/read")).toBe(read);
  expect(root.tryFindConnection("db/write")).toBeUndefined();
  expect(db.tryFindConnection("write")).toBeUndefined();
  expect(refusalOf(() => db.findConnection("write"))).toContain("one of `read`, got `write`");
  expect(refusalOf(() => root.findGroup("sre"))).toContain("got `sre`");
  expect(AccessApp.of(read)).toBe(root);
  expect(AccessStack.of(read).node.id).toBe("prod");
  expect(refusalOf(() => AccessApp.of(new Construct(wrong(undefined), "")))).toContain("an AccessApp");
});
