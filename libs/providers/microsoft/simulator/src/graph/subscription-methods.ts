import type { Answer } from '@daybook/simulator-kit';
import type { Subscription } from '../mailbox/mailbox';
import { emptyAnswer, entityAnswer, listAnswer } from './answers';
import type { Call } from './call';
import { refusals } from './graph-error';
import { checkScopes } from './access';

/** A call outside of any mailbox. */
export type RootCall = Pick<Call, 'setting' | 'principal' | 'version' | 'preferences' | 'incoming' | 'body'>;

/** `subscriptions` and what is below it. @throws GraphError */
export async function subscriptionAnswer(call: RootCall, parts: readonly string[]): Promise<Answer> {
  const { principal, setting, body, preferences, incoming } = call;
  const { subscriptions } = setting;
  const [id, action] = parts;
  const own = setting.world.find(principal.email);
  if (own !== undefined) checkScopes(principal, own, 'read');
  const verb = `${incoming.method} ${id === undefined ? '' : '*'}${action === undefined ? '' : `/${action.toLowerCase()}`}`;
  switch (verb) {
    case 'POST ':
      return entity(call, 201, await subscriptions.create(principal, body, preferences.immutable));
    case 'GET ':
      return listAnswer(call, {
        set: 'subscriptions',
        items: subscriptions.list(principal).map((one) => JSON.stringify(resource(one))),
      });
    case 'GET *':
      return entity(call, 200, subscriptions.get(principal, id ?? ''));
    case 'PATCH *':
      return entity(call, 200, await subscriptions.renew(principal, id ?? '', body));
    case 'DELETE *':
      subscriptions.remove(principal, id ?? '');
      return emptyAnswer(204);
    case 'POST */reauthorize':
      subscriptions.get(principal, id ?? '');
      return emptyAnswer(204);
    default:
      throw action === undefined ? refusals.method() : refusals.unknownSegment(action);
  }
}

const entity = (call: RootCall, status: number, one: Subscription): Answer =>
  entityAnswer(call, status, 'subscriptions', resource(one));

const resource = (one: Subscription): Record<string, unknown> => ({
  id: one.id,
  resource: one.resource,
  applicationId: null,
  changeType: one.changeType,
  clientState: one.clientState,
  notificationUrl: one.notificationUrl,
  notificationQueryOptions: null,
  lifecycleNotificationUrl: one.lifecycleNotificationUrl,
  expirationDateTime: new Date(one.expiresAt).toISOString(),
  creatorId: one.creatorId,
  includeResourceData: null,
  latestSupportedTlsVersion: one.latestSupportedTlsVersion,
  encryptionCertificate: null,
  encryptionCertificateId: null,
  notificationUrlAppId: null,
});
