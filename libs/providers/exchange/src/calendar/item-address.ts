/** Where calendars and items are, and what occurrences are called. */
import { markup, type Markup } from '../transport/markup';

/** Stands for the mailbox's own calendar before anybody knows its id. */
export const PRIMARY = 'primary';

export function folderId(calendarRemoteId: string): Markup {
  return calendarRemoteId === PRIMARY ? namedFolder('calendar') : markup('t:FolderId', { Id: calendarRemoteId });
}

/** A folder every mailbox has, by its name in the schema. */
export const namedFolder = (name: string): Markup => markup('t:DistinguishedFolderId', { Id: name });

/** How an item is named in a request. */
export type ItemName =
  | { readonly type: 'item'; readonly id: string; readonly changeKey?: string }
  /** `index` counts from 1, occurrences that were taken out too. */
  | { readonly type: 'occurrence'; readonly masterId: string; readonly index: number }
  | { readonly type: 'masterOf'; readonly occurrenceId: string };

export function itemName(name: ItemName): Markup {
  switch (name.type) {
    case 'item': {
      const { id, changeKey } = name;
      return markup('t:ItemId', { Id: id, ...(changeKey === undefined ? {} : { ChangeKey: changeKey }) });
    }
    case 'occurrence':
      return markup('t:OccurrenceItemId', { RecurringMasterId: name.masterId, InstanceIndex: name.index });
    case 'masterOf':
      return markup('t:RecurringMasterItemId', { OccurrenceId: name.occurrenceId });
  }
}

/** An occurrence that differs from its series. */
export interface OccurrenceName {
  readonly seriesRemoteId: string;
  /** Civil date of its original start in the zone of the series. */
  readonly date: string;
}

/**
 * The remote id of a changed or taken-out occurrence. Exchange has an id for a changed one only, and an occurrence must keep its
 * name when it is taken out. No id of an item, which is base64, can be mistaken for one.
 */
export function occurrenceId({ seriesRemoteId, date }: OccurrenceName): string {
  return `OID.${seriesRemoteId}.${date}`;
}

/** Null for what is no such name. */
export function readOccurrenceId(remoteId: string): OccurrenceName | null {
  const found = /^OID\.([^.]+)\.(\d{4}-\d\d-\d\d)$/.exec(remoteId);
  return found?.[1] === undefined || found[2] === undefined ? null : { seriesRemoteId: found[1], date: found[2] };
}
