import { afterEvent } from '../../model/connection-phase';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import type { ConnectionWriter } from './connection-writer';

/** Removes first connections that nobody finished in time. */
export class RemoveUnfinished {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly writer: ConnectionWriter,
    private readonly clock: Clock,
  ) {}

  /** How many went. */
  async run(): Promise<number> {
    const now = this.clock.now();
    const lapsed = await this.connections.unfinished(now, 100);
    for (const { id } of lapsed) {
      await this.writer.change(id, (current) => {
        const late = current.unfinishedUntil !== null && current.unfinishedUntil <= now;
        const gone = late && afterEvent(current.phase, 'lapsed') === 'removed';
        return gone ? { next: 'removed', audit: { actorId: 'system', action: 'connection.lapsed' } } : null;
      });
    }
    return lapsed.length;
  }
}
