import { EwsRefusal } from '../../soap/refusal';
import { refusalMessage, responseOf, successMessage } from '../../soap/response-messages';
import { element, type XmlElement } from '../../wire/element';
import type { Failure } from './stream-connection';

const OPERATION = 'GetStreamingEvents';

/** That the connection is there (`OK`), or ends. */
export const statusAnswer = (status: 'OK' | 'Closed'): XmlElement =>
  responseOf(OPERATION, [successMessage(OPERATION, [element('ConnectionStatus', status)])]);

export const eventsAnswer = (notifications: readonly XmlElement[]): XmlElement =>
  responseOf(OPERATION, [successMessage(OPERATION, [element('Notifications', notifications)])]);

/** One answer for each code, with the subscriptions it is about. */
export function failureAnswers(failures: readonly Failure[]): readonly XmlElement[] {
  return [...new Set(failures.map(({ code }) => code))].map((code) => {
    const own = failures.filter((one) => one.code === code);
    const ids = own.map(({ id }) => element('SubscriptionId', id));
    const content = [element('ErrorSubscriptionIds', ids)];
    return responseOf(OPERATION, [
      refusalMessage(OPERATION, new EwsRefusal(code, own[0]?.message ?? code, { content })),
    ]);
  });
}
