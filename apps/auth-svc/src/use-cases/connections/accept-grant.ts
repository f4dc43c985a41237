import type { ConnectionMethod, LegCode, Permissions } from '@daybook/contracts';
import { missingPermission } from '@daybook/domain';
import { Secret } from '@daybook/platform/crypto';
import type { AuthResult } from '@daybook/provider-port';
import type { Catalog } from '@daybook/providers/catalog';
import type { BrowserLeg } from '../../model/browser-leg';
import { PARTS, type Connection } from '../../model/connection';
import { CredentialVault, type Credential } from '../../ports/credential-vault';
import type { ConnectionWriter, Edit } from './connection-writer';
import type { LegResult } from './finish-browser-leg';
import type { GiveBackGrant } from './give-back-grant';
import type { RecordRefusal } from './record-refusal';
import type { TakeGrant, Untaken } from './take-grant';

type Acceptance =
  { readonly type: 'accepted'; readonly connection: Connection } | { readonly type: Untaken | 'no_offline_access' };

/** Takes what a provider granted in a browser leg into its connection. */
export class AcceptGrant {
  constructor(
    private readonly catalog: Catalog,
    private readonly vault: CredentialVault,
    private readonly writer: ConnectionWriter,
    private readonly takeGrant: TakeGrant,
    private readonly recordRefusal: RecordRefusal,
    private readonly giveBack: GiveBackGrant,
  ) {}

  async run(leg: BrowserLeg, result: AuthResult): Promise<LegResult> {
    const provider = this.catalog.providerByKey(leg.provider);
    const granted: Permissions = {
      ...(provider?.auth.grantedBy(result.tokens.scopes) ?? { calendar: 'none', contacts: 'none' }),
    };
    if (PARTS.every((part) => granted[part] === 'none')) return this.refuse(leg, result, 'denied', 'nothing_granted');

    const acceptance = await this.accept(leg, result, granted);
    if (acceptance.type === 'accepted') return settled(acceptance.connection);
    if (acceptance.type === 'no_offline_access') {
      return this.refuse(leg, result, 'leg_failed', 'no_offline_access');
    }
    await this.giveBack.run(leg.provider, result);
    return acceptance.type === 'gone'
      ? { result: 'failed', code: 'connection_gone' }
      : { result: 'failed', code: 'different_account', connectionId: leg.connectionId };
  }

  private async accept(leg: BrowserLeg, result: AuthResult, granted: Permissions): Promise<Acceptance> {
    const { provider, userId: actorId, purpose } = leg;
    const { identity } = result;
    let refused: Exclude<Acceptance['type'], 'accepted'> | null = 'gone';
    const connection = await this.writer.change(leg.connectionId, async (current, tx): Promise<Edit | null> => {
      const credential = await this.credential(leg, result);
      const method = this.methodOf(current, provider);
      const wanted = purpose === 'connect' ? leg.wanted : current.wanted;
      const grant = { provider, method, identity, granted, wanted, server: null };
      const edit = credential
        ? await this.takeGrant.into(current, { grant, credential, actorId, purpose }, tx)
        : 'no_offline_access';
      refused = typeof edit === 'string' ? edit : null;
      return typeof edit === 'string' ? null : edit;
    });
    return connection && refused === null ? { type: 'accepted', connection } : { type: refused ?? 'gone' };
  }

  /** Some providers send a refresh token only with the first consent; then the one we have of theirs goes on. */
  private async credential({ connectionId, provider }: BrowserLeg, { tokens }: AuthResult): Promise<Credential | null> {
    const stored = tokens.refreshToken === null ? await this.vault.find(connectionId) : null;
    const known = stored && (stored.provider ?? provider) === provider ? stored.refreshToken : null;
    const refreshToken = tokens.refreshToken === null ? known : Secret.of(tokens.refreshToken);
    if (!refreshToken) return null;
    return {
      provider,
      refreshToken,
      accessToken: Secret.of(tokens.accessToken),
      accessExpiresAt: new Date(tokens.expiresAt),
      scopes: tokens.scopes,
    };
  }

  /** A leg to another provider of the same service changes the way the connection works. */
  private methodOf({ service, method }: Connection, provider: string): ConnectionMethod {
    const offer = this.catalog.services().find((candidate) => candidate.service === service);
    const behind = offer?.methods.find((one) => this.catalog.providerFor(service, one.method)?.key === provider);
    return behind?.method ?? method;
  }

  /** The grant is of no use to us, so it does not stay behind at the provider. */
  private async refuse(
    leg: BrowserLeg,
    result: AuthResult,
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
