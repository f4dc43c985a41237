import { element, type XmlElement } from '../../wire/element';
import { recurrenceElement } from '../recurrence/recurrence-element';
import type { Recurrence } from '../recurrence/recurrence';
import { type Outcome, refused } from '../refusal';
import { checkedSeries } from '../series/change-series';
import type { CalendarZone } from '../zones/calendar-zone';
import { dateTimeText } from '../zones/date-texts';
import {
  attendeesOf,
  displayFields,
  isSamePerson,
  mailboxElement,
  namesNobody,
  organizerOf,
  trackedAttendees,
  type Person,
} from './attendees';
import {
  booleanField,
  fieldOf,
  isSameElement,
  numberField,
  textField,
  withFields,
  withoutFields,
  type Fields,
} from './fields';
import { readItemZones, zoneField, type ItemZones } from './item-zones';
import { readOnlyRefusal, type WriteKind } from './read-only-fields';
import { settledTimes, type SettledTimes } from './settled-times';
import { timeFields, timesOf, whenOf } from './time-fields';

export interface NormaliseContext {
  readonly kind: WriteKind;
  /** Names of the fields that the client sets in this request; none for what the server itself writes. */
  readonly sent: readonly string[];
  /** What was stored; null for a new item. */
  readonly before: Fields | null;
  /** Of the request's TimeZoneContext, else of the mailbox: for times without offset and items without a zone. */
  readonly zone: CalendarZone;
  /** Whose calendar it is. */
  readonly owner: Person;
  /** Epoch milliseconds. */
  readonly now: number;
  /** For an item without one, see `globalObjectId`. */
  readonly uid: string;
}

/** MS-OXOCAL 2.2.1.10 */
const STATE = { meeting: 1, received: 2, cancelled: 4 };

/**
 * A calendar item as the server keeps and serves it: times in UTC, whole days, zones by id, the rule begun at its first
 * day, and everything that follows from these computed. Doing it twice changes nothing.
 * Refused with ErrorInvalidPropertySet, ErrorMissingInformationEmailAddress, ErrorTimeZone and what `settledTimes` and `checkedSeries` refuse.
 */
export function normaliseCalendarItem(fields: Fields, context: NormaliseContext): Outcome<Fields> {
  const { kind, sent, before } = context;
  const readOnly = readOnlyRefusal(sent, kind);
  if (readOnly !== null) return readOnly;
  if (namesNobody(fields, sent)) return refused('ErrorMissingInformationEmailAddress', 'The mailbox has no address.');
  const zones = readItemZones(withChosenZone(fields, sent), context.zone);
  if (!zones.ok) return zones;
  const settled = settledTimes(fields, before, zones.value);
  if (!settled.ok) return settled;
  const { times, recurrence } = settled.value;
  const people = trackedAttendees(withDefaults(fields, context), before);
  const placed = withFields(withoutFields(people, ['MeetingTimeZone', 'DisplayTo', 'DisplayCc']), [
    ...timeFields(times),
    ...zoneFields(zones.value),
    ...displayFields(people),
    ...(recurrence === null ? [] : [recurrenceElement(recurrence, zones.value.start)]),
    element('DateTimeStamp', dateTimeText(context.now)),
  ]);
  const whole = withFields(placed, roleFields(placed, { ...context, recurrence }));
  return checkedSeries(withWhen(withSequence(whole, before), before, settled.value));
}

/** Who names a zone in the words of Exchange 2007 means that one, whatever the item had before. */
const withChosenZone = (fields: Fields, sent: readonly string[]): Fields =>
  sent.includes('MeetingTimeZone') && !sent.includes('StartTimeZone')
    ? withoutFields(fields, ['StartTimeZone', 'EndTimeZone'])
    : fields;

const zoneFields = ({ start, end }: ItemZones): Fields => [
  zoneField('StartTimeZone', start),
  zoneField('EndTimeZone', end),
];

/** What a new item has when its client says nothing of it. */
function withDefaults(fields: Fields, { owner, uid, before }: NormaliseContext): Fields {
  const defaults = [
    element('UID', uid),
    element('Organizer', [mailboxElement(owner)]),
    element('MeetingRequestWasSent', false),
    element('AppointmentSequenceNumber', 0),
  ];
  // A client may delete these later; then they stay away.
  const atFirst = [
    element('LegacyFreeBusyStatus', 'Busy'),
    element('IsResponseRequested', true),
    element('AllowNewTimeProposal', true),
    element('ConferenceType', 0),
    element('ReminderIsSet', true),
    element('ReminderMinutesBeforeStart', 15),
  ];
  const missing = [...defaults, ...(before === null ? atFirst : [])].filter(
    ({ name }) => (fieldOf(fields, name) ?? null) === null || (name === 'UID' && textField(fields, name) === ''),
  );
  return withFields(fields, missing);
}

type Role = Pick<NormaliseContext, 'kind' | 'owner'> & { readonly recurrence: Recurrence | null };

/** What the item is to the owner of its calendar. */
function roleFields(fields: Fields, { kind, owner, recurrence }: Role): Fields {
  const isOrganizer = isSamePerson(organizerOf(fields).address, owner.address);
  const isMeeting = !isOrganizer || attendeesOf(fields).length > 0;
  const isCancelled = booleanField(fields, 'IsCancelled');
  const isOccurrence = kind === 'updateOccurrence';
  const state =
    (isMeeting ? STATE.meeting : 0) + (isOrganizer ? 0 : STATE.received) + (isCancelled ? STATE.cancelled : 0);
  return [
    element('IsOrganizer', isOrganizer),
    element('IsMeeting', isMeeting),
    element('IsCancelled', isCancelled),
    // True for occurrences only: a master is none of its series.
    element('IsRecurring', isOccurrence),
    element('CalendarItemType', isOccurrence ? 'Exception' : recurrence === null ? 'Single' : 'RecurringMaster'),
    element('MyResponseType', isOrganizer ? 'Organizer' : answerOf(fields)),
    element('AppointmentState', state),
  ];
}

function answerOf(fields: Fields): string {
  const answer = textField(fields, 'MyResponseType');
  return answer === null || answer === 'Organizer' ? 'NoResponseReceived' : answer;
}

const SIGNIFICANT = ['Start', 'End', 'Recurrence'];

/** The organizer's number of the meeting's version rises with its times (MS-OXOCAL 3.1.4.6.2). */
function withSequence(fields: Fields, before: Fields | null): Fields {
  if (before === null || !booleanField(fields, 'IsOrganizer') || !booleanField(fields, 'IsMeeting')) return fields;
  const isSame = SIGNIFICANT.every((name) => isSameElement(fieldOf(before, name), fieldOf(fields, name)));
  const sequence = numberField(before, 'AppointmentSequenceNumber');
  return isSame ? fields : withFields(fields, [element('AppointmentSequenceNumber', sequence + 1)]);
}

/** The server's own words, unless a client has chosen others. */
function withWhen(fields: Fields, before: Fields | null, { times, recurrence }: SettledTimes): Fields {
  const given = textField(fields, 'When');
  const own = before === null ? null : ownWhen(before);
  const isChosen = given !== null && given !== '' && given !== own;
  return isChosen ? fields : withFields(fields, [when(times, recurrence)]);
}

const when = (...words: Parameters<typeof whenOf>): XmlElement => element('When', whenOf(...words));

/** What the server said of the stored times; null where there is nothing to compare with. */
function ownWhen(before: Fields): string | null {
  const times = timesOf(before);
  if (times === null) return null;
  const settled = settledTimes(before, before, times.zones);
  return settled.ok ? whenOf(settled.value.times, settled.value.recurrence) : null;
}
