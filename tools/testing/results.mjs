/** Readers of what the runners say. A runner that fails without naming a failed test has crashed: that is one failure. */

const KEPT_LINES = 200;

const tail = (text) => text.trimEnd().split('\n').slice(-KEPT_LINES).join('\n');

/** The reason comes last, where people look: of a runner that was out of time the output does not tell it. */
function crashed({ output, reason = '' }, passed = 0) {
  const told = tail(output);
  return { passed, failed: 1, details: told.includes(reason) ? told : `${told}\n${reason}`.trim() };
}

/** A tool without single tests counts as one. */
export function singleResult(outcome) {
  return outcome.ok ? { passed: 1, failed: 0, details: '' } : crashed(outcome);
}

/** Jest's JSON, which vitest writes too. A test that is skipped or still to be written proves nothing: it counts as failed. */
export function jestResult(outcome, text) {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return crashed(outcome);
  }
  const passed = report.numPassedTests;
  const left = report.numPendingTests + (report.numTodoTests ?? 0);
  const suites = report.testResults.filter(({ assertionResults }) => assertionResults.length === 0);
  const broken = suites.filter(({ status }) => status === 'failed').length;
  const failed = report.numFailedTests + left + broken;
  if (failed === 0 && !outcome.ok) return crashed(outcome, passed);
  const details = report.testResults.flatMap(describeSuite).join('\n\n');
  return { passed, failed, details: failed > 0 ? details : '' };
}

function describeSuite({ name, message, status, assertionResults }) {
  const skipped = assertionResults
    .filter((test) => ['pending', 'todo', 'skipped', 'disabled'].includes(test.status))
    .map((test) => `${name}\n  skipped: ${test.fullName}`);
  if (status !== 'failed') return skipped;
  const failures = assertionResults.filter((test) => test.status === 'failed');
  const told = failures.map((test) => `  ✗ ${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`).join('\n');
  return [`${name}\n${told || message}`, ...skipped];
}

/** Node's own runner, in TAP. */
export function nodeTestResult(outcome) {
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(outcome.output)?.[1] ?? Number.NaN);
  const passed = count('pass');
  const failed = count('fail') + count('cancelled') + count('skipped') + count('todo');
  if (Number.isNaN(passed + failed)) return crashed(outcome);
  if (failed === 0 && !outcome.ok) return crashed(outcome, passed);
  const details = failedBlocks(outcome.output) || tail(outcome.output);
  return { passed, failed, details: failed > 0 ? details : '' };
}

/** What TAP says of each test that failed, with its diagnostics and without all that went well. */
function failedBlocks(output) {
  const blocks = [];
  let open = false;
  for (const line of output.split('\n')) {
    if (/^\s*not ok /.test(line)) {
      blocks.push(line);
      open = true;
    } else if (/^\s*(ok |# Subtest)/.test(line)) {
      open = false;
    } else if (open) {
      blocks.push(line);
      open = line.trim() !== '...';
    }
  }
  return blocks.join('\n');
}
