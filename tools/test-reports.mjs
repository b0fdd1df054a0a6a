/**
 * How many tests a suite's own report says passed and failed.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** @param {any} report of vitest's json reporter @returns {Counts} */
export function countVitest(report) {
  // A file that cannot even be loaded has no tests to fail.
  const broken = report.testResults.filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @param {any} report of Playwright's json reporter @returns {Counts} */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    // Errors outside any test: a file that could not be loaded, a server that did not start.
    failed: stats.unexpected + (errors.length > 0 ? 1 : 0),
    skipped: stats.skipped,
  };
}

/**
 * A suite that ends in an error although no test of it failed (it crashed, it ran out of time) has failed.
 *
 * @param {number | null} status @param {Counts} counts @returns {Counts}
 */
export function withStatus(status, counts) {
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
