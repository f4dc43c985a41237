/**
 * The requests that change something, one each.
 * Sources: learn.microsoft.com/exchange/client-developer/web-service-reference/createitem-operation, …/updateitem-operation,
 * …/deleteitem-operation.
 */
import { asText, type ForeignRecord, isRecord, listOf, ProviderError } from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import type { EwsOperation } from '../transport/ews-client';
import { list, type Members } from '../transport/record-shape';
import { type FieldWrite, itemOfFields, updatesOf } from './field-write';
import { folderId, itemName } from './item-address';
import type { ItemDoor } from './item-door';
import { ITEM_ID } from './item-fields';
import { idOf } from './item-to-meeting';

const WRITTEN: Members = { Items: list({ CalendarItem: ITEM_ID }) };
const WRITE = { wrote: true, aboutOneCalendar: true, content: WRITTEN } as const;

const mailing = (notify: boolean): string => (notify ? 'SendToAllAndSaveCopy' : 'SendToNone');

/** Makes an item; gives its id. @throws ProviderError */
export async function createItem(
  { client, access, calendarRemoteId }: ItemDoor,
  fields: readonly FieldWrite[],
  notify: boolean,
): Promise<string> {
  const request = (): Markup =>
    markup('m:CreateItem', { SendMeetingInvitations: mailing(notify) }, [
      markup('m:SavedItemFolderId', {}, [folderId(calendarRemoteId)]),
      markup('m:Items', {}, [itemOfFields(fields)]),
    ]);
  return idIn(await client.ask(access, { name: 'CreateItem', ...WRITE, request }));
}

export interface ItemChange {
  readonly id: string;
  /** The version it is made for; null whatever is there. */
  readonly ifVersion: string | null;
  readonly fields: readonly FieldWrite[];
  readonly notify: boolean;
}

/** Changes fields of an item or occurrence; gives its id. @throws ProviderError `VersionConflict` where another version is there */
export async function updateItem(
  { client, access }: ItemDoor,
  { id, ifVersion, fields, notify }: ItemChange,
): Promise<string> {
  const how = {
    ConflictResolution: ifVersion === null ? 'AlwaysOverwrite' : 'NeverOverwrite',
    SendMeetingInvitationsOrCancellations: mailing(notify),
  };
  const name = itemName({ type: 'item', id, ...(ifVersion === null ? {} : { changeKey: ifVersion }) });
  const request = (): Markup =>
    markup('m:UpdateItem', how, [markup('m:ItemChanges', {}, [markup('t:ItemChange', {}, [name, updatesOf(fields)])])]);
  const operation: EwsOperation = { name: 'UpdateItem', ...WRITE, request };
  return idIn(await client.ask(access, operation));
}

/** Moves an item into the bin, or takes an occurrence out of its series. @throws ProviderError */
export async function deleteItem(
  { client, access }: ItemDoor,
  { id, version, notify }: { readonly id: string; readonly version: string; readonly notify: boolean },
): Promise<void> {
  const how = { DeleteType: 'MoveToDeletedItems', SendMeetingCancellations: mailing(notify) };
  const name = itemName({ type: 'item', id, changeKey: version });
  const request = (): Markup => markup('m:DeleteItem', how, [markup('m:ItemIds', {}, [name])]);
  await client.ask(access, { name: 'DeleteItem', ...WRITE, content: {}, request });
}

/** @throws ProviderError Unavailable where the answer names no item: what was written shows when it is looked for */
function idIn(content: ForeignRecord): string {
  const [item] = listOf(content['Items']).filter(isRecord);
  const id = item === undefined ? '' : asText(idOf(item), 1024);
  if (id === '') throw new ProviderError('Unavailable', { detail: 'an answer that names no item' });
  return id;
}
