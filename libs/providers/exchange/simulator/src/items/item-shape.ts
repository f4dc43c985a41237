import { childOf, element, textOf, type XmlElement } from '../wire/element';
import { complexType } from '../wire/schema';
import { bodyIn } from './body-text';
import { defaultNames } from './default-shapes';
import { itemType } from './item-kinds';
import { mimeOf } from './mime';
import { mirrorsOf } from './mirrored-properties';
import { fieldsAt } from './places';
import { fieldPath, readPath, type PropertyPath } from './property-path';

/** What an `ItemShape` asks for. */
export interface ItemShape {
  readonly base: string;
  readonly includesMime: boolean;
  /** Values of `BodyTypeResponseType`. */
  readonly bodyType: string;
  readonly uniqueBodyType: string;
  readonly normalizedBodyType: string;
  readonly mostBody: number | null;
  readonly paths: readonly PropertyPath[];
}

/** @throws EwsRefusal ErrorInvalidExtendedProperty */
export function readItemShape(shape: XmlElement | null): ItemShape {
  const most = textOf(shape, 'MaximumBodySize');
  return {
    base: textOf(shape, 'BaseShape') ?? 'IdOnly',
    includesMime: textOf(shape, 'IncludeMimeContent') === 'true',
    bodyType: textOf(shape, 'BodyType') ?? 'Best',
    uniqueBodyType: textOf(shape, 'UniqueBodyType') ?? 'Best',
    normalizedBodyType: textOf(shape, 'NormalizedBodyType') ?? 'Best',
    mostBody: most === null ? null : Number(most),
    paths: (childOf(shape, 'AdditionalProperties')?.children ?? []).map(readPath),
  };
}

/** Lists leave these out, whatever is asked: they come with `GetItem` only (learn.microsoft.com, "FindItem operation"). */
const NOT_LISTED = new Set([
  'Body',
  'UniqueBody',
  'NormalizedBody',
  'TextBody',
  'MimeContent',
  'Attachments',
  'ToRecipients',
  'CcRecipients',
  'BccRecipients',
  'ReplyTo',
  'RequiredAttendees',
  'OptionalAttendees',
  'Resources',
  'ResponseObjects',
  'InternetMessageHeaders',
  'ModifiedOccurrences',
  'DeletedOccurrences',
  'Members',
]);
/** Comes only when it is asked for by name. */
const ONLY_NAMED = new Set(['ExtendedProperty', 'UniqueBody', 'NormalizedBody', 'TextBody', 'MimeContent', 'Preview']);

/** The part of a whole item that a shape asks for; `isList` for answers that list items (`FindItem`, `SyncFolderItems`). */
export function shapedItem(whole: XmlElement, shape: ItemShape, isList: boolean): XmlElement {
  const source = [...whole.children, ...made(whole, shape)].map((field) =>
    field.name === 'Body' ? (bodyIn(field, shape.bodyType, shape.mostBody) ?? field) : field,
  );
  const names = baseNames(whole, shape.base);
  const mime = shape.includesMime ? [fieldPath('item:MimeContent')] : [];
  const asked = [...names.map((name) => fieldPath(`item:${name}`)), ...mime, ...shape.paths];
  const wanted = isList ? asked.filter((path) => path.kind !== 'field' || !NOT_LISTED.has(path.name)) : asked;
  const children = fieldsAt(source, wanted);
  return { ...whole, children: onlyKnown(whole.name, [...children, ...mirrorsOf(source, wanted)]) };
}

function baseNames(whole: XmlElement, base: string): readonly string[] {
  if (base === 'IdOnly') return ['ItemId'];
  if (base === 'Default') return defaultNames(whole.name);
  return whole.children.map(({ name }) => name).filter((name) => !ONLY_NAMED.has(name));
}

/** Fields of other kinds of items are passed over: a message has no phone numbers, whoever asks. */
function onlyKnown(kind: string, fields: readonly XmlElement[]): XmlElement[] {
  const known = complexType(itemType(kind) ?? '')?.elements;
  return fields.filter(({ name }) => known?.has(name) ?? true);
}

/** What is made for this answer only, when it is asked for. */
function made(
  whole: XmlElement,
  { paths, uniqueBodyType, normalizedBodyType, includesMime, mostBody }: ItemShape,
): XmlElement[] {
  const body = childOf(whole, 'Body');
  const asks = (name: string): boolean => paths.some((path) => path.kind === 'field' && path.name === name);
  const bodyAs = (name: string, type: string): XmlElement[] => {
    const made = asks(name) ? bodyIn(body, type, mostBody) : null;
    return made === null ? [] : [{ ...made, name }];
  };
  const preview = asks('Preview') ? (bodyIn(body, 'Text', null)?.text.slice(0, 255) ?? '') : null;
  const hasMime = childOf(whole, 'MimeContent') !== null;
  return [
    ...bodyAs('UniqueBody', uniqueBodyType),
    ...bodyAs('NormalizedBody', normalizedBodyType),
    ...bodyAs('TextBody', 'Text'),
    ...(preview === null ? [] : [element('Preview', preview)]),
    ...(!hasMime && (includesMime || asks('MimeContent')) ? [mimeOf(whole)] : []),
  ];
}
