/** Generated histories on the whole stack: those of `npm test`, as many as are asked for, from any seed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../stack/paths.mjs';

/**
 * @param {{ count: number, seed: number }} wanted the count is rounded up to whole waves
 * @returns {Promise<number>} 0, or not where something was lost, doubled or different on both sides
 */
export async function runHistories({ count, seed }) {
  const args = ['-c', 'apps/system-e2e/jest.config.cjs', '--runInBand', '--forceExit', '--testPathPatterns'];
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...args, 'histories\\.model'],
    {
      cwd: root,
      env: { ...process.env, MONGODB_URI: '', NATS_URL: '', MODEL_RUNS: `${count}`, FC_SEED: `${seed}` },
      stdio: 'inherit',
    },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
