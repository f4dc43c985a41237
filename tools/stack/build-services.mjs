/** Bundles the services named as arguments. */
import { buildService } from './build.mjs';

for (const name of process.argv.slice(2)) await buildService(name);
