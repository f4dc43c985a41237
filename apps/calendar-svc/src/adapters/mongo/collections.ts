import type { Connection, mongo } from 'mongoose';
import type { IndexPlan } from '@daybook/platform/mongo';
import { keptAnswerIndexes } from '@daybook/platform/idempotency';
import { outboxIndexes, type OutboxRow } from '@daybook/platform/outbox';
import type {
  CalendarRecord,
  ConnectionRecord,
  LedgerRecord,
  ListedPageRecord,
  MeetingRecord,
  OccurrenceRecord,
  QuarantineRecord,
  RemovalRecord,
  ReviewPageRecord,
} from '../../ports/records';

/** Typed native collections: the sync path writes in bulk, where a document mapper costs several times the driver's work. */
export interface CalendarCollections {
  readonly connections: mongo.Collection<ConnectionRecord>;
  readonly calendars: mongo.Collection<CalendarRecord>;
  readonly meetings: mongo.Collection<MeetingRecord>;
  readonly occurrences: mongo.Collection<OccurrenceRecord>;
  readonly removals: mongo.Collection<RemovalRecord>;
  readonly ledger: mongo.Collection<LedgerRecord>;
  readonly listedPages: mongo.Collection<ListedPageRecord>;
  readonly reviews: mongo.Collection<ReviewPageRecord>;
  readonly quarantine: mongo.Collection<QuarantineRecord>;
  readonly outbox: mongo.Collection<OutboxRow>;
}

export function collectionsOf(connection: Connection): CalendarCollections {
  const db = connection.db;
  if (!db) throw new Error('the database connection is not open');
  return {
    connections: db.collection('connections'),
    calendars: db.collection('calendars'),
    meetings: db.collection('meetings'),
    occurrences: db.collection('occurrences'),
    removals: db.collection('removals'),
    ledger: db.collection('ledger'),
    listedPages: db.collection('sync_runs'),
    reviews: db.collection('reviews'),
    quarantine: db.collection('quarantine'),
    outbox: db.collection('outbox'),
  };
}

const MONTH_SECONDS = 30 * 86_400;

/**
 * Only what belongs to a series. The condition is a comparison because the planner sees that `seriesId: 'x'` implies it;
 * from `$type: 'string'` it does not conclude that, and reads the whole collection instead.
 */
const membersOfSeries = {
  key: { seriesId: 1 },
  name: 'members_of_series',
  partialFilterExpression: { seriesId: { $gt: '' } },
} as const;

/** What was scheduled here is little beside what providers bring. */
const ownMeetings = {
  key: { calendarId: 1, seriesId: 1 },
  name: 'own_meetings',
  partialFilterExpression: { origin: 'client' },
} as const;

const waitingWrites = {
  key: { 'writing.pending.since': 1, connectionId: 1 },
  name: 'waiting_writes',
  partialFilterExpression: { 'writing.pending.since': { $gt: new Date(0) } },
} as const;

const leftPlaces = {
  key: { 'writing.left.connectionId': 1, 'writing.left.calendarId': 1 },
  name: 'left_places',
  partialFilterExpression: { 'writing.left.connectionId': { $gt: '' } },
} as const;

/** What still goes by names of the provider before, or has its versions: none of it in most calendars. */
const formerNames = {
  key: { calendarId: 1, former: 1, iCalUid: 1 },
  name: 'former_names',
  partialFilterExpression: { former: { $gt: '' } },
} as const;

export const calendarIndexes: IndexPlan = {
  connections: [{ key: { userId: 1 } }, { key: { accountId: 1 } }, { key: { status: 1, method: 1 } }],
  calendars: [
    { key: { connectionId: 1, remoteId: 1 }, unique: true },
    { key: { userId: 1 } },
    { key: { accountId: 1 } },
    { key: { nextSyncAt: 1 } },
    { key: { 'channel.channelId': 1 }, sparse: true },
    { key: { 'oldChannels.channelId': 1 }, sparse: true },
    { key: { 'channel.resourceId': 1 }, sparse: true },
    { key: { 'oldChannels.resourceId': 1 }, sparse: true },
    { key: { retiredAt: 1 }, expireAfterSeconds: MONTH_SECONDS },
  ],
  meetings: [
    { key: { calendarId: 1, remoteId: 1 } },
    membersOfSeries,
    { key: { userId: 1, startsAt: 1 } },
    ownMeetings,
    waitingWrites,
    leftPlaces,
    formerNames,
  ],
  occurrences: [
    { key: { userId: 1, startsAt: 1, _id: 1 } },
    { key: { calendarId: 1, rev: 1, _id: 1 } },
    membersOfSeries,
    { key: { userId: 1, identity: 1 } },
  ],
  removals: [{ key: { calendarId: 1, rev: 1, _id: 1 } }, { key: { at: 1 }, expireAfterSeconds: MONTH_SECONDS }],
  ledger: [{ key: { calendarId: 1, itemId: 1 } }, { key: { at: 1 }, expireAfterSeconds: MONTH_SECONDS }],
  sync_runs: [{ key: { calendarId: 1, generation: 1 } }],
  reviews: [{ key: { calendarId: 1, page: 1 } }],
  quarantine: [{ key: { calendarId: 1, nextTryAt: 1 } }],
  ...keptAnswerIndexes,
  ...outboxIndexes,
};
