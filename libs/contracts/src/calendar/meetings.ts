import { z } from 'zod';
import { callerSchema, rawBodySchema } from '../common/caller';
import { lossCodeSchema, reasonCodeSchema, refusalCodeSchema } from '../common/codes';
import { idempotentInput } from '../common/idempotency';
import { operation } from '../common/operation';
import { freshnessSchema, healthInput, healthSchema, instantSchema, listOf, serviceNameSchema } from '../common/shapes';

/** `{dateTime, timeZone}` is a wall-clock time in a zone; `{date}` a civil day (an all-day end is exclusive). */
export const meetingTimeSchema = z.union([
  z.object({ dateTime: z.string(), timeZone: z.string() }),
  z.object({ date: z.string() }),
]);
export type MeetingTime = z.infer<typeof meetingTimeSchema>;

export const responseSchema = z.enum(['none', 'needsAction', 'accepted', 'tentative', 'declined', 'organizer']);
export const attendeeSchema = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  response: responseSchema,
  role: z.enum(['required', 'optional', 'resource', 'organizer']),
  isMe: z.boolean(),
});

export const joinCandidateSchema = z.object({
  url: z.string(),
  field: z.string(),
  provider: z.string().nullable(),
  rule: z.string().nullable(),
  /** Why it is not the Join link; null for the one chosen. */
  lost: lossCodeSchema.nullable(),
});
export const joinSchema = z.object({
  recognised: z.boolean(),
  label: z.string().nullable(),
  provider: z.string().nullable(),
  url: z.string().nullable(),
  number: z.string().nullable(),
  passcode: z.string().nullable(),
  because: z.object({ field: z.string(), rule: z.string() }).nullable(),
  candidates: z.array(joinCandidateSchema),
});

/** What the caller may do with an item; `reasons` says by code why not, for each that is false. */
export const actionsSchema = z.object({
  join: z.boolean(),
  edit: z.boolean(),
  delete: z.boolean(),
  reasons: z.object({
    join: reasonCodeSchema.optional(),
    edit: reasonCodeSchema.optional(),
    delete: reasonCodeSchema.optional(),
  }),
});

export const meetingFieldSchema = z.enum(['title', 'description', 'location', 'time', 'attendees', 'visibility']);
export type MeetingField = z.infer<typeof meetingFieldSchema>;

export const meetingSchema = z.object({
  id: z.string(),
  kind: z.enum(['meeting', 'webinar', 'event']),
  title: z.string().nullable(),
  start: meetingTimeSchema,
  end: meetingTimeSchema,
  allDay: z.boolean(),
  series: z.object({ id: z.string(), rule: z.array(z.string()) }).nullable(),
  originalStart: meetingTimeSchema.nullable(),
  host: z.object({ name: z.string().nullable(), email: z.string().nullable(), isMe: z.boolean() }).nullable(),
  attendees: z.array(attendeeSchema),
  response: responseSchema,
  visibility: z.enum(['default', 'public', 'private']),
  redacted: z.boolean(),
  calendar: z.object({ id: z.string(), name: z.string(), service: serviceNameSchema }).nullable(),
  location: z.string().nullable(),
  /** Only in the answer for one meeting, as plain text. */
  description: z.string().nullable().optional(),
  join: joinSchema,
  origin: z.enum(['client', 'provider']),
  actions: actionsSchema,
  editUrl: z.string().nullable(),
  /** A write that the provider has not answered yet; `waitingFor` is its service. What is shown is as it is meant to be. */
  pending: z
    .object({ operation: z.enum(['create', 'update', 'remove']), since: instantSchema, waitingFor: serviceNameSchema })
    .nullable(),
  /** The last write that did not come about, until the next change: what is shown is as it was before it. */
  refused: z
    .object({ operation: z.enum(['create', 'update', 'remove']), at: instantSchema, code: refusalCodeSchema })
    .nullable(),
  /** False where attendees are kept here only, because the provider would have mailed them. */
  attendeesAtProvider: z.boolean(),
  /** Only in the answer for one meeting: what was entered here and gave way to the provider's change of the same field. */
  overridden: z.array(z.object({ field: meetingFieldSchema, value: z.string(), at: instantSchema })).optional(),
  alsoIn: z.array(
    z.object({ id: z.string(), calendar: z.object({ id: z.string(), name: z.string(), service: serviceNameSchema }) }),
  ),
  version: z.string(),
});
export type Meeting = z.infer<typeof meetingSchema>;

