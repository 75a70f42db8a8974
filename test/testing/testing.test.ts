import {
  AccessApp,
  AccessRule,
  AccessStack,
  Approval,
  Approvers,
  Condition,
  Duration,
  everyone,
  Group,
  Resource,
  User,
  Window,
} from "leasehold";
import { Testing } from "leasehold/testing";
import { issueExample } from "../synth/issue-example";

// What a user writes: constructs of their own, and sentences about who may get what.
const rules = Testing.synth(issueExample());
const sam = { person: "sam@example.com", connection: "orders-db/read" };

describe("a test of rules can ask", () => {
  test("who may ask for what", () => {
    expect(rules.mayAsk(sam)).toBe(true);
    expect(rules.mayAsk({ ...sam, person: "leo@example.com" })).toBe(false);
    expect(rules.whoMayAsk("orders-db/read")).toEqual(["ann@example.com", "sam@example.com"]);
    expect(rules.whatMayBeAskedBy("leo@example.com")).toEqual(["cache/read"]);
    expect(rules.whatMayBeAskedBy(User.named("sam@example.com"))).toEqual(["cache/read", "orders-db/read"]);
  });

  test("why something is refused, in words", () => {
    expect(rules.whyRefused({ ...sam, duration: Duration.hours(5) })).toContain("4 h");
    expect(rules.whyRefused({ ...sam, connection: "orders-db/raed" })).toContain("orders-db/raed");
    expect(rules.whyRefused(sam)).toBeUndefined();
  });

  test("which rule decides", () => {
    expect(rules.tryFindRule(sam)?.name).toBe("orders-read");
    expect(rules.tryFindRule({ ...sam, person: "leo@example.com" })).toBeUndefined();
    expect(rules.tryFindRule({ ...sam, rule: "staging" })).toBeUndefined();
  });

  test("whose approval is needed, without those who would approve for themselves", () => {
    expect(rules.approvalFor(sam)).toEqual({
      rule: "orders-read",
      by: "people",
      steps: [{ approvals: 1, words: "1 of orders-leads", people: ["leo@example.com"] }],
    });
    const longer = rules.approvalFor({ ...sam, duration: Duration.hours(2) });
    expect(longer.steps.map((step) => step.people)).toEqual([["leo@example.com"], ["ann@example.com"]]);
    const written = rules.approvalFor(sam, { author: "leo@example.com" });
    expect(written.steps[0]?.people).toEqual([]);
  });

  test("what approvals given come to", () => {
    const asked = { ...sam, duration: Duration.hours(2) };
    expect(rules.decisionFor(asked).verdict).toBe("waiting");
    expect(rules.decisionFor(asked, { approvedBy: ["leo@example.com"] }).verdict).toBe("waiting");
    const decision = rules.decisionFor(asked, { approvedBy: [User.named("ann@example.com"), "leo@example.com"] });
    expect(decision).toMatchObject({
      verdict: "approved",
      by: "people",
      approvers: ["leo@example.com", "ann@example.com"],
    });
    expect(rules.decisionFor(asked, { approvedBy: ["sam@example.com", "leo@example.com"] }).verdict).toBe("waiting");
  });

  test("when approval is automatic, and when its budget is used up", () => {
    const cache = { person: "sam@example.com", connection: "cache/read", at: "2030-01-07T12:00:00Z" };
    expect(rules.approvalFor(cache)).toEqual({ rule: "staging", by: "automatic", steps: [] });
    expect(rules.decisionFor(cache).by).toBe("automatic");
    const activations = [8, 9, 10, 11].map((hour) => new Date(Date.UTC(2030, 0, 7, hour)));
    expect(rules.approvalFor(cache, { activations }).by).toBe("automatic");
    const full = [...activations, "2030-01-06T12:30:00Z"];
    expect(rules.approvalFor(cache, { activations: full })).toMatchObject({
      by: "people",
      steps: [{ people: ["leo@example.com"] }],
    });
    expect(rules.approvalFor(cache, { activations: [...activations, "2030-01-06T11:59:00Z"] }).by).toBe("automatic");
  });

  test("when access would end, and that it cannot start outside of its window", () => {
    expect(rules.endOf({ ...sam, at: "2030-01-07T12:00:00Z" })).toBe("2030-01-07T13:00:00.000Z");
    // 21:00 in Berlin is 20:00 UTC in winter and 19:00 in summer.
    expect(rules.endOf({ ...sam, at: "2030-01-07T19:30:00Z" })).toBe("2030-01-07T20:00:00.000Z");
    expect(rules.endOf({ ...sam, at: "2030-07-08T18:30:00Z" })).toBe("2030-07-08T19:00:00.000Z");
    expect(rules.endOf({ ...sam, at: "2030-01-06T12:00:00Z" })).toBeUndefined();
  });

  test("for a group only by its people", () => {
    expect(() => rules.mayAsk({ person: Group.named("sre"), connection: "orders-db/read" })).toThrow(
      "is a group, not a person",
    );
    expect(() => rules.mayAsk({ ...sam, at: "tomorrow" })).toThrow("`tomorrow` is no moment");
  });
});

describe("Testing.synth", () => {
  const build = (): AccessApp => {
    const app = new AccessApp({ policyApproval: Approval.of(1, everyone) });
    const house = new AccessStack(app, "house");
    const ann = new User(house, "ann", { email: "ann@example.com" });
    const db = new Resource(house, "db", { kind: "mysql", class: "low", gateway: "eu" });
    new AccessRule(house, "rule", {
      who: [ann],
      may: [db.connection("read")],
      duration: { max: Duration.days(3) },
      approval: Approval.automatic({ when: Condition.within(Window.weekly("Sat,Sun 00:00-24:00", "UTC")) }),
    });
    return app;
  };

  test("knows every gateway that a resource names", () => {
    expect(Object.keys(Testing.synth(build()).manifest.gateways)).toEqual(["eu"]);
  });

  test("holds the rules to the caps it is given, as leasehold.yaml would", () => {
    const limits = { maxDurationSeconds: Duration.days(2).seconds };
    expect(() => Testing.synth(build(), { limits })).toThrow(
      "house/rule: its longest duration is 3 d; the organisation's cap is 2 d",
    );
  });

  test("lets an automatic rule without people refuse", () => {
    const own = Testing.synth(build());
    const asked = { person: "ann@example.com", connection: "db/read" };
    expect(own.approvalFor({ ...asked, at: "2030-01-07T12:00:00Z" }).by).toBe("refused");
    expect(own.approvalFor({ ...asked, at: "2030-01-06T12:00:00Z" }).by).toBe("automatic");
  });

  test("throws every problem of the rules at once", () => {
    const app = build();
    new AccessRule(new AccessStack(app, "more"), "other", {
      who: [User.named("bob@example.com")],
      mayMatching: { class: "critical" },
      approval: Approval.of(1, Approvers.managerOfBeneficiary),
    });
    expect(() => Testing.synth(app)).toThrow(
      /more\/other: there is no user `bob@example.com`\n *more\/other: nothing can be asked/,
    );
  });

  test("notes what is odd without being wrong", () => {
    const app = build();
    app.findResource("db").connection("write");
    expect(Testing.synth(app).notes).toContain("No rule gives connection db/write.");
  });
});
