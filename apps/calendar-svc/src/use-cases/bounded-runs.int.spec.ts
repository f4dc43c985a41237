import { at, content, single } from '@daybook/testing/fakes';
import { TooManyItems } from '@daybook/sync-engine';
import { POLL_MS, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';

describe('a run over a connection that gives way to others', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ pageSize: 5, database: database() });
  });
  afterEach(() => jest.restoreAllMocks());

  const put = (name: string, calendar?: string): void => {
    const its = content(name, at('2027-03-24T10:00'), at('2027-03-24T11:00'));
    subject.mailbox.put(single(name, its), calendar);
  };
  const due = (): Promise<string[]> =>
    subject.store.dueConnections(new Date(subject.clock.now()), { limit: 9, push: false });
  const stored = (): Promise<number> => subject.collections.meetings.countDocuments();
  const created = (): Promise<number> =>
    subject.collections.outbox.countDocuments({ subject: 'evt.calendar.meeting.created.v1' });
  const calendar = async () => {
    const [first] = await subject.store.calendarsOf('con_1');
    if (!first) throw new Error('there is no calendar');
    return first;
  };
  const slice = () => subject.run({ sliceOver: () => true });

  it('is due at once until a long listing is through, page after page', async () => {
    for (let n = 0; n < 40; n += 1) put(`e${n}`);
    const counts: number[] = [];
    while ((await slice()) === 'unfinished') {
      counts.push(await stored());
      expect(await due()).toEqual(['con_1']);
    }
    expect(counts).toEqual([5, 10, 15, 20, 25, 30, 35]);
    expect([await stored(), await created(), await due()]).toEqual([40, 40, []]);
  });

  it('loses and doubles nothing when it is killed in the middle of slices', async () => {
    for (let n = 0; n < 40; n += 1) put(`e${n}`);
    await subject.run();
    for (let n = 0; n < 40; n += 8) subject.mailbox.remove(`e${n}`);
    for (let n = 40; n < 70; n += 1) put(`e${n}`);
    subject.mailbox.expireCursors();
    await subject.hint();
    let runs = 0;
    do {
      await (runs % 3 === 1 ? subject.run({ crashAfterCommits: 1 }) : slice());
      // What a fault is waited for is over.
      subject.clock.advance(3_600_000);
      runs += 1;
    } while (runs < 100 && (await calendar()).listing !== null);
    const kills = subject.logs.filter(({ message }) => message === 'calendar run failed').length;
    expect([await stored(), await created(), kills > 2]).toEqual([65, 70, true]);
    expect(await subject.collections.outbox.countDocuments({ subject: 'evt.calendar.meeting.cancelled.v1' })).toBe(5);
    expect(await subject.collections.listedPages.countDocuments()).toBe(0);
  });

  it('ends where a calendar is due again and again, and is due then', async () => {
    put('one');
    await subject.run();
    const { _id: id } = await calendar();
    const look = subject.store.calendarsOf.bind(subject.store);
    jest.spyOn(subject.store, 'calendarsOf').mockImplementation(async (connectionId) => {
      await subject.store.requestSync(id);
      return look(connectionId);
    });
    await subject.store.requestSync(id);
    const before = subject.provider.requests.length;
    expect(await subject.run()).toBe('unfinished');
    expect(subject.provider.requests.length - before).toBeLessThanOrEqual(6);
    jest.restoreAllMocks();
    expect(await due()).toEqual(['con_1']);
    await subject.run();
    expect(await due()).toEqual([]);
  });

  it('goes through as many calendars as there are', async () => {
    for (let n = 0; n < 12; n += 1) {
      subject.mailbox.addCalendar({ remoteId: `c${n}` });
      put('one', `c${n}`);
    }
    expect(await subject.run()).toBe('through');
    expect(await stored()).toBe(12);
  });

  it('says plainly of a calendar that it is too large, and goes on with the others', async () => {
    subject.mailbox.addCalendar({ remoteId: 'second' });
    put('one', 'second');
    const open = subject.provider.calendar.open.bind(subject.provider.calendar);
    jest.spyOn(subject.provider.calendar, 'open').mockImplementation((access) => {
      const session = open(access);
      return {
        ...session,
        async *changes(request) {
          if (request.calendarRemoteId === 'primary') throw new TooManyItems(500_000);
          yield* session.changes(request);
        },
      };
    });
    await subject.run();
    const [primary, second] = await subject.store.calendarsOf('con_1');
    expect(primary).toMatchObject({ failures: 1, problem: { code: 'provider_fault', blame: 'provider' } });
    expect(primary?.problem?.detail).toContain('more than the 500,000 items');
    expect([second?.problem, await stored()]).toEqual([null, 1]);
    expect(subject.reports.at(-1)?.state).toBe('degraded');
  });
});

describe('connections at a server that somebody has named', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    const serverOf = (address: string): string => `mail.${address.split('@')[1] ?? ''}`;
    subject = await startSyncBench({ database: database(), serverOf });
    await subject.addPerson({ _id: 'con_2', userId: 'usr_bob', accountId: 'acc_1' }, 'bob@example.com');
    await subject.addPerson({ _id: 'con_3', userId: 'usr_eve', accountId: 'acc_2' }, 'eve@other.example');
    for (const connectionId of ['con_1', 'con_2', 'con_3']) await subject.run({ connectionId });
    subject.clock.advance(POLL_MS);
  });

  const failures = async (connectionId: string) => (await subject.store.connection(connectionId))?.failures;
  const silentTwice = async (): Promise<void> => {
    subject.provider.faults.add({ kind: 'unavailable', times: Infinity, address: 'ada@example.com' });
    for (let time = 0; time < 2; time += 1) {
      expect(await subject.run()).toBe('silent');
      subject.clock.advance((await subject.store.connection('con_1'))?.failures === 1 ? 2_000 : 0);
    }
  };

  it('are not asked one after the other while it answers nobody, and say so', async () => {
    await silentTwice();
    const { length } = subject.provider.requests;
    expect(await subject.run({ connectionId: 'con_2' })).toBe('unasked');
    expect(subject.provider.requests.length).toBe(length);
    const connection = await subject.store.connection('con_2');
    expect(connection).toMatchObject({ failures: 1, problem: { code: 'provider_unavailable' } });
    expect(await subject.store.dueConnections(new Date(subject.clock.now()), { limit: 9, push: false })).toEqual([
      'con_3',
    ]);
    expect(subject.reports.at(-1)).toMatchObject({ connectionId: 'con_2', state: 'degraded' });
  });

  it('are as they were as soon as it answers one of them', async () => {
    await silentTwice();
    await subject.run({ connectionId: 'con_2' });
    subject.clock.advance(2_000);
    expect(await subject.run({ connectionId: 'con_2' })).toBe('through');
    expect([await failures('con_2'), (await subject.store.connection('con_2'))?.problem]).toEqual([0, null]);
  });

  it('keep none at another server waiting', async () => {
    await silentTwice();
    expect(await subject.run({ connectionId: 'con_3' })).toBe('through');
  });

  it('are not taken for silent where auth-svc is', async () => {
    jest.spyOn(subject.access, 'get').mockRejectedValue(new Error('nobody answers'));
    for (let time = 0; time < 3; time += 1) {
      expect(await subject.run()).toBe('unasked');
      subject.clock.advance(900_000);
    }
    jest.restoreAllMocks();
    expect(await subject.run({ connectionId: 'con_2' })).toBe('through');
  });
});
