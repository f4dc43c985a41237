import { z } from 'zod';

/** What a client may send as an event. Unknown names are refused; what only the server sets is taken and ignored. */

const text = z.string().nullish();
const flag = z.boolean().nullish();
const whole = z
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1);
const ignored = z.unknown().optional();

/** Words are taken in any case and come out as Graph writes them. */
const word = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.preprocess((given) => {
    if (typeof given !== 'string') return given;
    return words.find((one) => one.toLowerCase() === given.toLowerCase()) ?? given;
  }, z.enum(words));

const time = z.strictObject({
  dateTime: z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/i),
  timeZone: text,
});
const emailAddress = z.strictObject({ name: text, address: text });
const recipient = z.strictObject({ emailAddress: emailAddress.nullish() });
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);

const location = z.strictObject({
  displayName: text,
  locationType: word([
    'default',
    'conferenceRoom',
    'homeAddress',
    'businessAddress',
    'geoCoordinates',
    'streetAddress',
    'hotel',
    'restaurant',
    'localBusiness',
    'postalAddress',
  ]).nullish(),
  uniqueIdType: word(['unknown', 'locationStore', 'directory', 'private', 'bing']).nullish(),
  uniqueId: text,
  locationEmailAddress: text,
  locationUri: text,
  address: z.strictObject({ street: text, city: text, state: text, countryOrRegion: text, postalCode: text }).nullish(),
  coordinates: z
    .strictObject({
      accuracy: z.number().nullish(),
      altitude: z.number().nullish(),
      altitudeAccuracy: z.number().nullish(),
      latitude: z.number().nullish(),
      longitude: z.number().nullish(),
    })
    .nullish(),
});

const attendee = z.strictObject({
  type: word(['required', 'optional', 'resource']).nullish(),
  emailAddress,
  status: ignored,
  proposedNewTime: ignored,
});

const recurrence = z.strictObject({
  pattern: z.strictObject({
    type: word(['daily', 'weekly', 'absoluteMonthly', 'relativeMonthly', 'absoluteYearly', 'relativeYearly']),
    interval: whole.optional(),
    month: whole.optional(),
    dayOfMonth: whole.optional(),
    daysOfWeek: z.array(word(days)).optional(),
    firstDayOfWeek: word(days).optional(),
    index: word(['first', 'second', 'third', 'fourth', 'last']).optional(),
  }),
  range: z.strictObject({
    type: word(['endDate', 'noEnd', 'numbered']),
    startDate: date.optional(),
    endDate: date.optional(),
    recurrenceTimeZone: text,
    numberOfOccurrences: whole.optional(),
  }),
});

const attachment = z.record(z.string(), z.unknown());

export const fileAttachment = z.strictObject({
  name: z.string().min(1),
  contentType: text,
  isInline: flag,
  contentId: text,
  contentBytes: z.string().regex(/^[A-Za-z0-9+/\s]*={0,2}$/),
  contentLocation: ignored,
  id: ignored,
  size: ignored,
  lastModifiedDateTime: ignored,
});

export const eventBody = z.strictObject({
  subject: text,
  body: z.strictObject({ contentType: word(['text', 'html']).nullish(), content: text }).nullish(),
  start: time.optional(),
  end: time.optional(),
  isAllDay: flag,
  importance: word(['low', 'normal', 'high']).nullish(),
  sensitivity: word(['normal', 'personal', 'private', 'confidential']).nullish(),
  showAs: word(['unknown', 'free', 'tentative', 'busy', 'oof', 'workingElsewhere']).nullish(),
  isReminderOn: flag,
  reminderMinutesBeforeStart: whole.nullish(),
  responseRequested: flag,
  allowNewTimeProposals: flag,
  hideAttendees: flag,
  categories: z.array(z.string()).optional(),
  location: location.nullish(),
  locations: z.array(location).optional(),
  attendees: z.array(attendee).optional(),
  recurrence: recurrence.nullish(),
  isOnlineMeeting: flag,
  onlineMeetingProvider: word(['unknown', 'skypeForBusiness', 'skypeForConsumer', 'teamsForBusiness']).nullish(),
  transactionId: text,
  singleValueExtendedProperties: z.array(z.strictObject({ id: z.string(), value: text })).optional(),
  multiValueExtendedProperties: z.array(z.strictObject({ id: z.string(), value: z.array(z.string()) })).optional(),
  attachments: z.array(attachment).optional(),
  extensions: z.array(attachment).optional(),
  organizer: recipient.nullish(),
  iCalUId: ignored,
  id: ignored,
  changeKey: ignored,
  createdDateTime: ignored,
  lastModifiedDateTime: ignored,
  bodyPreview: ignored,
  hasAttachments: ignored,
  isCancelled: ignored,
  isDraft: ignored,
  isOrganizer: ignored,
  onlineMeeting: ignored,
  onlineMeetingUrl: ignored,
  originalEndTimeZone: ignored,
  originalStart: ignored,
  originalStartTimeZone: ignored,
  responseStatus: ignored,
  seriesMasterId: ignored,
  type: ignored,
  webLink: ignored,
  cancelledOccurrences: ignored,
  exceptionOccurrences: ignored,
  uid: ignored,
  occurrenceId: ignored,
});

/** A parsed event body: every member optional, null meaning "clear this". */
export type EventBody = z.output<typeof eventBody>;

/** The parameters of `accept`, `decline`, `tentativelyAccept`, `cancel`, `forward` and `snoozeReminder`. */
export const responseBody = z.strictObject({
  comment: text,
  sendResponse: flag,
  proposedNewTime: z.strictObject({ start: time, end: time }).nullish(),
});
export const cancelBody = z.strictObject({ comment: text });
export const forwardBody = z.strictObject({ comment: text, toRecipients: z.array(recipient).min(1) });
export const snoozeBody = z.strictObject({ newReminderTime: time });
export const timeBody = time;
