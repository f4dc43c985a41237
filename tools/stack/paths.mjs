import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** The folder an app is built into. */
export const builtApp = (name) => join(root, 'dist', 'apps', name);

/** The file that runs a service. */
export const serviceScript = (name) => join(builtApp(name), 'main.cjs');
