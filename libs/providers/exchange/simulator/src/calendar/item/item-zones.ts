import { element, type XmlElement } from '../../wire/element';
import { accepted, type Outcome } from '../refusal';
import { UTC_ZONE, type CalendarZone } from '../zones/calendar-zone';
import { readZone } from '../zones/read-zone';
import { fieldOf, type Fields } from './fields';

export interface ItemZones {
  readonly start: CalendarZone;
  readonly end: CalendarZone;
}

const read = new WeakMap<XmlElement, CalendarZone>();

function zoneOfField(field: XmlElement): Outcome<CalendarZone> {
  const before = read.get(field);
  if (before !== undefined) return accepted(before);
  const zone = readZone(field);
  if (zone.ok) read.set(field, zone.value);
  return zone;
}

/**
 * The zones of an item: its own, else what Exchange 2007 called MeetingTimeZone, else that of the request.
 * Refused with ErrorTimeZone or ErrorCalendarInvalidTimeZone.
 */
export function readItemZones(fields: Fields, otherwise: CalendarZone): Outcome<ItemZones> {
  const own = fieldOf(fields, 'StartTimeZone') ?? fieldOf(fields, 'MeetingTimeZone');
  const start = own === null ? accepted(otherwise) : zoneOfField(own);
  if (!start.ok) return start;
  const last = fieldOf(fields, 'EndTimeZone');
  const end = last === null ? start : zoneOfField(last);
  return end.ok ? accepted({ start: start.value, end: end.value }) : end;
}

/** Zones of a stored item. */
export function zonesOf(fields: Fields): ItemZones {
  const zones = readItemZones(fields, UTC_ZONE);
  return zones.ok ? zones.value : { start: UTC_ZONE, end: UTC_ZONE };
}

/** How an item keeps its zone: by id, or as the client defined it. */
export function zoneField(name: 'StartTimeZone' | 'EndTimeZone', zone: CalendarZone): XmlElement {
  const periods = zone.definition?.children.some((child) => child.name === 'Periods') ? zone.definition.children : [];
  return element(name, periods, { Id: zone.id, Name: zone.name });
}
