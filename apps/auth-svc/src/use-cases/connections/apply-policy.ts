import { overallState } from '../../model/connection-state';
import { ConnectionStore } from '../../ports/connection-store';
import { PolicyCopies } from '../../ports/policy-copies';
import type { ConnectionWriter } from './connection-writer';

const PAGE = 200;

/**
 * After an account's policy changed: every connection whose state it changes is announced. Nothing else happens to them, so
 * switching off suspends and switching on resumes. Announcing twice is harmless.
 */
export class ApplyPolicy {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly policies: PolicyCopies,
    private readonly writer: ConnectionWriter,
  ) {}

  async run(accountId: string): Promise<void> {
    this.policies.forget(accountId);
    for (let after: string | null = null; ;) {
      const page = await this.connections.page({ after, limit: PAGE, accountId });
      for (const { id, phase } of page) if (phase !== 'deleted') await this.announce(id);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.id;
    }
  }

  private announce(id: string) {
    return this.writer.change(id, (current, _tx, policy) => {
      if (current.phase === 'deleted') return null;
      return overallState(current, !policy.enabled) === current.announced ? null : { next: current };
    });
  }
}
