/** Bundles one of our own TypeScript files for a measurement, as services are bundled. */
import { join } from 'node:path';
import { root } from '../../stack/paths.mjs';

/** @returns {Promise<string>} the script's path */
export async function bundle(entry, name) {
  const { rolldown } = await import('rolldown');
  const { serviceBundle } = await import('../../../rolldown.config.mjs');
  const { output, ...input } = serviceBundle('calendar-svc');
  const built = await rolldown({ ...input, input: join(root, entry), logLevel: 'warn' });
  const file = join(root, 'dist', 'bench', `${name}.cjs`);
  try {
    await built.write({ ...output, file });
  } finally {
    await built.close();
  }
  return file;
}
