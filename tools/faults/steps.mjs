/**
 * Steps of reading and writing, seen in the database from outside, so that a process can be killed right at one of them. Each
 * gives the moment at which it was seen; between that and the signal lie a few milliseconds more, by chance, so that what
 * comes next in the code is met too.
 */
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 4;
/** With a writer on each side every step comes about many times within this. */
const PATIENCE_MS = 20_000;

const waiting = { 'writing.pending.since': { $gt: new Date(0) } };
const goneOut = { ...waiting, 'writing.pending.sent': { $ne: null } };
const unserved = { $expr: { $gt: ['$requested', '$served'] } };

/** The first value of `look` that is not null or false; null when it does not come in time. */
async function seen(look) {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const found = await look().catch(() => null);
    if (found) return found;
    await sleep(LOOK_EVERY_MS);
  }
  return null;
}

/** All that is visible of a person's calendars, as a number that grows with each commit. */
async function revisions(db) {
  const rows = await db.collection('calendars').find().project({ rev: 1 }).toArray();
  return rows.reduce((sum, { rev }) => sum + rev, 0);
}

/** Sessions of calendar-svc with an open transaction, between two of its commands too. */
async function openTransaction(db) {
  const ops = db.client
    .db('admin')
    .aggregate([
      { $currentOp: { allUsers: true, idleSessions: true } },
      { $match: { 'transaction.parameters.txnNumber': { $exists: true }, 'transaction.timeOpenMicros': { $gt: 0 } } },
      { $limit: 1 },
    ]);
  return (await ops.toArray())[0] ?? null;
}

/** @type {{ name: string, atOnce?: true, comes(given: { db: object, mailbox: object }): Promise<unknown> }[]} */
export const steps = [
  {
    name: "a provider's call was noted, nobody has read yet",
    comes: ({ db }) => seen(() => db.collection('calendars').findOne(unserved)),
  },
  {
    name: 'a page is being read',
    async comes({ db, mailbox }) {
      await mailbox.addFault('slow', { ms: 600, times: 2 });
      return seen(() => db.collection('calendars').findOne(unserved));
    },
  },
  {
    // What it leaves open at the database others wait for.
    name: 'a transaction is open',
    atOnce: true,
    comes: ({ db }) => seen(() => openTransaction(db)),
  },
  {
    name: 'changes were committed',
    async comes({ db }) {
      const before = await revisions(db);
      return seen(async () => (await revisions(db)) > before);
    },
  },
  {
    name: 'events wait for the broker',
    comes: ({ db }) => seen(() => db.collection('outbox').findOne({ publishedAt: null })),
  },
  {
    name: 'an intention was committed',
    comes: ({ db }) => seen(() => db.collection('meetings').findOne({ ...waiting, 'writing.pending.sent': null })),
  },
  {
    name: 'a request was noted and goes out',
    comes: ({ db }) => seen(() => db.collection('meetings').findOne(goneOut)),
  },
  {
    name: 'a request was carried out and its answer is lost',
    async comes({ db, mailbox }) {
      await mailbox.addFault('timeout_after_write', { times: 1 });
      return seen(() => db.collection('meetings').findOne(goneOut));
    },
  },
  {
    name: 'an answer was settled',
    async comes({ db }) {
      const out = await seen(() => db.collection('meetings').findOne(goneOut));
      const isSettled = async () => {
        const now = await db.collection('meetings').findOne({ _id: out._id });
        return !now || now.writing?.pending?.sent == null;
      };
      return out && seen(isSettled);
    },
  },
];
