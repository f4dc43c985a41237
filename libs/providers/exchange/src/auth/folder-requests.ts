import { asText, type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import type { OneOperation } from '../transport/one-call';
import { attributes, list, record } from '../transport/record-shape';

const FOLDER = record({ FolderId: attributes('Id') });
const CONTENT = { Folders: list({ Folder: FOLDER, CalendarFolder: FOLDER }) };
const SHAPE = markup('m:FolderShape', {}, [markup('t:BaseShape', {}, 'IdOnly')]);

const named = (name: string, content: readonly Markup[] = []): Markup =>
  markup('t:DistinguishedFolderId', { Id: name }, content);

const getFolders = (ids: readonly Markup[]): OneOperation => ({
  name: 'GetFolder',
  content: CONTENT,
  request: () => markup('m:GetFolder', {}, [SHAPE, markup('m:FolderIds', {}, ids)]),
});

/**
 * The root of one's own mailbox and its calendar: two parts.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/getfolder-operation.
 */
export const OWN_FOLDERS: OneOperation = getFolders([named('msgfolderroot'), named('calendar')]);

/** The root of the mailbox with this address. */
export const rootOf = (email: string): OneOperation =>
  getFolders([named('msgfolderroot', [markup('t:Mailbox', {}, [markup('t:EmailAddress', {}, email)])])]);

/** Empty where the answer holds no folder. */
export function folderIdIn(content: ForeignRecord): string {
  const [folder] = listOf(content['Folders']).filter(isRecord);
  const id = folder?.['FolderId'];
  return isRecord(id) ? asText(id['Id'], 2048) : '';
}
