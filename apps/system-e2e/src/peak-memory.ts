import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The most resident memory a process was seen to have while something was done, in megabytes. */
export async function peakMegabytes(pid: number, work: () => Promise<unknown>): Promise<number> {
  let most = 0;
  let over = false;
  const look = async (): Promise<void> => {
    while (!over) {
      const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
      most = Math.max(most, Number(stdout) / 1024);
      await sleep(30);
    }
  };
  const looking = look();
  try {
    await work();
  } finally {
    over = true;
    await looking;
  }
  return most;
}
