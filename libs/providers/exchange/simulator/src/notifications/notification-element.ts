import type { MailboxStore } from '../mailbox/mailbox-store';
import { element, type XmlElement } from '../wire/element';
import type { LoggedEvent } from './events/event-log';
import type { Subscription } from './subscription';
import type { Told } from './subscriptions';

interface Marking {
  readonly store: MailboxStore;
  /** Mark of a position; null where events come without marks, as in a stream. */
  readonly mark: ((position: number) => string) | null;
}

/** `Notification`: what one subscriber is told at once. With marks, nothing to tell is a `StatusEvent`. */
export function notification(
  { id, position }: Pick<Subscription, 'id' | 'position'>,
  { events, hasMore, end }: Told,
  { store, mark }: Marking,
): XmlElement {
  const unread = new Map<string, number>();
  const told = events.map((event) => eventElement(event, mark, () => unreadIn(store, event.counted, unread)));
  if (mark === null) return element('Notification', [element('SubscriptionId', id), ...told]);
  const status = element('StatusEvent', [element('Watermark', mark(end))]);
  return element('Notification', [
    element('SubscriptionId', id),
    element('PreviousWatermark', mark(position)),
    element('MoreEvents', hasMore),
    ...(told.length === 0 ? [status] : told),
  ]);
}

function eventElement(
  { type, content, position }: LoggedEvent,
  mark: Marking['mark'],
  unread: () => number | null,
): XmlElement {
  const count = unread();
  return element(type, [
    mark === null ? null : element('Watermark', mark(position)),
    ...content,
    count === null ? null : element('UnreadCount', count),
  ]);
}

/** Counted once for all events that are told together. */
function unreadIn(store: MailboxStore, key: string | null, known: Map<string, number>): number | null {
  if (key === null) return null;
  const before = known.get(key);
  if (before !== undefined) return before;
  const count = store
    .itemsIn(key)
    .filter(({ fields }) => fields.some(({ name, text }) => name === 'IsRead' && text === 'false')).length;
  known.set(key, count);
  return count;
}
