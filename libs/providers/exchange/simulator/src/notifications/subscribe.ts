import { isThisMachine } from '@daybook/simulator-kit';
import type { MailboxStore } from '../mailbox/mailbox-store';
import { folderNamed } from '../mailbox/named-folders';
import type { Call, Operation } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { responseOf, successMessage } from '../soap/response-messages';
import { childOf, childrenOf, element, textOf, type XmlElement } from '../wire/element';
import type { MailboxEvents } from './events/mailbox-events';
import type { PushWish } from './push/push-desk';
import type { Subscription, SubscriptionOrder } from './subscription';
import type { Subscriptions } from './subscriptions';

const OPERATION = 'Subscribe';
const MINUTE = 60_000;
/** A streaming subscription lives on for so long without a connection. */
const STREAMING_LIFETIME = 30 * MINUTE;

export interface Subscribing {
  readonly store: MailboxStore;
  readonly events: MailboxEvents;
  readonly subscriptions: Subscriptions;
  /** Told of each one that wants to be called back. */
  readonly onPush: (subscription: Subscription, wish: PushWish) => void;
}

/** `Subscribe`: for events that are fetched, streamed or sent to an address. */
export function subscribe(around: Subscribing): Operation {
  return (request, call) => {
    const [wish] = request.children;
    if (wish === undefined) throw invalid('There is nothing to subscribe to.');
    const url = wish.name === 'PushSubscriptionRequest' ? addressIn(wish) : null;
    const subscription = around.subscriptions.add(orderOf(around, wish, call));
    const { id, mailbox, position, kind } = subscription;
    if (url !== null) {
      const frequency = Number(textOf(wish, 'StatusFrequency')) * MINUTE;
      around.onPush(subscription, { url, frequency });
    }
    const mark = kind === 'streaming' ? null : element('Watermark', around.events.markOf(mailbox, position));
    return responseOf(OPERATION, [successMessage(OPERATION, [element('SubscriptionId', id), mark])]);
  };
}

const invalid = (message: string): EwsRefusal => new EwsRefusal('ErrorInvalidSubscriptionRequest', message);

/** @throws EwsRefusal as {@link foldersOf}, and ErrorInvalidWatermark */
function orderOf(around: Subscribing, wish: XmlElement, call: Call): SubscriptionOrder {
  const folders = foldersOf(around.store, wish, call);
  const { mailbox } = call;
  const end = around.events.watch(mailbox);
  const mark = textOf(wish, 'Watermark');
  const position = mark === null ? end : around.events.readMark(mailbox, mark);
  if (position === null) throw new EwsRefusal('ErrorInvalidWatermark', 'The watermark is invalid.');
  return {
    ...kindOf(wish),
    owner: mailbox,
    mailbox,
    types: new Set(childrenOf(childOf(wish, 'EventTypes'), 'EventType').map(({ text }) => text)),
    folders,
    position,
  };
}

function kindOf(wish: XmlElement): Pick<SubscriptionOrder, 'kind' | 'lifetime'> {
  if (wish.name === 'StreamingSubscriptionRequest') return { kind: 'streaming', lifetime: STREAMING_LIFETIME };
  if (wish.name === 'PushSubscriptionRequest') return { kind: 'push', lifetime: Infinity };
  return { kind: 'pull', lifetime: Number(textOf(wish, 'Timeout')) * MINUTE };
}

/**
 * Keys of the folders that are watched; null for all.
 * @throws EwsRefusal ErrorInvalidSubscriptionRequest, ErrorSubscriptionDelegateAccessNotSupported, and as `folderNamed`
 */
function foldersOf(store: MailboxStore, wish: XmlElement, call: Call): ReadonlySet<string> | null {
  const ids = childOf(wish, 'FolderIds')?.children ?? [];
  const isForAll = wish.attributes['SubscribeToAllFolders'] === 'true';
  if (isForAll === ids.length > 0) throw invalid('Either folders or all of them can be subscribed to.');
  if (isForAll) return null;
  const folders = ids.map((id) => folderNamed(store, id, { call, need: 'read' }));
  if (folders.some(({ mailbox }) => mailbox !== call.mailbox)) {
    const message = 'Subscriptions are not supported for delegate user access.';
    throw new EwsRefusal('ErrorSubscriptionDelegateAccessNotSupported', message);
  }
  return new Set(folders.map(({ key }) => key));
}

/** Nothing is sent to other machines. @throws EwsRefusal ErrorInvalidPushSubscriptionUrl */
function addressIn(wish: XmlElement): URL {
  const text = textOf(wish, 'URL') ?? '';
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.protocol !== 'http:' || !isThisMachine(url.hostname)) {
    throw new EwsRefusal(
      'ErrorInvalidPushSubscriptionUrl',
      `The push subscription URL is invalid: ${text.slice(0, 500)}`,
    );
  }
  return url;
}
