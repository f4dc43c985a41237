import { isRecord, listOf, ProviderError, type ProviderErrorKind } from '@daybook/provider-port';
import { markup } from '../transport/markup';
import type { EwsOperation, PartAnswer } from '../transport/ews-client';
import { list, record } from '../transport/record-shape';
import { folderId, namedFolder } from './item-address';
import type { ItemDoor } from './item-door';
import { bareShape, ITEM_ID } from './item-fields';
import { KEY_PATH } from './item-note';
import { idOf } from './item-to-meeting';

/** Where deleted items are, for as long as anybody can bring them back. */
const BINS = ['deleteditems', 'recoverableitemsdeletions'];

export interface FoundMade {
  /** Null where the calendar has none. */
  readonly id: string | null;
  /** Whether one lies where deleted items are. */
  readonly isDeleted: boolean;
}

/**
 * What a create with this key has made: Exchange itself makes another item of each request. @throws ProviderError, `Gone` where
 * the calendar is
 */
export async function findMade({ client, access, calendarRemoteId }: ItemDoor, key: string): Promise<FoundMade> {
  const { parts } = await client.call(access, findByKey(calendarRemoteId, key));
  const [calendar, ...bins] = parts;
  if (calendar === undefined || bins.length !== BINS.length) throw halfAnAnswer();
  if (!calendar.ok) throw calendar.error;
  const refused = bins.find((bin) => !bin.ok);
  if (refused?.ok === false && !TELLS_NOTHING.has(refused.error.kind)) throw refused.error;
  return { id: firstId(calendar), isDeleted: bins.some((bin) => bin.ok && firstId(bin) !== null) };
}

/** Of a bin one may not look into, or that is not there: what was made is not in it. Whatever else is said, it may be. */
const TELLS_NOTHING: ReadonlySet<ProviderErrorKind> = new Set(['PermissionMissing', 'Gone']);

/** Null where there is none. @throws ProviderError where that is not said: what was made would be made again */
function firstId({ content }: Extract<PartAnswer, { ok: true }>): string | null {
  const { RootFolder: root } = content;
  if (!isRecord(root)) throw halfAnAnswer();
  const [item] = listOf(root['Items']).filter(isRecord);
  return item === undefined || idOf(item) === '' ? null : idOf(item);
}

const halfAnAnswer = (): ProviderError => new ProviderError('Unavailable', { detail: 'half an answer to a search' });

function findByKey(calendarRemoteId: string, key: string): EwsOperation {
  return {
    name: 'FindItem',
    aboutOneCalendar: true,
    content: { RootFolder: record({ Items: list({ CalendarItem: ITEM_ID }) }) },
    request: () =>
      markup('m:FindItem', { Traversal: 'Shallow' }, [
        bareShape(),
        markup('m:Restriction', {}, [
          markup('t:IsEqualTo', {}, [
            KEY_PATH,
            markup('t:FieldURIOrConstant', {}, [markup('t:Constant', { Value: key })]),
          ]),
        ]),
        markup('m:ParentFolderIds', {}, [folderId(calendarRemoteId), ...BINS.map(namedFolder)]),
      ]),
  };
}
