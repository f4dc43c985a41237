/** What a test run tells: one line for each step, and of a step that failed what went wrong, at once. */

/**
 * @typedef {{ passed: number, failed: number, details: string, seconds: number }} Told `details` only matter when something failed
 * @param {ReturnType<typeof import('../processes/report.mjs').createReport>} report
 * @param {() => number} now milliseconds
 */
export function createTally(report, now = Date.now) {
  const began = now();
  const totals = { passed: 0, failed: 0 };
  const unhappy = [];
  let open = true;

  function tell(name, { passed, failed, details, seconds }) {
    if (!open) return;
    totals.passed += passed;
    totals.failed += failed;
    const counts = `${passed} passed${failed > 0 ? `, ${failed} FAILED` : ''}`;
    report.say(`${failed > 0 ? '✗' : '✓'} ${name.padEnd(24)} ${counts.padEnd(28)} ${seconds.toFixed(1)} s`);
    if (failed === 0) return;
    unhappy.push(name);
    report.say(`${'─'.repeat(100)}\n${details.trimEnd()}\n${'─'.repeat(100)}`);
  }

  const failed = (name, error, since = now()) =>
    tell(name, { passed: 0, failed: 1, details: error.stack ?? String(error), seconds: (now() - since) / 1000 });

  /** What cannot be prepared is one failed test, with the reason: the answer is null then. */
  async function attempt(name, act) {
    const since = now();
    try {
      return await act();
    } catch (error) {
      failed(name, error, since);
      return null;
    }
  }

  return {
    attempt,
    failed,
    /** Runs a step and tells its result; once closed, nothing is begun any more. */
    run: async ({ name, run }) => {
      if (!open) return;
      const result = await attempt(name, run);
      if (result) tell(name, result);
    },
    /** From now on nothing is told: what fails was ended on purpose. */
    close: () => {
      open = false;
    },
    get failures() {
      return totals.failed;
    },
    /** The last lines. Steps run beside each other: whatever failed is named once more where people look. */
    sum: () => {
      if (!open) return;
      report.say(`${Math.round((now() - began) / 1000)} s in all`);
      if (unhappy.length > 0) report.say(`Failed: ${unhappy.join(', ')}`);
      report.say(`${totals.passed} passed, ${totals.failed} failed`);
    },
  };
}
