import { failed, passed, type CalendarWrites } from '@daybook/provider-port';
import { FakeProvider, type FakeFault, type FakeMailbox } from '@daybook/testing/fakes';
import { checkWriteThenRemove, removeTestEvent, type TestEvent } from './check-write';

const ADDRESS = 'ada@example.com';
const event: TestEvent = { calendarRemoteId: 'primary', timeZone: 'Europe/Berlin', key: '0123456789abcdef0123' };

describe('writing and removing a test event', () => {
  let provider: FakeProvider;
  let mailbox: FakeMailbox;
  let writes: CalendarWrites;
  let noted: Set<string>;

  beforeEach(() => {
    provider = new FakeProvider();
    mailbox = provider.mailbox(ADDRESS);
    const session = provider.calendar.open(provider.access(ADDRESS));
    if (!session.writes) throw new Error('the fake does not write');
    ({ writes } = session);
    noted = new Set();
  });

  const check = () =>
    checkWriteThenRemove(writes, event, {
      note: async ({ key }) => void noted.add(key),
      forget: async ({ key }) => void noted.delete(key),
    });
  const fault = (more: Omit<FakeFault, 'address'>): void => provider.faults.add({ address: ADDRESS, ...more });

  it('leaves nothing behind, mails nobody and shows nothing to anybody', async () => {
    const seen: unknown[] = [];
    const { create } = writes;
    writes = { ...writes, create: async (request) => (seen.push(request), create(request)) };
    expect(await check()).toEqual(passed);
    expect(mailbox.items()).toEqual([]);
    expect(mailbox.mails).toEqual([]);
    expect(mailbox.writes.map(({ operation }) => operation)).toEqual(['create', 'remove']);
    expect(seen).toMatchObject([
      {
        notify: false,
        marker: { meetingId: 'diagnosis' },
        draft: { visibility: 'private', attendees: [], lines: [], start: { dateTime: '2000-01-03T03:00:00' } },
      },
    ]);
    expect(noted.size).toBe(0);
  });

  it('removes what a write has made whose answer was lost', async () => {
    fault({ kind: 'timeout_after_write', on: 'create', times: 1 });
    await expect(check()).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(mailbox.items()).toEqual([]);
    expect(noted.size).toBe(0);
  });

  it('keeps its note while a write without an answer may still come about', async () => {
    fault({ kind: 'timeout_before_write', on: 'create', times: 1 });
    await expect(check()).rejects.toMatchObject({ kind: 'Unavailable' });
    expect([...noted]).toEqual([event.key]);
  });

  it('tries once more to remove what could not be removed', async () => {
    fault({ kind: 'unavailable', on: 'remove', times: 1 });
    await expect(check()).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(mailbox.items()).toEqual([]);
    expect(noted.size).toBe(0);
  });

  it('says that the event is left, remembers it, and can remove it later', async () => {
    fault({ kind: 'unavailable', on: 'remove', times: 2 });
    expect(await check()).toEqual(failed('test_event_left'));
    expect([...noted]).toEqual([event.key]);
    provider.faults.clear();
    expect(await removeTestEvent(writes, event)).toBe('removed');
    expect(mailbox.items()).toEqual([]);
    expect(await removeTestEvent(writes, event)).toBe('none');
  });

  it('forgets at once what was refused', async () => {
    fault({ kind: 'rejected', on: 'create' });
    await expect(check()).rejects.toMatchObject({ kind: 'Rejected' });
    expect(noted.size).toBe(0);
  });
});
