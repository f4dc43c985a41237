import type { Connection, mongo } from 'mongoose';
import { inTransaction } from '@daybook/platform/mongo';
import type { OutboxWriter } from '@daybook/platform/outbox';
import type { Clock } from '../../ports/clock';
import type { CalendarRecord } from '../../ports/records';
import type { ReviewAnswer, ReviewPage, ReviewStore } from '../../ports/review-store';
import { auditEntry, type AuditNote } from '../../use-cases/audit-entry';
import type { CalendarCollections } from './collections';
import { replaceReviewPages } from './review-pages';

interface Surroundings {
  readonly connection: Connection;
  readonly collections: CalendarCollections;
  readonly outbox: OutboxWriter;
  readonly clock: Clock;
}

/**
 * An answer is an intention of a person: it is committed without the lease and raises `intents`, so that a run under way that
 * knew nothing of it is planned again.
 */
export class MongoReviewStore implements ReviewStore {
  constructor(private readonly around: Surroundings) {}

  async page(calendarId: string, page: number): Promise<ReviewPage> {
    const found = await this.around.collections.reviews
      .find({ calendarId, page: { $in: [page, page + 1] } })
      .sort({ page: 1 })
      .toArray();
    const shown = found.filter(({ itemIds }) => itemIds.length > 0);
    const itemIds = shown.find((row) => row.page === page)?.itemIds ?? [];
    return { itemIds, more: shown.some((row) => row.page === page + 1) };
  }

  apply(answer: ReviewAnswer): Promise<boolean> {
    const since = new Date(this.around.clock.now());
    const letThrough = { removed: answer.calendar.review?.removing ?? 0, since };
    return this.answered(answer, 'review.applied', { 'review.appliedBy': answer.actorId, letThrough });
  }

  resync(answer: ReviewAnswer): Promise<boolean> {
    const { problem } = answer.calendar;
    const set = {
      ...{ cursor: null, listing: null, review: null },
      problem: problem?.code === 'removal_review' ? null : problem,
    };
    return this.answered(answer, 'review.resynced', set, (session) =>
      replaceReviewPages(this.around.collections, session, answer.calendar._id, []),
    );
  }

  private async answered(
    { calendar, version, actorId }: ReviewAnswer,
    action: 'review.applied' | 'review.resynced',
    set: mongo.MatchKeysAndValues<CalendarRecord>,
    also: (session: mongo.ClientSession) => Promise<void> = async () => undefined,
  ): Promise<boolean> {
    const { connection, collections, outbox, clock } = this.around;
    const now = new Date(clock.now());
    const rows = outbox.rows([auditEntry(noteOf(calendar, actorId, action), now)]);
    return inTransaction(connection, async (session) => {
      const moved = await collections.calendars.updateOne(
        { _id: calendar._id, retiredAt: null, 'review.version': version },
        { $set: { ...set, nextSyncAt: now, failures: 0 }, $inc: { intents: 1 } },
        { session },
      );
      if (moved.matchedCount === 0) return false;
      await also(session);
      await collections.outbox.insertMany(rows, { session });
      return true;
    });
  }
}

function noteOf({ _id, accountId, review }: CalendarRecord, actorId: string, action: AuditNote['action']): AuditNote {
  const details = { removing: review?.removing ?? 0, existing: review?.existing ?? 0 };
  return { accountId, actorId, action, targetType: 'calendar', targetId: _id, details };
}
