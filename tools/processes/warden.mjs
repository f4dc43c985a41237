/**
 * Ends servers and services when the process that started them is gone, whatever way it went: a SIGKILL lets nobody clean
 * up, but it closes the pipe this process reads. Lines are `+PID` and `-PID`; each is the leader of a process group.
 */
import { createInterface } from 'node:readline';
import { isAlive } from './is-alive.mjs';

const PATIENCE_MS = 10_000;
const groups = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

function signalAll(signal) {
  for (const pid of groups) {
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch {
      groups.delete(pid);
    }
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(pid);
  else groups.delete(pid);
});
lines.on('close', () => {
  signalAll('SIGTERM');
  const until = Date.now() + PATIENCE_MS;
  const wait = setInterval(() => {
    for (const pid of groups) if (!isAlive(pid)) groups.delete(pid);
    if (groups.size > 0 && Date.now() < until) return;
    clearInterval(wait);
    signalAll('SIGKILL');
  }, 50);
});
