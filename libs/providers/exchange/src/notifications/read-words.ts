/** What one envelope of an open answer says. */
import { asText, type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';
import { errorFromRefusal } from '../exchange.errors';
import { memberOf, type ReadAnswer, type ResponseMessage } from '../transport/response-messages';
import { LONGEST_ID } from './streaming-requests';

export type StreamedWord =
  /** The connection stands: at its beginning, and about every three quarters of a minute. */
  | { readonly type: 'there' }
  /** Something changed in these folders. */
  | { readonly type: 'changed'; readonly folderIds: readonly string[] }
  /** The server ends the connection; the subscription lives on. */
  | { readonly type: 'closed' }
  /** The subscription is gone, or something was not told. */
  | { readonly type: 'lost' };

/**
 * After these another subscription is needed, and nobody knows what happened meanwhile.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/handling-notification-related-errors-in-ews-in-exchange.
 */
const LOST: ReadonlySet<string> = new Set([
  'ErrorSubscriptionNotFound',
  'ErrorExpiredSubscription',
  'ErrorInvalidSubscription',
  'ErrorSubscriptionUnsubscribed',
  'ErrorNewEventStreamConnectionOpened',
  'ErrorMissedNotificationEvents',
  'ErrorInvalidWatermark',
  'ErrorReadEventsFailed',
]);

/** @throws ProviderError where the server refuses to go on */
export function readWords(answer: ReadAnswer): readonly StreamedWord[] {
  const asked = { wrote: false, aboutOneCalendar: true };
  if (answer.type === 'fault') throw errorFromRefusal(answer.refusal, asked);
  return answer.messages.flatMap((message) => {
    if (message.ok) return wordsIn(message);
    if (LOST.has(message.refusal.code)) return [{ type: 'lost' as const }];
    throw errorFromRefusal(message.refusal, asked);
  });
}

function wordsIn({ content }: Extract<ResponseMessage, { ok: true }>): readonly StreamedWord[] {
  const events = listOf(content['Notifications']).flatMap(listOf).filter(isRecord);
  const folderIds = [...new Set(events.flatMap(foldersOf))];
  const status = asText(content['ConnectionStatus'], 20).trim();
  return [
    ...(folderIds.length === 0 ? [] : [{ type: 'changed' as const, folderIds }]),
    ...(status === 'OK' ? [{ type: 'there' as const }] : []),
    ...(status === 'Closed' ? [{ type: 'closed' as const }] : []),
  ];
}

/** An item that moved is gone in one folder and new in the other. Folders themselves are read with the list of calendars. */
function foldersOf(event: ForeignRecord): readonly string[] {
  if (memberOf(event, 'ItemId') === null) return [];
  const names = event['element'] === 'MovedEvent' ? ['ParentFolderId', 'OldParentFolderId'] : ['ParentFolderId'];
  return names.map((name) => asText(memberOf(event, name)?.['Id'], LONGEST_ID)).filter((id) => id !== '');
}
