import type { Logger } from '@daybook/platform/logging';
import type { RemoveUnfinished } from '../use-cases/connections/remove-unfinished';
import { RepeatingJob } from './repeating-job';

/** Sweeps first connections that nobody finished. */
export class UnfinishedJob extends RepeatingJob {
  constructor(removeUnfinished: RemoveUnfinished, logger: Logger) {
    super({ name: 'unfinished', everyMs: 20_000, work: () => removeUnfinished.run(), logger });
  }
}
