import { nodeEnv, nodeFlags } from '../../stack/services.mjs';
import { startChild } from './child.mjs';

/** A process that syncs on order, started the way calendar-svc is; profiled into the folder `BENCH_PROFILE` where that is set. */
export function startSyncing(script) {
  const folder = process.env.BENCH_PROFILE;
  const profile = folder ? ['--cpu-prof', '--cpu-prof-dir', folder] : [];
  return startChild(script, { execArgv: [...nodeFlags('calendar-svc'), ...profile], env: nodeEnv });
}
