import type { Logger } from '@daybook/platform/logging';
import type { ContinueDeletion } from '../use-cases/connections/continue-deletion';
import { RepeatingJob } from './repeating-job';

/** Carries deletions on: at once after a request, every five seconds for what a dead process or a dead provider left. */
export class DeletionJob extends RepeatingJob {
  constructor(continueDeletion: ContinueDeletion, logger: Logger) {
    super({ name: 'deletion', everyMs: 5_000, work: () => continueDeletion.runDue(), logger });
  }
}
