/** A Python process that reads a calendar by exchangelib, as often as it is told. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./exchangelib-read.py', import.meta.url));
const KEPT = 4_000;

/**
 * @param {string} python
 * @param {{ email: string, password: string, url: string }} mailbox
 * @returns {{ read(): Promise<{ ms: number, cpuMs: number, count: number }>, end(): Promise<void> }}
 */
export function exchangelibChild(python, { email, password, url }) {
  const child = spawn(python, [script, email, password, url], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => (said = (said + part).slice(-KEPT)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.stdin.on('error', () => undefined);
  return {
    read: async () => {
      child.stdin.write('\n');
      const { value, done } = await lines.next();
      if (done) throw new Error(`exchangelib ended: ${said.trim()}`);
      return JSON.parse(value);
    },
    end: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
