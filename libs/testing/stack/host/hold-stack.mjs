import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./stack-host.mjs', import.meta.url));

/**
 * Starts a stack in a process of its own.
 * @param {{ home: string, env?: Record<string, string> }} options
 * @returns {Promise<{ door: string, end(): Promise<void> }>} `door`: the address of its control door
 * @throws with what it printed, when it cannot start
 */
export async function holdStack({ home, env = {} }) {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, DAYBOOK_STACK_OPTIONS: JSON.stringify({ home, env }) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (chunk) => {
    told = (told + chunk).slice(-20_000);
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const failed = gone.then((code) => {
    throw new Error(`the stack ended at its start (${code}):\n${told}`);
  });
  failed.catch(() => {});
  const first = new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  const { port } = JSON.parse(await Promise.race([first, failed]));
  return {
    door: `http://127.0.0.1:${port}`,
    end: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
