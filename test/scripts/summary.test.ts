import * as fc from "fast-check";

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notes: readonly string[];
}

const result = (counts: Partial<Record<string, number>>, names: readonly string[] = []) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  ...counts,
  testResults: [{ assertionResults: names.map((fullName) => ({ fullName, status: "pending" })) }],
});

describe("the summary of npm test", () => {
  let countJest: (jest: unknown, exitCode: number | null) => Counts;
  let addChecks: (counts: Counts, checks: readonly { readonly name: string; readonly passed: boolean }[]) => Counts;
  let summaryLine: (counts: Counts) => string;

  beforeAll(async () => {
    ({ countJest, addChecks, summaryLine } = await import("../../scripts/summary.mjs"));
  });

  test("counts what passed and failed", () => {
    expect(summaryLine(countJest(result({ numPassedTests: 7, numFailedTests: 2 }), 1))).toBe("7 passed, 2 failed");
  });

  test("mentions skips only when there are some, and names them before the last line", () => {
    const counts = countJest(result({ numPassedTests: 1, numPendingTests: 1, numTodoTests: 1 }, ["hoop answers"]), 0);
    expect(summaryLine(counts)).toBe("1 passed, 0 failed, 2 skipped");
    expect(counts.notes).toEqual(["skipped: hoop answers"]);
  });

  test("counts each check step as one test", () => {
    const counts = countJest(result({ numPassedTests: 3 }), 0);
    const checks = [
      { name: "types", passed: true },
      { name: "lint", passed: false },
    ];
    expect(summaryLine(addChecks(counts, checks))).toBe("4 passed, 1 failed");
  });

  test("counts a test file that could not be run as a failure", () => {
    expect(countJest(result({ numPassedTests: 3, numRuntimeErrorTestSuites: 1 }), 1).failed).toBe(1);
  });

  test.each([
    ["no result was written", undefined, 1, "jest left no result (exit code 1)"],
    ["no test ran", result({}), 0, "no test ran"],
    ["everything was skipped", result({ numPendingTests: 4 }), 0, "no test ran"],
    [
      "jest failed for a reason of its own",
      result({ numPassedTests: 1 }),
      1,
      "jest exited with 1 although no test failed",
    ],
    ["jest was killed", result({ numPassedTests: 1 }), null, "jest exited with null although no test failed"],
  ])("is a failure when %s", (_when, jest, exitCode, note) => {
    const counts = countJest(jest, exitCode);
    expect(counts.failed).toBe(1);
    expect(counts.notes).toContain(note);
  });

  test("never reports zero failures unless jest exited with 0 after at least one passed test", () => {
    const count = fc.nat({ max: 3 });
    const counts = fc.record({
      numPassedTests: count,
      numFailedTests: count,
      numRuntimeErrorTestSuites: count,
      numPendingTests: count,
    });
    fc.assert(
      fc.property(counts, fc.constantFrom(0, 1, null), (jest, exitCode) => {
        const isClean =
          exitCode === 0 &&
          jest.numPassedTests > 0 &&
          jest.numFailedTests === 0 &&
          jest.numRuntimeErrorTestSuites === 0;
        expect(countJest(result(jest), exitCode).failed === 0).toBe(isClean);
      }),
    );
  });
});
