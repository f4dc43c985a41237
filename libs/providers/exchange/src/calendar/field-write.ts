import { markup, type Markup } from '../transport/markup';

/** One field of an item to write. */
export interface FieldWrite {
  /** Of its element. */
  readonly name: string;
  readonly path: Markup;
  /** Null takes it away. */
  readonly value: Markup | null;
}

/** The order of the schema, of those fields that we write: another one is refused as a whole. */
const ORDER = [
  'Subject',
  'Sensitivity',
  'Body',
  'ExtendedProperty',
  'Start',
  'End',
  'IsAllDayEvent',
  'Location',
  'RequiredAttendees',
  'OptionalAttendees',
  'Resources',
  'Recurrence',
  'StartTimeZone',
  'EndTimeZone',
];

const place = ({ name }: FieldWrite): number => ORDER.indexOf(name);

/** A new item with these fields. */
export function itemOfFields(fields: readonly FieldWrite[]): Markup {
  const given = [...fields].sort((one, other) => place(one) - place(other));
  return markup(
    't:CalendarItem',
    {},
    given.flatMap(({ value }) => value ?? []),
  );
}

/** `Updates`: one for each field. */
export function updatesOf(fields: readonly FieldWrite[]): Markup {
  return markup('t:Updates', {}, fields.map(updateOf));
}

function updateOf({ path, value }: FieldWrite): Markup {
  if (value === null) return markup('t:DeleteItemField', {}, [path]);
  return markup('t:SetItemField', {}, [path, markup('t:CalendarItem', {}, [value])]);
}
