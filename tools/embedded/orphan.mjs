import { readFile } from 'node:fs/promises';
import { commandLine, isAlive } from '../processes/is-alive.mjs';
import { waitFor } from '../processes/wait-for.mjs';

/**
 * Ends a server that a start before us left running on our data: its pid file is read, and because ids are reused, its
 * command line has to name our folder.
 */
export async function endOrphan(pidFile, folder) {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!pid || !isAlive(pid) || !commandLine(pid).includes(folder)) return;
  process.kill(pid, 'SIGTERM');
  const gone = async () => !isAlive(pid);
  await waitFor(gone, { timeoutMs: 10_000, what: 'the end of a server left over' }).catch(() =>
    process.kill(pid, 'SIGKILL'),
  );
  await waitFor(gone, { timeoutMs: 5_000, what: 'the end of a server left over' });
}
