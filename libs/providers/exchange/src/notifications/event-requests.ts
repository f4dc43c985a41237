/** Requests for what happened, of a subscription that stands. */
import type { EwsOperation } from '../transport/ews-client';
import { markup } from '../transport/markup';
import { list, record, text } from '../transport/record-shape';
import { EVENTS, LONGEST_ID, PLACES } from './subscription-requests';

/** Minutes that the server keeps an answer open; the most that the schema knows. */
const OPEN_MINUTES = 30;
const EVENT = record(PLACES);

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

const MARK = { Watermark: text(LONGEST_ID) };
const MARKED = record({ ...MARK, ...PLACES });
/** Whatever comes last says how far it went; of these that is all that is wanted. */
const ONLY_MARKED = { StatusEvent: record(MARK), NewMailEvent: record(MARK), FreeBusyChangedEvent: record(MARK) };

/** Source: learn.microsoft.com/exchange/client-developer/web-service-reference/getevents-operation. */
export function getEvents(subscriptionId: string, watermark: string): EwsOperation {
  const events = Object.fromEntries(EVENTS.map((name) => [`${name}Event`, MARKED]));
  return {
    name: 'GetEvents',
    content: { Notification: { ...record({ MoreEvents: text(8) }), entries: { ...events, ...ONLY_MARKED } } },
    request: () =>
      markup('m:GetEvents', {}, [markup('m:SubscriptionId', {}, subscriptionId), markup('m:Watermark', {}, watermark)]),
  };
}
