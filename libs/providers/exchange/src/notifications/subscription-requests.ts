/**
 * Requests of subscriptions, whichever way their events come. Streaming ones are known to Exchange 2010 SP1 and later.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/notification-subscriptions-mailbox-events-and-ews-in-exchange.
 */
import { folderId } from '../calendar/item-address';
import type { EwsOperation } from '../transport/ews-client';
import { markup } from '../transport/markup';
import { attributes, text } from '../transport/record-shape';

/** Of a subscription, and of a watermark. */
export const LONGEST_ID = 1024;
/** Minutes that a subscription lives on without being asked; 1 to 1440 by the schema. What nobody gives back is soon no burden. */
const PULLED_MINUTES = 5;
/** What a calendar is watched for. */
export const EVENTS = ['Copied', 'Created', 'Deleted', 'Modified', 'Moved'] as const;

/** Where something happened. */
export const PLACES = {
  ItemId: attributes('Id'),
  ParentFolderId: attributes('Id'),
  OldParentFolderId: attributes('Id'),
};

export const subscribeToStream = (calendarRemoteIds: readonly string[]): EwsOperation =>
  subscribe('Streaming', calendarRemoteIds);

/** One whose events are asked for. Source: learn.microsoft.com/exchange/client-developer/web-service-reference/pullsubscriptionrequest. */
export const subscribeToPull = (calendarRemoteIds: readonly string[]): EwsOperation =>
  subscribe('Pull', calendarRemoteIds);

function subscribe(kind: 'Pull' | 'Streaming', calendarRemoteIds: readonly string[]): EwsOperation {
  const types = EVENTS.map((name) => markup('t:EventType', {}, `${name}Event`));
  const wish = markup(`m:${kind}SubscriptionRequest`, {}, [
    markup('t:FolderIds', {}, calendarRemoteIds.map(folderId)),
    markup('t:EventTypes', {}, types),
    ...(kind === 'Pull' ? [markup('t:Timeout', {}, String(PULLED_MINUTES))] : []),
  ]);
  return {
    name: 'Subscribe',
    aboutOneCalendar: true,
    content: { SubscriptionId: text(LONGEST_ID), Watermark: text(LONGEST_ID) },
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
