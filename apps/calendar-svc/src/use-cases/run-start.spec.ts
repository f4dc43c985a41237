import type { AccessGrant } from '@daybook/contracts';
import { FakeClock, FakeProvider } from '@daybook/testing/fakes';
import type { CalendarStore } from '../ports/calendar-store';
import type { ConnectionRecord } from '../ports/records';
import { FirstLooks } from './first-looks';
import { KeptAccess } from './kept-access';
import { beginRun } from './run-start';

const EMAIL = 'ada@example.com';

describe('what a run begins with', () => {
  const clock = new FakeClock();
  const never: ConnectionRecord = {
    ...{ _id: 'con_1', accountId: 'acc_1', userId: 'usr_1', service: 'google', method: 'oauth2', addresses: [EMAIL] },
    ...{ status: 'live', readable: true, writable: true, revision: 1, receiptId: null },
    ...{ listDueAt: new Date(clock.now()), listedAt: null, notBefore: null, failures: 0, problem: null },
  };
  const granted: AccessGrant = {
    ...{ type: 'access', token: `token of ${EMAIL}`, notBefore: null },
    expiresAt: new Date(clock.now() + 3_600_000).toISOString(),
  };

  function begun(record: ConnectionRecord | null, grant: AccessGrant = granted, hasRoom: boolean | null = null) {
    const provider = new FakeProvider({ clock, ...(hasRoom === null ? {} : { serverOf: () => 'mail.example' }) });
    const opened = jest.spyOn(provider.calendar, 'open');
    const store: Pick<CalendarStore, 'connection' | 'dueWrites' | 'calendarsOf'> = {
      connection: async () => record,
      dueWrites: async () => 0,
      calendarsOf: async () => [],
    };
    const source = { get: async () => grant, throttle: async () => undefined, revoked: async () => undefined };
    const access = new KeptAccess(source, clock);
    const firstLooks = new FirstLooks({
      clock,
      providerFor: () => provider,
      servers: { hasRoomFor: () => hasRoom === true },
    });
    const again = () => beginRun('con_1', { store, clock, access, firstLooks });
    return { start: again(), again, opened };
  }

  it('is, for somebody who has just connected, all that they wait for, asked for before the lease is there', async () => {
    const { start, opened } = begun(never);
    await new Promise((resolve) => setImmediate(resolve));
    expect(opened).toHaveBeenCalledTimes(1);
    expect(await start.first()).toMatchObject({ token: granted.token, look: { calendars: expect.any(Promise) } });
  });

  it('is asked for once, whoever else begins, and taken once', async () => {
    const { start, again, opened } = begun(never);
    const other = again();
    expect(await start.first()).not.toBeNull();
    expect([await other.first(), await start.first(), await again().first()]).toEqual([null, null, null]);
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('is asked for anew where nobody came for it', async () => {
    const { start, again, opened } = begun(never);
    clock.advance(10_000);
    expect(await start.first()).toBeNull();
    expect(await again().first()).not.toBeNull();
    expect(opened).toHaveBeenCalledTimes(2);
    clock.advance(-10_000);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('is asked ahead of a server that somebody has named only where it has room: %s', async (hasRoom, times) => {
    const { start, opened } = begun(never, granted, hasRoom);
    expect((await start.first()) !== null).toBe(hasRoom);
    expect(opened).toHaveBeenCalledTimes(times);
  });

  it.each<[string, ConnectionRecord | null, AccessGrant]>([
    ['the calendars were listed before', { ...never, listedAt: new Date(clock.now()) }, granted],
    ['the provider wants to be left alone', { ...never, notBefore: new Date(clock.now() + 1_000) }, granted],
    ['the person may not read', { ...never, readable: false }, granted],
    ['the connection is gone', null, granted],
    ['access is refused', never, { type: 'refused', kind: 'Stopped', detail: 'fake', retryAt: null }],
  ])('asks the provider for nothing ahead where %s', async (_why, record, grant) => {
    const { start, opened } = begun(record, grant);
    expect(await start.first()).toBeNull();
    expect(opened).not.toHaveBeenCalled();
  });
});
