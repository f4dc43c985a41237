/** What an answer about a subscription says: one envelope of an open answer, or an answer to `GetEvents`. */
import { asText, type ForeignRecord, isRecord, listOf, ProviderError } from '@daybook/provider-port';
import { errorFromRefusal } from '../exchange.errors';
import { memberOf, type EwsRefusal, type ReadAnswer } from '../transport/response-messages';
import { LONGEST_ID } from './subscription-requests';

/** Something changed in these folders. */
interface Changed {
  readonly type: 'changed';
  readonly folderIds: readonly string[];
}

export type RefusedWord =
  /** The subscription is gone, or something was not told. */
  | { readonly type: 'lost' }
  /** No open answer is to be had here; calls may be answered all the same. */
  | { readonly type: 'none'; readonly error: ProviderError };

export type StreamedWord =
  | Changed
  | RefusedWord
  /** The connection stands: at its beginning, and about every three quarters of a minute. */
  | { readonly type: 'there' }
  /** The server ends the connection; the subscription lives on. */
  | { readonly type: 'closed' };

export type PulledWord =
  | Changed
  | RefusedWord
  /** How far that went; null where the server does not say. */
  | { readonly type: 'mark'; readonly watermark: string | null; readonly hasMore: boolean };

/**
 * After these another subscription is needed, and nobody knows what happened meanwhile.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/handling-notification-related-errors-in-ews-in-exchange.
 */
const LOST: ReadonlySet<string> = new Set([
  'ErrorSubscriptionNotFound',
  'ErrorExpiredSubscription',
  'ErrorInvalidSubscription',
  'ErrorInvalidPullSubscriptionId',
  'ErrorSubscriptionUnsubscribed',
  'ErrorNewEventStreamConnectionOpened',
  'ErrorMissedNotificationEvents',
  'ErrorInvalidWatermark',
  'ErrorReadEventsFailed',
]);

/** Counts open answers only: subscriptions have a count and a code of their own. */
const NO_PLACE = 'ErrorExceededConnectionCount';

/** @throws ProviderError where the server refuses to go on */
export const readWords = (answer: ReadAnswer): readonly StreamedWord[] => wordsOf<StreamedWord>(answer, streamedIn);

/** @throws ProviderError as above */
export const readPulled = (answer: ReadAnswer): readonly PulledWord[] => wordsOf<PulledWord>(answer, pulledIn);

function wordsOf<Word>(
  answer: ReadAnswer,
  wordsIn: (content: ForeignRecord) => readonly Word[],
): readonly (Word | RefusedWord)[] {
  if (answer.type === 'fault') return [refusedBy(answer.refusal)];
  return answer.messages.flatMap((message): readonly (Word | RefusedWord)[] =>
    message.ok ? wordsIn(message.content) : [refusedBy(message.refusal)],
  );
}

function refusedBy(refusal: EwsRefusal): RefusedWord {
  if (LOST.has(refusal.code)) return { type: 'lost' };
  const error = errorFromRefusal(refusal, { wrote: false, aboutOneCalendar: true });
  // A server without streaming has many ways to say so, and none that means nothing else.
  const isOfOpenAnswers = refusal.code === NO_PLACE || error.kind === 'Unknown';
  if (isOfOpenAnswers && error.retryAfterMs === null) return { type: 'none', error };
  throw error;
}

function streamedIn(content: ForeignRecord): readonly StreamedWord[] {
  const status = asText(content['ConnectionStatus'], 20).trim();
  return [
    ...changedIn(listOf(content['Notifications']).flatMap(listOf).filter(isRecord)),
    ...(status === 'OK' ? [{ type: 'there' as const }] : []),
    ...(status === 'Closed' ? [{ type: 'closed' as const }] : []),
  ];
}

function pulledIn(content: ForeignRecord): readonly PulledWord[] {
  const notification = memberOf(content, 'Notification') ?? {};
  const events = listOf(notification['entries']).filter(isRecord);
  const watermark = asText(events.at(-1)?.['Watermark'], LONGEST_ID).trim();
  const hasMore = /^\s*(?:true|1)\s*$/.test(asText(notification['MoreEvents'], 8));
  return [...changedIn(events), { type: 'mark', watermark: watermark === '' ? null : watermark, hasMore }];
}

function changedIn(events: readonly ForeignRecord[]): readonly Changed[] {
  const folderIds = [...new Set(events.flatMap(foldersOf))];
  return folderIds.length === 0 ? [] : [{ type: 'changed', folderIds }];
}

/** An item that moved is gone in one folder and new in the other. Folders themselves are read with the list of calendars. */
function foldersOf(event: ForeignRecord): readonly string[] {
  if (memberOf(event, 'ItemId') === null) return [];
  const names = event['element'] === 'MovedEvent' ? ['ParentFolderId', 'OldParentFolderId'] : ['ParentFolderId'];
  return names.map((name) => asText(memberOf(event, name)?.['Id'], LONGEST_ID)).filter((id) => id !== '');
}
