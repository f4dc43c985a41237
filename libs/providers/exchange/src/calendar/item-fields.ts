/** What is asked of items, and how it is read. Only what becomes part of a meeting. */
import { asText, type ForeignRecord } from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import { attributes, list, type Members, record, type RecordShape, text, textWith } from '../transport/record-shape';
import { LONGEST_NOTE, NOTE_PATH } from './item-note';
import { OLDER_ZONE, ZONE } from './zone-fields';

const LONGEST_LINE = 2048;
/** Longer than a description may be: what Teams adds to it stands at its end. */
const LONGEST_BODY = 262_144;

const ID = attributes('Id', 'ChangeKey');
/** Where people have no SMTP address, theirs is the path of an entry in a directory. */
const MAILBOX = record({ Name: text(320), EmailAddress: text(LONGEST_LINE), RoutingType: text(40) });
const ATTENDEES = list({ Attendee: record({ Mailbox: MAILBOX, ResponseType: text(40) }) });
const SMALL = text(40);
const DAY = text(80);
const START = { StartDate: SMALL };
const ATTACHMENT = record({ Name: text(), Size: text(20) });

export const ITEM_RECURRENCE = record({
  DailyRecurrence: record({ Interval: SMALL }),
  WeeklyRecurrence: record({ Interval: SMALL, DaysOfWeek: DAY, FirstDayOfWeek: SMALL }),
  AbsoluteMonthlyRecurrence: record({ Interval: SMALL, DayOfMonth: SMALL }),
  RelativeMonthlyRecurrence: record({ Interval: SMALL, DaysOfWeek: DAY, DayOfWeekIndex: SMALL }),
  AbsoluteYearlyRecurrence: record({ DayOfMonth: SMALL, Month: SMALL }),
  RelativeYearlyRecurrence: record({ DaysOfWeek: DAY, DayOfWeekIndex: SMALL, Month: SMALL }),
  NoEndRecurrence: record(START),
  EndDateRecurrence: record({ ...START, EndDate: SMALL }),
  NumberedRecurrence: record({ ...START, NumberOfOccurrences: SMALL }),
});

const ITEM = record({
  ItemId: ID,
  Subject: text(LONGEST_LINE),
  Sensitivity: SMALL,
  Body: text(LONGEST_BODY),
  Categories: list({ String: textWith() }),
  ReminderIsSet: SMALL,
  ReminderMinutesBeforeStart: SMALL,
  ExtendedProperty: record({
    ExtendedFieldURI: attributes('PropertyName'),
    Value: text(LONGEST_NOTE),
  }),
  WebClientReadFormQueryString: text(4096),
  UID: text(),
  Start: SMALL,
  End: SMALL,
  OriginalStart: SMALL,
  IsAllDayEvent: SMALL,
  LegacyFreeBusyStatus: SMALL,
  Location: text(LONGEST_LINE),
  IsMeeting: SMALL,
  IsCancelled: SMALL,
  CalendarItemType: SMALL,
  MyResponseType: SMALL,
  Organizer: record({ Mailbox: MAILBOX }),
  RequiredAttendees: ATTENDEES,
  OptionalAttendees: ATTENDEES,
  Resources: ATTENDEES,
  Recurrence: ITEM_RECURRENCE,
  ModifiedOccurrences: list({ Occurrence: record({ ItemId: ID, OriginalStart: SMALL }) }),
  DeletedOccurrences: list({ DeletedOccurrence: record({ Start: SMALL }) }),
  MeetingTimeZone: OLDER_ZONE,
  StartTimeZone: ZONE,
  EndTimeZone: ZONE,
  MeetingWorkspaceUrl: text(4096),
  NetShowUrl: text(4096),
  JoinOnlineMeetingUrl: text(4096),
  Attachments: list({ FileAttachment: ATTACHMENT, ItemAttachment: ATTACHMENT, ReferenceAttachment: ATTACHMENT }),
});

/** What else may lie in a folder, so that an answer with one of these is not taken for an empty one. */
const OTHER_KINDS: readonly string[] = [
  'Item',
  'Message',
  'Contact',
  'DistributionList',
  'MeetingMessage',
  'MeetingRequest',
  'MeetingResponse',
  'MeetingCancellation',
  'Task',
  'PostItem',
];
const namesOf = (kinds: readonly string[]): Readonly<Record<string, RecordShape>> =>
  Object.fromEntries(kinds.map((kind) => [kind, record({})] as const));

export const isOfAnotherKind = ({ element }: ForeignRecord): boolean => OTHER_KINDS.includes(asText(element, 80));

/** Of an answer that has items in it. */
export const ITEMS: Members = { Items: list({ CalendarItem: ITEM, ...namesOf(OTHER_KINDS) }) };
export const ITEM_ID = record({ ItemId: ID });

const ALWAYS = [
  'item:Subject',
  'item:Sensitivity',
  'item:Body',
  'calendar:UID',
  'calendar:Start',
  'calendar:End',
  'calendar:OriginalStart',
  'calendar:IsAllDayEvent',
  'calendar:LegacyFreeBusyStatus',
  'calendar:Location',
  'calendar:IsMeeting',
  'calendar:IsCancelled',
  'calendar:CalendarItemType',
  'calendar:MyResponseType',
  'calendar:Organizer',
  'calendar:RequiredAttendees',
  'calendar:OptionalAttendees',
  'calendar:Resources',
  'calendar:Recurrence',
  'calendar:ModifiedOccurrences',
  'calendar:DeletedOccurrences',
  'calendar:MeetingWorkspaceUrl',
  'calendar:NetShowUrl',
];
const SINCE_2010 = ['calendar:StartTimeZone', 'calendar:EndTimeZone', 'item:WebClientReadFormQueryString'];
const SINCE_2013 = ['calendar:JoinOnlineMeetingUrl'];
const BEFORE_2010 = ['calendar:MeetingTimeZone'];

/** A request that names a field its version does not have is refused as a whole. */
function fieldsOf(version: string): readonly string[] {
  if (version.startsWith('Exchange2007')) return [...ALWAYS, ...BEFORE_2010];
  return [...ALWAYS, ...SINCE_2010, ...(version.startsWith('Exchange2010') ? [] : SINCE_2013)];
}

export const fieldPath = (name: string): Markup => markup('t:FieldURI', { FieldURI: name });

/** `ItemShape` with all a meeting needs, its body as text. */
export function itemShape(version: string, more: readonly string[] = []): Markup {
  return markup('m:ItemShape', {}, [
    markup('t:BaseShape', {}, 'IdOnly'),
    markup('t:BodyType', {}, 'Text'),
    markup('t:AdditionalProperties', {}, [...[...fieldsOf(version), ...more].map(fieldPath), NOTE_PATH]),
  ]);
}

/** `ItemShape` with the id and a few fields. */
export function bareShape(...fields: readonly string[]): Markup {
  const more = fields.length === 0 ? [] : [markup('t:AdditionalProperties', {}, fields.map(fieldPath))];
  return markup('m:ItemShape', {}, [markup('t:BaseShape', {}, 'IdOnly'), ...more]);
}
