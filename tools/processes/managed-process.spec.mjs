import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { isAlive } from './is-alive.mjs';
import { ManagedProcess } from './managed-process.mjs';
import { waitFor } from './wait-for.mjs';

const soon = (probe, what) => waitFor(async () => probe(), { timeoutMs: 15_000, everyMs: 20, what });
const idle = ['-e', 'setInterval(() => {}, 1000)'];
let folder;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'daybook-process-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const make = (spec) =>
  new ManagedProcess({
    name: 'one',
    command: process.execPath,
    args: idle,
    env: {},
    logFile: join(folder, 'one.log'),
    ...spec,
  });

describe('a managed process', () => {
  it('is started again when it dies, and stays down when it is stopped', async () => {
    const deaths = [];
    const subject = make({ onDied: (event) => deaths.push(event) });
    await subject.start();
    const first = subject.pid;
    await subject.kill();
    await soon(() => subject.pid !== null && subject.pid !== first, 'the restart');
    assert.equal(deaths[0].how, 'SIGKILL');
    await subject.stop();
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(subject.pid, null);
    assert.equal(deaths.length, 1);
  });

  it('that ends at its start is an error with the end of its log', async () => {
    const subject = make({
      args: ['-e', 'console.log("no database"); process.exit(3)'],
      ready: () => new Promise(() => {}),
    });
    await assert.rejects(subject.start(), /ended at start \(3\)\n.*no database/s);
    assert.equal(subject.pid, null);
  });

  it('ends hard when it does not listen to the polite signal', async () => {
    const ready = () => soon(async () => (await readFile(join(folder, 'one.log'), 'utf8')).includes('up'), 'the start');
    const deaf = ['-e', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'];
    const subject = make({ args: deaf, patienceMs: 200, ready });
    await subject.start();
    await subject.stop();
    assert.equal(subject.pid, null);
  });

  it('ends when the one that started it is killed', async () => {
    const script = `
      import { ManagedProcess } from ${JSON.stringify(new URL('./managed-process.mjs', import.meta.url).href)};
      const one = new ManagedProcess({ name: 'one', command: process.execPath, args: ${JSON.stringify(idle)}, env: {}, logFile: ${JSON.stringify(join(folder, 'child.log'))} });
      await one.start();
      console.log(one.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    assert.ok(isAlive(pid));
    parent.kill('SIGKILL');
    await soon(() => !isAlive(pid), 'the end of the orphan');
  });
});
