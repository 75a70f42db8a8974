import { Approval, Condition, Duration, Group, Window } from "../../lib/index";

const backend = Group.named("backend");
const leads = Group.named("leads");
const security = Group.named("security");

describe("a condition", () => {
  test("names its groups, classes, levels and label values sorted and once, in whatever order they were given", () => {
    expect(Condition.memberOf(leads, backend, leads).value).toEqual({ kind: "memberOf", groups: ["backend", "leads"] });
    expect(Condition.classIs("critical", "low", "critical").value).toEqual({
      kind: "class",
      classes: ["low", "critical"],
    });
    expect(Condition.levelIs("write", "read").value).toEqual({ kind: "level", levels: ["read", "write"] });
    expect(Condition.label("env", "test", "dev").value).toEqual({ kind: "label", key: "env", values: ["dev", "test"] });
  });

  test("combines with all, any and not", () => {
    const long = Condition.longerThan(Duration.hours(1));
    const window = Condition.within(Window.weekly("Mon 09:00-10:00", "UTC"));
    expect(Condition.any(Condition.not(long), Condition.all(long, window)).value).toEqual({
      kind: "any",
      of: [
        { kind: "not", of: { kind: "longerThan", seconds: 3600 } },
        { kind: "all", of: [{ kind: "longerThan", seconds: 3600 }, window.value] },
      ],
    });
  });

  test("has at most 100 parts and nests at most 16 deep", () => {
    const one = Condition.levelIs("read");
    expect(() => Condition.all(...Array.from({ length: 99 }, () => one))).not.toThrow();
    expect(() => Condition.all(...Array.from({ length: 100 }, () => one))).toThrow(
      "at most 100 parts, got `101 parts`",
    );
    let deep = one;
    for (let depth = 2; depth <= 16; depth += 1) deep = Condition.not(deep);
    expect(() => Condition.not(deep)).toThrow("at most 16 deep, got `17 deep`");
  });
});

describe("an approval", () => {
  test("of one step is a rule by itself", () => {
    const step = { approvals: 2, from: { kind: "groups", groups: ["leads", "security"] } };
    expect(Approval.of(2, security, leads).value).toEqual({ steps: [step] });
  });

  test("keeps the order of its steps, also of those taken from another one", () => {
    const two = Approval.steps(Approval.of(1, leads), Approval.of(1, security));
    const groups = Approval.steps(Approval.of(1, backend), two).value.steps.map((step) =>
      step.from.kind === "groups" ? step.from.groups : [],
    );
    expect(groups).toEqual([["backend"], ["leads"], ["security"]]);
  });

  test("asks a step with several conditions only when all of them hold", () => {
    const step = Approval.of(1, leads).when(Condition.levelIs("write")).when(Condition.classIs("high"));
    expect(step.value.steps[0]?.when).toEqual({
      kind: "all",
      of: [
        { kind: "level", levels: ["write"] },
        { kind: "class", classes: ["high"] },
      ],
    });
  });

  test("leaves the step that `when` was called on as it was", () => {
    const step = Approval.of(1, leads);
    step.when(Condition.levelIs("write"));
    expect(step.value.steps[0]).not.toHaveProperty("when");
  });

  test("that is automatic has no steps until `otherwise` names them", () => {
    const automatic = Approval.automatic({ when: Condition.memberOf(backend), never: ["critical", "high"] });
    expect(automatic.value).toEqual({
      automatic: { when: { kind: "memberOf", groups: ["backend"] }, never: ["high", "critical"] },
      steps: [],
    });
    expect(automatic.otherwise(Approval.of(1, leads)).value.steps).toHaveLength(1);
  });
});
