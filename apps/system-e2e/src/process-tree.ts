import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Row {
  pid: number;
  parent: number;
}

/** Every process that runs; one that has ended and waits to be noticed by its parent does not. */
async function running(): Promise<Row[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,stat=']);
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, state] = line.trim().split(/\s+/);
    return state === undefined || state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent) }];
  });
}

/** All that a process started, and what those started. */
export async function descendants(pid: number): Promise<number[]> {
  const rows = await running();
  const found = [pid];
  // The list grows while it is walked: each one found may have children of its own.
  for (const one of found) found.push(...rows.filter(({ parent }) => parent === one).map((row) => row.pid));
  return found.slice(1);
}

/** Those of them that still run. */
export async function stillRunning(pids: readonly number[]): Promise<number[]> {
  const alive = new Set((await running()).map(({ pid }) => pid));
  return pids.filter((pid) => alive.has(pid));
}
