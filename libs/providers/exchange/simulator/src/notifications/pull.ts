import type { MailboxStore } from '../mailbox/mailbox-store';
import type { Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { responseOf, successMessage } from '../soap/response-messages';
import { textOf } from '../wire/element';
import type { MailboxEvents } from './events/mailbox-events';
import { notification } from './notification-element';
import type { Subscriptions } from './subscriptions';

const MOST_EVENTS = 50;

export interface Pulling {
  readonly store: MailboxStore;
  readonly events: MailboxEvents;
  readonly subscriptions: Subscriptions;
}

/** `GetEvents`: what happened since a watermark, which may be asked for again. */
export function getEvents({ store, events, subscriptions }: Pulling): Operation {
  return (request, call) => {
    const subscription = subscriptions.get(textOf(request, 'SubscriptionId') ?? '', call.mailbox);
    const { id, kind, mailbox } = subscription;
    if (kind !== 'pull') {
      throw new EwsRefusal('ErrorInvalidPullSubscriptionId', 'The subscription is not a pull subscription.');
    }
    const position = events.readMark(mailbox, textOf(request, 'Watermark') ?? '');
    const told = position === null ? null : subscriptions.told(subscription, position, MOST_EVENTS);
    if (position === null || told === null) throw new EwsRefusal('ErrorInvalidWatermark', 'The watermark is invalid.');
    subscriptions.hold(subscription, false);
    const mark = (at: number): string => events.markOf(mailbox, at);
    return responseOf('GetEvents', [
      successMessage('GetEvents', [notification({ id, position }, told, { store, mark })]),
    ]);
  };
}

/** `Unsubscribe`: a subscription of any kind ends. */
export function unsubscribe({ subscriptions }: Pick<Pulling, 'subscriptions'>): Operation {
  return (request, call) => {
    subscriptions.remove(subscriptions.get(textOf(request, 'SubscriptionId') ?? '', call.mailbox));
    return responseOf('Unsubscribe', [successMessage('Unsubscribe')]);
  };
}
