import type { Answer } from '@daybook/simulator-kit';
import { etagOf } from '../mailbox/event-etag';
import type { Item } from '../mailbox/occurrences';
import { canonicalPropertyId } from '../mailbox/property-ids';
import { occurrenceOn } from '../mailbox/occurrences';
import { entityTextAnswer, setOf } from './answers';
import { attachmentResource } from './attachment-view';
import type { Call, Place } from './call';
import { calendarResource } from './calendar-view';
import { cancelledOccurrences, eventId, eventJson, EVENT_MEMBERS, eventResource } from './event-view';
import { extensionResource } from './extension-view';
import { refusals } from './graph-error';
import { idsOfFilter } from './odata/event-filter';
import type { ExpandPart } from './query-options';

/** One event, cut and widened as the query asks. Notes it as served. */
export function eventAnswer(call: Call, status: number, place: Place, item: Item): Answer {
  noteServed(call, place, [item]);
  const answer = entityTextAnswer(call, status, setOf(call, 'events'), eventText(call, place, item));
  return { ...answer, headers: { ...answer.headers, etag: etagOf(place.store, item.event) } };
}

/** The JSON of an event for this call; without `$select` and `$expand` a text that is kept. */
export function eventText(call: Call, place: Place, item: Item): string {
  const { select, expand } = call.options;
  if (select === null && expand.length === 0) return eventJson(place.store, item, place.manner);
  const whole = eventResource(place.store, item, place.manner);
  const widened = Object.assign({}, ...expand.map((part) => expansion(call, place, item, part)));
  if (select === null || select.includes('*')) return JSON.stringify({ ...whole, ...widened });
  const chosen: [string, unknown][] = select.map((name) => [
    name,
    name === 'cancelledOccurrences' ? cancelledOccurrences(item, place.manner.immutable) : whole[name],
  ]);
  const { '@odata.etag': etag, id } = whole;
  return JSON.stringify({ '@odata.etag': etag, id, ...Object.fromEntries(chosen), ...widened });
}

/** @throws GraphError 400 for a name no event has */
export function checkSelect({ options, version }: Call): void {
  const known = (name: string): boolean =>
    name === '*' || EVENT_MEMBERS.has(name) || (version === 'beta' && ['uid', 'occurrenceId'].includes(name));
  const unknown = options.select?.find((name) => !known(name));
  if (unknown !== undefined) {
    throw refusals.badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.event'.`,
    );
  }
}

export function noteServed(call: Call, { store, manner }: Place, items: readonly Item[]): void {
  const { ledger, clock } = call.setting;
  const rows = items.map((item) => ({ id: eventId(item, manner.immutable), etag: etagOf(store, item.event) }));
  ledger.noteServed(call.box.email, clock.now(), rows);
}

function expansion(call: Call, place: Place, item: Item, { name, options }: ExpandPart): Record<string, unknown> {
  const record = item.read();
  const filter = options['filter'];
  switch (name) {
    case 'singleValueExtendedProperties':
      return given(name, chosenProperties(record.singleValues, filter));
    case 'multiValueExtendedProperties':
      return given(name, chosenProperties(record.multiValues, filter));
    case 'extensions': {
      const names = filter === undefined ? null : idsOfFilter(filter, (id) => id.replace(EXTENSION_PREFIX, ''));
      const chosen = record.extensions.filter(({ extensionName }) => names?.includes(extensionName) ?? true);
      return { extensions: chosen.map(extensionResource) };
    }
    case 'attachments':
      return { attachments: record.attachments.map(attachmentResource) };
    case 'calendar':
      return { calendar: calendarResource(call, place) };
    case 'exceptionOccurrences':
      return { exceptionOccurrences: exceptionsOf(item).map((one) => eventResource(place.store, one, place.manner)) };
    default:
      throw refusals.badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.event'.`,
      );
  }
}

const EXTENSION_PREFIX = /^Microsoft\.OutlookServices\.OpenTypeExtension\./i;

/** Properties come only by name. @throws GraphError 400 without a filter on ids */
function chosenProperties<T extends { id: string }>(values: readonly T[], filter: string | undefined): T[] {
  if (filter === undefined) throw refusals.query('Expanding extended properties needs a filter on their ids.');
  const wanted = idsOfFilter(filter, canonicalPropertyId);
  return values.filter(({ id }) => wanted.includes(id));
}

/** What an item does not have does not appear. */
const given = (name: string, values: readonly unknown[]): Record<string, unknown> =>
  values.length === 0 ? {} : { [name]: values };

const exceptionsOf = (item: Item): Item[] =>
  item.type === 'seriesMaster'
    ? Object.keys(item.event.record.exceptions).flatMap((day) => occurrenceOn(item.event, day) ?? [])
    : [];
