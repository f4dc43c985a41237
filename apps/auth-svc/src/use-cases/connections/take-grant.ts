import type { LegPurpose } from '../../model/browser-leg';
import type { Connection } from '../../model/connection';
import { afterEvent } from '../../model/connection-phase';
import { isSameAccount, withGrant, type Grant } from '../../model/grant';
import { BrowserLegStore } from '../../ports/browser-leg-store';
import { Clock } from '../../ports/clock';
import { CredentialVault, type Credential } from '../../ports/credential-vault';
import type { Tx } from '../../ports/unit-of-work';
import type { AuditNote, Edit } from './connection-writer';

/** A grant with its secret, and who took it for what. */
export interface Taking {
  readonly grant: Grant;
  readonly credential: Credential;
  readonly actorId: string;
  readonly purpose: LegPurpose;
}

export interface Taken extends Edit {
  readonly next: Connection;
}

export type Untaken = 'different_account' | 'gone';

/** The one way in which a connection gets a credential: together with who it is, what may be done, and the records of it. */
export class TakeGrant {
  constructor(
    private readonly vault: CredentialVault,
    private readonly legs: BrowserLegStore,
    private readonly clock: Clock,
  ) {}

  /** What becomes of a connection that is there, in the transaction that reads it; nothing is written where it is not taken. */
  async into(current: Connection, taking: Taking, tx: Tx): Promise<Taken | Untaken> {
    if (afterEvent(current.phase, 'authorised') !== 'connected') return 'gone';
    if (!isSameAccount(current, taking.grant)) return 'different_account';
    if (current.linked === null) await this.legs.dropOf(current.id, tx);
    return this.first(current, taking, tx);
  }

  /** The same for one that is only being made. */
  async first(fresh: Connection, { grant, credential, actorId, purpose }: Taking, tx: Tx): Promise<Taken> {
    await this.vault.put(fresh.id, credential, tx);
    const { granted, server } = grant;
    const details = { purpose, calendar: granted.calendar, contacts: granted.contacts };
    const audit: AuditNote[] = [{ actorId, action: 'connection.authorised', details }];
    if (server?.certificateChecksSkipped) audit.push({ actorId, action: 'connection.certificate_checks_skipped' });
    return { next: withGrant(fresh, grant, this.clock.now()), audit };
  }
}
