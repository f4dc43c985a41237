import type { LegCode, Permissions } from '@daybook/contracts';
import { missingPermission } from '@daybook/domain';
import { Secret } from '@daybook/platform/crypto';
import type { BrowserLegResult } from '@daybook/provider-port';
import type { Catalog } from '@daybook/providers/catalog';
import type { BrowserLeg } from '../../model/browser-leg';
import { PARTS, revived, type Connection } from '../../model/connection';
import { afterEvent } from '../../model/connection-phase';
import { BrowserLegStore } from '../../ports/browser-leg-store';
import { Clock } from '../../ports/clock';
import { CredentialVault, type Credential, type StoredCredential } from '../../ports/credential-vault';
import type { ConnectionWriter, Edit } from './connection-writer';
import type { LegResult } from './finish-browser-leg';
import type { GiveBackGrant } from './give-back-grant';
import type { RecordRefusal } from './record-refusal';

type Acceptance =
  { readonly type: 'accepted'; readonly connection: Connection } | { readonly type: 'different_account' | 'gone' };

/** Takes what a provider granted into a connection: the credential, who it is, and what may be done. */
export class AcceptGrant {
  constructor(
    private readonly catalog: Catalog,
    private readonly vault: CredentialVault,
    private readonly legs: BrowserLegStore,
    private readonly writer: ConnectionWriter,
    private readonly recordRefusal: RecordRefusal,
    private readonly giveBack: GiveBackGrant,
    private readonly clock: Clock,
  ) {}

  async run(leg: BrowserLeg, result: BrowserLegResult): Promise<LegResult> {
    const provider = this.catalog.providerByKey(leg.provider);
    const granted: Permissions = {
      ...(provider?.auth.grantedBy(result.tokens.scopes) ?? { calendar: 'none', contacts: 'none' }),
    };
    const stored = await this.vault.find(leg.connectionId);
    const credential = toCredential(result, stored);
    if (PARTS.every((part) => granted[part] === 'none')) return this.refuse(leg, result, 'denied', 'nothing_granted');
    if (!credential) return this.refuse(leg, result, 'leg_failed', 'no_offline_access');

    const acceptance = await this.accept(leg, result, { granted, credential });
    if (acceptance.type === 'accepted') return settled(acceptance.connection);
    await this.giveBack.run(leg.provider, result);
    return acceptance.type === 'gone'
      ? { result: 'failed', code: 'connection_gone' }
      : { result: 'failed', code: 'different_account', connectionId: leg.connectionId };
  }

  private async accept(
    leg: BrowserLeg,
    { identity }: BrowserLegResult,
    { granted, credential }: { granted: Permissions; credential: Credential },
  ): Promise<Acceptance> {
    let refused: 'different_account' | 'gone' = 'gone';
    const connection = await this.writer.change(leg.connectionId, async (current, tx): Promise<Edit | null> => {
      refused = 'gone';
      const phase = afterEvent(current.phase, 'authorised');
      if (phase !== 'connected') return null;
      if (current.linked && current.linked.subject !== identity.subject) {
        refused = 'different_account';
        return null;
      }
      await this.vault.put(current.id, credential, tx);
      if (current.linked === null) await this.legs.dropOf(current.id, tx);
      const next: Connection = {
        ...current,
        phase,
        phaseSince: current.phase === phase ? current.phaseSince : this.clock.now(),
        linked: { subject: identity.subject, address: identity.address, aliases: identity.aliases.map(lower) },
        wanted: leg.purpose === 'connect' ? leg.wanted : current.wanted,
        granted,
        reports: current.phase === phase ? current.reports : revived(current.reports),
        unfinishedUntil: null,
        notBefore: null,
        claims: null,
        approvalFor: null,
        version: current.version + 1,
      };
      const details = { purpose: leg.purpose, calendar: granted.calendar, contacts: granted.contacts };
      return { next, audit: { actorId: leg.userId, action: 'connection.authorised', details } };
    });
    const accepted = connection?.phase === 'connected' && connection.linked?.subject === identity.subject;
    return connection && accepted ? { type: 'accepted', connection } : { type: refused };
  }

  /** The grant is of no use to us, so it does not stay behind at the provider. */
  private async refuse(
    leg: BrowserLeg,
    result: BrowserLegResult,
    event: 'denied' | 'leg_failed',
    code: LegCode,
  ): Promise<LegResult> {
    const refusal = await this.recordRefusal.run(leg, event, code);
    await this.giveBack.run(leg.provider, result);
    return refusal;
  }
}

function settled({ id, wanted, granted }: Connection): LegResult {
  const partial = PARTS.some((part) => missingPermission(wanted[part], granted[part]));
  return partial
    ? { result: 'partial', code: 'permission_missing', connectionId: id }
    : { result: 'connected', connectionId: id };
}

/** Some providers send a refresh token only with the first consent; then the one we have goes on. */
function toCredential({ tokens }: BrowserLegResult, stored: StoredCredential | null): Credential | null {
  const refreshToken = tokens.refreshToken === null ? stored?.refreshToken : Secret.of(tokens.refreshToken);
  if (!refreshToken) return null;
  return {
    refreshToken,
    accessToken: Secret.of(tokens.accessToken),
    accessExpiresAt: new Date(tokens.expiresAt),
    scopes: tokens.scopes,
  };
}

function lower(address: string): string {
  return address.toLowerCase();
}
