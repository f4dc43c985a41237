import { Secret } from '@daybook/platform/crypto';
import type { Logger } from '@daybook/platform/logging';
import { asProviderError, type AuthPort, type ProviderError } from '@daybook/provider-port';
import type { Catalog } from '@daybook/providers/catalog';
import type { Connection } from '../../model/connection';
import { afterEvent } from '../../model/connection-phase';
import { Clock } from '../../ports/clock';
import { CredentialVault, type Credential, type StoredCredential } from '../../ports/credential-vault';
import { Leases, type Held } from '../../ports/leases';
import { UnitOfWork } from '../../ports/unit-of-work';
import type { ConnectionWriter } from '../connections/connection-writer';

export type RefreshOutcome =
  | { readonly type: 'fresh'; readonly credential: StoredCredential }
  | {
      readonly type: 'refused';
      readonly kind: 'ConsentRevoked' | 'AdminApprovalNeeded' | 'Unavailable' | 'Throttled' | 'Stopped';
      readonly detail: string;
      readonly retryAt: Date | null;
    };

export interface AccessWanted {
  readonly rejected?: string | undefined;
  /** The credential, where it has been asked for already. */
  readonly stored?: Promise<StoredCredential | null>;
}

/** Access that ends sooner than this is renewed before it is handed out. */
const MARGIN_MS = 120_000;
const RETRY_MS = 15_000;
const LEASE = { ttlMs: 8_000, waitMs: 4_000 };

/**
 * Keeps access fresh: one refresh at a time for a connection, in this process by a shared promise, across processes by a
 * lease. Whoever waited reads the vault again and mostly finds the work done. A new token is stored before it is used, so a
 * provider that rolls its refresh tokens never leaves us with one that only a dead process knew.
 */
export class RefreshAccess {
  private readonly running = new Map<string, Promise<RefreshOutcome>>();

