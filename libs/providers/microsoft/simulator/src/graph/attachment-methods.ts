import type { Answer } from '@daybook/simulator-kit';
import { fileAttachmentOf } from '../mailbox/attachment-building';
import type { FileAttachment, ItemRecord, OpenExtension } from '../mailbox/event-record';
import { withItem } from '../mailbox/item-of-series';
import type { Item } from '../mailbox/occurrences';
import { emptyAnswer, entityAnswer, listAnswer, setOf } from './answers';
import { attachmentResource } from './attachment-view';
import type { Call, Method } from './call';
import { writable } from './event-methods';
import { extensionResource } from './extension-view';
import { refusals } from './graph-error';

const ATTACHMENTS = 'events/*/attachments';
const EXTENSIONS = 'events/*/extensions';
const NAME = /^[A-Za-z][\w.]{0,149}$/;
const EXTENSION_ID = /^Microsoft\.OutlookServices\.OpenTypeExtension\./i;

/** Files of an event, and the bags of values applications hang on it. */
export const attachmentMethods: readonly Method[] = [
  { verb: 'GET', path: ATTACHMENTS, on: 'calendar', need: 'readFull', options: ['select', 'top'], run: list },
  { verb: 'POST', path: ATTACHMENTS, on: 'calendar', need: 'write', options: [], body: true, writes: true, run: add },
  { verb: 'GET', path: `${ATTACHMENTS}/*`, on: 'calendar', need: 'readFull', options: ['select'], run: get },
  { verb: 'DELETE', path: `${ATTACHMENTS}/*`, on: 'calendar', need: 'write', options: [], writes: true, run: remove },
  {
    verb: 'POST',
    path: EXTENSIONS,
    on: 'calendar',
    need: 'write',
    options: [],
    body: true,
    writes: true,
    run: addExtension,
  },
  { verb: 'GET', path: `${EXTENSIONS}/*`, on: 'calendar', need: 'readFull', options: [], run: getExtension },
  {
    verb: 'PATCH',
    path: `${EXTENSIONS}/*`,
    on: 'calendar',
    need: 'write',
    options: [],
    body: true,
    writes: true,
    run: patchExtension,
  },
  {
    verb: 'DELETE',
    path: `${EXTENSIONS}/*`,
    on: 'calendar',
    need: 'write',
    options: [],
    writes: true,
    run: removeExtension,
  },
];

function list(call: Call): Answer {
  const { item } = call.item(call.parts[0] ?? '');
  const shown = item.read().attachments.map((one) => JSON.stringify(cut(call, attachmentResource(one))));
  return listAnswer(call, { set: attachmentSet(call), items: shown });
}

const attachmentSet = (call: Call): string =>
  setOf(call, `events('${encodeURIComponent(call.parts[0] ?? '')}')/attachments`);

function cut({ options }: Call, whole: Record<string, unknown>): Record<string, unknown> {
  if (options.select === null) return whole;
  const kept = [...options.select, '@odata.type', '@odata.mediaContentType', 'id'];
  return Object.fromEntries(Object.entries(whole).filter(([name]) => kept.includes(name)));
}

function add(call: Call): Answer {
  if (typeof call.body !== 'object' || call.body === null) throw refusals.unreadableBody('An attachment is expected.');
  const attachment = fileAttachmentOf({ ...call.body }, call.setting.clock.now());
  change(call, 'addAttachment', (item) => ({ ...item, attachments: [...item.attachments, attachment] }));
  return entityAnswer(call, 201, attachmentSet(call), attachmentResource(attachment));
}

function get(call: Call): Answer {
  const { item } = call.item(call.parts[0] ?? '');
  return entityAnswer(call, 200, attachmentSet(call), cut(call, attachmentResource(attachmentOf(call, item))));
}

function attachmentOf({ parts }: Call, item: Item): FileAttachment {
  const found = item.read().attachments.find(({ id }) => id === parts[1]);
  if (found === undefined) throw refusals.itemNotFound();
  return found;
}

function remove(call: Call): Answer {
  const { item } = call.item(call.parts[0] ?? '');
  const { id } = attachmentOf(call, item);
  change(call, 'deleteAttachment', (record) => ({
    ...record,
    attachments: record.attachments.filter((one) => one.id !== id),
  }));
  return emptyAnswer(204);
}

const extensionSet = (call: Call): string =>
  setOf(call, `events('${encodeURIComponent(call.parts[0] ?? '')}')/extensions`);

function addExtension(call: Call): Answer {
  const { name, values } = extensionBody(call.body);
  if (name === null || !NAME.test(name)) throw refusals.invalidRequest('An extension needs a name.');
  const extension = { extensionName: name, values };
  change(call, 'addExtension', (item) => {
    if (item.extensions.some(({ extensionName }) => extensionName === name)) throw refusals.extensionExists(name);
    return { ...item, extensions: [...item.extensions, extension] };
  });
  return entityAnswer(call, 201, extensionSet(call), extensionResource(extension));
}

function getExtension(call: Call): Answer {
  const { item } = call.item(call.parts[0] ?? '');
  return entityAnswer(call, 200, extensionSet(call), extensionResource(extensionOf(call, item)));
}

function extensionOf({ parts }: Call, item: Item): OpenExtension {
  const wanted = (parts[1] ?? '').replace(EXTENSION_ID, '');
  const found = item.read().extensions.find(({ extensionName }) => extensionName === wanted);
  if (found === undefined) throw refusals.itemNotFound();
  return found;
}

function patchExtension(call: Call): Answer {
  const { item } = call.item(call.parts[0] ?? '');
  const { extensionName, values } = extensionOf(call, item);
  const next = { extensionName, values: { ...values, ...extensionBody(call.body).values } };
  change(call, 'updateExtension', (record) => ({
    ...record,
    extensions: record.extensions.map((one) => (one.extensionName === extensionName ? next : one)),
  }));
  return entityAnswer(call, 200, extensionSet(call), extensionResource(next));
}

function removeExtension(call: Call): Answer {
  const { item } = call.item(call.parts[0] ?? '');
  const { extensionName } = extensionOf(call, item);
  change(call, 'deleteExtension', (record) => ({
    ...record,
    extensions: record.extensions.filter((one) => one.extensionName !== extensionName),
  }));
  return emptyAnswer(204);
}

function extensionBody(body: unknown): { name: string | null; values: Record<string, unknown> } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refusals.unreadableBody('An extension is expected.');
  const { extensionName, id: _id, ...rest } = Object.fromEntries(Object.entries(body));
  const values = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.includes('@')));
  return { name: typeof extensionName === 'string' ? extensionName : null, values };
}

/** Changes an item, or the one occurrence that is meant: it becomes an exception of its series by that. */
function change(call: Call, operation: string, make: (item: ItemRecord) => ItemRecord): void {
  const { place, item } = call.item(call.parts[0] ?? '');
  const changed = { ...make(item.read()), updatedAt: call.setting.clock.now() };
  const next = withItem(item.event.record, item.day, changed);
  call.setting.writer.save(writable(place).store, next, call.writing(operation), item.day);
}
