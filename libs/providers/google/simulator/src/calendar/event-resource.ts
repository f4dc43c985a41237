import { z } from 'zod';

/** A start, end or original start as Calendar v3 writes it: a civil date, or a time with offset and zone. */
export interface EventDateTime {
  date?: string;
  dateTime?: string;
  timeZone?: string;
}

export interface EventPerson {
  email?: string;
  displayName?: string;
  id?: string;
  self?: boolean;
}

export interface EventAttendee extends EventPerson {
  organizer?: boolean;
  resource?: boolean;
  optional?: boolean;
  responseStatus?: string;
  comment?: string;
  additionalGuests?: number;
}

/** `extendedProperties`: marks of applications, on this copy or on all copies. */
export interface ExtendedProperties {
  private?: Record<string, string>;
  shared?: Record<string, string>;
}

/** An Event as served. Fields that the simulator only keeps and gives back are `unknown`. */
export interface EventResource {
  kind: 'calendar#event';
  etag: string;
  id: string;
  status: 'confirmed' | 'tentative' | 'cancelled';
  htmlLink?: string;
  created?: string;
  updated?: string;
  summary?: string;
  description?: string;
  location?: string;
  colorId?: string;
  creator?: EventPerson;
  organizer?: EventPerson;
  start?: EventDateTime;
  end?: EventDateTime;
  endTimeUnspecified?: boolean;
  recurrence?: string[];
  recurringEventId?: string;
  originalStartTime?: EventDateTime;
  transparency?: string;
  visibility?: string;
  iCalUID?: string;
  sequence?: number;
  attendees?: EventAttendee[];
  attendeesOmitted?: boolean;
  extendedProperties?: ExtendedProperties;
  hangoutLink?: string;
  conferenceData?: Record<string, unknown>;
  reminders?: { useDefault?: boolean; overrides?: { method?: string; minutes?: number }[] };
  eventType?: string;
  privateCopy?: boolean;
  locked?: boolean;
  [kept: string]: unknown;
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/;
const realDay = (text: string): boolean => {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
};

const text = z.string().nullish();
const flag = z.boolean().nullish();
const whole = z
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1)
  .nullish();
const word = <const T extends readonly [string, ...string[]]>(words: T) => z.enum(words).nullish();
const texts = z.record(z.string(), z.string().nullable()).nullish();
const time = z
  .strictObject({
    date: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/)
      .refine(realDay)
      .nullish(),
    dateTime: z
      .string()
      .refine((value) => (TIMESTAMP.test(value) || LOCAL.test(value)) && realDay(value))
      .nullish(),
    timeZone: text,
  })
  .nullish();
const person = z.strictObject({ displayName: text, email: text, id: text, self: flag }).nullish();
const stamp = z
  .string()
  .refine((value) => TIMESTAMP.test(value) && realDay(value))
  .nullish();

const entryPoint = z.strictObject({
  accessCode: text,
  entryPointFeatures: z.array(z.string()).nullish(),
  entryPointType: word(['video', 'phone', 'sip', 'more']),
  label: text,
  meetingCode: text,
  passcode: text,
  password: text,
  pin: text,
  regionCode: text,
  uri: text,
});
const solutionKey = z
  .strictObject({ type: word(['eventHangout', 'eventNamedHangout', 'hangoutsMeet', 'addOn']) })
  .nullish();
const conferenceData = z
  .strictObject({
    conferenceId: text,
    conferenceSolution: z.strictObject({ iconUri: text, key: solutionKey, name: text }).nullish(),
    createRequest: z
      .strictObject({
        conferenceSolutionKey: solutionKey,
        requestId: text,
        status: z.strictObject({ statusCode: word(['pending', 'success', 'failure']) }).nullish(),
      })
      .nullish(),
    entryPoints: z.array(entryPoint).nullish(),
    notes: text,
    parameters: z.strictObject({ addOnParameters: z.strictObject({ parameters: texts }).nullish() }).nullish(),
    signature: text,
  })
  .nullish();

const attendee = z.strictObject({
  additionalGuests: whole,
  comment: text,
  displayName: text,
  email: text,
  id: text,
  optional: flag,
  organizer: flag,
  resource: flag,
  responseStatus: word(['needsAction', 'declined', 'tentative', 'accepted']),
  self: flag,
});

/** What a client may send as an Event. Strict, as Google's front end is: an unknown name is refused, null clears. */
export const eventBody = z.strictObject({
  kind: z.literal('calendar#event').nullish(),
  etag: text,
  id: text,
  status: word(['confirmed', 'tentative', 'cancelled']),
  htmlLink: text,
  created: stamp,
  updated: stamp,
  summary: text,
  description: text,
  location: text,
  colorId: text,
  creator: person,
  organizer: person,
  start: time,
  end: time,
  endTimeUnspecified: flag,
  recurrence: z.array(z.string()).max(200).nullish(),
  recurringEventId: text,
  originalStartTime: time,
  transparency: word(['opaque', 'transparent']),
  visibility: word(['default', 'public', 'private', 'confidential']),
  iCalUID: text,
  sequence: whole,
  attendees: z.array(attendee).max(1000).nullish(),
  attendeesOmitted: flag,
  extendedProperties: z.strictObject({ private: texts, shared: texts }).nullish(),
  hangoutLink: text,
  conferenceData,
  gadget: z
    .strictObject({
      display: word(['icon', 'chip']),
      height: whole,
      iconLink: text,
      link: text,
      preferences: texts,
      title: text,
      type: text,
      width: whole,
    })
    .nullish(),
  anyoneCanAddSelf: flag,
  guestsCanInviteOthers: flag,
  guestsCanModify: flag,
  guestsCanSeeOtherGuests: flag,
  privateCopy: flag,
  locked: flag,
  reminders: z
    .strictObject({
      useDefault: flag,
      overrides: z.array(z.strictObject({ method: word(['email', 'popup']), minutes: whole })).nullish(),
    })
    .nullish(),
  source: z.strictObject({ title: text, url: text }).nullish(),
  attachments: z
    .array(z.strictObject({ fileId: text, fileUrl: text, iconLink: text, mimeType: text, title: text }))
    .max(25)
    .nullish(),
  eventType: word(['birthday', 'default', 'focusTime', 'fromGmail', 'outOfOffice', 'workingLocation']),
  birthdayProperties: z
    .strictObject({
      contact: text,
      customTypeName: text,
      type: word(['anniversary', 'birthday', 'custom', 'other', 'self']),
    })
    .nullish(),
  focusTimeProperties: z.strictObject({ autoDeclineMode: text, chatStatus: text, declineMessage: text }).nullish(),
  outOfOfficeProperties: z.strictObject({ autoDeclineMode: text, declineMessage: text }).nullish(),
  workingLocationProperties: z
    .strictObject({
      customLocation: z.strictObject({ label: text }).nullish(),
      homeOffice: z.unknown().optional(),
      officeLocation: z
        .strictObject({ buildingId: text, deskId: text, floorId: text, floorSectionId: text, label: text })
        .nullish(),
      type: word(['homeOffice', 'officeLocation', 'customLocation']),
    })
    .nullish(),
});

/** A parsed Event body: every member optional, null meaning "clear this". */
export type EventBody = z.output<typeof eventBody>;
