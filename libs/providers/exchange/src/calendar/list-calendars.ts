/**
 * The calendars of a mailbox: every folder of that kind, wherever it lies, except in the bin.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/findfolder-operation.
 */
import type { ZoneId } from '@daybook/domain';
import {
  asText,
  type ForeignRecord,
  isRecord,
  listOf,
  type ProviderAccess,
  ProviderError,
  type RemoteCalendar,
} from '@daybook/provider-port';
import type { EwsClient, EwsOperation } from '../transport/ews-client';
import { markup, type Markup } from '../transport/markup';
import { attributes, list, record, text } from '../transport/record-shape';
import { namedFolder } from './item-address';
import { fieldPath } from './item-fields';
import { mailboxZone } from './mailbox-zone';

const MOST_FOLDERS = 500;
const MOST_PAGES = 20;
const LONGEST_NAME = 512;

const FOLDER = record({
  FolderId: attributes('Id'),
  DisplayName: text(LONGEST_NAME),
  EffectiveRights: record({ CreateContents: text(20), Modify: text(20), Delete: text(20) }),
});
const SHAPE = markup('m:FolderShape', {}, [
  markup('t:BaseShape', {}, 'IdOnly'),
  markup('t:AdditionalProperties', {}, ['folder:DisplayName', 'folder:EffectiveRights'].map(fieldPath)),
]);

export async function* listCalendars(
  client: EwsClient,
  access: ProviderAccess,
): AsyncIterable<readonly RemoteCalendar[]> {
  const main = folderIn(await client.ask(access, GET_MAIN));
  const [all, binned] = [
    await foldersIn(client, access, 'msgfolderroot'),
    await foldersIn(client, access, 'deleteditems'),
  ];
  const zone = await mailboxZone(client, access);
  const hidden = new Set([...binned, main].map(idOfFolder));
  const others = all.filter((folder) => !hidden.has(idOfFolder(folder)));
  yield [
    calendarOf(main, { primary: true, zone }),
    ...others.map((folder) => calendarOf(folder, { primary: false, zone })),
  ];
}

function calendarOf(
  folder: ForeignRecord,
  { primary, zone }: { readonly primary: boolean; readonly zone: ZoneId | null },
): RemoteCalendar {
  const rights = isRecord(folder['EffectiveRights']) ? folder['EffectiveRights'] : {};
  const remoteId = idOfFolder(folder);
  return {
    remoteId,
    name: asText(folder['DisplayName'], LONGEST_NAME) || remoteId,
    colour: null,
    timeZone: zone,
    primary,
    writable: ['CreateContents', 'Modify'].every((right) => rights[right] === 'true'),
    shown: true,
    owned: true,
  };
}

const idOfFolder = ({ FolderId: id }: ForeignRecord): string => (isRecord(id) ? asText(id['Id'], 1024) : '');

const GET_MAIN: EwsOperation = {
  name: 'GetFolder',
  content: { Folders: list({ CalendarFolder: FOLDER }) },
  request: () => markup('m:GetFolder', {}, [SHAPE, markup('m:FolderIds', {}, [namedFolder('calendar')])]),
};

function folderIn(content: ForeignRecord): ForeignRecord {
  const [folder] = listOf(content['Folders']).filter(isRecord);
  if (folder === undefined) throw new ProviderError('NoMailbox', { detail: 'no calendar folder' });
  return folder;
}

async function foldersIn(client: EwsClient, access: ProviderAccess, root: string): Promise<readonly ForeignRecord[]> {
  const found: ForeignRecord[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { RootFolder: folder } = await client.ask(access, findCalendars(root, page * MOST_FOLDERS));
    if (!isRecord(folder)) throw new ProviderError('Unavailable', { detail: 'an answer without a folder' });
    found.push(...listOf(folder['Folders']).filter(isRecord));
    if (folder['IncludesLastItemInRange'] !== 'false') break;
  }
  return found.filter((folder) => idOfFolder(folder) !== '');
}

/** Also folders for one kind of appointments, such as birthdays: their class goes on behind a dot. */
const ARE_CALENDARS: Markup = markup('m:Restriction', {}, [
  markup('t:Contains', { ContainmentMode: 'Prefixed', ContainmentComparison: 'IgnoreCase' }, [
    fieldPath('folder:FolderClass'),
    markup('t:Constant', { Value: 'IPF.Appointment' }),
  ]),
]);

function findCalendars(root: string, offset: number): EwsOperation {
  const found = record({ Folders: list({ CalendarFolder: FOLDER }) }, ['IncludesLastItemInRange']);
  const view = { MaxEntriesReturned: MOST_FOLDERS, Offset: offset, BasePoint: 'Beginning' };
  return {
    name: 'FindFolder',
    content: { RootFolder: found },
    request: () =>
      markup('m:FindFolder', { Traversal: 'Deep' }, [
        SHAPE,
        markup('m:IndexedPageFolderView', view),
        ARE_CALENDARS,
        markup('m:ParentFolderIds', {}, [namedFolder(root)]),
      ]),
  };
}
