/**
 * Requests of streaming notifications, which Exchange 2010 SP1 and later know.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/notification-subscriptions-mailbox-events-and-ews-in-exchange.
 */
import { folderId } from '../calendar/item-address';
import type { EwsOperation } from '../transport/ews-client';
import { markup } from '../transport/markup';
import { attributes, list, record, text } from '../transport/record-shape';

export const LONGEST_ID = 1024;
/** Minutes that the server keeps an answer open; the most that the schema knows. */
const OPEN_MINUTES = 30;
const EVENTS = ['Copied', 'Created', 'Deleted', 'Modified', 'Moved'] as const;

export function subscribe(calendarRemoteIds: readonly string[]): EwsOperation {
  const types = EVENTS.map((name) => markup('t:EventType', {}, `${name}Event`));
  const wish = markup('m:StreamingSubscriptionRequest', {}, [
    markup('t:FolderIds', {}, calendarRemoteIds.map(folderId)),
    markup('t:EventTypes', {}, types),
  ]);
  return {
    name: 'Subscribe',
    aboutOneCalendar: true,
    content: { SubscriptionId: text(LONGEST_ID) },
    request: () => markup('m:Subscribe', {}, [wish]),
  };
}

export function unsubscribe(subscriptionId: string): EwsOperation {
  return {
    name: 'Unsubscribe',
    content: {},
    request: () => markup('m:Unsubscribe', {}, [markup('m:SubscriptionId', {}, subscriptionId)]),
  };
}

const EVENT = record({
  ItemId: attributes('Id'),
  ParentFolderId: attributes('Id'),
  OldParentFolderId: attributes('Id'),
});

/**
 * The id stands in the namespace of types, as the schema has it; the published example has it in that of messages.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/getstreamingevents.
 */
export function getStreamingEvents(subscriptionId: string): EwsOperation {
  const events = Object.fromEntries(EVENTS.map((name) => [`${name}Event`, EVENT]));
  return {
    name: 'GetStreamingEvents',
    content: { Notifications: list({ Notification: list(events) }), ConnectionStatus: text(20) },
    request: () =>
      markup('m:GetStreamingEvents', {}, [
        markup('m:SubscriptionIds', {}, [markup('t:SubscriptionId', {}, subscriptionId)]),
        markup('m:ConnectionTimeout', {}, String(OPEN_MINUTES)),
      ]),
  };
}
