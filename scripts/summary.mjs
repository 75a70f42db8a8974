// The arithmetic behind the last line of `npm test`: pure functions over jest's JSON result and the check steps.

/**
 * Counts jest's result. A file that could not be run counts as one failure, and so do no result at all, no test at all and
 * an exit code that nothing else explains. `notes` are lines to print before the summary: what was skipped, what went wrong.
 */
export function countJest(result, exitCode) {
  if (result === undefined)
    return { passed: 0, failed: 1, skipped: 0, notes: [`jest left no result (exit code ${exitCode})`] };
  const counts = {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
    notes: skippedTests(result).map((name) => `skipped: ${name}`),
  };
  if (counts.failed > 0) return counts;
  if (counts.passed === 0) return failedBecause(counts, "no test ran");
  return exitCode === 0 ? counts : failedBecause(counts, `jest exited with ${exitCode} although no test failed`);
}

/** Adds the check steps to the counts, one test each. */
export function addChecks(counts, checks) {
  const passed = checks.filter((check) => check.passed).length;
  return { ...counts, passed: counts.passed + passed, failed: counts.failed + checks.length - passed };
}

/** The last line: `N passed, N failed`, with `, N skipped` when there are any. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function failedBecause(counts, reason) {
  return { ...counts, failed: counts.failed + 1, notes: [...counts.notes, reason] };
}

function skippedTests(result) {
  return result.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === "pending" || test.status === "todo" || test.status === "skipped")
    .map((test) => test.fullName);
}
