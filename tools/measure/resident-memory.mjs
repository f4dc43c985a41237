import { readFile } from 'node:fs/promises';
import { runCommand } from '../processes/run-command.mjs';

/** Resident memory of one process in megabytes; pages shared with others count in each. */
export async function residentMegabytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes =
    /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? (await runCommand('ps', ['-o', 'rss=', '-p', String(pid)]));
  return Number(kilobytes) / 1024;
}
