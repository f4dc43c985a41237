import { CommandFailed, runCommand } from '../processes/run-command.mjs';
import { root } from '../stack/paths.mjs';

/** Steps beside each other share the machine: only one that hangs takes so long. */
const LONGEST_MS = 40 * 60_000;
const BEHIND_STACKS = 5;

/**
 * Runs the commands of a step one after the other, stopping at the first that fails.
 * @typedef {{ passed: number, failed: number, details: string }} StepResult `details` only matter when something failed
 * @returns {Promise<StepResult & { seconds: number }>} a step that crashed counts as one failed test
 */
export async function runStep({ commands, env = {}, read, lane }) {
  const started = Date.now();
  let outcome = { ok: true, output: '' };
  for (const { command, args } of commands) {
    try {
      const given = { ...process.env, FORCE_COLOR: '0', CI: '1', ...env };
      // Tests of stacks look at what happens in time; whatever only computes lets them go first.
      const priority = lane === 'plain' ? BEHIND_STACKS : 0;
      const options = { cwd: root, env: given, timeoutMs: LONGEST_MS, priority };
      outcome = { ok: true, output: await runCommand(command, args, options) };
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      outcome = { ok: false, output: error.output || error.message, reason: error.message };
      break;
    }
  }
  return { ...(await read(outcome)), seconds: (Date.now() - started) / 1000 };
}
