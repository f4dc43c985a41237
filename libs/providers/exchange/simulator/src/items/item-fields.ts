import type { Call } from '../soap/operation';
import { EwsRefusal } from '../soap/refusal';
import { complexType } from '../wire/schema';
import { primitiveOf } from '../wire/text-values';
import type { CalendarRules } from './calendar-rules';
import { checkExtendedProperty } from './extended-values';
import { itemType } from './item-kinds';
import type { Fields } from './places';
import { isReadOnly } from './read-only-fields';

/** Times that say themselves how they are to be read: a wall clock has no offset. */
const AS_GIVEN = new Set(['StartWallClock', 'EndWallClock']);

/** @throws EwsRefusal ErrorInvalidPropertySet for what only the server makes */
export function checkSettable(fields: Fields, kind: string): void {
  const wrong = fields.find(({ name }) => isReadOnly(name) && !(name === 'IsRecurring' && kind !== 'CalendarItem'));
  if (wrong !== undefined) throw cannotSet();
}

export const cannotSet = (): EwsRefusal =>
  new EwsRefusal('ErrorInvalidPropertySet', 'Set action is invalid for property.');

/**
 * Fields as they are kept: times in UTC, extended properties checked. The calendar reads its times itself, since they depend
 * on zones that are fields, too.
 * @throws EwsRefusal ErrorInvalidExtendedProperty, ErrorInvalidExtendedPropertyValue
 */
export function normalFields(fields: Fields, kind: string, { calendar, call }: Normalising): Fields {
  fields.filter(({ name }) => name === 'ExtendedProperty').forEach(checkExtendedProperty);
  if (kind === 'CalendarItem') return fields;
  const elements = complexType(itemType(kind) ?? '')?.elements;
  return fields.map((field) => {
    const isTime = primitiveOf(elements?.get(field.name)?.type ?? '') === 'xs:dateTime';
    return isTime && !AS_GIVEN.has(field.name) ? { ...field, text: calendar.timeText(field.text, call) } : field;
  });
}

interface Normalising {
  readonly calendar: CalendarRules;
  readonly call: Call;
}
