import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let warden = null;
const watched = new Set();

function start() {
  const script = fileURLToPath(new URL('./warden.mjs', import.meta.url));
  warden = spawn(process.execPath, ['--max-old-space-size=16', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  warden.unref();
  warden.stdin.unref();
  warden.stdin.on('error', () => {});
  warden.once('exit', () => {
    warden = null;
    if (watched.size > 0) start();
  });
  for (const pid of watched) warden.stdin.write(`+${pid}\n`);
}

/** From now on this process group ends with us, whatever way we end. The warden starts with the first one. */
export function watch(pid) {
  watched.add(pid);
  if (warden) warden.stdin.write(`+${pid}\n`);
  else start();
}

/** It ended by itself: its id may soon belong to somebody else. */
export function unwatch(pid) {
  watched.delete(pid);
  warden?.stdin.write(`-${pid}\n`);
}
