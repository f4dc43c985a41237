/** Processor time that processes have used so far, in milliseconds: says which of them a load goes to. Linux only, else empty. */
import { readFile } from 'node:fs/promises';

/** The kernel counts in hundredths of a second here, on every machine Node runs on. */
const MS_A_TICK = 10;

/** @param {Record<string, { pid: number | null }>} processes by name */
export async function processorMs(processes) {
  const times = {};
  for (const [name, { pid }] of Object.entries(processes)) {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    // After the name, which may hold spaces and brackets: state is the first, user and system time are the 12th and 13th.
    const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
    if (fields) times[name] = (Number(fields[11]) + Number(fields[12])) * MS_A_TICK;
  }
  return times;
}

/** What each used between two readings, for each of `count` things done. */
export const processorMsEach = (before, after, count) =>
  Object.fromEntries(
    Object.entries(after).map(([name, ms]) => [name, Math.round(((ms - (before[name] ?? 0)) / count) * 100) / 100]),
  );
