import type { LegCode } from '@daybook/contracts';
import type { BrowserLeg } from '../../model/browser-leg';
import { wasEverLinked, type Connection } from '../../model/connection';
import { afterEvent, type PhaseEvent } from '../../model/connection-phase';
import { Clock } from '../../ports/clock';
import type { ConnectionWriter, Edit } from './connection-writer';
import type { LegResult } from './finish-browser-leg';

type Refusal = Extract<PhaseEvent, 'denied' | 'leg_failed' | 'leg_needs_admin'>;

const RESULTS: Readonly<Record<Refusal, LegResult['result']>> = {
  denied: 'denied',
  leg_failed: 'failed',
  leg_needs_admin: 'awaiting_admin',
};

/** A browser leg that brought no grant: a first connection goes, one that is there stays as it is, or waits for an administrator. */
export class RecordRefusal {
  constructor(
    private readonly writer: ConnectionWriter,
    private readonly clock: Clock,
  ) {}

  async run(leg: BrowserLeg, event: Refusal, code: LegCode): Promise<LegResult> {
    const { connectionId, userId } = leg;
    const left = await this.writer.change(connectionId, (current) => {
      const edit = this.edit(current, leg, event);
      return edit && { ...edit, audit: { actorId: userId, action: `connection.${event}`, details: { code } } };
    });
    const there = left !== null && left.phase !== 'deleted';
    return { result: RESULTS[event], code, ...(there && { connectionId }) };
  }

  /** One that waits already goes on as it came to that: maybe with a secret that will do once there is approval. */
  private edit(current: Connection, { wanted, provider }: BrowserLeg, event: Refusal): Edit | null {
    // It was only going to change the way it works: that stays as it was, until an administrator of the other one approves.
    if (wasEverLinked(current) && current.provider !== provider) {
      return event === 'leg_needs_admin' ? { next: { ...current, approvalAt: provider }, audience: 'screens' } : null;
    }
    const phase = afterEvent(current.phase, event);
    if (phase === 'illegal') return null;
    if (phase === 'removed') return { next: 'removed' };
    if (phase !== current.phase) {
      const phaseSince = this.clock.now();
      return { next: { ...current, phase, phaseSince, unfinishedUntil: null, approvalFor: wanted } };
    }
    const wantsMore = event === 'leg_needs_admin' && phase === 'connected';
    return wantsMore ? { next: { ...current, approvalFor: wanted }, audience: 'screens' } : null;
  }
}
