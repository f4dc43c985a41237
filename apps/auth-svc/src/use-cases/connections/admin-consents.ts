import type { Logger } from '@daybook/platform/logging';
import { sealedRecordSchema, type Keyring } from '@daybook/platform/crypto';
import type { Catalog } from '@daybook/providers/catalog';
import { waitsForAdmin, type Connection } from '../../model/connection';
import { afterEvent } from '../../model/connection-phase';
import { Clock } from '../../ports/clock';
import type { ConnectionWriter, Edit } from './connection-writer';

/** `none`: what came back is no administrator's answer, or none to a question of ours. */
export type AdminAnswer = 'approved' | 'refused' | 'none';

/**
 * The link that a person whose connection, or whose wish for more, waits for an administrator can hand on, and what comes of it.
 * It is opened in a browser of somebody we do not know, so all it can do is to say of one waiting connection that it may go on;
 * who consents is still the person, on the provider's own pages.
 */
export class AdminConsents {
  constructor(
    private readonly catalog: Catalog,
    private readonly writer: ConnectionWriter,
    private readonly keyring: Keyring,
    private readonly publicUrl: string,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {}

  /** Null for a connection that waits for nobody, or at a provider where no administrator has a say. */
  urlFor(connection: Connection): string | null {
    const { id, approvalAt, wanted } = connection;
    const provider = approvalAt ?? connection.provider;
    const consent = this.catalog.providerByKey(provider)?.auth.adminConsent;
    if (!consent || !waitsForAdmin(connection)) return null;
    const callbackUrl = `${this.publicUrl}/v1/oauth/${provider}/callback`;
    return consent.url({ callbackUrl, permissions: wanted, state: this.stateOf(id) });
  }

  /** Takes the answer in the address that an administrator's browser came back to. */
  async take(provider: string, query: Readonly<Record<string, unknown>>): Promise<AdminAnswer> {
    const answer = this.catalog.providerByKey(provider)?.auth.adminConsent?.read(query) ?? null;
    if (answer === null) return 'none';
    const connectionId = this.connectionOf(answer.state);
    // A person's own leg may come back refused in the very words of an administrator: the state alone tells them apart.
    if (connectionId === null && answer.approved) {
      this.logger.warn('an administrator came back with a state that is not ours');
    }
    if (connectionId === null) return 'none';
    if (!answer.approved) return 'refused';
    await this.writer.change(connectionId, (current) => this.approve(current));
    return 'approved';
  }

  private approve(current: Connection): Edit | null {
    if (!waitsForAdmin(current)) return null;
    const audit = { actorId: 'system', action: 'connection.admin_approved' };
    // One whose secret will do is tried again by itself, now instead of when its turn comes.
    if (current.phase === 'awaiting_admin' && current.linked !== null && current.approvalFor === null) {
      return { next: { ...current, notBefore: null }, audit };
    }
    // The other way is open now; the person goes it when they want.
    if (current.approvalAt !== null) return { next: { ...current, approvalAt: null }, audience: 'screens', audit };
    const phase = afterEvent(current.phase, 'admin_approved');
    if (phase === 'illegal' || phase === 'removed') return null;
    if (phase === current.phase) return { next: { ...current, approvalFor: null }, audience: 'screens', audit };
    return { next: { ...current, phase, phaseSince: this.clock.now(), approvalFor: null }, audit };
  }

  /** Only we can make one, and it opens for this purpose alone. */
  private stateOf(connectionId: string): string {
    return Buffer.from(JSON.stringify(this.keyring.seal(connectionId, PURPOSE))).toString('base64url');
  }

  private connectionOf(state: string): string | null {
    try {
      const sealed = sealedRecordSchema.parse(JSON.parse(Buffer.from(state, 'base64url').toString('utf8')));
      return this.keyring.open(sealed, PURPOSE).reveal();
    } catch {
      return null;
    }
  }
}

const PURPOSE = 'admin-consent';
