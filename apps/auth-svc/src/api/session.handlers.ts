import {
  authApiKeyCreate,
  authApiKeyDelete,
  authApiKeyList,
  authApiKeyVerify,
  authKeyList,
  authMeChange,
  authMeGet,
  authSessionFirstAdministrator,
  authSessionRefresh,
  authSessionRevocations,
  authSessionSignIn,
  authSessionSignOut,
  firstAdministratorBodySchema,
  parseBody,
  signInBodySchema,
  type ParsedInputOf,
} from '@daybook/contracts';
import { Handles } from '@daybook/platform/nats';
import { Controller } from '@nestjs/common';
import { AuthUseCases } from '../auth-use-cases';
import { IdempotentWrites } from './idempotent-writes';

/** Sign-in, the signed-in person, and keys of services. */
@Controller()
export class SessionHandlers {
  constructor(
    private readonly use: AuthUseCases,
    private readonly writes: IdempotentWrites,
  ) {}

  @Handles(authSessionSignIn)
  signIn({ body, client, remoteAddress }: ParsedInputOf<typeof authSessionSignIn>) {
    return this.use.signIn.run({ ...parseBody(signInBodySchema, body), client, remoteAddress });
  }

  @Handles(authSessionFirstAdministrator)
  firstAdministrator({ body, client }: ParsedInputOf<typeof authSessionFirstAdministrator>) {
    return this.use.redeemInvitation.run(parseBody(firstAdministratorBodySchema, body), client);
  }

  @Handles(authSessionRefresh)
  refresh({ refreshToken }: ParsedInputOf<typeof authSessionRefresh>) {
    return this.use.refreshSession.run(refreshToken);
  }

  @Handles(authSessionSignOut)
  async signOut(input: ParsedInputOf<typeof authSessionSignOut>) {
    await this.use.signOut.run(input);
    return {};
  }

  @Handles(authSessionRevocations)
  async revocations({ after }: ParsedInputOf<typeof authSessionRevocations>) {
    const last = after && { id: after.sessionId, endedAt: new Date(after.endedAt) };
    const { items, more } = await this.use.listRevocations.run(last);
    return { items: items.map(({ id, endedAt }) => ({ sessionId: id, endedAt: endedAt.toISOString() })), more };
  }

  @Handles(authKeyList)
  async keys() {
    return { keys: [...(await this.use.accessTokens.publicKeys())] };
  }

  @Handles(authMeGet)
  me({ caller }: ParsedInputOf<typeof authMeGet>) {
    return this.use.readMe.run(caller);
  }

  @Handles(authMeChange)
  changeMe({ caller, body }: ParsedInputOf<typeof authMeChange>) {
    return this.use.changeMe.run(caller, body);
  }

  @Handles(authApiKeyVerify)
  verifyKey({ key }: ParsedInputOf<typeof authApiKeyVerify>) {
    return this.use.verifyApiKey.run(key);
  }

  @Handles(authApiKeyList)
  async apiKeys({ caller }: ParsedInputOf<typeof authApiKeyList>) {
    return { items: await this.use.listApiKeys.run(caller), next: null };
  }

  @Handles(authApiKeyCreate)
  createApiKey(input: ParsedInputOf<typeof authApiKeyCreate>) {
    return this.writes.createApiKey(input);
  }

  @Handles(authApiKeyDelete)
  async deleteApiKey({ caller, id }: ParsedInputOf<typeof authApiKeyDelete>) {
    await this.use.deleteApiKey.run(caller, id);
    return {};
  }
}
