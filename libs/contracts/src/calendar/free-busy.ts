import { z } from 'zod';
import { callerSchema } from '../common/caller';
import { operation } from '../common/operation';
import { instantSchema } from '../common/shapes';

const MOST_PEOPLE = 50;

/** How time is taken; working elsewhere is not free, either. */
export const busyStatusSchema = z.enum(['busy', 'tentative', 'out_of_office', 'working_elsewhere']);

export const freeBusyReasonSchema = z
  .enum([
    /** No provider that could be asked knows this address. */
    'unknown_address',
    /** The provider tells the caller nothing of it. */
    'not_allowed',
    /** No provider could tell it now. */
    'not_told',
    /** What is there may not be all: a calendar is not up to date, or only some of a person's mailboxes could be asked. */
    'incomplete',
  ])
  .describe(
    'Why there may be more than `busy` says, which is then not the same as being free; absent where that is all there is',
  );
export type FreeBusyReason = z.infer<typeof freeBusyReasonSchema>;

export const freeBusyItemSchema = z.object({
  /** Of somebody who was asked for by id, and of the caller. */
  userId: z.string().optional(),
  /** That was asked for, or the one by which the provider knows the person. */
  email: z.string(),
  /** In UTC, by start, none over another. */
  busy: z.array(z.object({ start: instantSchema, end: instantSchema, status: busyStatusSchema })),
  reason: freeBusyReasonSchema.optional(),
});
export type FreeBusyItem = z.infer<typeof freeBusyItemSchema>;

/** One for each person, in the order in which they were asked for first. */
export const freeBusySchema = z.object({ items: z.array(freeBusyItemSchema) });
export type FreeBusy = z.infer<typeof freeBusySchema>;

const manyTexts = z.union([z.string(), z.array(z.string())]);

export const freeBusyQuerySchema = z.strictObject({
  users: manyTexts
    .describe('Ids or addresses, 50 at most, between commas or as a parameter each')
    .transform((given) => [given].flat().flatMap((some) => some.split(',')))
    .transform((some) => some.map((one) => one.trim()).filter((one) => one !== ''))
    .pipe(z.array(z.string().max(320)).min(1).max(MOST_PEOPLE)),
  from: instantSchema,
  to: instantSchema.describe('After `from`, by 62 days at most'),
});

/** `GET /v1/free-busy`: `query` is read by `freeBusyQuerySchema` after the doors. May take 20 s, because providers are asked. */
export const calendarFreeBusyGet = operation(
  'calendar.freebusy.get',
  z.object({ caller: callerSchema, query: z.record(z.string(), z.unknown()) }),
  freeBusySchema,
);
