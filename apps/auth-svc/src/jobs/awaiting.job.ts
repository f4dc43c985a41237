import type { Logger } from '@daybook/platform/logging';
import type { RetryAwaiting } from '../use-cases/access/retry-awaiting';
import { RepeatingJob } from './repeating-job';

/** Looks which connections that wait for an administrator are due to be tried again. */
export class AwaitingJob extends RepeatingJob {
  constructor(retryAwaiting: RetryAwaiting, logger: Logger) {
    super({ name: 'awaiting', everyMs: 60_000, work: () => retryAwaiting.run(), logger });
  }
}