export const listMeetingsQuerySchema = z.strictObject({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  hostedBy: z.string().max(100).default('all'),
  calendar: z.string().max(100).optional(),
  q: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(2000).optional(),
});
/** `query` is read by `listMeetingsQuerySchema` after the doors; the reply is `listOf(meetingSchema)` as JSON text on the wire. */
export const calendarMeetingList = operation(
  'calendar.meeting.list',
  z.object({ caller: callerSchema, query: z.record(z.string(), z.unknown()) }),
  listOf(meetingSchema),
);
export const calendarMeetingGet = operation(
  'calendar.meeting.get',
  z.object({ caller: callerSchema, id: z.string() }),
  meetingSchema,
);

const timeInputSchema = z.union([
  z.strictObject({ dateTime: z.string().max(40), timeZone: z.string().max(100).optional() }),
  z.strictObject({ date: z.string().max(20) }),
]);
export type TimeInput = z.infer<typeof timeInputSchema>;

const attendeeInputSchema = z.union([
  z.string().max(320),
  z.strictObject({
    email: z.string().max(320),
    name: z.string().max(200).optional(),
    optional: z.boolean().optional(),
  }),
]);
export type AttendeeInput = z.infer<typeof attendeeInputSchema>;

/** Fields that both scheduling and editing take. Times and rules are judged by the service, which names the field at fault. */
const changeableFields = {
  topic: z.string().max(300),
  start: timeInputSchema,
  end: timeInputSchema,
  /** IANA or Windows name; for times that name none. */
  timeZone: z.string().max(100),
  /** RFC 5545 lines: `RRULE:FREQ=WEEKLY;COUNT=5`. */
  recurrence: z.array(z.string().max(1_000)).max(20),
  calendarId: z.string().max(100).nullable(),
  attendees: z.array(attendeeInputSchema).max(200),
  visibility: z.enum(['default', 'public', 'private']),
  description: z.string().max(8_000),
  /** True lets the provider mail attendees. */
  notify: z.boolean(),
};

export const scheduleMeetingBodySchema = z.strictObject({
  kind: z.enum(['meeting', 'webinar']).default('meeting'),
  ...z.strictObject(changeableFields).partial().required({ topic: true, start: true, end: true }).shape,
  hostUserId: z.string().max(100).optional(),
});
export type ScheduleMeetingBody = z.infer<typeof scheduleMeetingBodySchema>;

export const changeMeetingBodySchema = z
  .strictObject({ ...changeableFields, recurrence: changeableFields.recurrence.nullable() })
  .partial();
export type ChangeMeetingBody = z.infer<typeof changeMeetingBodySchema>;

export const scopeSchema = z.enum(['this', 'following', 'all']);
export type Scope = z.infer<typeof scopeSchema>;
/** Without a scope: `this` for an occurrence's id, `all` for a series'. */
export const changeMeetingQuerySchema = z.strictObject({ scope: scopeSchema.optional() });
export const deleteMeetingQuerySchema = z.strictObject({
  scope: scopeSchema.optional(),
  notify: z.enum(['true', 'false']).optional(),
});

/** `done`: the provider has it, or none has to. Else it waits, and `meeting` says so in `pending`. */
const writtenFields = { done: z.boolean() };
export const meetingChangedSchema = z.object({
  /** As it is now; of a changed time that made a separate event the old, unchanged one. */
  meeting: meetingSchema,
  /** The provider's own page of what was changed; null while there is none. */
  editUrl: z.string().nullable(),
  separateEvent: meetingSchema.optional(),
});
export type MeetingChanged = z.infer<typeof meetingChangedSchema>;
export const meetingWithdrawnSchema = z.object({
  /** As it is without the write; null where that was its creation. */
  meeting: meetingSchema.nullable(),
});

