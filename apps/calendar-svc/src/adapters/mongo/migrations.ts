import type { Migration } from '@daybook/platform/mongo';

/** In order; each brings the database from the version before it. The first shape needs nothing but its indexes. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'first-shape', up: async () => undefined },
  {
    version: 2,
    name: 'items-put-aside-are-asked-for-again',
    up: async (db) => {
      const calendars = db.collection('calendars');
      // Their names have changed: a listing shows them once more.
      await calendars.updateMany({ unreadable: { $gt: 0 } }, { $set: { cursor: null, listing: null, unreadable: 0 } });
      await db.collection('quarantine').deleteMany({});
      await calendars.updateMany({ asideDueAt: { $exists: false } }, { $set: { asideDueAt: null } });
    },
  },
  {
    version: 3,
    name: 'removals-name-their-meeting',
    up: async (db) => {
      const removals = db.collection('removals');
      await removals.updateMany({ identity: { $exists: false } }, { $set: { identity: null, regrouped: false } });
    },
  },
  {
    version: 4,
    name: 'calendars-are-missed-before-they-go',
    up: async (db) => {
      const calendars = db.collection('calendars');
      await calendars.updateMany({ retiredAt: { $exists: false } }, { $set: { missingSince: null, retiredAt: null } });
    },
  },
  {
    version: 5,
    name: 'meetings-are-written-too',
    up: async (db) => {
      await db.collection('calendars').updateMany({ intents: { $exists: false } }, { $set: { intents: 0 } });
      // Whether a connection may write is said with auth-svc's next word, which is read at every start.
      const unsaid = { writable: { $exists: false } };
      await db.collection('connections').updateMany(unsaid, { $set: { writable: false, revision: -1 } });
    },
  },
  {
    version: 6,
    name: 'held-runs-say-what-would-vanish',
    up: async (db) => {
      // Which meetings are meant is noted when the run is held again, within the hour.
      const unsaid = { 'review.since': { $exists: true }, 'review.version': { $exists: false } };
      const noted = { 'review.version': '', 'review.appliedBy': null };
      await db.collection('calendars').updateMany(unsaid, { $set: noted });
    },
  },
];
