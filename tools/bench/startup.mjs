/** What a person waits for and what stays in memory: a cached `npm start`, the idle stack, the portal's first load. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { median } from '../measure/pairs.mjs';
import { residentMegabytes } from '../measure/resident-memory.mjs';
import { builtApp, root } from '../stack/paths.mjs';
import { SIMULATED } from '../stack/simulated.mjs';

const STARTS = 3;
const SETTLE_MS = 10_000;

/** Starts as a person does, in a process of its own; resolves at the line that says it is ready. */
async function startOnce(home) {
  const began = performance.now();
  const env = { ...process.env, DAYBOOK_HOME: home, MONGODB_URI: '', NATS_URL: '' };
  const ports = ['GATEWAY_PORT', 'SANDBOX_CONTROL_PORT', ...SIMULATED.map(({ port }) => port)];
  for (const name of ports) env[name] = '0';
  const child = spawn(process.execPath, [join(root, 'tools', 'start.mjs')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (line.startsWith('Daybook is ready at')) break;
  }
  if (!said.at(-1)?.startsWith('Daybook is ready at')) throw new Error(`the start failed:\n${said.join('\n')}`);
  const seconds = (performance.now() - began) / 1000;
  const end = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { seconds, pid: child.pid, end };
}

/** Resident memory of a process and all below it, by name, in megabytes. */
async function memoryBelow(pid) {
  const parents = new Map();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    parents.set(Number(entry), parent);
  }
  const belongs = (one) => one === pid || (parents.has(one) && parents.get(one) > 1 && belongs(parents.get(one)));
  const memory = {};
  for (const one of parents.keys()) {
    if (!belongs(one)) continue;
    const words = (await readFile(`/proc/${one}/cmdline`, 'utf8').catch(() => '')).split('\0');
    const named = words.find((word) => /main\.cjs$|\.mjs$/.test(word)) ?? words[0] ?? '';
    const name = /apps[\\/]([^\\/]+)[\\/]main\.cjs$/.exec(named)?.[1] ?? named.split('/').at(-1);
    memory[name] = Math.round(await residentMegabytes(one));
  }
  return memory;
}

/** Scripts the page asks for before it can show anything: those it names and what they import, without lazy ones. */
async function firstLoadScripts() {
  const folder = builtApp('portal');
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const waiting = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((found) => found[1]);
  const texts = new Map();
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (texts.has(name)) continue;
    const text = await readFile(join(folder, name), 'utf8');
    texts.set(name, text);
    // Static imports of a built chunk: `from"./x.js"` or `import"./x.js"`; a lazy one is `import("./x.js")`.
    for (const [, other] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
      waiting.push(join(name, '..', other));
    }
  }
  return [...texts.values()].map((text) => Buffer.from(text));
}

async function measure() {
  const home = await mkdtemp(join(tmpdir(), 'daybook-bench-'));
  try {
    await (await startOnce(home)).end();
    const seconds = [];
    let memory = {};
    for (let start = 0; start < STARTS; start += 1) {
      const stack = await startOnce(home);
      seconds.push(stack.seconds);
      if (start === STARTS - 1) {
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
        memory = await memoryBelow(stack.pid);
      }
      await stack.end();
    }
    return { seconds: median(seconds), memory };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

export const bench = {
  name: 'startup',
  summary: 'a cached npm start, the idle stack in memory, the first load of the portal',
  async run() {
    const { seconds, memory } = await measure();
    const total = Object.values(memory).reduce((sum, megabytes) => sum + megabytes, 0);
    const scripts = await firstLoadScripts();
    const kilobytes = (compress) =>
      Math.round(scripts.reduce((sum, text) => sum + compress(text).length, 0) / 100) / 10;
    const gzip = kilobytes(gzipSync);
    return [
      { measure: 'cached start', seconds: Math.round(seconds * 10) / 10, limit: '10 s', within: seconds < 10 },
      { measure: 'idle stack resident', megabytes: total, memory, limit: '1024 MB', within: total < 1024 },
      {
        measure: 'first load of script',
        gzipKb: gzip,
        brotliKb: kilobytes(brotliCompressSync),
        limit: '250 kB',
        within: gzip < 250,
      },
    ];
  },
};
