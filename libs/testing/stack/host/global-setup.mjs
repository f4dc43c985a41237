/** One stack for all spec files of a run: starting it costs seconds. Its door's address is in `DAYBOOK_STACK_DOOR`. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdStack } from './hold-stack.mjs';

export default async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-system-'));
  // Hints that got lost in a fault come with the next poll: nobody wants to wait five minutes for it here.
  const stack = await holdStack({ home: join(folder, 'home'), env: { POLL_SECONDS: '20' } });
  globalThis.daybookStack = { stack, folder };
  process.env.DAYBOOK_STACK_DOOR = stack.door;
}
