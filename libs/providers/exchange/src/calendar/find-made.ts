import { type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';
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
  if (calendar?.ok === false) throw calendar.error;
  // A bin one may not look into, as beside somebody else's calendar, tells nothing.
  return { id: firstId(calendar), isDeleted: bins.some((bin) => firstId(bin) !== null) };
}

function firstId(part: PartAnswer | undefined): string | null {
  const root: unknown = part?.ok === true ? part.content['RootFolder'] : null;
  const [item]: readonly ForeignRecord[] = isRecord(root) ? listOf(root['Items']).filter(isRecord) : [];
  return item === undefined || idOf(item) === '' ? null : idOf(item);
}

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
