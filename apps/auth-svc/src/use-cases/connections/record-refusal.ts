import type { LegCode } from '@daybook/contracts';
import type { BrowserLeg } from '../../model/browser-leg';
import { afterEvent, type PhaseEvent } from '../../model/connection-phase';
import { Clock } from '../../ports/clock';
import type { ConnectionWriter } from './connection-writer';
import type { LegResult } from './finish-browser-leg';

type Refusal = Extract<PhaseEvent, 'denied' | 'leg_failed' | 'leg_needs_admin'>;

const RESULTS: Readonly<Record<Refusal, LegResult['result']>> = {
  denied: 'denied',
  leg_failed: 'failed',
  leg_needs_admin: 'awaiting_admin',
};

/** A browser leg that brought no grant: a first connection goes, one that is there stays as it is. */
export class RecordRefusal {
  constructor(
    private readonly writer: ConnectionWriter,
    private readonly clock: Clock,
  ) {}

  async run({ connectionId, userId }: BrowserLeg, event: Refusal, code: LegCode): Promise<LegResult> {
    const left = await this.writer.change(connectionId, (current) => {
      const outcome = afterEvent(current.phase, event);
      if (outcome === 'illegal' || outcome === current.phase) return null;
      const audit = { actorId: userId, action: `connection.${event}`, details: { code } };
      if (outcome === 'removed') return { next: 'removed', audit };
      const next = { ...current, phase: outcome, phaseSince: this.clock.now(), unfinishedUntil: null };
      return { next, audit };
    });
    const there = left !== null && left.phase !== 'deleted';
    return { result: RESULTS[event], code, ...(there && { connectionId }) };
  }
}
