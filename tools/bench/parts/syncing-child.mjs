import { nodeEnv, nodeFlags } from '../../stack/services.mjs';
import { startChild } from './child.mjs';

/** A process that syncs on order, started the way calendar-svc is. */
export const startSyncing = (script, moreFlags = []) =>
  startChild(script, { execArgv: [...nodeFlags('calendar-svc'), ...moreFlags], env: nodeEnv });