  constructor(
    private readonly catalog: Catalog,
    private readonly vault: CredentialVault,
    private readonly writer: ConnectionWriter,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {}

  /** What is there now, to be asked for beside other things: a fault comes where it is awaited. */
  stored(connectionId: string): Promise<StoredCredential | null> {
    const found = this.vault.find(connectionId);
    found.catch(() => undefined);
    return found;
  }

  /** `rejected` is a token that the provider refused although its time was not over. */
  async run(connection: Connection, { rejected, stored: asked }: AccessWanted = {}): Promise<RefreshOutcome> {
    const stored = await (asked ?? this.vault.find(connection.id));
    if (!stored) return refused('ConsentRevoked', 'There is no credential.');
    if (isOfAnother(stored, connection)) return this.later('Unavailable', 'The way it works was changed.', 0);
    if (this.isGood(stored, rejected)) return { type: 'fresh', credential: stored };
    const running = this.running.get(connection.id);
    if (running) return running;
    const started = this.renew(connection, rejected).finally(() => this.running.delete(connection.id));
    this.running.set(connection.id, started);
    return started;
  }

  /** Asks the provider whatever the access we hold looks like; null where there is no credential to ask with. */
  async again(connection: Connection): Promise<RefreshOutcome | null> {
    const stored = await this.vault.find(connection.id);
    return stored && this.run(connection, { rejected: stored.accessToken.reveal() });
  }

  /** Access that the provider wants more for than the secret gives; where there is newer access, that decides. */
  async challenged({ id }: Connection, { rejected, claims }: { rejected: string; claims: string }): Promise<void> {
    const stored = await this.vault.find(id);
    if (stored?.accessToken.reveal() !== rejected) return;
    await this.mark(id, 'consent_revoked', { generation: stored.generation, claims });
  }

  private isGood({ accessToken, accessExpiresAt }: StoredCredential, rejected: string | undefined): boolean {
    const fresh = accessExpiresAt.getTime() - this.clock.now().getTime() > MARGIN_MS;
    return fresh && accessToken.reveal() !== rejected;
  }

  private async renew(connection: Connection, rejected: string | undefined): Promise<RefreshOutcome> {
    const auth = this.catalog.providerByKey(connection.provider)?.auth;
    if (!auth) return refused('Stopped', 'This provider is not set up here.');
    const done = await this.leases.runInTurn(`refresh:${connection.id}`, LEASE, (held) =>
      this.renewAlone(connection, auth, { rejected, held }),
    );
    return done === 'held' ? this.later('Unavailable', 'Another refresh is under way.', null) : done;
  }

  private async renewAlone(
    connection: Connection,
    auth: AuthPort,
    { rejected, held }: { rejected: string | undefined; held: Held },
  ): Promise<RefreshOutcome> {
    const stored = await this.vault.find(connection.id);
    if (!stored) return refused('ConsentRevoked', 'There is no credential.');
    if (isOfAnother(stored, connection)) return this.later('Unavailable', 'The way it works was changed.', 0);
    if (this.isGood(stored, rejected)) return { type: 'fresh', credential: stored };
    try {
      const tokens = await auth.refresh(stored.refreshToken.reveal());
      const credential: Credential = {
        provider: connection.provider,
        refreshToken: tokens.refreshToken === null ? stored.refreshToken : Secret.of(tokens.refreshToken),
        accessToken: Secret.of(tokens.accessToken),
        accessExpiresAt: new Date(tokens.expiresAt),
        scopes: tokens.scopes.length > 0 ? tokens.scopes : stored.scopes,
      };
      return await this.keep(connection, credential, { generation: stored.generation, held });
    } catch (error) {
      return this.settle(connection, stored, asProviderError(error));
    }
  }

  /** A consent given in the meantime wins over what we fetched with the older one. */
  private async keep(
    connection: Connection,
    credential: Credential,
    { generation, held }: { generation: number; held: Held },
  ): Promise<RefreshOutcome> {
    await this.work.run(async (tx) => {
      await held.assertHeld(tx);
      await this.vault.replace(connection.id, generation, credential, tx);
    });
    const kept = await this.vault.find(connection.id);
    if (!kept) return refused('ConsentRevoked', 'There is no credential.');
    if (isOfAnother(kept, connection)) return this.later('Unavailable', 'The way it works was changed.', 0);
    return { type: 'fresh', credential: kept };
  }

  private async settle(connection: Connection, used: StoredCredential, error: ProviderError): Promise<RefreshOutcome> {
    switch (error.kind) {
      case 'ConsentRevoked':
        return this.believeRevoked(connection, used, error.claims);
      case 'AdminApprovalNeeded':
        await this.mark(connection.id, 'access_needs_admin');
        return refused('AdminApprovalNeeded', 'An administrator has to approve at the provider.');
      case 'Throttled':
        return this.later('Throttled', 'The provider asks to wait.', error.retryAfterMs);
      default:
        this.logger.warn('access could not be refreshed', { connectionId: connection.id, kind: error.kind, error });
        return this.later('Unavailable', 'The provider does not answer.', error.retryAfterMs);
    }
  }

  /** The refusal counts only for the secret we used: if there is another one by now, that one decides. */
  private async believeRevoked(
    connection: Connection,
    used: StoredCredential,
    claims: string | null,
  ): Promise<RefreshOutcome> {
    const now = await this.vault.find(connection.id);
    if (now && now.generation !== used.generation) return this.later('Unavailable', 'The credential was renewed.', 0);
    await this.mark(connection.id, 'consent_revoked', { generation: used.generation, claims });
    return refused('ConsentRevoked', 'The provider no longer accepts this connection.');
  }

  private async mark(
    connectionId: string,
    event: 'consent_revoked' | 'access_needs_admin',
    refusal?: { readonly generation: number; readonly claims: string | null },
  ): Promise<void> {
    await this.writer.change(connectionId, async (current) => {
      const phase = afterEvent(current.phase, event);
      if (phase === 'illegal' || phase === 'removed' || phase === current.phase) return null;
      // It waits for a new consent to be approved: that the old one is dead is how it came to that.
      if (current.phase === 'awaiting_admin' && current.approvalFor !== null) return null;
      const stored = refusal === undefined ? null : await this.vault.find(connectionId);
      if (stored && stored.generation !== refusal?.generation) return null;
      const audit = { actorId: 'system', action: `connection.${event}` };
      const claims = refusal?.claims ?? null;
      return { next: { ...current, phase, phaseSince: this.clock.now(), claims, approvalFor: null }, audit };
    });
  }

  private later(kind: 'Unavailable' | 'Throttled', detail: string, waitMs: number | null): RefreshOutcome {
    const retryAt = new Date(this.clock.now().getTime() + (waitMs ?? RETRY_MS));
    return { type: 'refused', kind, detail, retryAt };
  }
}

/** The connection was read before it changed its provider: neither of the two may see what the other one gave. */
function isOfAnother({ provider }: StoredCredential, connection: Connection): boolean {
  return provider !== null && provider !== connection.provider;
}

function refused(kind: 'ConsentRevoked' | 'AdminApprovalNeeded' | 'Stopped', detail: string): RefreshOutcome {
  return { type: 'refused', kind, detail, retryAt: null };
}
