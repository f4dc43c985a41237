import { element, type XmlElement } from '../wire/element';
import { valueAt, type Fields } from './places';
import { fieldPath, type ExtendedPath, type PropertyPath } from './property-path';

/** MAPI properties that are the same as a field of the schema ([MS-OXPROPS] section 2); clients ask for them by tag. */
const MIRRORS: Readonly<Record<string, string>> = {
  'tag:55:String': 'Subject',
  'tag:3613:String': 'Subject',
  'tag:26:String': 'ItemClass',
  'tag:12289:String': 'DisplayName',
  'tag:12295:SystemTime': 'DateTimeCreated',
  'tag:12296:SystemTime': 'LastModifiedTime',
  'tag:3590:SystemTime': 'DateTimeReceived',
  'tag:57:SystemTime': 'DateTimeSent',
  'tag:3592:Integer': 'Size',
  'tag:3588:String': 'DisplayTo',
  'tag:3587:String': 'DisplayCc',
  'tag:4149:String': 'InternetMessageId',
  'tag:13843:String': 'FolderClass',
  'tag:13826:Integer': 'TotalCount',
  '00062002-0000-0000-c000-000000000046:id:33293:SystemTime': 'Start',
  '00062002-0000-0000-c000-000000000046:id:33294:SystemTime': 'End',
  '00062002-0000-0000-c000-000000000046:id:33288:String': 'Location',
  '00062002-0000-0000-c000-000000000046:id:33301:Boolean': 'IsAllDayEvent',
};

/** Ids of a kind that is base64, as the ids here are (PidTagEntryId, PidTagSourceKey, PidTagRecordKey). */
const IDS = new Set(['tag:4095:Binary', 'tag:26080:Binary', 'tag:4089:Binary']);

/** Mirrors for those of the asked properties that are not kept as such. */
export function mirrorsOf(fields: Fields, asked: readonly PropertyPath[]): XmlElement[] {
  return asked.flatMap((path) => {
    if (path.kind !== 'extended' || valueAt(fields, path) !== null) return [];
    const property = mirrored(fields, path);
    return property === null ? [] : [property];
  });
}

/** The extended property that mirrors a field of an item or folder; null when there is nothing to mirror. */
function mirrored(fields: Fields, path: ExtendedPath): XmlElement | null {
  const text = IDS.has(path.key) ? idIn(fields) : textIn(fields, MIRRORS[path.key]);
  return text === null ? null : element('ExtendedProperty', [path.element, element('Value', text)]);
}

const idIn = (fields: Fields): string | null =>
  fields.find(({ name }) => name === 'ItemId' || name === 'FolderId')?.attributes['Id'] ?? null;

const textIn = (fields: Fields, name: string | undefined): string | null =>
  name === undefined ? null : (valueAt(fields, fieldPath(name))?.text ?? null);
