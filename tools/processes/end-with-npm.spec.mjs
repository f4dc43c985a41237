import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { isAlive } from './is-alive.mjs';
import { waitFor } from './wait-for.mjs';

const subject = pathToFileURL(join(import.meta.dirname, 'end-with-npm.mjs')).href;

describe('a command that a shell started', () => {
  let folder;
  const started = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'command-'));
    const command = `import { endWithNpm } from ${JSON.stringify(subject)};
      setInterval(() => {}, 1000);
      endWithNpm(() => process.exit());
      process.stdout.write(String(process.pid) + '\\n');`;
    await writeFile(join(folder, 'command.mjs'), command);
  });
  after(async () => {
    for (const pid of started.filter((one) => isAlive(one))) process.kill(pid, 'SIGKILL');
    await rm(folder, { recursive: true });
  });

  /** Ends the shell alone, as npm does, and gives the command's id. */
  async function leftByItsShell(env) {
    // The second command keeps the shell from becoming the first one.
    const script = `"${process.execPath}" "${join(folder, 'command.mjs')}"; true`;
    const shell = spawn('sh', ['-c', script], { env: { ...process.env, npm_lifecycle_event: '', ...env } });
    const [told] = await once(shell.stdout, 'data');
    const pid = Number(told);
    started.push(pid);
    shell.kill('SIGTERM');
    await once(shell, 'exit');
    return pid;
  }

  it('ends with it under npm', async () => {
    const pid = await leftByItsShell({ npm_lifecycle_event: 'start' });
    await waitFor(async () => !isAlive(pid), { timeoutMs: 20_000, what: 'the end of the command' });
  });

  it('stays when somebody sent it to the background themselves', async () => {
    const pid = await leftByItsShell({});
    const other = await leftByItsShell({ npm_lifecycle_event: 'start' });
    await waitFor(async () => !isAlive(other), { timeoutMs: 20_000, what: 'the end of the other command' });
    assert.ok(isAlive(pid));
  });
});
