import { z } from 'zod';
import { connectionStateSchema } from '../auth/connections';
import { meetingTimeSchema, joinSchema } from '../calendar/meetings';
import { instantSchema, serviceNameSchema } from '../common/shapes';

/** CloudEvents 1.0 in JSON. `id` is also the `Nats-Msg-Id`; `sequence` grows by one for each event of an item. */
export function cloudEventOf<T extends z.ZodType>(data: T) {
  return z.object({
    specversion: z.literal('1.0'),
    id: z.string(),
    source: z.string(),
    type: z.string(),
    subject: z.string(),
    time: instantSchema,
    datacontenttype: z.literal('application/json'),
    accountid: z.string(),
    sequence: z.number().int(),
    data,
  });
}

/** A meeting, series or exception as other services see it. Private ones are redacted: no title, link, people, place or text. */
export const meetingEventDataSchema = z.object({
  meetingId: z.string(),
  userId: z.string(),
  connectionId: z.string(),
  calendarId: z.string(),
  kind: z.enum(['meeting', 'webinar', 'event']),
  title: z.string().nullable(),
  start: meetingTimeSchema,
  end: meetingTimeSchema,
  allDay: z.boolean(),
  seriesId: z.string().nullable(),
  rule: z.array(z.string()),
  originalStart: meetingTimeSchema.nullable(),
  host: z.object({ name: z.string().nullable(), email: z.string().nullable() }).nullable(),
  join: joinSchema.pick({ recognised: true, provider: true, url: true, number: true, passcode: true }),
  visibility: z.enum(['default', 'public', 'private']),
  redacted: z.boolean(),
  origin: z.enum(['client', 'provider']),
  iCalUid: z.string().nullable(),
  /** True for those of a first sync. */
  initial: z.boolean().optional(),
});
export type MeetingEventData = z.infer<typeof meetingEventDataSchema>;

export const connectionEventDataSchema = z.object({
  connectionId: z.string(),
  userId: z.string(),
  service: serviceNameSchema,
  state: z.union([connectionStateSchema, z.literal('deleted')]),
  revision: z.number().int(),
});
export type ConnectionEventData = z.infer<typeof connectionEventDataSchema>;

export const policyEventDataSchema = z.object({
  accountId: z.string(),
  version: z.string(),
  changed: z.array(z.string()),
});
export type PolicyEventData = z.infer<typeof policyEventDataSchema>;
