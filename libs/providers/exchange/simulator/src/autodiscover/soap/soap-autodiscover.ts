import { emptyAnswer, type Answer, type Incoming } from '@daybook/simulator-kit';
import type { AroundAutodiscover } from '../around';
import { domainSettings } from './domain-settings';
import { answerEnvelope, AUTODISCOVER, faultEnvelope, readEnvelope } from './soap-envelope';
import { userSettings } from './user-settings';

/** `/autodiscover/autodiscover.svc`: GetUserSettings and GetDomainSettings. */
export function answerSoapAutodiscover(
  { method, body }: Pick<Incoming, 'method' | 'body'>,
  around: AroundAutodiscover,
): Answer {
  if (method !== 'POST') return emptyAnswer(405, { allow: 'POST' });
  const message = readEnvelope(body);
  // The framework below Exchange turns away what is no envelope, without a word.
  if (message === null) return emptyAnswer(400);
  const { server } = around;
  if (message.namespace === AUTODISCOVER && message.name === 'GetUserSettingsRequestMessage') {
    return answerEnvelope('GetUserSettings', userSettings(message, around), server);
  }
  if (message.namespace === AUTODISCOVER && message.name === 'GetDomainSettingsRequestMessage') {
    return answerEnvelope('GetDomainSettings', domainSettings(message, around), server);
  }
  return faultEnvelope('The message cannot be processed at the receiver: its action is not supported.', server);
}
