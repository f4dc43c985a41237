import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const channelLine = z.tuple([z.literal('channel'), z.string(), z.object({ token: z.string() }).nullable()]);

/**
 * What Daybook gave the simulated Google to prove its notifications with, from the simulator's own journal: Daybook itself keeps
 * only a hash of it.
 */
export async function tokenOfChannel(home: string, channelId: string): Promise<string> {
  const journal = await readFile(join(home, 'sandbox', 'google.journal'), 'utf8');
  const lines = journal.split('\n').filter((line) => line.startsWith(`["channel","${channelId}",`));
  const [, , channel] = channelLine.parse(JSON.parse(lines.at(-1) ?? 'null'));
  if (channel === null) throw new Error(`channel ${channelId} is gone`);
  return channel.token;
}