/** `POST /v1/meetings`: `body` is a `scheduleMeetingBodySchema`. */
export const calendarMeetingSchedule = operation(
  'calendar.meeting.schedule',
  z.object({ caller: callerSchema, body: rawBodySchema, ...idempotentInput }),
  z.object({ ...writtenFields, meeting: meetingSchema }),
);
/** `PATCH /v1/meetings/{id}`: `body` is a `changeMeetingBodySchema`, `query` a `changeMeetingQuerySchema`. */
export const calendarMeetingChange = operation(
  'calendar.meeting.change',
  z.object({
    caller: callerSchema,
    id: z.string(),
    query: z.record(z.string(), z.unknown()),
    ifMatch: z.string().optional(),
    body: rawBodySchema,
    ...idempotentInput,
  }),
  z.object({ ...writtenFields, changed: meetingChangedSchema }),
);
/** `DELETE /v1/meetings/{id}`: `meeting` while the provider has not answered, null when it is gone. */
export const calendarMeetingDelete = operation(
  'calendar.meeting.delete',
  z.object({
    caller: callerSchema,
    id: z.string(),
    query: z.record(z.string(), z.unknown()),
    ifMatch: z.string().optional(),
  }),
  z.object({ ...writtenFields, meeting: meetingSchema.nullable() }),
);
/** `POST /v1/meetings/{id}/withdraw`: takes back what waits to be written. */
export const calendarMeetingWithdraw = operation(
  'calendar.meeting.withdraw',
  z.object({ caller: callerSchema, id: z.string() }),
  z.object({ ...writtenFields, meeting: meetingSchema.nullable() }),
);

export const changesQuerySchema = z.strictObject({
  since: z.string().max(8000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const changesSchema = z.object({
  items: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('upserted'), meeting: meetingSchema }),
      z.object({ type: z.literal('removed'), id: z.string() }),
    ]),
  ),
  next: z.string(),
  more: z.boolean(),
});
export type Changes = z.infer<typeof changesSchema>;
export const calendarMeetingChanges = operation(
  'calendar.meeting.changes',
  z.object({ caller: callerSchema, query: z.record(z.string(), z.unknown()) }),
  changesSchema,
);
/** The person's present cursor, for the live stream. */
export const calendarCursorGet = operation(
  'calendar.cursor.get',
  z.object({ caller: callerSchema }),
  z.object({ cursor: z.string() }),
);

export const calendarSchema = z.object({
  id: z.string(),
  connectionId: z.string(),
  name: z.string(),
  service: serviceNameSchema,
  colour: z.string().nullable(),
  timeZone: z.string().nullable(),
  primary: z.boolean(),
  writable: z.boolean(),
  selected: z.boolean(),
  freshness: freshnessSchema,
  /** Items of the provider that could not be read and are kept aside. */
  unreadable: z.number().int(),
  /** A run that would remove too much is held until somebody has looked at it. */
  review: z.object({ removing: z.number().int(), existing: z.number().int(), since: instantSchema }).nullable(),
  /** What a person let through within the last 30 days, and `undo-removals` would put back. */
  undoable: z.object({ removed: z.number().int(), since: instantSchema }).nullable(),
  version: z.string(),
});
export type Calendar = z.infer<typeof calendarSchema>;
export const changeCalendarBodySchema = z.strictObject({ selected: z.boolean() });
export const calendarCalendarList = operation(
  'calendar.calendar.list',
  z.object({ caller: callerSchema, query: z.record(z.string(), z.unknown()) }),
  listOf(calendarSchema),
);
export const calendarCalendarChange = operation(
  'calendar.calendar.change',
  z.object({ caller: callerSchema, id: z.string(), ifMatch: z.string().optional(), body: rawBodySchema }),
  calendarSchema,
);
/** `POST /v1/connections/{id}/sync`: asks for a run now; 202. */
export const calendarConnectionSync = operation(
  'calendar.connection.sync',
  z.object({ caller: callerSchema, id: z.string() }),
  z.object({}),
);
/** Before a connection's grant is revoked: stop its channels while access still works. Best effort, at most a few seconds. */
export const calendarConnectionRetire = operation(
  'calendar.connection.retire',
  z.object({ connectionId: z.string() }),
  z.object({ subscriptions: z.enum(['stopped', 'none', 'left_to_expire']) }),
);

/** A provider's call on `/hooks/{provider}`, handed on as it came (body base64, at most 256 kB). */
export const calendarHookReceive = operation(
  'calendar.hook.receive',
  z.object({
    provider: z.string().max(40),
    method: z.string(),
    query: z.record(z.string(), z.string()),
    headers: z.record(z.string(), z.string()),
    bodyBase64: z.string(),
  }),
  z.object({ status: z.number().int(), contentType: z.string().optional(), body: z.string().optional() }),
);
export const calendarHealthCheck = operation('calendar.health.check', healthInput, healthSchema);
