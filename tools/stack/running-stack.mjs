import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the stack that runs with this home says about itself.
 * @returns {Promise<Record<string, unknown> | null>} the content of `run.json`, null when none runs
 */
export async function runningStack(home) {
  try {
    const run = JSON.parse(await readFile(join(home, 'run.json'), 'utf8'));
    process.kill(run.pid, 0);
    return run;
  } catch {
    return null;
  }
}
