import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Ends the stack. `DAYBOOK_KEEP_LOGS` names a folder that gets the logs of its services. */
export default async function tearDown() {
  const { stack, folder } = globalThis.daybookStack ?? {};
  await stack?.end();
  if (!folder) return;
  const kept = process.env.DAYBOOK_KEEP_LOGS;
  if (kept) await cp(join(folder, 'home', 'logs'), kept, { recursive: true });
  await rm(folder, { recursive: true, force: true });
}
