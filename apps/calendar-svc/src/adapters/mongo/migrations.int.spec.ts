import type { Connection } from 'mongoose';
import { newId } from '@daybook/platform/crypto';
import { createLogger } from '@daybook/platform/logging';
import { connectMongo, runMigrations } from '@daybook/platform/mongo';
import { migrations } from './migrations';

const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
const SINCE = new Date('2026-11-22T08:00:00Z');

interface Row {
  readonly _id: string;
  readonly [field: string]: unknown;
}

/** What a calendar had from the first release on, as far as migrations look at it. */
const calendar = (more: object = {}): Row => ({
  ...{ _id: 'cal_1', connectionId: 'con_1', remoteId: 'primary', rev: 7, cursor: 'token', unreadable: 0 },
  ...{ listing: null, review: null, selected: true },
  ...more,
});

describe('the migrations of calendar-svc', () => {
  let connection: Connection;
  beforeEach(async () => {
    const uri = process.env['MONGODB_URI'];
    if (!uri) throw new Error('MONGODB_URI is not set: integration tests need real servers');
    connection = await connectMongo({ uri, dbName: newId('test').slice(0, 38), logger });
  });
  afterEach(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  const rows = (collection: string) => connection.collection<Row>(collection).find({}).sort({ _id: 1 }).toArray();
  const run = (upTo: number) =>
    runMigrations(connection, migrations.slice(0, upTo), { serviceVersion: '0.1.0', logger });
  const version = async () => (await connection.collection<Row>('schema').findOne({ _id: 'schema' }))?.['version'];

  /** Stored by the release before a version; then that version comes, and comes again as after a kill. */
  async function migrated(to: number, stored: Readonly<Record<string, readonly Row[]>>) {
    await run(to - 1);
    for (const [name, documents] of Object.entries(stored))
      await connection.collection<Row>(name).insertMany([...documents]);
    const read = async () =>
      Object.fromEntries(await Promise.all(Object.keys(stored).map(async (name) => [name, await rows(name)] as const)));
    expect(await run(to)).toEqual({ from: to - 1, to });
    const once = await read();
    await connection.collection<Row>('schema').updateOne({ _id: 'schema' }, { $set: { version: to - 1 } });
    expect(await run(to)).toEqual({ from: to - 1, to });
    expect(await read()).toEqual(once);
    return once;
  }

  it('leave what the first release stored as it is, until something asks for more', async () => {
    const stored = { calendars: [calendar()], meetings: [{ _id: 'mtg_1', kind: 'single', rev: 7 }] };
    expect(await migrated(1, stored)).toEqual(stored);
  });

  it('list calendars with items put aside once more, under their new names', async () => {
    const listing = { generation: 2, continuation: 'page', initial: false };
    const { calendars, quarantine } = await migrated(2, {
      calendars: [calendar(), calendar({ _id: 'cal_2', unreadable: 3, listing })],
      quarantine: [{ _id: 'old name', calendarId: 'cal_2', remoteId: 'r', reason: 'no start', at: SINCE }],
    });
    expect(calendars).toEqual([
      calendar({ asideDueAt: null }),
      calendar({ _id: 'cal_2', cursor: null, listing: null, unreadable: 0, asideDueAt: null }),
    ]);
    expect(quarantine).toEqual([]);
  });

  it('leave alone when an item put aside is asked for again', async () => {
    const stored = { calendars: [calendar({ asideDueAt: SINCE })] };
    expect(await migrated(2, stored)).toEqual(stored);
  });

  it('name the meeting of a removal, where it was not noted none', async () => {
    const removal = { calendarId: 'cal_1', rev: 3, sequence: 2, at: SINCE, hidden: false };
    const { removals } = await migrated(3, {
      removals: [
        { _id: 'mtg_1', ...removal },
        { _id: 'mtg_2', ...removal, identity: 'uid', regrouped: true },
      ],
    });
    expect(removals).toEqual([
      { _id: 'mtg_1', ...removal, identity: null, regrouped: false },
      { _id: 'mtg_2', ...removal, identity: 'uid', regrouped: true },
    ]);
  });

  it('miss no calendar that was there, and keep since when one has been missed', async () => {
    const missed = calendar({ _id: 'cal_2', missingSince: SINCE, retiredAt: SINCE });
    const { calendars } = await migrated(4, { calendars: [calendar(), missed] });
    expect(calendars).toEqual([calendar({ missingSince: null, retiredAt: null }), missed]);
  });

  it('count the intentions of a calendar, and write nowhere until that is said', async () => {
    const connected = { accountId: 'acc_1', service: 'google', status: 'live', readable: true };
    const said = { _id: 'con_2', ...connected, revision: 4, writable: true };
    const { calendars, connections } = await migrated(5, {
      calendars: [calendar(), calendar({ _id: 'cal_2', intents: 5 })],
      connections: [{ _id: 'con_1', ...connected, revision: 4 }, said],
    });
    expect(calendars).toEqual([calendar({ intents: 0 }), calendar({ _id: 'cal_2', intents: 5 })]);
    // Any word of auth-svc's is newer than that.
    expect(connections).toEqual([{ _id: 'con_1', ...connected, revision: -1, writable: false }, said]);
  });

  it('hold a run on without knowing yet what would vanish, and let nothing through', async () => {
    const held = { removing: 40, existing: 90, since: SINCE };
    const noted = { ...held, version: 'v', appliedBy: 'usr_1' };
    const { calendars } = await migrated(6, {
      calendars: [calendar(), calendar({ _id: 'cal_2', review: held }), calendar({ _id: 'cal_3', review: noted })],
    });
    expect(calendars).toEqual([
      calendar(),
      calendar({ _id: 'cal_2', review: { ...held, version: '', appliedBy: null } }),
      calendar({ _id: 'cal_3', review: noted }),
    ]);
  });

  it('bring a database of the first release to the shape of this one, each once', async () => {
    await run(1);
    await connection.collection<Row>('calendars').insertOne(calendar());
    expect(await run(migrations.length)).toEqual({ from: 1, to: migrations.length });
    const added = { asideDueAt: null, missingSince: null, retiredAt: null, intents: 0 };
    expect(await rows('calendars')).toEqual([calendar(added)]);
    expect(await run(migrations.length)).toEqual({ from: migrations.length, to: migrations.length });
    expect(await version()).toBe(migrations.length);
  });
});
