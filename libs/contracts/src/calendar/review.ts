import { z } from 'zod';
import { callerSchema, rawBodySchema } from '../common/caller';
import { operation } from '../common/operation';
import { instantSchema } from '../common/shapes';
import { meetingTimeSchema } from './meetings';

/** A meeting that would vanish. Of a private one a service is told its time only. */
export const reviewItemSchema = z.object({
  id: z.string(),
  title: z.string().nullable(),
  start: meetingTimeSchema,
  redacted: z.boolean(),
});
export type ReviewItem = z.infer<typeof reviewItemSchema>;

/** A held run and what it would remove: what lies ahead first, then what is over, the latest first. */
export const calendarReviewSchema = z.object({
  removing: z.number().int(),
  existing: z.number().int(),
  since: instantSchema,
  /** Somebody has let it through, and the next run removes it. */
  applied: z.boolean(),
  items: z.array(reviewItemSchema),
  /** For `cursor`; null at the end. */
  next: z.string().nullable(),
  /** Of the set that would vanish: another set is another version. */
  version: z.string(),
});
export type CalendarReview = z.infer<typeof calendarReviewSchema>;

export const calendarReviewQuerySchema = z.strictObject({ cursor: z.string().max(200).optional() });
/** `apply` removes exactly these with the next run; `resync` keeps them and lists the whole calendar again. */
export const answerReviewBodySchema = z.strictObject({ action: z.enum(['apply', 'resync']) });

export const undoRemovalsBodySchema = z.strictObject({ since: instantSchema });
export const undoneRemovalsSchema = z.object({
  /** Singles and series that are back, in no calendar. */
  restored: z.number().int(),
  /** There are more: the same request goes on. */
  more: z.boolean(),
});

/** `GET /v1/calendars/{id}/review`: `query` is a `calendarReviewQuerySchema`. */
export const calendarReviewGet = operation(
  'calendar.review.get',
  z.object({ caller: callerSchema, id: z.string(), query: z.record(z.string(), z.unknown()) }),
  calendarReviewSchema,
);
/** `POST /v1/calendars/{id}/review`: `body` is an `answerReviewBodySchema`; 202. */
export const calendarReviewAnswer = operation(
  'calendar.review.answer',
  z.object({ caller: callerSchema, id: z.string(), ifMatch: z.string().optional(), body: rawBodySchema }),
  z.object({}),
);
/** `POST /v1/calendars/{id}/undo-removals`: `body` is an `undoRemovalsBodySchema`. */
export const calendarRemovalsUndo = operation(
  'calendar.removals.undo',
  z.object({ caller: callerSchema, id: z.string(), body: rawBodySchema }),
  undoneRemovalsSchema,
);
