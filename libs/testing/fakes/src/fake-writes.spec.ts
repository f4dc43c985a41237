import type { CalendarWrites, CreateRequest } from '@daybook/provider-port';
import { FakeProvider, type FakeProviderOptions } from './fake-provider';
import { at, cancelled, content, draft, exception, series } from './meeting-builders';

const ADA = 'ada@example.com';
const WHERE = { calendarRemoteId: 'primary', timeZone: 'Europe/Berlin' };
const TIMED = draft('Planning', at('2026-11-25T09:00'), at('2026-11-25T10:00'));
const CREATION: CreateRequest = {
  ...WHERE,
  key: '0123456789abcdefghij',
  draft: TIMED,
  marker: { deployment: 'dep', meetingId: 'mtg_1' },
  notify: true,
};
const BEN = { name: 'Ben', email: 'ben@example.com', response: 'needsAction', role: 'required' } as const;

function setUp(options: FakeProviderOptions = {}) {
  const provider = new FakeProvider(options);
  const { writes } = provider.calendar.open(provider.access(ADA));
  if (!writes) throw new Error('this one only reads');
  return { provider, writes, mailbox: provider.mailbox(ADA) };
}

const rename = async (writes: CalendarWrites, remoteId: string, ifVersion: string) =>
  writes.update({
    ...WHERE,
    target: { type: 'item', remoteId },
    ifVersion,
    draft: { ...TIMED, title: 'Renamed' },
    fields: ['title'],
    notify: true,
  });

describe('writing to the fake provider', () => {
  it('notes writes that took effect and mails that would have gone out, a repeated create once', async () => {
    const { writes, mailbox, provider } = setUp();
    const ada = { ...BEN, name: 'Ada', email: 'Ada@example.com' };
    const invited = { ...CREATION, draft: { ...TIMED, attendees: [ada, BEN] } };
    const { remoteId, version } = await writes.create(invited);
    await writes.create(invited);
    await rename(writes, remoteId, version);
    await expect(rename(writes, remoteId, version)).rejects.toMatchObject({ kind: 'VersionConflict' });
    await writes.remove({ ...WHERE, target: { type: 'item', remoteId }, ifVersion: null, notify: false });
    expect(mailbox.writes.map(({ operation }) => operation)).toEqual(['create', 'update', 'remove']);
    expect(mailbox.mails).toEqual([
      { to: 'ben@example.com', reason: 'invitation', title: 'Planning' },
      { to: 'ben@example.com', reason: 'update', title: 'Renamed' },
    ]);
    expect(provider.requests).toEqual(['create', 'create', 'update', 'update', 'remove']);
  });

  it('marks the owner of the mailbox among the attendees', async () => {
    const { writes } = setUp();
    const ada = { ...BEN, email: 'ADA@example.com' };
    expect(await writes.create({ ...CREATION, draft: { ...TIMED, attendees: [ada] } })).toMatchObject({
      content: { organizer: { email: ADA }, attendees: [{ self: true, response: 'organizer' }] },
    });
  });

  it('knows its names beforehand only where they are ours, and writes only where it can', () => {
    expect(setUp().writes.remoteIdOf?.('abc')).toBe('made-abc');
    expect(setUp({ names: 'its' }).writes.remoteIdOf).toBeUndefined();
    expect(() => setUp({ names: 'nobodys' })).toThrow('only reads');
  });

  it('strikes writes with their own faults and lets listings pass', async () => {
    const { provider, writes, mailbox } = setUp();
    provider.faults.add({ kind: 'rejected' });
    provider.faults.add({ kind: 'cut' });
    await expect(writes.create(CREATION)).rejects.toMatchObject({ kind: 'Rejected' });
    provider.faults.add({ kind: 'timeout_after_write', on: 'remove' });
    const { remoteId, version } = await writes.create(CREATION);
    provider.faults.add({ kind: 'conflict' });
    await expect(rename(writes, remoteId, version)).rejects.toMatchObject({ kind: 'VersionConflict' });
    const now = await writes.read({ ...WHERE, target: { type: 'item', remoteId } });
    const { version: next } = await rename(writes, remoteId, now?.version ?? '');
    const removal = { ...WHERE, target: { type: 'item', remoteId }, ifVersion: next, notify: false } as const;
    await expect(writes.remove(removal)).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(mailbox.items()).toEqual([]);
  });

  it('finds occurrences that somebody else has touched, whatever those are called', async () => {
    const { writes, mailbox } = setUp();
    const [start, end] = [at('2026-11-02T09:00'), at('2026-11-02T10:00')];
    mailbox.put(series('s', content('S', start, end), 'RRULE:FREQ=WEEKLY;COUNT=4'));
    const [second, third] = [Date.UTC(2026, 10, 9, 8), Date.UTC(2026, 10, 16, 8)];
    mailbox.put(exception('x', 's', { instant: second }, content('X', start, end)));
    mailbox.put(cancelled('y', 's', { instant: third }));
    const occurrence = (instant: number) =>
      ({ ...WHERE, target: { type: 'occurrence', seriesRemoteId: 's', originalStart: { instant } } }) as const;
    expect(await writes.read(occurrence(second))).toMatchObject({ remoteId: 'x' });
    expect(await writes.read(occurrence(third))).toBeNull();
    await writes.remove({ ...occurrence(second), ifVersion: null, notify: false });
    expect(mailbox.items().find(({ remoteId }) => remoteId === 'x')).toMatchObject({ kind: 'cancelled' });
  });

  it('never replaces a guest list it gave out in part, nor writes where the person may not', async () => {
    const { writes, mailbox } = setUp();
    mailbox.addCalendar({ remoteId: 'boss', writable: false });
    await expect(writes.create({ ...CREATION, calendarRemoteId: 'boss' })).rejects.toMatchObject({ kind: 'Rejected' });
    const { remoteId } = await writes.create(CREATION);
    const [item] = mailbox.items();
    if (item?.kind !== 'single') throw new Error('there is no single item');
    const { version } = mailbox.put({ ...item, content: { ...item.content, attendeesComplete: false } });
    const target = { type: 'item', remoteId } as const;
    const change = { ...WHERE, target, ifVersion: version, draft: TIMED, notify: false };
    await expect(writes.update({ ...change, fields: ['attendees'] })).rejects.toMatchObject({ kind: 'Rejected' });
    expect(await writes.update({ ...change, fields: ['title'] })).toMatchObject({ remoteId });
  });
});
