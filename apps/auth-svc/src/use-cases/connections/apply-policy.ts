import type { Policy } from '@daybook/contracts';
import type { Catalog } from '@daybook/providers/catalog';
import { revived, type Connection } from '../../model/connection';
import { overallState } from '../../model/connection-state';
import { ConnectionStore } from '../../ports/connection-store';
import { CredentialVault } from '../../ports/credential-vault';
import { PolicyCopies } from '../../ports/policy-copies';
import type { ConnectionWriter, Edit } from './connection-writer';

const PAGE = 200;

/**
 * After an account's policy changed: every connection whose state it changes is announced, also one whose server it no longer
 * allows, or allows again. Nothing else happens to them, so switching off suspends and switching on resumes. Announcing twice is
 * harmless.
 */
export class ApplyPolicy {
  constructor(
    private readonly catalog: Catalog,
    private readonly connections: ConnectionStore,
    private readonly vault: CredentialVault,
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
    return this.writer.change(id, async (current, _tx, policy): Promise<Edit | null> => {
      if (current.phase === 'deleted') return null;
      const next = await this.judged(current, policy);
      const moved = next !== current || overallState(next, !policy.enabled) !== current.announced;
      return moved ? { next } : null;
    });
  }

  /** What an administrator says to its server by now; with the last objection gone it starts again. */
  private async judged(current: Connection, { exchange }: Policy): Promise<Connection> {
    const form = this.catalog.providerByKey(current.provider)?.auth.form;
    const credential = form && current.server ? await this.vault.find(current.id) : null;
    if (!form || !current.server || !credential) return current;
    const objection = form.objection(credential.refreshToken.reveal(), exchange);
    if (objection === current.server.objection) return current;
    const reports = objection === null ? revived(current.reports) : current.reports;
    return { ...current, server: { ...current.server, objection }, reports };
  }
}
