import { diagnostic } from "../../../lib/errors";
import { pullCheck } from "../../../lib/render/pull-check";
import { mostAnnotations } from "../../../lib/render/pull-annotations";
import { expectGolden } from "../support/golden";
import { situations } from "./support/situations";

const names = Object.keys(situations);

/** Only these let anybody merge. */
const green = new Set([
  "approved",
  "rule-edit-approved",
  "forty-people",
  "narrowing-only",
  "no-change",
  "breaker",
  "automatic-used",
  "queue",
  "applied",
  "ended",
  "given-back",
  "overdue",
  "policy-accepted",
]);

describe("the check run of a pull request", () => {
  test("concludes each situation as its golden file says", () => {
    const lines = names.map((name) => {
      const { conclusion, title, annotations } = pullCheck(situations[name]!());
      return [
        `${name}: ${conclusion}: ${title}`,
        ...annotations
          .map(
            (one) =>
              `  ${one.path}:${one.startLine} ${one.level} ${one.title} | ${one.message.replaceAll("\n", " | ")}`,
          )
          .slice(0, 3),
      ].join("\n");
    });
    expectGolden("pull/checks.txt", lines.join("\n"));
  });

  test.each(names)("%s is green only where all is approved or nothing has to be", (name) => {
    const input = situations[name]!();
    const { conclusion } = pullCheck(input);
    expect(conclusion === "success").toBe(green.has(name));
    expect(conclusion === "action_required").toBe(
      input.decision.verdict === "waiting" && (input.trouble ?? []).length === 0 && name !== "five-hundred-requests",
    );
  });

  test.each(names)("%s is never green with any trouble", (name) => {
    const trouble = [diagnostic("E520", { fix: "try again" })];
    const check = pullCheck({ ...situations[name]!(), trouble });
    expect(check.conclusion).toBe("failure");
    expect(check.title).toMatch(/^(Does not fit in the comment: )?Failed: GitHub cannot be reached/);
  });

  test("fails where what must be seen does not fit, and says so first", () => {
    const check = pullCheck(situations["five-hundred-requests"]!());
    expect(check.conclusion).toBe("failure");
    expect(check.title).toMatch(/^Does not fit in the comment/);
    expect(check.annotations.length).toBeLessThanOrEqual(mostAnnotations);
    expect(check.text.length).toBeLessThanOrEqual(60_000);
  });

  test("annotates the lines of problems, refusals and what is waited for", () => {
    const of = (name: string) => pullCheck(situations[name]!()).annotations;
    expect(of("invalid-files")).toContainEqual(
      expect.objectContaining({ path: "requests/alice.yaml", level: "failure" }),
    );
    expect(of("refused")).toContainEqual(
      expect.objectContaining({ path: "requests/frank-admin.yaml", startLine: 4, level: "failure" }),
    );
    expect(of("waiting")).toContainEqual(
      expect.objectContaining({ path: "requests/orders-inc-4711.yaml", level: "notice", title: "Needs 2 approvals" }),
    );
    expect(of("approved")).toEqual([]);
  });
});
